"""What became of a long text, line by line."""

from screens.wording.item_lines import text_of
from screens.wording.text_difference import difference_lines

BEFORE = [f"line {number}" for number in range(10)]


def test_changes_have_signs_and_long_runs_that_stayed_are_counted() -> None:
    after = [*BEFORE[:5], "line five", *BEFORE[6:], "  more"]
    assert text_of(difference_lines(BEFORE, after, 40)).splitlines() == [
        "  … 3 lines as before",
        "  line 3",
        "  line 4",
        "- line 5",
        "+ line five",
        "  line 6",
        "  line 7",
        "  line 8",
        "  line 9",
        "+   more",
    ]


def test_a_new_text_is_all_added_and_one_taken_out_all_gone() -> None:
    assert text_of(difference_lines([], ["a", "b"], 40)).splitlines() == ["+ a", "+ b"]
    assert text_of(difference_lines(["a"], [], 40)).splitlines() == ["- a"]


def test_no_line_is_wider_than_there_is_room() -> None:
    lines = difference_lines([], [f"{'':>30}deep {'word ' * 20}"], 24)
    assert all(sum(len(text) for text, _ in line) <= 24 for line in lines)
