import pytest

from store.disk.keeping.known import Mark
from store.errors import NotFoundError
from store.models import DecisionStatus, Goal, Item, Place, Settings, Shelf, Unread, Workspace, encoded
from tests.store.disk.records import GOAL, NOON, ONE_OF_EACH, STAMP, item
from tests.store.disk.stores import read, text_of


def workspace(*items: Item) -> Workspace:
    goal = ONE_OF_EACH["goals"]
    assert isinstance(goal, Goal)
    return Workspace(items={one.id: one for one in items}, goals={goal.id: goal})


def shelf(*items: Item) -> tuple[Shelf[Item], list[int]]:
    """Items that are made when asked for, and a list of those that were."""
    made: list[int] = []
    by_id = {one.id: one for one in items}

    def read_one(number: int, _place: Place) -> Item:
        made.append(number)
        return by_id[number]

    standings = {one.id: (one.stage.stage, one.archived is not None) for one in items}
    return Shelf(dict.fromkeys(by_id, (0, 0)), Unread(read_one, lambda: standings, frozenset)), made


def test_the_next_snapshot_has_the_changes_and_leaves_the_old_one_alone() -> None:
    before = workspace(item(5), item(6))
    after = before.with_records({
        "items": {5: None, 6: item(6, "new"), 7: item(7)},
        "settings": {1: Settings(team="x")},
    })
    assert set(before.items) == {5, 6}
    assert {number: one.title for number, one in after.items.items()} == {6: "new", 7: item(7).title}
    assert (before.settings.team, after.settings.team) == ("", "x")
    assert after.goals is before.goals


def test_workspaces_are_equal_only_to_themselves() -> None:
    assert Workspace() != Workspace()


def test_a_record_is_found_by_what_people_say() -> None:
    one = item(18533187727534)
    place = workspace(one, item(6))
    name = place.name_of(one)
    assert name == f"LL-{encoded(one.id)[-4:]}"
    for said in (name, name.lower(), name[3:], f" {name} ", encoded(one.id)):
        assert place.find(said) is one
    assert place.find(f"G-{encoded(GOAL)[-4:]}") is place.goals[GOAL]


def test_the_prefix_of_the_settings_names_items() -> None:
    place = workspace(item(5)).with_records({"settings": {1: Settings(prefix="OPS")}})
    assert place.name_of(item(5)).startswith("OPS-")
    with pytest.raises(NotFoundError, match="No kind of record is called LL-"):
        place.find("LL-0005")


def test_one_suffix_of_two_kinds_needs_its_letters() -> None:
    place = workspace(item(GOAL))
    with pytest.raises(NotFoundError, match="could be"):
        place.find(encoded(GOAL)[-4:])


def test_short_ids_follow_when_records_come_and_go() -> None:
    place = workspace(item(5))
    assert place.name_of(item(5)) == "LL-0005"
    more = place.with_records({"items": {5 + 32**4: item(5 + 32**4)}})
    assert more.name_of(item(5)) == "LL-00005"
    less = more.with_records({"items": {5 + 32**4: None}})
    assert less.name_of(item(5)) == "LL-0005"


def test_open_items_and_counts_leave_out_what_is_over_and_put_away() -> None:
    done, dropped, unknown = item(6, stage="done"), item(7, stage="declined"), item(8, stage="elsewhere")
    put_away = item(9).with_(archived=STAMP)
    items = {one.id: one for one in (item(5), done, dropped, unknown, put_away)}
    for table in (items, shelf(*items.values())[0]):
        place = Workspace(items=table)
        assert [one.id for one in place.open_items] == [5, 8]
        assert place.stage_counts == {"inbox": 1, "done": 1, "declined": 1, "elsewhere": 1}


def test_counts_of_stages_follow_every_change() -> None:
    place = workspace(item(5), item(6, stage="done"), item(7))
    assert place.stage_counts == {"inbox": 2, "done": 1}
    changes = {5: item(5, stage="done"), 6: None, 7: item(7).with_(archived=STAMP), 8: item(8, stage="ready")}
    after = place.with_records({"items": changes})
    assert after.stage_counts == {"done": 1, "ready": 1} == Workspace(items=after.items).stage_counts
    assert place.stage_counts == {"inbox": 2, "done": 1}
    assert after.with_records({"settings": {1: Settings(team="x")}}).stage_counts == after.stage_counts


