"""The summary line at many widths."""

import pytest

from screens.backlog.summary import Summary, counted

FULL = Summary("stage:ready goal:flow", 17, 2173, "score", "horizon", 3)


@pytest.mark.parametrize(
    ("width", "left", "right"),
    [
        (120, "stage:ready goal:flow", "17 of 2,173   by score   grouped by horizon   3 selected"),
        (80, "stage:ready goal:flow", "17 of 2,173   by score   3 selected"),
        (66, "stage:ready goal…", "17 of 2,173   by score   3 selected"),
        (56, "stage:ready goal:…", "17 of 2,173   3 selected"),
        (48, "stage:ready goal:flow", "17 of 2,173"),
        (40, "stage:ready go…", "17 of 2,173"),
    ],
)
def test_as_it_narrows_the_arrangement_leaves_and_the_filter_is_cut(width: int, left: str, right: str) -> None:
    line = FULL.line(width).plain
    assert line.split("   ")[0] == f"Backlog  / {left}"
    assert line.endswith(right)
    assert len(line) == width


def test_a_filter_is_never_read_as_markup() -> None:
    assert "[bold]x" in Summary("[bold]x", 1, 1, "score", "").line(80).plain


@pytest.mark.parametrize(("found", "out_of", "words"), [(1, 1, "1 item"), (0, 0, "0 items"), (5, 1000, "5 of 1,000")])
def test_counts_are_said_in_words(found: int, out_of: int, words: str) -> None:
    assert counted(found, out_of) == words
