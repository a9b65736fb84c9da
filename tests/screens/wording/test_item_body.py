"""Markdown as far as it helps reading."""

import pytest

from screens.wording.item_body import LONGEST, body_lines
from screens.wording.item_lines import text_of


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("# Steps to take #\nrun", "Steps to take|run"),
        ("before\n## Steps\nrun", "before||Steps|run"),
        ("- one\n* two\n  - three", "• one|• two|  • three"),
        ("1. one\n2) two", "1. one|2) two"),
        ("- [ ] open\n- [x] shut", "☐ open|☑ shut"),
        ("- words that go on and on below each other", "• words that go on and|  on below each other"),
        ("> said\n> so", "▏ said|▏ so"),
        ("```py\nx  = 1\n```\nafter", "  x  = 1|after"),
        ("~~~\n# no heading\n~~~", "  # no heading"),
        ("---", "─" * 22),
        ("**bold** words", "bold words"),
        ("[the log](https://example.com/log)", "the log|(https://example.com/l|og)"),
        ("![a grid](x.png)", "[picture: a grid]"),
        ("<!-- tell us\nmore -->\nIt breaks", "It breaks"),
        ("a <!-- never closed", "a <!-- never closed"),
        ("one\n\n\n\ntwo\n\n", "one||two"),
        ("a\r\nb", "a|b"),
        ("[b]x[/b] \x1b]8;;x\x07", "[b]x[/b] ␛]8;;x␇"),
    ],
)
def test_a_body_reads_like_a_page(body: str, lines: str) -> None:
    assert text_of(body_lines(body, 22)) == lines.replace("|", "\n")


def test_no_more_lines_are_made_than_asked_for() -> None:
    assert len(body_lines("line\n" * 1000, 40, most=5)) == 5


def test_what_is_too_long_to_lay_out_is_counted() -> None:
    lines = text_of(body_lines("x" * 100 + "\n" * LONGEST, 60))
    assert lines.endswith("… 100 characters more")


@pytest.mark.parametrize("part", ["**", "[", "![a](", "- ", "<!--", "> ", "#", " ", "_ ", "1. ", "`", "[](", "\t"])
def test_a_body_made_to_take_long_does_not(part: str) -> None:
    # Read twice for each letter this would run for minutes, and the timeout of the tests would end it.
    assert body_lines(part * (LONGEST // len(part)), 80, most=100)[:0] == []


@pytest.mark.parametrize("fence", ["", "```\n"])
@pytest.mark.parametrize("letter", ["x", "漢", "e\u0301", "\x1b", "[a](b) "])
def test_a_line_of_a_megabyte_is_shown_as_far_as_it_helps_and_says_what_is_missing(letter: str, fence: str) -> None:
    line = letter * (1_000_000 // len(letter))
    lines = text_of(body_lines(fence + line, 60)).split("\n")
    assert any("characters more in this line" in each for each in lines)
    assert len(lines) < 400
    assert len(body_lines(fence + line, 60, most=5)) == 5


def test_a_long_word_fills_its_lines_whatever_it_is_made_of() -> None:
    for letter, each in (("x", 60), ("漢", 30), ("e\u0301", 60)):
        lines = text_of(body_lines(letter * 3_000, 60)).split("\n")
        assert "".join(lines) == letter * 3_000
        assert {line.count(letter) for line in lines[:-1]} == {each}
