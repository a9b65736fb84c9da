"""Conflicts on the command line: listed, settled, and settled otherwise."""

import json
from pathlib import Path

import pytest

from store.disk import create_store
from store.errors import ExitCode
from store.models import Workspace
from tests.screens.sharing.conflicts import decided_twice, disputed, two_verdicts
from tests.tui.cli.conftest import Leadline


@pytest.fixture
def store(folder: Path) -> Path:
    return stored(folder / "leadline.json", disputed())


def stored(path: Path, work: Workspace) -> Path:
    tables = ("items", "goals", "decisions", "conflicts")
    create_store(path, work.settings, {table: work.table(table) for table in tables})
    return path


def test_conflicts_are_told_as_work(leadline: Leadline, store: Path) -> None:
    del store
    ended = leadline("conflicts")
    assert ended.code == 0
    assert "stage · LL-0001 Results grid" in ended.lines[0]
    assert "It was ready; @ana moved it to doing" in ended.lines[1]
    assert ended.lines[3] == "    first   doing  [main]  (stands now)"
    assert "6 conflicts to settle." in ended.err


@pytest.mark.parametrize("record", ["LL-0001", "G-0034", "D-00FM"])
def test_what_is_disputed_says_so_where_it_is_shown(leadline: Leadline, store: Path, record: str) -> None:
    del store
    assert "≠ disputed" in leadline("show", record).out
    assert "≠ disputed" not in leadline("show", "LL-0003").out


def test_one_is_settled_by_its_record_and_can_be_settled_otherwise(leadline: Leadline, store: Path) -> None:
    del store
    ended = leadline("settle", "D-00FM", "second")
    assert "D-00FM" in leadline("conflicts", "--all").out, ended.err
    assert "li, not ana. 5 left to settle." in ended.err
    (conflict,) = (
        each
        for each in json.loads(leadline("conflicts", "--all", "--json").out)["conflicts"]
        if each["table"] == "decisions"
    )
    assert conflict["settled"]["by"]
    assert (conflict["first"], conflict["second"], conflict["stands"]) == ("ana", "li", "second")
    assert "Brought back the owner" in leadline("settle", conflict["short"], "first").err
    assert "not disputed" in leadline("settle", "D-00FM", "second").err


def test_several_fields_need_a_name_and_a_value_is_read(leadline: Leadline, store: Path) -> None:
    del store
    ended = leadline("settle", "LL-0001", "first")
    assert ended.code == 1
    assert "several disputed fields: stage, verdict, body" in ended.err
    assert leadline("settle", "LL-0001", "--field", "stage", "--value", "review").code == 0
    assert leadline("settle", "G-0034", "--value", "many").code == 1
    assert leadline("settle", "G-0034", "--value", "13").code == 0
    assert "13" in leadline("show", "G-0034").out


def test_what_goes_with_a_verdict_is_asked_once_and_can_be_named(leadline: Leadline, folder: Path) -> None:
    stored(folder / "leadline.json", two_verdicts())
    assert "1 conflict to settle." in leadline("conflicts").err
    assert "All is settled." in leadline("settle", "LL-0001", "first").err
    assert "declined" in leadline("show", "LL-0001").out
    assert leadline("check").code == 0
    assert leadline("settle", "LL-0001", "second").code == 1


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("maybe", "“maybe” is no verdict."),
        ("decline", "Nothing is declined without a reason."),
        ("duplicate", "A duplicate needs the item that it repeats."),
        ("duplicate LL-0002", "Nothing is called a duplicate without a reason."),
        ("duplicate LL-0001 the same", "An item is no duplicate of itself."),
        ("duplicate LL-ZZZZ the same", "ends with ZZZZ"),
    ],
)
def test_a_verdict_of_ones_own_needs_what_it_needs_elsewhere(
    leadline: Leadline, store: Path, value: str, words: str
) -> None:
    before = store.read_bytes()
    ended = leadline("settle", "LL-0001", "--field", "verdict", "--value", value)
    assert ended.code == 1
    assert words in ended.err
    assert store.read_bytes() == before


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("decline: not this year", "decline “not this year”"),
        ("later after the audit", "later “after the audit”"),
        ("duplicate LL-0002 the same", "duplicate “the same”"),
        ("now", "now"),
    ],
)
def test_a_verdict_of_ones_own_is_its_word_and_the_reason(
    leadline: Leadline, store: Path, value: str, told: str
) -> None:
    del store
    ended = leadline("settle", "LL-0001", "--field", "verdict", "--value", value)
    assert ended.code == 0, ended.err
    assert f"Settled the verdict of LL-0001: {told.partition(' ')[0]}" in ended.err
    conflicts = json.loads(leadline("conflicts", "--all", "--json").out)["conflicts"]
    (conflict,) = (each for each in conflicts if each["field"] == "verdict")
    assert conflict["settled"]["by"]
    assert told.partition("“")[2].rstrip("”") in leadline("show", "LL-0001").out


def test_the_status_of_a_decision_is_its_word_and_the_reason(leadline: Leadline, folder: Path) -> None:
    stored(folder / "leadline.json", decided_twice())
    ended = leadline("settle", "D-00FM", "--field", "status", "--value", "rejected too dear")
    assert ended.code == 0, ended.err
    assert "too dear" in leadline("show", "D-00FM").out
    assert leadline("settle", "D-00FM", "--value", "cost\nspeed\n\nreach").code == 0
    assert leadline("check").code == 0


def test_a_choice_or_a_value_and_not_both(leadline: Leadline, store: Path) -> None:
    del store
    assert leadline("settle", "LL-0001").code == 2
    assert leadline("settle", "LL-0001", "first", "--value", "x").code == 2


@pytest.mark.parametrize("table", ["robots", "table", "with_records", "__class__", "_renamed"])
def test_what_only_a_newer_version_knows_waits_for_it_in_plain_view(
    leadline: Leadline, folder: Path, table: str
) -> None:
    leadline("init")
    path = folder / "leadline.json"
    tables = json.loads(path.read_text())
    about = {"table": table, "record": 5, "field": "name", "base": "x", "sides": ["y", "z"]}
    tables |= {"conflicts": {"77777777": about}, table: {"5": {"name": "y"}, "not a number": {}}}
    path.write_text(json.dumps(tables))
    checked = leadline("check", "--json")
    assert checked.code == ExitCode.BAD_DATA
    messages = [each["message"] for each in json.loads(checked.out)["findings"]]
    assert f"record 5 of {table} has two versions of its name from a merge." in messages
    assert {leadline("check").code, leadline("check", "--fix").code} == {ExitCode.BAD_DATA}
    listed = leadline("conflicts")
    assert listed.lines[0].endswith(f"name · record 5 of {table}, which only a newer leadline knows")
    assert listed.lines[1] == "    It was x; one side made it y; the other made it z."
    name = listed.lines[0].split()[1]
    refused = leadline("settle", name, "first")
    assert refused.code == 1
    assert "A newer leadline settles it." in refused.err
    assert json.loads(path.read_text())[table]["5"] == {"name": "y"}
