"""Long Markdown as a page would show it: read by a CommonMark parser that passes every HTML and every link on."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from store.exchange.markdown_text import MOST_HELD, long_markdown

PIECES = [
    *("`", "``", "```", "~~~", "\n  ```\n", "\n\t```\n", "\n- a\n\n", "\n> ", "| - |", "\n|---|---|\n", "|", "1. "),
    *("<script>", "</b>", "<!--", "-->", "<img src=x onerror=y>", "<?", "<![CDATA[", "<pre>", "<javascript:x>"),
    *("[a]", "](", "(javascript:x)", "[b]:", "\n[b]: ", "javascript:x", "&#106;avascript:x", "http://x", ")", "!["),
    *("\\", "\n", "\n\n", "    ", "  ", " ", "\t", "*", "a", "#", "===\n", "---\n", "\r", "'", '"'),
]


def readers() -> Iterator[MarkdownIt]:
    for extensions in ([], ["table", "strikethrough"]):
        reader = MarkdownIt("commonmark").enable(extensions)
        reader.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - its name is the parser's
        yield reader


READERS = tuple(readers())


def tokens_of(reader: MarkdownIt, text: str) -> Iterator[Token]:
    for token in reader.parse(text):
        yield token
        yield from token.children or ()


def harm(text: str) -> list[str]:
    """What a page would run or lead to, for every reader of Markdown."""
    found = []
    for token in (token for reader in READERS for token in tokens_of(reader, text)):
        address = str(token.attrs.get("href") or token.attrs.get("src") or "")
        is_fine = address.lower().startswith(("http://", "https://", "mailto:")) or ":" not in address
        found += [token.content] if token.type in {"html_block", "html_inline"} else []
        found += [] if is_fine else [address]
    return found


def headings(text: str) -> Sequence[int]:
    return [sum(token.type == "heading_open" and token.tag == "h2" for token in tokens_of(r, text)) for r in READERS]


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("a < b and <b>", "a < b and \\<b>"),
        ("\\<b> \\\\<b>", "\\<b> \\\\\\<b>"),
        ("`List<String>` <b>", "`List<String>` \\<b>"),
        ("```html\n<b>\n```\n<b>", "```html\n<b>\n```\n\\<b>"),
        ("- a\n\n  ```\n  <b>\n  ```", "- a\n\n  ```\n  <b>\n  ```"),
        ("open `code\n`<b>`", "open `code\n`\\<b>`"),
        ("[x](javascript:alert(1))", "[x]\\(javascript:alert(1))"),
        ("[x](https://a.org) [y](0001-a.md) [z](mailto:a@b)", "[x](https://a.org) [y](0001-a.md) [z](mailto:a@b)"),
        ("[x](java&#115;cript:a)", "[x]\\(java&#115;cript:a)"),
        ("[x]: javascript:a\n[1]: see there", "[x]\\: javascript:a\n[1]: see there"),
        ("[x](//example.org)", "[x]\\(//example.org)"),
        ("# One\n## Two\n### Three\n#four", "### One\n### Two\n### Three\n#four"),
        ("```\n# code", "```\n# code\n```"),
        ("a\x1b[2J\u202e", "a␛[2J\\u{202e}"),
    ],
)  # fmt: skip
def test_what_could_act_is_held_and_the_rest_stays(text: str, harmless: str) -> None:
    assert long_markdown(text) == harmless
    assert harm(harmless) == []


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_text_runs_or_leads_astray_or_leaves_its_section(text: str) -> None:
    page = f"## Before\n\n{long_markdown(text)}\n\n## After\n"
    assert harm(page) == []
    assert min(headings(page)) >= 2


def test_a_thousand_fences_that_never_end_are_looked_at_once() -> None:
    text = "  ```a\n" * 1000
    assert long_markdown(text).count("\\```") == 1000
    assert MOST_HELD < 1000


def test_the_parser_of_these_tests_would_see_harm() -> None:
    assert harm("<b>") == ["<b>", "<b>"]
    assert harm("[x](javascript:a)") == ["javascript:a", "javascript:a"]
