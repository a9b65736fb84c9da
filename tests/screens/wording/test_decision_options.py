"""Options of a decision as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.wording.decision_options import options_text, options_words, read_options
from store.errors import RuleError
from store.models import Option

LINES = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
)
ARGUMENTS = st.lists(LINES.filter(bool), max_size=3).map(tuple)
OPTIONS = st.builds(Option, title=LINES.filter(bool), good=ARGUMENTS, neutral=ARGUMENTS, bad=ARGUMENTS)


def test_titles_stand_alone_and_arguments_below_them() -> None:
    text = "Keep it\n+ no hurry\n\n  - upkeep  \n~ costs the same\nRemove it"
    assert read_options(text) == (
        Option(title="Keep it", good=("no hurry",), neutral=("costs the same",), bad=("upkeep",)),
        Option(title="Remove it"),
    )
    assert options_words(text) == "2 options, 1 good, 1 neutral, 1 bad"


@given(st.lists(OPTIONS, max_size=4).map(tuple))
def test_what_is_written_is_read_again(options: tuple[Option, ...]) -> None:
    assert read_options(options_text(options)) == options


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("+ good", "Line 1 is an argument, but no option stands above it."),
        ("Keep it\n\n-", "Line 3 has a “-” and nothing behind it."),
        ("x" * 501, "The title of the option on line 1 is too long."),
        ("Keep it\n\\", "The title of the option on line 2 is missing."),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, words: str) -> None:
    with pytest.raises(RuleError) as told:
        read_options(text)
    assert told.value.message == words
    assert told.value.hint
