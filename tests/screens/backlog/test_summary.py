"""The summary line at many widths."""

import pytest

from screens.backlog.summary import Summary, counted
from store.query import Scope

FULL = Summary("stage:ready goal:flow", 17, 2173, "score", "horizon", 3)


@pytest.mark.parametrize(
    ("width", "left", "right"),
    [
        (120, "stage:ready goal:flow", "17 of 2,173 open   by score   grouped by horizon   3 selected"),
        (80, "stage:ready goal:flow", "17 of 2,173 open   by score   3 selected"),
        (71, "stage:ready goal…", "17 of 2,173 open   by score   3 selected"),
        (61, "stage:ready goal:…", "17 of 2,173 open   3 selected"),
        (53, "stage:ready goal:flow", "17 of 2,173 open"),
        (45, "stage:ready go…", "17 of 2,173 open"),
    ],
)
def test_as_it_narrows_the_arrangement_leaves_and_the_filter_is_cut(width: int, left: str, right: str) -> None:
    line = FULL.line(width).plain
    assert line.split("   ")[0] == f"Backlog  / {left}"
    assert line.endswith(right)
    assert len(line) == width


def test_a_filter_is_never_read_as_markup() -> None:
    assert "[bold]x" in Summary("[bold]x", 1, 1, "score", "").line(80).plain


@pytest.mark.parametrize(
    ("found", "out_of", "among", "words"),
    [
        (1, 1, Scope.OPEN, "1 open item"),
        (2173, 2173, Scope.OPEN, "2,173 open items"),
        (5, 1000, Scope.OPEN, "5 of 1,000 open"),
        (33, 2532, Scope.STANDING, "33 of 2,532, with closed"),
        (2600, 2600, Scope.ALL, "2,600, with archived"),
    ],
)
def test_counts_say_of_which_items_they_are(found: int, out_of: int, among: Scope, words: str) -> None:
    assert counted(found, out_of, among) == words
