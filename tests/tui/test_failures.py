import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.errors import ExitCode
from tui.failures import ROOT, crash_lines, report_crash, state_dir

NOW = datetime(2026, 11, 23, 10, 2, tzinfo=UTC)


def break_down(text: str) -> None:
    note = text * 2
    try:
        dict[int, int]()[0]
    except KeyError as error:
        raise ValueError(note) from error


def broken(text: str = "x") -> Exception:
    try:
        break_down(text)
    except ValueError as error:
        return error
    raise AssertionError


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


def test_the_details_are_in_a_file_that_only_its_owner_can_read(state: Path) -> None:
    assert report_crash(broken(), NOW) == ExitCode.CRASHED
    (path,) = state.iterdir()
    assert path.name == "crash-20261123-100200.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text(encoding="utf-8")
    assert "break_down" in text
    assert "builtins.KeyError" in text
    assert text.index("KeyError") < text.index("ValueError")


def test_the_details_hold_no_local_variables_and_no_message_that_may_quote_data(state: Path) -> None:
    report_crash(broken("private " * 100), NOW)
    text = next(state.iterdir()).read_text(encoding="utf-8")
    assert "note =" not in text.replace("note = text * 2", "")
    assert "private private" not in text


def test_a_name_that_was_looked_up_is_not_in_the_details(state: Path) -> None:
    with pytest.raises(AttributeError) as caught:
        getattr(ROOT, "a private " + "name")
    report_crash(caught.value, NOW)
    text = next(state.iterdir()).read_text(encoding="utf-8")
    assert "a private name" not in text
    assert text.endswith("builtins.AttributeError: of a PosixPath\n")


def test_a_person_is_told_in_six_lines_at_most(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report_crash(broken(), NOW, "Your data is safe: saved 10:02 in leadline.json.")
    out, err = capsys.readouterr()
    assert out == ""
    assert 3 <= len(err.splitlines()) <= 6
    assert "ValueError in tests/tui/test_failures.py, line" in err
    assert "Your data is safe: saved 10:02 in leadline.json." in err
    assert str(state / "crash-20261123-100200.txt") in err


def test_a_state_folder_that_cannot_be_written_does_not_hide_the_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    assert report_crash(broken(), NOW) == ExitCode.CRASHED
    assert "could not be written" in capsys.readouterr().err


def test_the_details_are_never_written_through_a_link(state: Path, tmp_path: Path) -> None:
    state.mkdir()
    target = tmp_path / "precious"
    target.write_text("as it was", encoding="utf-8")
    (state / "crash-20261123-100200.txt").symlink_to(target)
    report_crash(broken(), NOW)
    assert target.read_text(encoding="utf-8") == "as it was"


def test_the_state_folder_is_the_systems_own_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEADLINE_STATE_DIR", raising=False)
    assert state_dir().name == "leadline"
    monkeypatch.setenv("LEADLINE_STATE_DIR", "/elsewhere")
    assert state_dir() == Path("/elsewhere")


def test_an_error_without_frames_of_ours_is_named_all_the_same() -> None:
    assert "KeyError" in crash_lines(KeyError("x"), None, "")[0]
