from itertools import pairwise

import pytest

from screens.widgets.record_lines import Group, GroupedLines

NOW, NEXT, LATER = Group(2, "now"), Group(4, "next"), Group(4, "later")


def test_without_groups_a_line_is_a_row() -> None:
    lines = GroupedLines(3)
    assert lines.count == 3
    assert [lines.line_of(row) for row in range(3)] == [0, 1, 2]
    assert [lines.at(line) for line in range(3)] == [0, 1, 2]
    assert lines.group_over(2) is None


def test_headings_stand_in_front_of_their_rows() -> None:
    lines = GroupedLines(6, [NOW, NEXT, LATER])
    assert [lines.at(line) for line in range(lines.count)] == [0, 1, NOW, 2, 3, NEXT, LATER, 4, 5]
    assert [lines.group_over(line) for line in range(lines.count)] == [None, None, NOW, NOW, NOW, NEXT, *[LATER] * 3]


@pytest.mark.parametrize("firsts", [(), (0,), (0, 3), (2, 2, 9), (10,)])
def test_rows_and_lines_lead_to_each_other(firsts: tuple[int, ...]) -> None:
    lines = GroupedLines(10, [Group(first, str(first)) for first in firsts])
    assert [lines.at(lines.line_of(row)) for row in range(10)] == list(range(10))
    assert all(one < following for one, following in pairwise(lines.line_of(row) for row in range(10)))


def test_a_line_behind_the_last_is_no_heading() -> None:
    assert GroupedLines(3, [Group(0, "now")]).at(9) == 8
