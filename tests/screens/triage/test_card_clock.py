"""How long each card was looked at."""

from datetime import datetime, timedelta

from screens.triage.card_clock import CardClock
from tests.store.samples import NOW


def after(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_only_the_time_a_card_was_on_the_table_counts() -> None:
    clock = CardClock()
    clock.start(1, after(0))
    clock.start(2, after(20))
    clock.start(1, after(25))
    assert clock.seconds(after(35)) == 30


def test_a_pause_does_not_count() -> None:
    clock = CardClock()
    clock.start(1, after(0))
    clock.stop(after(10))
    assert clock.seconds(after(500)) == 10
    clock.start(1, after(600))
    assert clock.seconds(after(605)) == 15


def test_showing_the_same_card_again_does_not_start_anew() -> None:
    clock = CardClock()
    clock.start(1, after(0))
    clock.start(1, after(10))
    assert clock.seconds(after(20)) == 20


def test_after_a_verdict_a_card_begins_at_nothing() -> None:
    clock = CardClock()
    clock.start(1, after(0))
    clock.forget(1)
    clock.start(1, after(100))
    assert clock.seconds(after(101)) == 1


def test_without_a_card_and_with_a_clock_that_was_set_back_there_are_no_seconds() -> None:
    clock = CardClock()
    assert clock.seconds(after(5)) == 0
    clock.start(None, after(0))
    assert clock.seconds(after(5)) == 0
    clock.start(1, after(0))
    assert clock.seconds(after(-50)) == 0
