"""A sitting as it goes, without a screen."""

from datetime import timedelta

import pytest

from screens.triage.sitting import Given, Sitting, reason_given
from store.change import ChangeSet, applied, inverse, sized
from store.errors import RuleError
from store.models import Horizon, Ruling, Session, SessionRuled, Stamp, Verdict, Workspace
from tests.store.samples import ANA, NOW, a_workspace, ago, an_item, counting_ids


def three_new() -> Workspace:
    return a_workspace(
        *(an_item(number, f"Wish {number}", stage="inbox", since=ago(20 - number)) for number in (1, 2, 3))
    )


def begun(workspace: Workspace) -> Sitting:
    sitting = Sitting(ANA, counting_ids())
    sitting.begin(workspace, NOW)
    return sitting


def say(sitting: Sitting, ruling: Ruling, reason: str = "") -> ChangeSet:
    change = sitting.rule(Verdict(ruling=ruling, reason=reason, at=NOW, by=ANA))
    sitting.ruled(change)
    sitting.follow(applied(sitting.workspace, change))
    return change


def undo(sitting: Sitting, change: ChangeSet) -> None:
    workspace = sitting.workspace
    sitting.follow(applied(workspace, inverse(workspace, change, NOW, ANA)))
    sitting.bring_back([edit.id for edit in change.edits])


def test_the_cards_come_in_the_order_of_the_queue() -> None:
    assert begun(three_new()).round.order == (1, 2, 3)


def test_a_verdict_brings_the_next_card_and_a_line_in_the_session() -> None:
    sitting = begun(three_new())
    sitting.clock.start(1, NOW - timedelta(seconds=14))
    say(sitting, Ruling.NEXT)
    assert sitting.round.current == 2
    assert sitting.workspace.items[1].horizon is Horizon.NEXT
    session = sitting.stored_session
    assert session is not None
    assert [(line.item, line.ruling, line.seconds) for line in session.verdicts] == [(1, Ruling.NEXT, 14)]
    assert session.ended is None


def test_the_last_verdict_ends_the_session_and_its_undo_opens_it_again() -> None:
    sitting = begun(three_new())
    changes = [say(sitting, Ruling.NOW) for _ in range(3)]
    assert sitting.item is None
    assert sitting.stored_session is not None
    assert sitting.stored_session.ended == NOW
    undo(sitting, changes[-1])
    assert sitting.round.current == 3
    assert sitting.stored_session.ended is None


def test_a_skipped_card_keeps_the_session_open() -> None:
    sitting = begun(three_new())
    sitting.step(1)
    say(sitting, Ruling.NOW)
    say(sitting, Ruling.NOW)
    assert sitting.item is None
    assert sitting.skipped == 1
    assert sitting.stored_session is not None
    assert sitting.stored_session.ended is None


def test_undo_brings_its_card_back_to_the_table() -> None:
    sitting = begun(three_new())
    first, second = say(sitting, Ruling.DECLINE, "nobody asked"), say(sitting, Ruling.NOW)
    assert sitting.round.current == 3
    undo(sitting, second)
    assert sitting.round.current == 2
    undo(sitting, first)
    assert sitting.round.current == 1
    assert sitting.said is None
    assert sitting.stored_session is None


def test_undo_of_a_mapping_brings_its_card_back_too() -> None:
    sitting = begun(three_new())
    change = sized(sitting.workspace, [1], 5, now=NOW, by=ANA)
    sitting.follow(applied(sitting.workspace, change))
    assert sitting.round.current == 1
    sitting.step(1)
    undo(sitting, change)
    assert sitting.round.current == 1


@pytest.mark.parametrize("last", [3, 9])
def test_what_others_do_to_cards_leaves_the_table_alone(last: int) -> None:
    items = [an_item(number, f"Wish {number}", stage="inbox") for number in range(1, 9)]
    sitting = begun(a_workspace(*items))
    change = sized(sitting.workspace, range(2, last), 5, now=NOW, by=ANA)
    sitting.follow(applied(sitting.workspace, change))
    assert sitting.round.current == 1
    renamed = sitting.workspace.items[1].with_(title="Another wish")
    sitting.follow(sitting.workspace.with_records({"items": {1: renamed}}))
    assert sitting.round.current == 1


