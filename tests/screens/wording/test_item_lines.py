"""Words wrapped to lines: no line too wide, no word lost, nothing from data acted on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.wording.item_lines import TOGETHER, Line, text_of, wrapped


def widths(lines: list[Line]) -> list[int]:
    return [sum(cell_len(text) for text, _ in line) for line in lines]


@pytest.mark.parametrize(
    ("text", "width", "hang", "lines"),
    [
        ("one two three", 20, 0, "one two three"),
        ("one two three", 7, 0, "one two|three"),
        ("one two three", 7, 2, "one two|  three"),
        ("  stands in", 8, 2, "  stands|  in"),
        ("unbreakable", 5, 0, "unbre|akabl|e"),
        ("日本語の題", 5, 0, "日本|語の|題"),
        (f"12{TOGETHER}% of it", 6, 0, "12 %|of it"),
        ("tab\there", 20, 0, "tab here"),
        ("esc\x1b[31m", 20, 0, "esc␛[31m"),
        ("", 20, 0, ""),
    ],
)
def test_lines_break_at_blanks_and_hang(text: str, width: int, hang: int, lines: str) -> None:
    assert text_of(wrapped([(text, "")], width, hang=hang)) == lines.replace("|", "\n")


def test_tones_stay_with_their_words_and_blanks_go_with_the_word_before() -> None:
    assert wrapped([("one ", "muted"), ("two", "strong"), (", three", "")], 9) == [
        (("one ", "muted"), ("two", "strong"), (",", "")),
        (("three", ""),),
    ]


@given(
    st.lists(st.tuples(st.text(max_size=60), st.sampled_from(["", "muted"])), max_size=6),
    st.integers(2, 40),
    st.integers(0, 50),
)
def test_no_line_is_too_wide_and_no_letter_is_lost(words: list[tuple[str, str]], width: int, hang: int) -> None:
    lines = wrapped(words, width, hang=hang)
    assert max(widths(lines)) <= width
    letters = "".join("".join(text.split()) for line in lines for text, _ in line)
    plain = wrapped(words, 100_000)
    assert letters == "".join("".join(text.split()) for line in plain for text, _ in line)
