import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.hidden import MARKS_PER_BASE, revealed

FORMATS_WITH_A_SIGN = {*map(chr, range(0x600, 0x606)), *"\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"}
"""Arabic, Syriac and Kaithi marks that stand in front of figures: everybody sees them."""

SEEN_BY_NOBODY = {
    *map(chr, [0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0]),
    *map(chr, [*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]),
    *map(chr, [*range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000)]),
}
"""What Unicode calls default ignorable (DerivedCoreProperties.txt), but for music and shorthand, which are formats."""


def test_every_character_that_acts_or_hides_is_shown_as_a_symbol() -> None:
    for char in map(chr, range(0x110000)):
        if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and char not in FORMATS_WITH_A_SIGN:
            assert revealed(f"a{char}b").isprintable(), hex(ord(char))
        if char in SEEN_BY_NOBODY:
            assert char not in revealed(f"a{char}b"), hex(ord(char))


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x1bb", "a␛b"), ("a\x9bb", "a\\u{9b}b"), ("a\u202eb", "a\\u{202e}b"), ("\ud83d", "\\u{d83d}"), ("a\nb", "a␊b")],
)
def test_the_symbol_says_what_is_there(text: str, shown: str) -> None:
    assert revealed(text) == shown


@pytest.mark.parametrize("text", ["❤\ufe0f\u200d🔥", "1\ufe0f\u20e3", "می\u200cخواهم", "葛\U000e0100", "größer"])
def test_what_belongs_to_the_writing_stays(text: str) -> None:
    assert revealed(text) == text


def test_breaks_and_tabs_stay_on_request() -> None:
    assert revealed("a\n\tb\x1b", breaks=True) == "a\n\tb␛"


@given(st.text(st.characters(codec=None)))
def test_a_second_time_changes_nothing(text: str) -> None:
    assert revealed(revealed(text)) == revealed(text)
    assert "\u0301" * (MARKS_PER_BASE + 1) not in revealed(text)
