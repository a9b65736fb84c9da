import json
from pathlib import Path

import pytest

from store.disk.merging.merging import merge_texts
from store.disk.reading.migrating import SCHEMA
from store.errors import ExitCode
from tests.store.disk.merges import KEY, OTHER_KEY, item, store
from tests.store.disk.stores import of_schema
from tests.tui.cli.conftest import Leadline

BASE = store({KEY: item(), OTHER_KEY: item("Export")})
OURS = store({KEY: item(owner="ana"), OTHER_KEY: item("Export", due="2026-05-01")})
THEIRS = store({KEY: item(owner="bo"), OTHER_KEY: item("Export", size=3)})
CLEAN = store({KEY: item(), OTHER_KEY: item("Export", size=3)})
FILES = ("base", "ours", "theirs")


@pytest.fixture
def three(folder: Path) -> Path:
    """A folder with three versions of a store that conflict."""
    for name, text in zip(FILES, (BASE, OURS, THEIRS), strict=True):
        (folder / name).write_bytes(text)
    return folder


def test_a_merge_without_conflicts_is_in_the_file_of_our_side_and_ends_with_0(leadline: Leadline, three: Path) -> None:
    (three / "theirs").write_bytes(CLEAN)
    ended = leadline("merge", *FILES)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert (three / "ours").read_bytes() == merge_texts(BASE, OURS, CLEAN, "x").text
    assert [(three / name).read_bytes() for name in ("base", "theirs")] == [BASE, CLEAN]
    assert {path.name for path in three.iterdir()} == set(FILES)


def test_conflicts_are_in_the_file_and_the_exit_code_says_so(leadline: Leadline, three: Path) -> None:
    ended = leadline("merge", *FILES, "--path", "team/backlog.json", "--marker-size", "7")
    assert ended.code == ExitCode.FAILED
    assert "team/backlog.json: 1 conflict to settle" in ended.err
    assert (three / "ours").read_bytes() == merge_texts(BASE, OURS, THEIRS, "x").text


@pytest.mark.parametrize(("option", "code"), [(("--on-conflict", "record"), 0), (("--conflict-exit", "91"), 91)])
def test_the_exit_code_for_conflicts_can_be_chosen(
    leadline: Leadline, three: Path, option: tuple[str, str], code: int
) -> None:
    assert leadline("merge", *FILES, *option).code == code
    assert (three / "ours").read_bytes() == merge_texts(BASE, OURS, THEIRS, "x").text


def test_conflicts_may_ride_along_by_the_environment(
    leadline: Leadline, three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del three
    monkeypatch.setenv("LEADLINE_ON_CONFLICT", "record")
    assert leadline("merge", *FILES).code == 0


def test_what_would_be_decided_is_told_in_sentences_and_nothing_is_written(leadline: Leadline, three: Path) -> None:
    ended = leadline("merge", *FILES, "--explain")
    assert (ended.code, ended.err) == (0, "")
    assert [line.partition(" “")[2] or line for line in ended.lines] == [
        "1 conflict to settle:",
        "Copy with headers”: owner in conflict: ana (ours), bo (theirs)",
        "1 record merged:",
        "Export”: size 3, was nothing (theirs); due 2026-05-01, was nothing (ours)",
    ]
    assert (three / "ours").read_bytes() == OURS


def test_what_would_be_decided_is_told_as_json(leadline: Leadline, three: Path) -> None:
    told = json.loads(leadline("merge", *FILES, "--json").out)
    assert (three / "ours").read_bytes() == OURS
    assert [(one["table"], one["record"], one["field"], one["why"]) for one in told["decisions"]] == [
        ("items", int(KEY), "owner", "conflict"),
        ("items", int(OTHER_KEY), "size", "theirs"),
        ("items", int(OTHER_KEY), "due", "ours"),
    ]
    (conflict,) = told["conflicts"]
    assert (conflict["field"], conflict["sides"]) == ("owner", ["ana", "bo"])


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("theirs", None, ExitCode.NO_STORE),
        ("theirs", b"", ExitCode.BAD_DATA),
        ("ours", b"<<<<<<< ours\n", ExitCode.BAD_DATA),
        ("base", b"{}", ExitCode.BAD_DATA),
        ("theirs", store({}, schema=99), ExitCode.BAD_DATA),
        ("theirs", OURS.replace(b'"owner": "ana"', b'"owner": ana'), ExitCode.BAD_DATA),
    ],
)
def test_what_cannot_be_merged_leaves_the_file_alone_and_never_looks_like_conflicts(
    leadline: Leadline, three: Path, name: str, text: bytes | None, code: ExitCode
) -> None:
    if text is None:
        (three / name).unlink()
    else:
        (three / name).write_bytes(text)
    before = (three / "ours").read_bytes()
    ended = leadline("merge", *FILES)
    assert ended.code == code
    assert len(ended.err.splitlines()) in {1, 2}
    assert (three / "ours").read_bytes() == before


def test_a_wrong_call_never_looks_like_conflicts(leadline: Leadline) -> None:
    assert leadline("merge", "base").code == ExitCode.USAGE


def test_a_base_that_is_blank_is_no_base(leadline: Leadline, three: Path) -> None:
    (three / "base").write_bytes(b"")
    (three / "theirs").write_bytes(OURS)
    assert leadline("merge", *FILES).code == 0
    assert (three / "ours").read_bytes() == OURS


def test_an_older_side_is_brought_up_and_that_is_said(leadline: Leadline, three: Path) -> None:
    for name in ("base", "theirs"):
        (three / name).write_bytes(of_schema((three / name).read_bytes(), 1))
    ended = leadline("merge", *FILES)
    assert f"Their leadline.json had schema 1 and was brought to schema {SCHEMA}." in ended.err
    assert b'"schema": %d' % SCHEMA in (three / "ours").read_bytes()


def test_a_newer_side_says_that_leadline_has_to_be_upgraded(leadline: Leadline, three: Path) -> None:
    (three / "theirs").write_bytes(of_schema(OURS, 99))
    ended = leadline("merge", *FILES)
    assert ended.code == ExitCode.BAD_DATA
    assert "written by a newer leadline (schema 99)" in ended.err
    assert "Upgrade leadline" in ended.err
