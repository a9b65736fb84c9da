import json
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from store.errors import ExitCode
from tests.tui.cli.conftest import Leadline
from tui.cli.importing import TO_THE_END, bar_line, progress_bar

ISSUES: list[dict[str, Any]] = [
    {
        "number": 7,
        "title": "Login fails",
        "body": "It does.",
        "state": "OPEN",
        "labels": [{"name": "bug"}],
        "createdAt": "2026-10-01T08:00:00Z",
        "url": "https://github.com/example/shop/issues/7",
    },
    {
        "number": 8,
        "title": "Faster search",
        "body": "",
        "state": "CLOSED",
        "labels": [],
        "createdAt": "2026-09-01T08:00:00Z",
        "closedAt": "2026-10-02T08:00:00Z",
        "url": "https://github.com/example/shop/issues/8",
    },
]


@pytest.fixture
def issues(leadline: Leadline, folder: Path) -> Path:
    leadline("init")
    path = folder / "issues.json"
    path.write_text(json.dumps(ISSUES), encoding="utf-8")
    return path


def test_import_says_its_plan_and_applies_it(leadline: Leadline, issues: Path) -> None:
    ended = leadline("import", issues.name)
    assert ended.code == 0
    assert "2 new" in ended.lines[0]
    assert "Imported 2 items" in ended.err
    titles = [line.split("\t")[-1] for line in leadline("list", "is:any").lines]
    assert sorted(titles) == ["Faster search", "Login fails"]


def test_a_dry_run_changes_nothing(leadline: Leadline, issues: Path, folder: Path) -> None:
    before = (folder / "leadline.json").read_bytes()
    ended = leadline("import", issues.name, "--dry-run")
    assert "2 new" in ended.lines[0]
    assert (folder / "leadline.json").read_bytes() == before


def test_what_is_up_to_date_is_not_written_again(leadline: Leadline, issues: Path, folder: Path) -> None:
    leadline("import", issues.name)
    before = (folder / "leadline.json").read_bytes()
    ended = leadline("import", issues.name)
    assert ended.code == 0
    assert "up to date" in ended.err
    assert (folder / "leadline.json").read_bytes() == before


def test_import_reads_standard_input(leadline: Leadline, issues: Path) -> None:
    assert leadline("import", "-", stdin=issues.read_bytes()).code == 0
    assert len(leadline("list", "is:any").lines) == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{}", b"[1, 2", b"\x00\x01\x02"])
def test_a_file_that_is_none_changes_nothing(leadline: Leadline, issues: Path, folder: Path, content: bytes) -> None:
    issues.write_bytes(content)
    before = (folder / "leadline.json").read_bytes()
    ended = leadline("import", issues.name)
    assert ended.code == ExitCode.BAD_DATA
    assert ended.err.startswith("Nothing was imported: ")
    assert (folder / "leadline.json").read_bytes() == before


def test_a_missing_file_is_told(leadline: Leadline, issues: Path) -> None:
    del issues
    assert leadline("import", "nowhere.json").code == ExitCode.BAD_DATA


def test_a_mapping_says_field_and_column(leadline: Leadline, issues: Path) -> None:
    ended = leadline("import", issues.name, "--map", "title")
    assert ended.code == ExitCode.USAGE
    assert "title=Name" in ended.err


@pytest.mark.parametrize(
    ("pair", "nearest"),
    [
        ("titel=Name", "Did you mean title?"),
        ("tilte=Name", "Did you mean title?"),
        ("title=Nmae", "Did you mean Name?"),
    ],
)
def test_a_mapping_that_fits_nothing_is_refused_with_the_nearest_name(
    leadline: Leadline, issues: Path, folder: Path, pair: str, nearest: str
) -> None:
    del issues
    (folder / "list.csv").write_text("Name,Who\nA,@li\n", encoding="utf-8")
    before = (folder / "leadline.json").read_bytes()
    ended = leadline("import", "list.csv", "--map", pair)
    assert (ended.code, ended.out) == (ExitCode.BAD_DATA, "")
    assert nearest in ended.err
    assert (folder / "leadline.json").read_bytes() == before


@pytest.mark.parametrize("room", [30, 40, 80, 200])
def test_a_bar_never_fills_the_line_and_keeps_its_length(room: int) -> None:
    lines = [bar_line("comparing", done, 20_000, room) for done in (0, 500, 10_000, 20_000)]
    assert len({len(line) for line in lines}) == 1
    assert len(lines[0]) < room
    if room >= 80:
        assert lines[2].startswith("comparing  #")
        assert lines[2].count("#") == lines[2].count("-")
        assert lines[3].endswith("  20,000 of 20,000")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("of", "is_shown"), [(20, False), (20_000, True)])
def test_a_long_reading_shows_a_bar_that_is_gone_afterwards(
    monkeypatch: pytest.MonkeyPatch,
    *,
    of: int,
    is_shown: bool,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar("reading") as tell:
        assert tell is not None
        tell(of // 2, of)
        tell(of, of)
    written = terminal.getvalue()
    assert ("of 20,000" in written) is is_shown
    assert "\n" not in written
    assert written.endswith(f"\r{TO_THE_END}") is is_shown


def test_without_a_terminal_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", StringIO())
    with progress_bar("reading") as tell:
        assert tell is None
