"""Answers to a conflict: two that differ are asked about again, whoever left the record as it was."""

from typing import Any

import pytest

from store.merge import Why, decide
from tests.store.merge.whole import A, B, Fields, Tables, conflicts_of, item, items, together

BASE, OURS, THEIRS = items(A=item(owner="li")), items(A=item(owner="ana")), items(A=item(owner="bo"))
WAITING = together(BASE, OURS, THEIRS)
KEPT = together(BASE, items(), THEIRS)
ANA = {"at": "2026-06-01T08:00:00Z", "by": "ANA"}
BEN = {"at": "2026-06-01T09:00:00Z", "by": "BEN"}
CLEO = {"at": "2026-06-01T07:00:00Z", "by": "CLEO"}


def answered(waiting: Tables, stamp: Fields, **fields: Any) -> Tables:
    """A store in which somebody has settled its one conflict and given the item these fields beside those it has."""
    ((key, conflict),) = waiting["conflicts"].items()
    settled = {**conflict, "settled": stamp}
    return {"items": {A: {**waiting["items"][A], **fields}}, "conflicts": {key: settled}}


def is_waiting(tables: Tables) -> bool:
    return bool(conflicts_of(tables))


CONFIRMED = answered(WAITING, ANA)
OTHER = answered(WAITING, BEN, owner="bo")


def test_the_shown_value_against_the_other_one_waits_again() -> None:
    assert WAITING["items"][A]["owner"] == "ana"
    assert conflicts_of(together(WAITING, CONFIRMED, OTHER)) == [("items", "owner", "li", ["ana", "bo"])]


def test_it_is_told_as_a_conflict_of_the_merge() -> None:
    plan = decide(WAITING, CONFIRMED, OTHER)
    assert [conflict.field for conflict in plan.conflicts] == ["owner"]
    (told,) = [decision for decision in plan.decisions if decision.why is Why.CONFLICT]
    assert (told.table, told.field, told.ours, told.theirs, told.taken) == ("conflicts", "settled", ANA, BEN, None)


@pytest.mark.parametrize("owner", ["ana", "bo", "cleo"])
def test_two_who_chose_the_same_have_settled_it(owner: str) -> None:
    merged = together(WAITING, answered(WAITING, ANA, owner=owner), answered(WAITING, BEN, owner=owner))
    assert (merged["items"][A]["owner"], is_waiting(merged)) == (owner, False)


@pytest.mark.parametrize("answer", [CONFIRMED, OTHER])
def test_one_who_settled_it_has_settled_it_for_all_who_did_not_touch_it(answer: Tables) -> None:
    elsewhere = {**WAITING, "items": {A: {**WAITING["items"][A], "size": 3}, B: item("b")}}
    for side in (WAITING, elsewhere):
        merged = together(WAITING, answer, side)
        assert (merged["items"][A]["owner"], is_waiting(merged)) == (answer["items"][A]["owner"], False)


@pytest.mark.parametrize("stamp", [ANA, BEN, CLEO])
def test_a_third_answer_does_not_pass_over_the_two_before(stamp: Fields) -> None:
    again = together(WAITING, CONFIRMED, OTHER)
    assert is_waiting(together(WAITING, again, answered(WAITING, stamp)))


def test_whoever_settles_what_waits_again_has_settled_it() -> None:
    again = together(WAITING, CONFIRMED, OTHER)
    for owner in ("ana", "bo"):
        last = answered(again, CLEO, owner=owner)
        for side in (again, CONFIRMED, OTHER):
            merged = together(side, last, side)
            assert (merged["items"][A]["owner"], is_waiting(merged)) == (owner, False)


def test_a_value_that_was_changed_after_its_conflict_was_settled_is_not_asked_about() -> None:
    later = {**CONFIRMED, "items": {A: {**CONFIRMED["items"][A], "owner": "dan"}}}
    for base in (WAITING, CONFIRMED):
        merged = together(base, CONFIRMED, later)
        assert (merged["items"][A]["owner"], is_waiting(merged)) == ("dan", False)


def test_a_record_that_stays_for_one_and_goes_for_the_other_waits_again() -> None:
    merged = together(KEPT, answered(KEPT, ANA), answered(KEPT, BEN, archived=BEN))
    assert is_waiting(merged)


def test_a_record_that_stays_as_it_is_for_one_and_as_it_was_for_the_other_waits_again() -> None:
    assert is_waiting(together(KEPT, answered(KEPT, ANA), answered(KEPT, BEN, owner="li")))


def test_a_record_that_goes_for_both_is_gone_at_whatever_hour_they_said_so() -> None:
    merged = together(KEPT, answered(KEPT, ANA, archived=ANA), answered(KEPT, BEN, archived=BEN))
    assert not is_waiting(merged)


def test_a_record_that_both_let_stay_is_settled_whatever_else_they_changed() -> None:
    merged = together(KEPT, answered(KEPT, ANA, size=3), answered(KEPT, BEN, tags=["ux"]))
    assert (merged["items"][A]["size"], merged["items"][A]["tags"], is_waiting(merged)) == (3, ["ux"], False)


def test_one_stage_that_two_chose_at_different_hours_is_one_answer() -> None:
    waiting = together(items(A=item()), *(items(A=item(stage=_in(stage, ANA))) for stage in ("doing", "review")))
    one, other = (answered(waiting, stamp, stage=_in("review", stamp)) for stamp in (ANA, BEN))
    assert not is_waiting(together(waiting, one, other))
    assert is_waiting(together(waiting, answered(waiting, ANA), other))


def test_one_link_of_many_is_compared_by_itself() -> None:
    def linked(strength: int, **more: Any) -> Fields:
        return item(goals=[{"goal": 17592186044417, "strength": strength}], **more)

    waiting = together(*(items(A=linked(strength)) for strength in (1, 2, 3)))
    shown = waiting["items"][A]["goals"]
    more = [*shown, {"goal": 17592186044418, "strength": 1}]
    assert not is_waiting(together(waiting, answered(waiting, ANA), answered(waiting, BEN, goals=more)))
    assert is_waiting(together(waiting, answered(waiting, ANA), answered(waiting, BEN, goals=linked(1)["goals"])))


def _in(stage: str, stamp: Fields) -> Fields:
    return {"is": stage, "since": stamp["at"], "by": stamp["by"]}
