"""Conflicts of merges: every choice, what it says, that it undoes, and that nothing is lost on the way."""

from datetime import timedelta
from typing import Any

import pytest

from store.change import (
    ChangeSet,
    Choice,
    applied,
    archived,
    conflict_restored,
    goal_weighed,
    inverse,
    moved,
    owned,
    reopened,
    settled,
    settling,
)
from store.errors import LeadlineError, NotFoundError, RuleError
from store.models import Conflict, Horizon, Item, Json, Ruling, Serves, Stamp, Standing, Workspace
from tests.store.samples import NOW, a_goal, a_workspace, ago, an_item

BY = "eve"
TIED = 7


def conflict(
    field: str, base: Json, *sides: Json, table: str = "items", record: int = 1, number: int = TIED
) -> Conflict:
    labels = ("main", "li/triage")
    return Conflict(id=number, table=table, record=record, field=field, base=base, sides=sides, labels=labels)


def work(*conflicts: Conflict, **item: Any) -> Workspace:
    records = (a_goal(100, "Flow", weight=40), a_goal(200, "Support", parent=100), an_item(1, **item))
    return a_workspace(*records, conflicts={each.id: each for each in conflicts})


def settle(about: Conflict, choice: Choice, value: Json = None, **item: Any) -> tuple[Item, ChangeSet]:
    before = work(about, **item)
    change = settled(before, about, choice, NOW, BY, value)
    after = applied(before, change)
    assert after.conflicts[TIED].settled == Stamp(at=NOW, by=BY)
    assert after.conflicts[TIED].sides == about.sides, "the losing values stay"
    back = applied(after, inverse(after, change, NOW, BY))
    assert back.conflicts[TIED] == about
    assert back.items.get(1) == before.items.get(1)
    return after.items[1], change


def standing(stage: str, days_ago: float, by: str = "ana") -> dict[str, str]:
    return Standing(stage=stage, since=ago(days_ago), by=by).model_dump(mode="json", by_alias=True)


OWNER = conflict("owner", "jo", "ana", "li")

SCALARS: list[tuple[Choice, Json, str, str]] = [
    (Choice.FIRST, None, "ana", "Settled the owner of LL-0001: ana, not li"),
    (Choice.SECOND, None, "li", "Settled the owner of LL-0001: li, not ana"),
    (Choice.BASE, None, "jo", "Settled the owner of LL-0001: as before, jo, neither ana nor li"),
    (Choice.OWN, "eve", "eve", "Settled the owner of LL-0001: eve, neither ana nor li"),
    (Choice.OWN, None, "", "Settled the owner of LL-0001: nobody, neither ana nor li"),
]


@pytest.mark.parametrize(("choice", "value", "owner", "sentence"), SCALARS)
def test_one_value_is_taken_and_the_others_are_named(choice: Choice, value: Json, owner: str, sentence: str) -> None:
    item, change = settle(OWNER, choice, value, owner="ana")
    assert (item.owner, change.sentence) == (owner, sentence)


def test_two_values_cannot_stand_where_there_is_room_for_one() -> None:
    with pytest.raises(RuleError, match="one value"):
        settle(OWNER, Choice.BOTH)


def test_both_texts_keep_what_each_side_wrote_and_each_change_elsewhere() -> None:
    base, first, second = list("abcde"), list("abcdx"), list("bcdy")
    item, change = settle(conflict("body", base, first, second), Choice.BOTH)
    assert item.body.split("\n") == list("bcdxy"), "the line that only the second took out is gone"
    assert change.sentence == "Settled the text of LL-0001: both"


def test_both_of_two_new_texts_say_a_common_line_once() -> None:
    item, _ = settle(conflict("body", None, ["one", "same"], ["two", "same"]), Choice.BOTH)
    assert item.body.split("\n") == ["one", "two", "same"]


def test_one_text_is_taken_whole() -> None:
    item, change = settle(conflict("body", ["a"], ["b", "c"], ["d"]), Choice.FIRST, body="b\nc")
    assert item.body == "b\nc"
    assert change.sentence == "Settled the text of LL-0001: the first text, not the second"


def test_both_sets_are_joined() -> None:
    item, _ = settle(conflict("tags", None, ["a", "b"], ["b", "c"]), Choice.BOTH)
    assert item.tags == {"a", "b", "c"}


