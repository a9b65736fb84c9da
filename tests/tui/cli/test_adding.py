import json
from pathlib import Path
from typing import Any

import pytest

from store.errors import ExitCode
from store.workbench import Workbench
from tests.tui.cli.conftest import Leadline
from tui.cli.stores import open_workbench


def items_in(folder: Path) -> list[dict[str, Any]]:
    return list(json.loads((folder / "leadline.json").read_text(encoding="utf-8"))["items"].values())


@pytest.fixture(autouse=True)
def store(leadline: Leadline) -> None:
    leadline("init")


def test_add_keeps_an_item_and_prints_its_id(leadline: Leadline, folder: Path) -> None:
    ended = leadline("add", "Fix", "the login test", "#ci", "@li", "!next", "due:fri", "~2")
    assert ended.code == 0
    assert ended.out.startswith("LL-")
    assert "owner li" in ended.err
    (item,) = items_in(folder)
    assert item["title"] == "Fix the login test"
    assert (item["tags"], item["owner"], item["horizon"], item["size"]) == (["ci"], "li", "next", 2)
    assert item["due"] == "2026-11-27"
    assert item["stage"]["is"] == "ready"


def test_add_reads_one_item_from_each_line_of_standard_input(leadline: Leadline, folder: Path) -> None:
    ended = leadline("add", "-", stdin="- one\r\n\n- [ ] zwei ä\n3. three #x\n".encode())
    assert ended.code == 0
    assert len(ended.lines) == 3
    assert sorted(item["title"] for item in items_in(folder)) == ["one", "three", "zwei ä"]


def test_what_cannot_be_read_stays_in_the_title_and_is_told(leadline: Leadline, folder: Path) -> None:
    ended = leadline("add", "Look into it ^nothing")
    assert ended.code == 0
    assert "No goal is called" in ended.err
    assert items_in(folder)[0]["title"] == "Look into it ^nothing"


def test_every_mark_that_cannot_be_read_is_told_and_named(leadline: Leadline, folder: Path) -> None:
    ended = leadline("add", "x ^nope !soon due:never ~huge")
    assert ended.code == 0
    for problem in ("No goal is called “nope”", "no horizon “soon”", "“never” is not a day", "“~huge” is not a size"):
        assert problem in ended.err
    assert "Not read, so it stays in the title: ^nope !soon due:never ~huge" in ended.err.splitlines()
    assert items_in(folder)[0]["title"] == "x ^nope !soon due:never ~huge"


def test_what_cannot_be_read_in_one_of_many_lines_names_the_line(leadline: Leadline) -> None:
    ended = leadline("add", "-", stdin=b"one\ntwo ~huge\n")
    lines = ended.err.splitlines()
    assert lines[0] == "“two ~huge”:"
    assert "~huge" in lines[1]


def test_a_horizon_says_where_the_item_is_queued(leadline: Leadline) -> None:
    assert "next, queued in ready" in leadline("add", "x !next").err
    assert "queued in ready" in " ".join(leadline("add", "--help").out.split())


def test_a_line_without_a_title_adds_nothing(leadline: Leadline, folder: Path) -> None:
    for text in ("", "#ci", "   "):
        ended = leadline("add", text)
        assert (ended.code, ended.out) == (ExitCode.FAILED, "")
    assert items_in(folder) == []


def test_add_without_text_is_a_usage_error(leadline: Leadline) -> None:
    assert leadline("add").code == ExitCode.USAGE


def test_what_another_process_wrote_in_the_meantime_stays(
    leadline: Leadline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(path: Path) -> Workbench:
        bench = open_workbench(path)
        monkeypatch.setattr("tui.cli.adding.open_workbench", open_workbench)
        assert leadline("add", "the faster one").code == 0
        return bench

    monkeypatch.setattr("tui.cli.adding.open_workbench", overtaken)
    assert leadline("add", "the slower one").code == 0
    assert sorted(item["title"] for item in items_in(folder)) == ["the faster one", "the slower one"]


def test_a_store_that_cannot_be_written_says_so(leadline: Leadline, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    ended = leadline("add", "one more")
    assert (ended.code, ended.out) == (ExitCode.NOT_SAVED, "")
    assert "disk is full" in ended.err