def test_only_the_items_that_are_asked_for_are_made() -> None:
    table, made = shelf(item(5), item(6, stage="done"), item(7))
    place = Workspace(items=table)
    assert (len(table), 6 in table, sorted(table), made) == (3, True, [5, 6, 7], [])
    assert [one.id for one in place.open_items] == [5, 7]
    assert made == [5, 7]
    assert place.items[5] is place.items[5]
    after = place.with_records({"items": {8: item(8), 7: None, 5: item(5, "new")}})
    assert made == [5, 7]
    assert {number: one.title for number, one in after.items.items()} == {
        5: "new",
        6: item(6).title,
        8: item(8).title,
    }
    assert made == [5, 7, 6]
    assert list(after.items.values()) == [item(5, "new"), item(6, stage="done"), item(8)]
    assert place.items == {5: item(5), 6: item(6, stage="done"), 7: item(7)}


def test_a_record_is_made_once_for_all_snapshots() -> None:
    table, made = shelf(item(5), item(6), item(7))
    before = Workspace(items=table)
    after = before.with_records({"items": {7: item(7, "new")}})
    assert next(iter(before.items.values())) is after.items[5]
    assert list(after.items.values())[1] is before.items[6]
    assert made == [5, 6, 7]


def test_items_made_late_are_those_of_the_file() -> None:
    odd = item(6, stage='a "quoted" \\ stage').with_(title="\x1b[31m é 漢")
    content = text_of({"items": [item(5), odd, item(7).with_(archived=STAMP)]})
    sha256 = read(content).sha256
    place = read(content, {sha256: Mark.CANONICAL}).workspace
    assert isinstance(place.items, Shelf)
    assert place.stage_counts == {"inbox": 1, odd.stage.stage: 1}
    assert place.items == {5: item(5), 6: odd, 7: item(7).with_(archived=STAMP)}


def test_only_open_items_depend_on_others_whether_they_were_read_or_not() -> None:
    waiting, closed = item(5).with_(depends_on={6}), item(7, stage="done").with_(depends_on={6})
    put_away = item(8).with_(depends_on={6}, archived=STAMP)
    content = text_of({"items": [waiting, item(6), closed, put_away]})
    sha256 = read(content).sha256
    late = read(content, {sha256: Mark.CANONICAL}).workspace
    assert late.depending_items == read(content).workspace.depending_items == (waiting,)
    after = late.with_records({"items": {5: item(5), 6: item(6).with_(depends_on={5})}})
    assert [one.id for one in after.depending_items] == [6]


def test_a_goal_names_what_serves_it() -> None:
    serving = item(5).with_(goals=[{"goal": GOAL}])
    place = workspace(serving, item(6), item(7).with_(goals=[{"goal": GOAL}], archived=STAMP))
    assert place.items_by_goal == {GOAL: (serving,)}


def test_a_decision_is_superseded_by_those_that_say_so() -> None:
    decision = ONE_OF_EACH["decisions"]
    place = Workspace().with_records({"decisions": {decision.id: decision}})
    assert place.superseded_by == place.named_as_older == {17592186044423: (decision.id,)}


@pytest.mark.parametrize("status", DecisionStatus)
def test_only_what_is_or_was_in_force_supersedes(status: DecisionStatus) -> None:
    decision = ONE_OF_EACH["decisions"].with_(status={"is": status, "since": NOON})
    place = Workspace().with_records({"decisions": {decision.id: decision}})
    assert place.named_as_older == {17592186044423: (decision.id,)}
    assert bool(place.superseded_by) is (status.value in {"accepted", "deprecated", "superseded"})


def test_a_record_is_found_by_an_id_it_had_before_a_merge_gave_it_another() -> None:
    one, other = item(18533187727534).with_(aliases=frozenset({17592186049999})), item(17592186044999)
    for place in (workspace(one, other), read(text_of({"items": [one, other]})).workspace):
        former = f"LL-{encoded(17592186049999)[-4:]}"
        assert place.find(former) == one
        assert place.known("items", 17592186049999) == one
        assert place.get("items", 17592186049999) is None
        after = place.with_records({"items": {one.id: None}})
        assert after.known("items", 17592186049999) is None
        with pytest.raises(NotFoundError):
            after.find(former)


def test_a_former_id_that_another_record_has_now_means_that_record() -> None:
    one, other = item(18533187727534).with_(aliases=frozenset({17592186049999})), item(17592186049999)
    assert workspace(one, other).find(encoded(17592186049999)) is other
