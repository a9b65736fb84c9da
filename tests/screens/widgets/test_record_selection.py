import pytest

from screens.widgets.record_selection import RangeSelection

ROWS = (10, 11, 12, 13, 14)


@pytest.fixture
def selection() -> RangeSelection:
    fresh = RangeSelection()
    fresh.set_rows(ROWS)
    return fresh


def test_ids_are_toggled(selection: RangeSelection) -> None:
    selection.toggle(13)
    selection.toggle(11)
    assert selection.in_order() == (11, 13)
    selection.toggle(13)
    assert selection.in_order() == (11,)


def test_a_range_gives_back_what_it_leaves_but_not_what_was_selected_before(selection: RangeSelection) -> None:
    selection.toggle(13)
    selection.start_range(1)
    selection.extend_to(4)
    assert selection.in_order() == (11, 12, 13, 14)
    selection.extend_to(0)
    assert selection.in_order() == (10, 11, 13)


def test_an_ended_range_no_longer_follows(selection: RangeSelection) -> None:
    selection.start_range(0, held=True)
    selection.extend_to(1)
    selection.end_range()
    selection.extend_to(4)
    assert not selection.is_held
    assert selection.in_order() == (10, 11)


def test_other_rows_end_a_range_and_drop_ids_that_are_gone(selection: RangeSelection) -> None:
    selection.start_range(0, held=True)
    selection.extend_to(2)
    selection.set_rows((12, 99, 10))
    assert not selection.is_held
    assert selection.in_order() == (12, 10)


def test_all_and_none(selection: RangeSelection) -> None:
    selection.select_all()
    assert selection.in_order() == ROWS
    selection.clear()
    assert selection.in_order() == ()