def test_one_rating_of_several_is_settled() -> None:
    item, change = settle(conflict("ratings.urgency", 2, 5, 4), Choice.SECOND, ratings={"urgency": 5, "reach": 3})
    assert dict(item.ratings) == {"urgency": 4, "reach": 3}
    assert change.sentence == "Settled the urgency of LL-0001: 4, not 5"


def test_a_rating_that_one_side_took_away_can_go() -> None:
    item, change = settle(conflict("ratings.urgency", 2, None, 4), Choice.FIRST, ratings={"urgency": 4})
    assert not item.ratings
    assert change.sentence == "Settled the urgency of LL-0001: nothing, not 4"


def test_one_goal_of_several_is_settled_in_its_place() -> None:
    strong, weak = {"goal": 100, "strength": 3}, {"goal": 100, "strength": 1}
    item, change = settle(conflict("goals.100", None, strong, weak), Choice.SECOND, serves={100: 3, 200: 2})
    assert item.goals == (Serves(goal=100, strength=1), Serves(goal=200, strength=2))
    assert change.sentence == "Settled the strength for “Flow” of LL-0001: 1, not 3"


def test_a_goal_that_was_taken_off_comes_back_from_the_side_that_kept_it() -> None:
    item, _ = settle(conflict("goals.100", {"goal": 100}, None, {"goal": 100, "strength": 1}), Choice.SECOND)
    assert item.strength(100) == 1


def test_a_default_that_the_file_leaves_out_is_told_as_what_it_means() -> None:
    about = conflict("weight", 40, 25, None, table="goals", record=100)
    change = settled(work(about), about, Choice.FIRST, NOW, BY)
    assert change.sentence == "Settled the weight of “Flow”: 25, not 1"


def test_a_later_standing_replaces_the_present_one_which_stays_in_the_moves() -> None:
    about = conflict("stage", standing("ready", 10), standing("declined", 1, "li"), standing("doing", 3))
    item, change = settle(about, Choice.FIRST, stage="doing", since=ago(3))
    assert [move.stage for move in item.moves] == ["doing", "declined"]
    assert item.stage.since == ago(1)
    assert change.sentence == "Settled the stage of LL-0001: declined, not doing"


def test_an_item_comes_back_now_to_a_standing_older_than_the_present_one() -> None:
    about = conflict("stage", standing("ready", 10), standing("declined", 3, "li"), standing("doing", 1))
    past = (Standing(stage="ready", since=ago(10)),)
    item, _ = settle(about, Choice.FIRST, stage="doing", since=ago(1), past_moves=past)
    assert [move.stage for move in item.moves] == ["ready", "declined", "doing", "declined"]
    assert (item.stage.since, item.stage.by) == (NOW, BY)
    assert sorted(item.moves, key=lambda move: move.since) == list(item.moves)


def test_the_standing_that_is_there_already_leaves_the_item_alone() -> None:
    about = conflict("stage", standing("ready", 10), standing("declined", 1), standing("doing", 3))
    before = work(about, stage="doing", since=ago(3))
    change = settled(before, about, Choice.SECOND, NOW, BY)
    assert [edit.table for edit in change.edits] == ["conflicts"]


def test_a_stage_of_ones_own_is_one_word() -> None:
    about = conflict("stage", standing("ready", 10), standing("declined", 1), standing("doing", 3))
    item, _ = settle(about, Choice.OWN, "review", stage="doing", since=ago(3))
    assert item.stage == Standing(stage="review", since=NOW, by=BY)


def test_a_verdict_is_settled_as_a_whole() -> None:
    now, no = ({"is": word, "reason": f"because {word}", "at": "2026-11-20T09:00:00Z"} for word in ("now", "decline"))
    item, change = settle(conflict("verdict", None, no, now), Choice.FIRST)
    assert item.verdict is not None
    assert (item.verdict.ruling, item.verdict.reason) == (Ruling.DECLINE, "because decline")
    assert change.sentence == "Settled the verdict of LL-0001: decline, not now"


def said(ruling: str, days_ago: float, by: str) -> dict[str, str]:
    return {"is": ruling, "reason": "because", "at": standing("x", days_ago)["since"], "by": by}