def test_a_card_that_is_closed_by_hand_makes_room_for_the_next() -> None:
    sitting = begun(three_new())
    closed = sitting.workspace.items[1].moved("done", NOW, ANA)
    sitting.follow(sitting.workspace.with_records({"items": {1: closed}}))
    assert sitting.round.current == 2


def test_a_card_whose_item_is_gone_leaves_the_order() -> None:
    sitting = begun(three_new())
    sitting.follow(sitting.workspace.with_records({"items": {1: None}}))
    assert sitting.round.order == (2, 3)
    assert sitting.round.current == 2


def test_new_items_come_behind_the_others() -> None:
    sitting = begun(three_new())
    fresh = an_item(9, "Wish 9", stage="inbox", since=NOW)
    sitting.follow(sitting.workspace.with_records({"items": {9: fresh}}))
    assert sitting.add(NOW) == 1
    assert sitting.round.order == (1, 2, 3, 9)
    assert sitting.cards[9].why


def test_another_verdict_replaces_the_first_as_if_it_had_never_been() -> None:
    sitting = begun(three_new())
    say(sitting, Ruling.DECLINE, "nobody asked")
    sitting.step(-1)
    assert sitting.said is not None
    change = say(sitting, Ruling.NOW)
    item = sitting.workspace.items[1]
    assert item.stage.stage == "ready"
    assert [move.stage for move in item.moves] == ["inbox", "ready"]
    assert item.horizon is Horizon.NOW
    undo(sitting, change)
    assert sitting.workspace.items[1].stage.stage == "declined"


def test_another_verdict_keeps_what_was_set_meanwhile() -> None:
    sitting = begun(three_new())
    say(sitting, Ruling.DECLINE, "nobody asked")
    change = sized(sitting.workspace, [1], 8, now=NOW, by=ANA)
    sitting.follow(applied(sitting.workspace, change))
    sitting.step(-1)
    say(sitting, Ruling.NEXT)
    assert sitting.workspace.items[1].size == 8


def test_a_verdict_that_lacks_its_reason_changes_nothing() -> None:
    sitting = begun(three_new())
    with pytest.raises(RuleError):
        sitting.rule(Verdict(ruling=Ruling.DECLINE, at=NOW, by=ANA))
    assert sitting.round.current == 1


def test_a_sitting_of_an_hour_ago_goes_on() -> None:
    sitting = begun(three_new())
    say(sitting, Ruling.NOW)
    later = Sitting(ANA, counting_ids())
    later.begin(sitting.workspace, NOW + timedelta(hours=1))
    assert later.is_resumed
    assert later.round.order == (1, 2, 3)
    assert later.round.current == 2
    assert later.session == sitting.stored_session


@pytest.mark.parametrize(("by", "days"), [("li", 0.0), (ANA, 2.0)])
def test_a_sitting_of_somebody_else_or_of_another_day_is_left_alone(by: str, days: float) -> None:
    line = SessionRuled(item=1, ruling=Ruling.NOW, at=ago(days))
    session = Session(id=7, started=Stamp(at=ago(days), by=by), verdicts=(line,))
    sitting = begun(a_workspace(an_item(2, stage="inbox"), session))
    assert not sitting.is_resumed
    assert sitting.session is None
    assert sitting.round.order == (2,)


def test_a_reason_can_be_given_afterwards_also_for_a_declined_item() -> None:
    sitting = begun(three_new())
    say(sitting, Ruling.DECLINE, "no")
    assert sitting.last == Given(1, sitting.workspace.items[1].verdict or pytest.fail("no verdict"))
    change = reason_given(sitting.workspace, sitting.last, "nobody asked twice", NOW, ANA)
    sitting.follow(applied(sitting.workspace, change))
    verdict = sitting.workspace.items[1].verdict
    assert verdict is not None
    assert (verdict.ruling, verdict.reason) == (Ruling.DECLINE, "nobody asked twice")
    assert sitting.round.current == 2
    assert not reason_given(sitting.workspace, sitting.last, "nobody asked twice", NOW, ANA)


def test_an_item_that_is_sent_here_is_on_the_table_though_nothing_else_would_bring_it() -> None:
    sitting = begun(a_workspace(an_item(1, stage="inbox"), an_item(2, stage="ready", size=3)))
    sitting.place_first(2)
    assert sitting.round.current == 2
    say(sitting, Ruling.NOW)
    assert sitting.round.current == 1
