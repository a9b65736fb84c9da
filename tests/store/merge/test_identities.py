"""One key for two records, two keys for one: what is the same record is the same on every clone."""

from typing import Any

import pytest

from store.merge import Why, decide
from tests.store.merge.whole import START, A, B, C, Fields, Tables, conflicts_of, item, items, together

LATER = {"at": "2026-03-01T08:00:05Z", "by": "bo"}
SOURCE = {"system": "github:acme/app", "key": "17"}


def twin(**fields: Any) -> Fields:
    """An item that got the id of another one, later."""
    return item("Export", **{"created": LATER, **fields})


def new_key(tables: Tables) -> str:
    """The key of the twin after it was renumbered."""
    (key,) = tables["items"].keys() - {A, B, C}
    return key


def test_one_id_given_to_two_records_goes_to_the_first_and_the_other_keeps_it_as_an_alias() -> None:
    merged = together({}, items(A=item()), items(A=twin()))
    key = new_key(merged)
    assert merged == {"items": {A: item(), key: twin(aliases=[int(A)])}}
    (decision,) = [
        each for each in decide({}, items(A=item()), items(A=twin())).decisions if each.why is Why.RENUMBERED
    ]
    assert decision.key == key


def test_the_new_id_is_the_same_on_every_clone_and_the_clones_agree_afterwards() -> None:
    ours = together({}, items(A=item()), items(A=twin(), B=item("Import")))
    theirs = together({}, items(A=twin()), items(A=item(), C=item("Print")))
    assert new_key(ours) == new_key(theirs)
    merged = together({}, ours, theirs)
    assert merged["items"].keys() == {A, B, C, new_key(ours)}


def test_references_of_the_side_whose_record_was_renumbered_follow_it_and_those_of_the_other_do_not() -> None:
    ours = items(A=item(), B=item("Import", depends_on=[int(A)]))
    theirs = items(A=twin(), C=item("Print", depends_on=[int(A)], verdict={"is": "duplicate", "of": int(A), **LATER}))
    merged = together({}, ours, theirs)
    number = int(new_key(merged))
    assert merged["items"][B]["depends_on"] == [int(A)]
    assert merged["items"][C]["depends_on"] == [number]
    assert merged["items"][C]["verdict"]["of"] == number


def test_three_records_of_one_id_are_three_records_whatever_the_order_of_merges() -> None:
    third = item("Print", created={"at": "2026-03-01T08:00:09Z", "by": "cleo"})
    stores = items(A=item()), items(A=twin()), items(A=third)
    results = [
        together({}, together({}, stores[one], stores[two]), stores[three])
        for one, two, three in ((0, 1, 2), (2, 1, 0), (0, 2, 1))
    ]
    titles = [sorted(fields["title"] for fields in result["items"].values()) for result in results]
    assert titles == [["Export", "Print", "Results grid"]] * 3
    assert all(result["items"][A] == item() for result in results)


def test_a_change_made_under_the_former_id_reaches_the_record_under_its_new_one() -> None:
    theirs = items(A=twin())
    merged = together({}, items(A=item()), theirs)
    key = new_key(merged)
    after = together(theirs, merged, items(A=twin(owner="bo")))
    assert after["items"] == {A: item(), key: twin(owner="bo", aliases=[int(A)])}


@pytest.mark.parametrize("table", ["goals", "decisions", "standards", "teams", "sessions"])
def test_records_of_every_table_are_told_apart(table: str) -> None:
    stamp = "started" if table == "sessions" else "created"
    one, other = ({"title": title, stamp: at} for title, at in (("One", START), ("Other", LATER)))
    merged = together({}, {table: {A: one}}, {table: {A: other}})
    assert merged[table][A] == one
    assert [fields for key, fields in merged[table].items() if key != A] == [{**other, "aliases": [int(A)]}]


def test_a_thing_that_both_sides_imported_is_one_record_with_both_histories() -> None:
    ours = item(
        source=SOURCE,
        owner="bo",
        stage={"is": "ready", "since": "2026-04-01T08:00:00Z", "by": "bo"},
        past_moves=[{"is": "inbox", "since": "2026-03-01T08:00:00Z"}],
    )
    theirs = item(source=SOURCE, tags=["ux"], created=LATER, stage={"is": "inbox", "since": "2026-03-01T08:00:05Z"})
    merged = together({}, items(A=ours), items(B=theirs, C=item("Print", depends_on=[int(B)])))
    record = merged["items"][A]
    assert B not in merged["items"]
    assert (record["owner"], record["tags"], record["aliases"]) == ("bo", ["ux"], [int(B)])
    assert (record["stage"]["is"], record["past_moves"][0]["is"]) == ("ready", "inbox")
    assert record["created"] == START
    assert merged["items"][C]["depends_on"] == [int(A)]
    assert conflicts_of(merged) == []


def test_one_of_two_joined_imports_that_comes_in_again_changes_nothing() -> None:
    ours, theirs = items(A=item(source=SOURCE)), items(B=twin(source=SOURCE))
    merged = together({}, ours, theirs)
    assert together({}, merged, theirs) == together({}, merged, ours) == merged


