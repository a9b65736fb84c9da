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


def test_the_new_id_is_the_same_whatever_was_edited_before_the_record_was_renumbered() -> None:
    start = items(A=twin())
    early = together({}, items(A=item()), start)
    late = together({}, items(A=item()), items(A=twin(tags=["ux"])))
    key = new_key(early)
    early = {"items": {**early["items"], key: {**early["items"][key], "owner": "bo"}}}
    merged = together(start, early, late)
    assert merged == {"items": {A: item(), key: twin(aliases=[int(A)], owner="bo", tags=["ux"])}}


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


def created(day: int) -> Fields:
    """The stamp of a record that was created on that day of March."""
    return {"at": f"2026-03-0{day}T08:00:00Z", "by": "ana"}


THREE_TWINS = [items(A=item(created=created(day))) for day in (1, 2, 3)]
THREE_IMPORTS = [{"items": {key: item(created=created(day), source=SOURCE)}} for key, day in ((A, 1), (B, 2), (C, 3))]
THREE_IMPORTS_THE_LATEST_FIRST = [
    {"items": {key: item(created=created(day), source=SOURCE)}} for key, day in ((C, 1), (B, 2), (A, 3))
]


@pytest.mark.parametrize("clones", [THREE_TWINS, THREE_IMPORTS, THREE_IMPORTS_THE_LATEST_FIRST])
@pytest.mark.parametrize("met", [0, 1, 2])
def test_two_merges_with_one_clone_come_to_the_same_whichever_is_ours(clones: list[Tables], met: int) -> None:
    one, other = (together({}, clones[met], clone) for clone in clones if clone is not clones[met])
    both = together(clones[met], one, other)
    assert len(both["items"]) == (3 if clones is THREE_TWINS else 1)
    assert all(int(key) not in fields.get("aliases", ()) for key, fields in both["items"].items())


def test_two_merges_that_joined_one_thing_under_each_other_s_id_come_to_the_same() -> None:
    ours = items(A=item(source=SOURCE, aliases=[int(B)], owner="bo"))
    theirs = items(B=item(source=SOURCE, aliases=[int(A)], tags=["ux"]))
    merged = together({}, ours, theirs)
    assert merged == items(A=item(source=SOURCE, aliases=[int(B)], owner="bo", tags=["ux"]))


def test_a_record_that_was_removed_beside_its_twin_is_not_taken_for_the_twin() -> None:
    start = items(A=item())
    merged = together({}, start, items(A=twin()))
    key = new_key(merged)
    without = {"items": {key: merged["items"][key]}}
    edited = item(due="2026-12-24")
    after = together(start, without, items(A=edited))
    assert after["items"] == {A: edited, key: twin(aliases=[int(A)])}
    assert conflicts_of(after) == [("items", "", item(), [None, edited])]


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


def goal(title: str, day: int) -> Fields:
    """A goal that was created on that day of March."""
    return {"title": title, "created": created(day)}


SERVED = {"goals": {A: goal("Ours", 2)}}


def serving(strength: int) -> Tables:
    """A store with an item that serves the goal which is going to get another id."""
    return {**items(C=item(goals=[{"goal": int(A), "strength": strength}])), **SERVED}


@pytest.mark.parametrize(
    ("start", "one", "other"),
    [
        (serving(2), serving(1), serving(3)),
        ({**items(C=item()), **SERVED}, serving(1), serving(3)),
        (serving(2), {**serving(3)}, SERVED),
        (
            {"goals": {**SERVED["goals"], C: goal("Below", 1)}},
            {"goals": {**SERVED["goals"], C: {**goal("Below", 1), "parent": int(A)}}},
            {"goals": {**SERVED["goals"], C: {**goal("Below", 1), "parent": int(B)}}},
        ),
    ],
)
def test_a_conflict_follows_a_record_that_gets_another_id(start: Tables, one: Tables, other: Tables) -> None:
    waiting = together(start, one, other)
    merged = together({}, waiting, {"goals": {A: goal("Theirs", 1)}})
    (key,) = merged["goals"].keys() - {A, C}
    ((number, before),), ((same_number, after),) = waiting["conflicts"].items(), merged["conflicts"].items()
    assert number == same_number
    assert repr(after) == repr(before).replace(A, key)
    assert A in repr(before)


def test_a_conflict_about_a_verdict_follows_the_original_that_was_joined_with_another_import() -> None:
    imported = item(source=SOURCE, created=created(2))
    duplicate, later = ({"is": "duplicate", "of": int(B), **LATER}, {"is": "now", "at": LATER["at"], "by": "ana"})
    start = items(C=item(), B=imported)
    waiting = together(start, items(C=item(verdict=duplicate), B=imported), items(C=item(verdict=later), B=imported))
    merged = together({}, waiting, items(A=item(source=SOURCE, created=created(1))))
    ((*_, sides),) = conflicts_of(merged)
    assert {**duplicate, "of": int(A)} in sides


def test_an_id_that_was_used_again_is_not_the_record_that_the_other_side_went_on_with() -> None:
    start, again = items(A=item()), twin(tags=["new"])
    edited = item(owner="dan")
    used = items(A=again, B=item("Import", depends_on=[int(A)]))
    merged = together(start, used, items(A=edited))
    (key,) = merged["items"].keys() - {A, B}
    assert merged["items"] == {
        A: edited,
        B: item("Import", depends_on=[int(key)]),
        key: {**again, "aliases": [int(A)]},
    }
    assert conflicts_of(merged) == [("items", "", item(), [None, edited])]
    assert together(start, merged, used) == together(start, merged, items(A=edited)) == merged


def test_an_id_that_was_used_again_while_the_other_side_did_nothing_belongs_to_the_new_record() -> None:
    start, again = items(A=item(owner="ana")), items(A=twin())
    assert together(start, again, start) == again
    assert together(start, again, {}) == again


def test_what_both_sides_know_as_the_record_that_has_an_id_now_takes_nothing_from_the_one_that_had_it() -> None:
    start = items(A=item(owner="ana", tags=["old"]))
    merged = together(start, items(A=twin(owner="ana", tags=["old"])), items(A=twin(size=2)))
    assert merged == items(A=twin(owner="ana", tags=["old"], size=2))


def test_an_id_that_both_sides_used_again_is_parted_as_any_other() -> None:
    third = item("Print", created={"at": "2026-03-01T08:00:09Z", "by": "cleo"})
    merged = together(items(A=item()), items(A=twin()), items(A=third))
    assert merged["items"] == {A: twin(), new_key(merged): {**third, "aliases": [int(A)]}}


def test_a_stamp_that_was_mended_makes_no_other_record() -> None:
    merged = together(items(A=item()), items(A=item(created=LATER)), items(A=item(owner="bo")))
    assert merged == items(A=item(created=LATER, owner="bo"))
