import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.wording.clean import _MARKLESS, clean, clean_block, fit, masked
from store.hidden import ALL_HIDDEN, MARKS_PER_BASE

HOSTILE = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from("\x00\x07\x1b\x7f\x9b\u200b\u200d\u202e\u2028\ufe0f\ufeff\ud800\U000e0067\u0301❤👩1\n\t\r"),
    ),
    max_size=40,
)
# What no cleaned line may hold, whatever surrounds it. The joiners and selectors depend on their neighbours.
NEVER = {
    *map(chr, [*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2060, 0x2070)]),
    *map(chr, [*range(0xD800, 0xE000), 0x200B, 0x200E, 0x200F, 0xFEFF, 0xAD, 0xFFFE, 0xFFFF, 0x1FFFF]),
    *map(chr, range(0xE0000, 0xE0080)),
}


_ACTS = re.compile(f"[{ALL_HIDDEN}]")


@pytest.mark.parametrize(
    "text",
    [
        "Results grid loses column widths after a re-run",
        "Größe der Tabelle – „richtig“ gesetzt",
        "Привет, мир",
        "Καλημέρα κόσμε",
        "漢字とかなとカナ",
        "한국어 제목",
        "עברית בלי ניקוד",
        "ภาษาไทยกำลังดี",
        "می\u200cخواهم",
        "Tiếng Việt có dấu",
        "party 🎉 at ten",
        "",
    ],
)
def test_honest_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text
    assert clean_block(text) == text


def test_plain_text_is_the_same_object() -> None:
    text = "Copy with headers"
    assert clean(text) is text
    assert clean_block(text) is text
    assert masked(text) is text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b]52;c;ZXZpbA==\x07b", "a␛]52;c;ZXZpbA==␇b"),
        ("a\x00b\x7fc", "a␀b␡c"),
        ("red \x9b31m", "red \\u{9b}31m"),
        ("\u202edeined", "\\u{202e}deined"),
        ("ap\u200bproved", "ap\\u{200b}proved"),
        ("line\u2028end", "line\\u{2028}end"),
        ("tag \U000e0041", "tag \\u{e0041}"),
        ("half \ud83d", "half \\u{d83d}"),
        ("nobody \ufffe \U0010ffff", "nobody \\u{fffe} \\u{10ffff}"),
        ("soft\u00adhyphen", "soft\\u{ad}hyphen"),
        ("x\u200dy", "x\\u{200d}y"),
        ("a\ufe0f", "a\\u{fe0f}"),
        ("x\ufe0f\u200d🔥", "x\\u{fe0f}\\u{200d}🔥"),
        ("one\ntwo\r\nthree\tfour", "one two three four"),
        ("typed over\rapproved", "typed over␍approved"),
    ],
)
def test_hidden_characters_are_shown(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    "text", ["❤\ufe0f", "❤\ufe0f\u200d🔥", "👨\u200d👩\u200d👧", "1\ufe0f\u20e3", "☝🏽", "葛\U000e0100", "ශ්\u200dරී"]
)
def test_what_belongs_to_the_writing_stays(text: str) -> None:
    assert clean(text) == text


def test_a_tower_of_marks_is_cut() -> None:
    assert clean("z" + "\u0301" * 100 + "o") == "z" + "\u0301" * MARKS_PER_BASE + "o"
    assert clean("ก" + "\u0e47" * 100) == "ก" + "\u0e47" * MARKS_PER_BASE


def test_a_block_keeps_its_lines() -> None:
    assert clean_block("one\r\n\ttwo\nthree\x1b[2J") == "one\n    two\nthree␛[2J"


@given(HOSTILE)
def test_no_text_gets_through(text: str) -> None:
    line = clean(text)
    assert not NEVER & set(line)
    assert clean(line) == line
    assert not NEVER & set(clean_block(text)) - {"\n"}
    line.encode()
    marks = 0
    for char in line:
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        assert marks <= MARKS_PER_BASE


@given(HOSTILE)
def test_a_mask_has_one_symbol_for_each_character(text: str) -> None:
    assert len(masked(text)) == len(text)
    assert not NEVER & set(masked(text))


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab…"),
        ("漢字", 4, "漢字"),
        ("漢字", 3, "漢…"),
        ("漢字", 2, "…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("abc", -1, ""),
    ],
)
def test_text_is_cut_to_cells(text: str, width: int, shown: str) -> None:
    assert fit(text, width) == shown


def test_text_is_padded_on_request() -> None:
    assert fit("ab", 4, pad=True) == "ab  "
    assert fit("ab", 4, pad=True, right=True) == "  ab"
    assert fit("漢字", 3, pad=True) == "漢…"
    assert fit("漢字x", 4, pad=True, right=True) == " 漢…"


@given(HOSTILE, st.integers(0, 30))
def test_padded_text_has_exactly_the_width(text: str, width: int) -> None:
    assert cell_len(fit(clean(text), width, pad=True)) == width
    assert cell_len(fit(clean(text), width)) <= width


def test_blocks_said_to_hold_no_marks_hold_none() -> None:
    markless = re.compile(f"[{_MARKLESS}]")
    marks = [char for char in map(chr, range(0x110000)) if unicodedata.category(char) in {"Mn", "Me"}]
    assert [hex(ord(char)) for char in marks if markless.match(char) and char not in NEVER] == []


def test_every_character_there_is_comes_out_harmless_and_stays_so() -> None:
    for code in range(0x110000):
        # Between letters, where no joiner or selector belongs to anything.
        line = clean(f"a{chr(code)}b")
        assert clean(line) is line
        assert len("a.b") <= len(line) <= len("a\\u{10ffff}b")
        assert not _ACTS.search(line), hex(code)
        line.encode()
