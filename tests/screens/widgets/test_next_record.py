"""Where the cursor goes when its record is gone."""

import pytest

from screens.widgets.next_record import came_back, next_record
from store.models import Stamp
from tests.store.samples import NOW, a_goal


@pytest.mark.parametrize(
    ("at", "now", "record"),
    [(1, {1, 3, 4}, 3), (1, {1, 4}, 4), (3, {1, 2}, 2), (0, {4}, 4), (2, set[int](), None)],
)
def test_the_next_record_that_is_left_takes_its_place_else_the_one_before(
    at: int, now: set[int], record: int | None
) -> None:
    assert next_record([1, 2, 3, 4], at, now) == record


def test_what_was_archived_and_is_not_any_more_has_come_back() -> None:
    hidden = {number: a_goal(number, archived=Stamp(at=NOW)) for number in (1, 2)}
    shown = {number: a_goal(number) for number in (1, 3)}
    assert came_back(hidden, {**hidden, **shown}) == [1]
    assert came_back(hidden, hidden) == []