def two_verdicts(first: str, second: str, stages: tuple[str, str], **item: Any) -> Workspace:
    """A merge of two verdicts on an item that was in the inbox, with all it leaves open."""
    about = [conflict("verdict", None, said(first, 2, "li"), said(second, 1, "ana"))]
    if "inbox" not in stages and stages[0] != stages[1]:
        sides = standing(stages[0], 2, "li"), standing(stages[1], 1, "ana")
        about.append(conflict("stage", standing("inbox", 9), *sides, number=8))
    horizons = [None if ruling in {"decline", "ask"} else ruling for ruling in (first, second)]
    if None not in horizons and horizons[0] != horizons[1]:
        about.append(conflict("horizon", None, *horizons, number=9))
    came = {"past_moves": (Standing(stage="inbox", since=ago(9)),), "since": ago(1), **item}
    return work(*about, verdict=about[0].sides[1], **came)


VERDICTS: list[tuple[str, str, tuple[str, str], str, dict[str, Any], Choice, tuple[str, str | None]]] = [
    ("decline", "now", ("declined", "ready"), "ready", {"horizon": "now"}, Choice.FIRST, ("declined", None)),
    ("decline", "now", ("declined", "ready"), "ready", {"horizon": "now"}, Choice.SECOND, ("ready", "now")),
    ("decline", "now", ("declined", "ready"), "ready", {"horizon": "now"}, Choice.BASE, ("inbox", "now")),
    ("next", "now", ("ready", "ready"), "ready", {"horizon": "now"}, Choice.FIRST, ("ready", "next")),
    ("next", "now", ("ready", "ready"), "ready", {"horizon": "now"}, Choice.BASE, ("inbox", None)),
    ("later", "now", ("inbox", "ready"), "ready", {"horizon": "now"}, Choice.FIRST, ("inbox", "later")),
    ("ask", "now", ("inbox", "ready"), "ready", {"horizon": "now"}, Choice.FIRST, ("inbox", "now")),
    ("decline", "now", ("declined", "ready"), "ready", {"horizon": "later"}, Choice.FIRST, ("declined", "later")),
]


@pytest.mark.parametrize(("first", "second", "stages", "stage", "item", "choice", "after"), VERDICTS)
def test_stage_and_horizon_go_with_the_verdict(
    first: str,
    second: str,
    stages: tuple[str, str],
    stage: str,
    item: dict[str, Any],
    choice: Choice,
    after: tuple[str, str | None],
) -> None:
    before = two_verdicts(first, second, stages, stage=stage, **item)
    assert [each.field for each in before.questions] == ["verdict"]
    change = settled(before, before.conflicts[TIED], choice, NOW, BY)
    then = applied(before, change)
    assert (then.items[1].stage.stage, then.items[1].horizon) == after
    assert not then.questions
    assert not then.disputes
    back = applied(then, inverse(then, change, NOW, BY))
    assert (back.items, back.conflicts) == (before.items, before.conflicts)


WHOLE = conflict("", {"title": "Copy"}, None, {"title": "Copy all"})


def test_taking_the_deletion_archives() -> None:
    item, change = settle(WHOLE, Choice.FIRST)
    assert item.archived == Stamp(at=NOW, by=BY)
    assert change.sentence == "Settled LL-0001: archived, as one side had deleted it"


def test_taking_the_edit_keeps_the_record_as_it_is_by_now() -> None:
    item, change = settle(WHOLE, Choice.SECOND, "Copy all twice")
    assert item == work().items[1]
    assert change.sentence == "Settled LL-0001: it stays, though one side had deleted it"


def test_a_record_that_is_gone_comes_back_from_its_side() -> None:
    kept = an_item(1, "Copy all")
    about = conflict("", None, None, kept.raw())
    before = work(about).with_records({"items": {1: None}})
    change = settled(before, about, Choice.SECOND, NOW, BY)
    assert applied(before, change).items[1] == kept


def test_a_record_is_deleted_or_kept_and_nothing_between() -> None:
    for choice in (Choice.BOTH, Choice.OWN):
        with pytest.raises(RuleError, match="go or stay"):
            settle(WHOLE, choice)


def test_a_conflict_about_a_record_that_is_gone_can_still_be_settled() -> None:
    before = work(OWNER).with_records({"items": {1: None}})
    after = applied(before, settled(before, OWNER, Choice.FIRST, NOW, BY))
    assert after.conflicts[TIED].settled is not None
    assert 1 not in after.items


