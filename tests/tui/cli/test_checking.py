import json
from pathlib import Path
from typing import Any

import pytest

from store.errors import ExitCode
from store.models import Workspace
from tests.tui.cli.conftest import Leadline


def changed(folder: Path, change: Any) -> None:
    path = folder / "leadline.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")


def test_the_demo_is_sound(leadline: Leadline, demo: Workspace) -> None:
    del demo
    ended = leadline("check")
    assert (ended.code, ended.out) == (0, "")
    assert "nothing is wrong" in ended.err


def test_a_link_that_leads_nowhere_is_a_warning_with_its_line(
    leadline: Leadline, demo: Workspace, folder: Path
) -> None:
    lost = next(iter(demo.teams))
    changed(folder, lambda data: data["teams"].pop(str(lost)))
    ended = leadline("check")
    assert ended.code == ExitCode.FAILED
    line = next(line for line in ended.lines if "belongs to a team" in line)
    number = int(line.split(":")[1])
    assert '"team"' in (folder / "leadline.json").read_text(encoding="utf-8").splitlines()[number - 1]


def test_a_record_that_cannot_be_read_is_an_error(leadline: Leadline, demo: Workspace, folder: Path) -> None:
    number = next(iter(demo.goals))
    changed(folder, lambda data: data["goals"][str(number)].update(weight="heavy"))
    data = json.loads(leadline("check", "--json").out)
    assert leadline("check").code == ExitCode.BAD_DATA
    worst = data["findings"][0]
    assert data["schema"] == 1
    assert (worst["severity"], worst["table"], worst["record"], worst["field"]) == ("error", "goals", number, "weight")
    assert worst["line"] > 1


@pytest.mark.parametrize("content", ["", "[]", "{", '{"meta": {}}', "\x00"])
def test_a_file_that_is_no_store_is_bad_data(leadline: Leadline, folder: Path, content: str) -> None:
    (folder / "leadline.json").write_text(content, encoding="utf-8")
    for arguments in (("check",), ("list",), ("add", "x")):
        ended = leadline(*arguments)
        assert (ended.code, ended.out) == (ExitCode.BAD_DATA, "")
        assert ended.err.startswith("The store cannot be read: ")
    assert (folder / "leadline.json").read_text(encoding="utf-8") == content


def test_other_commands_say_that_something_was_set_aside(leadline: Leadline, demo: Workspace, folder: Path) -> None:
    number = next(iter(demo.goals))
    changed(folder, lambda data: data["goals"][str(number)].update(weight="heavy"))
    assert "leadline check" in leadline("list").err


def test_items_that_two_branches_imported_from_one_file_are_told_until_one_is_called_a_duplicate(
    leadline: Leadline, folder: Path
) -> None:
    leadline("init")
    store = folder / "leadline.json"
    (folder / "list.csv").write_text("id,title\n1,Fix the login\n2,Faster search\n", encoding="utf-8")
    before = store.read_bytes()
    leadline("import", "list.csv")
    theirs = json.loads(store.read_text(encoding="utf-8"))["items"]
    store.write_bytes(before)
    leadline("import", "list.csv")
    changed(folder, lambda data: data["items"].update(theirs))

    ended = leadline("check")
    assert ended.code == ExitCode.FAILED
    told = [line for line in ended.lines if "has the same source as" in line]
    assert sorted(line.rpartition(": ")[2] for line in told) == ["csv:list 1.", "csv:list 2."]
    assert "leadline check" in leadline("import", "list.csv", "--dry-run").out

    def settle(data: Any) -> None:
        items = data["items"]
        for number in theirs:
            first = next(each for each in items if items[each]["title"] == items[number]["title"] and each != number)
            stamp = {"at": "2026-11-23T08:00:00Z", "by": "ana"}
            items[number]["verdict"] = {"is": "duplicate", "of": int(first), "reason": "twice", **stamp}

    changed(folder, settle)
    ended = leadline("check")
    assert (ended.code, ended.out) == (0, "")
    assert "same source" not in leadline("import", "list.csv", "--dry-run").out


def test_a_record_that_is_set_aside_is_named_as_people_say_it(
    leadline: Leadline, demo: Workspace, folder: Path
) -> None:
    item = next(iter(demo.items.values()))
    changed(folder, lambda data: data["items"][str(item.id)].update(tags=5))
    line = leadline("check").lines[0]
    assert f"{demo.name_of(item)} “{item.title[:20]}" in line
    assert f"record {item.id} of items" in line
    assert line.endswith("tags: must be a list, but it is 5.")
