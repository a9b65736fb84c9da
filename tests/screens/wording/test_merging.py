import re
from typing import Any

import pytest

from screens.wording.merging import merge_lines
from store.disk.merging.merging import merge_texts
from store.disk.reading.reading import read_store
from tests.store.disk.merges import KEY, OTHER_KEY, STAMP, Records, item, store

GOAL = "17592186044417"
GOALS: Records = {GOAL: {"title": "Flow", "created": STAMP}}
READY = {"is": "ready", "since": "2026-04-01T08:00:00Z", "by": "ana"}


def told(base: bytes, ours: bytes, theirs: bytes) -> list[str]:
    """The lines of a merge, without the ids of items."""
    text = merge_texts(base, ours, theirs, "x").text
    lines = merge_lines(read_store(text, "x", {}).workspace, merge_texts(base, ours, theirs, "x").plan.decisions)
    return [re.sub("^  [^:]*: ", "", line) for line in lines]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({}, {"owner": "ana"}, "owner ana, was nobody (ours)"),
        ({"tags": ["a", "b"]}, {"tags": ["b", "c", "d"]}, "tags c and d added; tags a removed (ours)"),
        ({}, {"ratings": {"urgency": 2}}, "urgency 2, was nothing (ours)"),
        ({}, {"goals": [{"goal": int(GOAL), "strength": 3}]}, "strength for “Flow” 3, was nothing (ours)"),
        ({"body": ["a"]}, {"body": ["b"]}, "text rewritten (ours)"),
        ({}, {"stage": READY, "past_moves": [item()["stage"]]}, "stage ready, was inbox (ours)"),
        ({}, {"tags": "odd"}, "tags odd, was nothing (ours)"),
    ],
)
def test_what_one_side_changed_is_told_in_the_words_of_the_work(
    before: dict[str, Any], after: dict[str, Any], words: str
) -> None:
    base, ours = (store({KEY: item(**fields)}, goals=GOALS) for fields in (before, after))
    assert told(base, ours, base) == ["0 conflicts to settle.", "1 record merged:", words]


def test_conflicts_are_told_first_and_a_record_has_one_line_of_each_sort() -> None:
    base = store({KEY: item(), OTHER_KEY: item("Export")})
    ours = store({KEY: item(owner="ana", tags=["ux"]), OTHER_KEY: item("Export", size=3)})
    theirs = store({KEY: item(owner="bo")})
    assert told(base, ours, theirs) == [
        "2 conflicts to settle:",
        "owner in conflict: ana (ours), bo (theirs)",
        "stays, in conflict: theirs removed it, ours changed it",
        "1 record merged:",
        "tags ux added (ours)",
    ]


def test_new_and_removed_records_say_what_they_are() -> None:
    base = store({KEY: item()})
    ours = store({KEY: item()}, goals=GOALS)
    assert told(base, ours, store({})) == [
        "0 conflicts to settle.",
        "2 records merged:",
        "new goal (ours)",
        "removed (theirs)",
    ]


def test_a_merge_of_the_same_is_told_in_one_line() -> None:
    same = store({KEY: item()})
    assert told(same, same, same) == ["0 conflicts to settle."]