def test_a_source_that_both_sides_followed_is_written_as_its_model_writes_it() -> None:
    one, other = ({**SOURCE, "seen": f"title:{number}", "x-newer": 1} for number in (1, 2))
    merged = together(items(A=item(source=SOURCE)), items(A=item(source=one)), items(A=item(source=other)))
    assert list(merged["items"][A]["source"]) == ["system", "key", "seen", "x-newer"]


def test_an_import_that_met_one_of_the_base_takes_its_id() -> None:
    base = items(C=item(source=SOURCE))
    merged = together(base, items(C=item(source=SOURCE, owner="bo")), {"items": {A: item(source=SOURCE, tags=["ux"])}})
    assert merged == items(C=item(source=SOURCE, owner="bo", tags=["ux"], aliases=[int(A)]))


def test_items_of_other_sources_stay_two() -> None:
    other = {**SOURCE, "key": "18"}
    merged = together({}, items(A=item(source=SOURCE)), items(B=item(source=other)))
    assert merged == items(A=item(source=SOURCE), B=item(source=other))


THIRD = {"at": "2026-03-01T08:00:09Z", "by": "cleo"}


@pytest.mark.parametrize("common", [0, 1, 2])
def test_merges_of_merges_of_three_records_of_one_id_agree_on_which_is_which(common: int) -> None:
    stores = [items(A=item()), items(A=twin()), items(A=item("Print", created=THIRD))]
    base = stores.pop(common)
    merged = together(base, *(together({}, base, other) for other in stores))
    former = {fields["title"]: fields.get("aliases") for fields in merged["items"].values()}
    assert former == {"Results grid": None, "Export": [int(A)], "Print": [int(A)]}
    assert merged["items"][A] == item()


@pytest.mark.parametrize("common", ["A", "B", "C"])
def test_merges_of_merges_of_three_imports_of_one_thing_agree_on_its_id(common: str) -> None:
    stamps = {"A": START, "B": LATER, "C": THIRD}
    stores = {name: items(**{name: item(source=SOURCE, created=stamp)}) for name, stamp in stamps.items()}
    base = stores.pop(common)
    merged = together(base, *(together({}, base, other) for other in stores.values()))
    assert {key: fields["aliases"] for key, fields in merged["items"].items()} == {A: [int(B), int(C)]}


def test_a_record_that_is_taken_out_where_another_one_has_its_id_as_a_former_one_is_not_taken_for_that() -> None:
    base = items(A=item())
    ours = together({}, base, items(A=twin(owner="bo")))
    key = new_key(ours)
    merged = together(base, {"items": {key: ours["items"][key]}}, items(A=item(due="2026-12-24")))
    assert merged["items"] == {A: item(due="2026-12-24"), key: twin(owner="bo", aliases=[int(A)])}
    assert conflicts_of(merged) == [("items", "", item(), [None, item(due="2026-12-24")])]


def test_a_record_that_is_edited_between_two_merges_gets_the_same_new_id_in_both() -> None:
    first = together({}, items(A=item()), items(A=twin()))
    second = together({}, items(A=item()), items(A=twin(tags=["more"])))
    key = new_key(first)
    first["items"][key]["owner"] = "bo"
    merged = together(items(A=twin()), first, second)
    assert merged == {"items": {A: item(), key: twin(owner="bo", tags=["more"], aliases=[int(A)])}}


def goal(title: str, stamp: Fields) -> Fields:
    return {"title": title, "created": stamp}


def test_a_conflict_about_a_link_follows_the_goal_that_it_leads_to() -> None:
    def serving(strength: int) -> Tables:
        return {"goals": {A: goal("Grow", LATER)}, "items": {B: item(goals=[{"goal": int(A), "strength": strength}])}}

    disputed = together(serving(2), serving(1), serving(3))
    merged = together({}, disputed, {"goals": {A: goal("Save", START)}})
    (key,) = merged["goals"].keys() - {A}
    (conflict,) = merged["conflicts"].values()
    assert conflict["field"] == f"goals.{key}"
    assert [link["goal"] for link in (conflict["base"], *conflict["sides"])] == [int(key)] * 3


@pytest.mark.parametrize("is_whole", [False, True])
def test_a_conflict_whose_values_name_an_item_that_was_joined_names_it_as_it_is_called_now(is_whole: bool) -> None:  # noqa: FBT001 - a case
    imported = item(source=SOURCE, created=LATER)
    verdict = {"is": "duplicate", "of": int(C), **LATER}
    start = items(B=item(), C=imported)
    changed = items(B=item(verdict=verdict), C=imported)
    other = items(C=imported) if is_whole else items(B=item(verdict={"is": "now", **THIRD}), C=imported)
    disputed = together(start, changed, other)
    merged = together({}, disputed, items(A=item(source=SOURCE)))
    (conflict,) = (each for each in merged["conflicts"].values() if "settled" not in each)
    sides = [side["verdict"] if is_whole else side for side in conflict["sides"] if side is not None]
    assert [side["of"] for side in sides if side["is"] == "duplicate"] == [int(A)]
