import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.disk.database import Database
from store.disk.reading.reading import read_store
from store.disk.writing.laying_out import laid_out
from store.errors import ExitCode
from store.models import Conflict, Workspace
from tests.tui.cli.conftest import Leadline


def changed(folder: Path, change: Any) -> None:
    path = folder / "leadline.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    path.write_bytes(laid_out(read_store(path.read_bytes(), path.name, {})))


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


@pytest.mark.parametrize("content", ["[]", "{", '{"meta": {}}', "hello"])
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


# Mending


def run_git(folder: Path, *arguments: str) -> None:
    command = ("git", *arguments)  # by name, as a person has it
    subprocess.run(command, cwd=folder, check=True)


def broken(folder: Path) -> bytes:
    """A store with one line that a hand broke; gives the bytes it had before."""
    path = folder / "leadline.json"
    good = path.read_bytes()
    line = next(line for line in good.split(b"\n") if line.startswith(b'  "owner": '))
    path.write_bytes(good.replace(line, line.replace(b'": "', b'": '), 1))
    return good


@pytest.mark.parametrize("content", ["", "\x00" * 80])
def test_an_empty_file_is_an_error_that_can_be_mended(leadline: Leadline, folder: Path, content: str) -> None:
    (folder / "leadline.json").write_text(content, encoding="utf-8")
    ended = leadline("check")
    assert (ended.code, ended.lines) == (ExitCode.BAD_DATA, ["leadline.json:1:1: error: the file is empty."])
    assert leadline("check", "--fix", "--yes").code == 0
    assert leadline("list").code == 0


def test_a_broken_line_is_told_with_its_place_and_the_lines_around_it(
    leadline: Leadline, demo: Workspace, folder: Path
) -> None:
    del demo
    broken(folder)
    content = (folder / "leadline.json").read_bytes()
    ended = leadline("check")
    assert ended.code == ExitCode.BAD_DATA
    name, line, column, words = ended.lines[0].split(":", 3)
    assert (name, words) == ("leadline.json", " error: a value is missing, or is none that JSON knows.")
    text = content.decode().split("\n")[int(line) - 1]
    assert text[int(column) - 1 :] == text.split('": ')[1]
    assert text.strip() in ended.lines[2]
    assert "check --fix" in ended.err
    assert (folder / "leadline.json").read_bytes() == content


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda content: content.replace(b'"title": "', b'"title": "\xe9', 1), "no UTF-8"),
        (lambda content: content.decode().encode("utf-16"), "UTF-16"),
        (lambda content: content.replace(b'"schema": 2', b'"schema": "2"'), "nothing says here"),
        (
            lambda content: content.replace(b'"schema": 2', b'"schema": 2, "app": "leadline"'),
            "“app” of record 1 of meta",
        ),
    ],
)
def test_whatever_a_file_is_not_whole_for_has_its_place(
    leadline: Leadline, demo: Workspace, folder: Path, change: Callable[[bytes], bytes], words: str
) -> None:
    del demo
    path = folder / "leadline.json"
    path.write_bytes(change(path.read_bytes()))
    ended = leadline("check")
    assert ended.code == ExitCode.BAD_DATA
    assert ": error: " in ended.lines[0]
    assert words in ended.lines[0]
    (finding,) = (each for each in json.loads(leadline("check", "--json").out)["findings"] if words in each["message"])
    assert (finding["severity"], finding["line"] >= 1, finding["column"] >= 1) == ("error", True, True)
    assert ended.lines[0].startswith(f"leadline.json:{finding['line']}:{finding['column']}: ")


def test_what_can_be_mended_is_shown_first_and_done_with_yes(
    leadline: Leadline, demo: Workspace, folder: Path, git: Path
) -> None:
    del demo
    run_git(git, "add", ".")
    run_git(git, "commit", "--quiet", "-m", "store")
    good = broken(folder)
    content = (folder / "leadline.json").read_bytes()

    shown = leadline("check", "--fix")
    assert shown.code == ExitCode.BAD_DATA
    assert any(line.endswith("owner from the last commit, the rest from the file.") for line in shown.lines)
    assert "--yes" in shown.err
    assert (folder / "leadline.json").read_bytes() == content

    done = leadline("check", "--fix", "--yes")
    assert done.code == 0
    assert (folder / "leadline.json").read_bytes() == good
    kept = Path(done.err.partition("The old file is kept: ")[2].partition("\n")[0].removesuffix("."))
    assert kept.read_bytes() == content
    assert [
        line for line in leadline("check", "--fix", "--yes").lines if ": note: " not in line and line[:1] != " "
    ] == []


def test_json_tells_the_plan_and_whether_it_was_done(leadline: Leadline, demo: Workspace, folder: Path) -> None:
    del demo
    broken(folder)
    told = json.loads(leadline("check", "--json").out)
    assert (told["mending"]["done"], told["findings"][0]["severity"]) == (False, "error")
    assert told["findings"][0]["column"] > 1
    assert told["mending"]["lost"]
    done = json.loads(leadline("check", "--json", "--fix", "--yes").out)
    assert done["mending"]["done"] is True
    assert json.loads(leadline("check", "--json").out)["mending"] is None


def test_another_layout_is_a_warning_and_is_laid_out_anew(leadline: Leadline, demo: Workspace, folder: Path) -> None:
    del demo
    path = folder / "leadline.json"
    good = path.read_bytes()
    path.write_text(json.dumps(json.loads(good)), encoding="utf-8")
    ended = leadline("check")
    assert ended.code == ExitCode.FAILED
    assert "not laid out as leadline writes it" in ended.out
    assert leadline("check", "--fix", "--yes").code == 0
    assert path.read_bytes() == good


def test_records_that_cannot_be_read_stay_for_a_person_to_mend(
    leadline: Leadline, demo: Workspace, folder: Path
) -> None:
    number = next(iter(demo.goals))
    path = folder / "leadline.json"
    data = json.loads(path.read_bytes())
    data["goals"][str(number)]["weight"] = "heavy"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert leadline("check", "--fix", "--yes").code == ExitCode.BAD_DATA
    assert json.loads(path.read_bytes()) == data


def test_what_is_staged_is_looked_at_and_nothing_else(
    leadline: Leadline, demo: Workspace, folder: Path, git: Path
) -> None:
    del demo
    path = folder / "leadline.json"
    assert "no leadline.json staged" in leadline("check", "--staged").err
    run_git(git, "add", ".")
    broken(folder)
    assert leadline("check", "--staged").code == 0
    run_git(git, "add", ".")
    path.unlink()
    path.write_text("{}", encoding="utf-8")
    assert leadline("check", "--staged").code == ExitCode.BAD_DATA
    assert leadline("check", "--staged", "--fix").code == ExitCode.USAGE


def test_a_conflict_that_waits_is_an_error_unless_it_may_wait(
    leadline: Leadline, demo: Workspace, folder: Path
) -> None:
    number = next(iter(demo.items))
    conflict = Conflict(id=1 << 44, table="items", record=number, field="owner", sides=("ana", "bo"))
    Database(folder / "leadline.json").commit({"conflicts": {conflict.id: conflict}})
    assert leadline("check").code == ExitCode.BAD_DATA
    waiting = leadline("check", "--let-conflicts-wait")
    assert waiting.code == ExitCode.FAILED
    assert "warning: " in waiting.out
