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
