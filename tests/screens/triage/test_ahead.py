"""What was asked for and has not come back yet."""

from screens.triage.ahead import Ahead
from store.change import applied, renamed, sized
from tests.store.samples import ANA, NOW, a_workspace, an_item


def test_the_work_has_what_was_asked_for_before_it_arrives() -> None:
    ahead, work = Ahead(), a_workspace(an_item(1))
    first = sized(work, [1], 5, now=NOW, by=ANA)
    ahead.sent(first)
    second = renamed(ahead.work(work), [1], "Another title", now=NOW, by=ANA)
    ahead.sent(second)
    assert (ahead.work(work).items[1].size, ahead.work(work).items[1].title) == (5, "Another title")


def test_what_has_arrived_is_not_put_on_top_again() -> None:
    ahead, work = Ahead(), a_workspace(an_item(1))
    change = sized(work, [1], 5, now=NOW, by=ANA)
    ahead.sent(change)
    arrived = applied(work, change)
    assert ahead.work(arrived) is arrived
    later = arrived.with_records({"items": {1: an_item(1, size=8)}})
    assert ahead.work(later).items[1].size == 8
    assert not ahead.is_refused(change)


def test_what_did_not_come_back_was_refused_and_is_forgotten() -> None:
    ahead, work = Ahead(), a_workspace(an_item(1))
    change = sized(work, [1], 5, now=NOW, by=ANA)
    ahead.sent(change)
    assert ahead.is_refused(change)
    assert ahead.work(work) is work