REFUSED: list[tuple[Conflict, Choice, Json, str]] = [
    (conflict("kind", None, "epic", "bug"), Choice.FIRST, None, "kind: must be one of"),
    (conflict("size", None, 5000, 2), Choice.FIRST, None, "size: must be at most 1000"),
    (conflict("title", None, "", "x"), Choice.FIRST, None, "title"),
    (conflict("owner", None, "ana"), Choice.SECOND, None, "no second side"),
    (conflict("parent", None, 200, None, table="goals", record=100), Choice.FIRST, None, "stands below"),
    (conflict("reach", None, 1, 2, table="rooms"), Choice.FIRST, None, "does not know"),
]


@pytest.mark.parametrize(("about", "choice", "value", "words"), REFUSED)
def test_a_value_that_is_not_allowed_any_more_is_refused_with_a_sentence(
    about: Conflict, choice: Choice, value: Json, words: str
) -> None:
    with pytest.raises(LeadlineError, match=words):
        settled(work(about), about, choice, NOW, BY, value)


def test_a_field_that_only_a_newer_version_knows_is_settled_as_it_is() -> None:
    item, _ = settle(conflict("mood", None, ["sunny"], ["rainy"]), Choice.SECOND, mood=["sunny"])
    assert item.raw()["mood"] == ["rainy"]


def test_a_conflict_that_was_taken_out_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        settled(work(), OWNER, Choice.FIRST, NOW, BY)


def test_the_side_that_lost_is_brought_back_later() -> None:
    before = work(OWNER, owner="ana")
    with pytest.raises(RuleError, match="still open"):
        conflict_restored(before, OWNER, Choice.SECOND, NOW, BY)
    before = applied(before, settled(before, OWNER, Choice.FIRST, NOW, BY))
    later = NOW + timedelta(days=3)
    change = conflict_restored(before, before.conflicts[TIED], Choice.SECOND, later, BY)
    after = applied(before, change)
    assert after.items[1].owner == "li"
    assert after.conflicts[TIED].settled == Stamp(at=later, by=BY)
    assert change.sentence == "Brought back the owner of LL-0001: li, not ana"
    again = applied(after, reopened(after, after.conflicts[TIED], later, BY))
    assert again.conflicts[TIED] == OWNER
    assert not reopened(again, again.conflicts[TIED], later, BY)


SIZE = conflict("size", None, 2, 3, number=8)


def test_an_ordinary_edit_of_the_field_settles_its_conflict() -> None:
    before = work(OWNER, SIZE, WHOLE.model_copy(update={"id": 9}), owner="ana")
    change = settling(before, owned(before, [1], "eve", NOW, BY))
    after = applied(before, change)
    assert after.conflicts[TIED].settled == Stamp(at=NOW, by=BY)
    assert after.conflicts[8].settled is None
    assert after.conflicts[9].settled is None
    assert applied(after, inverse(after, change, NOW, BY)).conflicts[TIED].settled is None


def test_an_edit_elsewhere_leaves_the_change_as_it_is() -> None:
    before = work(OWNER, owner="ana")
    for change in (moved(before, [1], "doing", NOW, BY), goal_weighed(before, 100, 50, NOW, BY)):
        assert settling(before, change) is change


def test_archiving_settles_that_one_side_deleted_it() -> None:
    before = work(WHOLE)
    after = applied(before, settling(before, archived(before, [1], NOW, BY)))
    assert after.conflicts[TIED].settled is not None


def test_settling_one_of_two_conflicts_about_a_field_leaves_the_other_open() -> None:
    other = conflict("owner", "jo", "mia", "tom", number=8)
    before = work(OWNER, other, owner="ana")
    change = settled(before, OWNER, Choice.SECOND, NOW, BY)
    assert settling(before, change) is change


def test_disputes_are_the_open_conflicts_by_what_they_are_about() -> None:
    before = work(OWNER, SIZE)
    assert {conflict.id for conflict in before.disputes["items", 1]} == {TIED, 8}
    after = applied(before, settled(before, OWNER, Choice.FIRST, NOW, BY))
    assert [conflict.id for conflict in after.disputes["items", 1]] == [8]
    unchanged = applied(after, moved(after, [1], "doing", NOW, BY))
    assert unchanged.disputes is after.disputes


def test_a_horizon_can_be_taken_out() -> None:
    item, change = settle(conflict("horizon", "next", None, "now"), Choice.FIRST, horizon=Horizon.NOW)
    assert item.horizon is None
    assert change.sentence == "Settled the horizon of LL-0001: nothing, not now"
