import json
from pathlib import Path
from typing import Any

import pytest

from store.errors import ExitCode
from tests.tui.cli.conftest import Leadline

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
