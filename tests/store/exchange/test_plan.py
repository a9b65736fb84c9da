"""The plan: what it tells before anything is done, and the one change it becomes."""

import pytest

from store.change import applied
from store.exchange import ImportOptions, plan_import, read_bytes, to_change
from store.models import Item, Workspace
from tests.store.exchange.build import FIXTURES, NOW, ids, imported, planned

TABLE = "id,title,owner,status\n1,One,ana,Open\n2,Two,,Done\n3,,,Open\n"


def test_a_plan_changes_nothing_until_it_is_applied() -> None:
    workspace = Workspace()
    plan = planned(TABLE, "b.csv", workspace)

    assert not workspace.items
    assert len(applied(workspace, to_change(plan, NOW, "ana")).items) == 2


def test_the_summary_tells_numbers_stages_refusals_and_columns() -> None:
    assert planned(TABLE, "b.csv").summary() == [
        "b.csv: 2 new, 0 changed, 0 unchanged, 1 refused.",
        "New items by stage: inbox 1, done 1.",
        "Refused: line 4: 3 has no title.",
        "Columns: title = title, status = status, owner = owner, key = id.",
        "1 row: closed without a date: the last update was taken, else the day it was created (line 3).",
    ]


def test_the_change_says_in_one_sentence_what_was_imported() -> None:
    plan = planned((FIXTURES / "gh_list.json").read_bytes(), "gh_list.json")
    change = to_change(plan, NOW, "ana")

    assert change.sentence == "Imported 3 items from gh_list.json: 3 new"
    assert (change.at, change.by, len(change.edits)) == (NOW, "ana", 3)


def test_a_second_import_says_what_is_new_and_what_changed() -> None:
    workspace = imported(TABLE, "b.csv")
    change = to_change(planned(f"{TABLE}4,Four,,\n".replace("One", "Uno"), "b.csv", workspace), NOW, "ana")

    assert change.sentence == "Imported 2 items from b.csv: 1 new, 1 changed"


def test_thousands_are_separated() -> None:
    rows = "".join(f"{number},Item\n" for number in range(2173))
    change = to_change(planned(f"id,title\n{rows}", "b.csv"), NOW, "ana")

    assert change.sentence == "Imported 2,173 items from b.csv: 2,173 new"


def test_a_plan_without_anything_to_do_is_an_empty_change() -> None:
    plan = planned(TABLE, "b.csv", imported(TABLE, "b.csv"))

    assert plan.is_empty
    assert not to_change(plan, NOW, "ana")
    assert plan.summary()[0] == "b.csv: 0 new, 0 changed, 2 unchanged, 1 refused."


def test_many_refusals_are_counted_after_the_first_five() -> None:
    rows = "".join(f"{number},\n" for number in range(20))
    lines = planned(f"id,title\n0,ok\n{rows}".replace("\n0,\n", "\n"), "b.csv").summary()

    assert sum(line.startswith("Refused: line") for line in lines) == 5
    assert "Refused: 14 more." in lines


def test_progress_is_told_from_nothing_to_everything_while_reading_and_planning() -> None:
    told: list[tuple[int, int]] = []
    data = ("id,title\n" + "".join(f"{number},x\n" for number in range(1200))).encode()

    reading = read_bytes(data, "b.csv", ImportOptions(), lambda done, total: told.append((done, total)))
    assert told == [(0, 1200), (500, 1200), (1000, 1200), (1200, 1200)]

    told.clear()
    plan_import(Workspace(), reading, NOW, "ana", ids(), lambda done, total: told.append((done, total)))
    assert told == [(0, 1200), (500, 1200), (1000, 1200), (1200, 1200)]


@pytest.mark.parametrize("name", ["gh_list.json", "jira_cloud.csv", "linear.csv"])
def test_a_plan_is_the_same_each_time(name: str) -> None:
    data = (FIXTURES / name).read_bytes()

    assert planned(data, name) == planned(data, name)


def test_every_item_survives_the_way_through_the_raw_fields_of_the_file() -> None:
    for path in FIXTURES.glob("*.*"):
        if path.suffix:
            for item in planned(path.read_bytes(), path.name, options=_titled(path.name)).new:
                assert Item.model_validate({"id": item.id, **item.raw()}) == item


def _titled(name: str) -> ImportOptions:
    return ImportOptions(mapping={"title": "Aufgabe"}) if name == "semicolons.csv" else ImportOptions()
