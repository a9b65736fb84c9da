"""Where the cursor goes when its record is gone."""

import pytest

from screens.widgets.next_record import next_record


@pytest.mark.parametrize(
    ("at", "now", "record"),
    [(1, {1, 3, 4}, 3), (1, {1, 4}, 4), (3, {1, 2}, 2), (0, {4}, 4), (2, set[int](), None)],
)
def test_the_next_record_that_is_left_takes_its_place_else_the_one_before(
    at: int, now: set[int], record: int | None
) -> None:
    assert next_record([1, 2, 3, 4], at, now) == record
