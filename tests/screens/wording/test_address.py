"""Which addresses are opened, what exactly is handed on, and what a person is told before."""

import re
from random import Random

import pytest

from screens.wording.address import LONGEST, address_of
from store.errors import RuleError
from tests.hostile.payloads import PAYLOADS

HARMLESS = re.compile(r"(?:https?://|mailto:)[A-Za-z0-9._~:/?#\[\]@!*+,;=&%-]+")


@pytest.mark.parametrize(
    ("text", "opened", "goes_to"),
    [
        ("https://github.com/a/b/issues/1", "https://github.com/a/b/issues/1", "github.com"),
        ("HTTP://Example.COM:8080/A?b=c&d=%20#e", "http://example.com:8080/A?b=c&d=%20#e", "example.com:8080"),
        ("https://example.com", "https://example.com", "example.com"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x", "[2001:db8::1]"),
        ("https://example.com/naïve/'$(id)`\"", "https://example.com/na%C3%AFve/%27%24%28id%29%60%22", "example.com"),
        ("https://example.com/?q=@b", "https://example.com/?q=@b", "example.com"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("https://аpple.com/", "https://xn--pple-43d.com/", "xn--pple-43d.com"),
        ("https://xn--pple-43d.com/", "https://xn--pple-43d.com/", "xn--pple-43d.com"),
        ("https://example。com/", "https://example.com/", "example.com"),
        ("https://ｅxample.com/", "https://example.com/", "example.com"),
        ("mailto:ana@example.com", "mailto:ana@example.com", "ana@example.com"),
        ("mailto:a@b.c,d@e.f?subject=x&body=y%0Az", "mailto:a@b.c,d@e.f?subject=x&body=y%0Az", "a@b.c,d@e.f"),
    ],
)
def test_what_is_opened_is_the_same_address_in_plain_letters(text: str, opened: str, goes_to: str) -> None:
    address = address_of(text)
    assert (address.whole, address.opened, address.goes_to) == (text, opened, goes_to)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("https://github.com@evil.example/x", "“github.com” before the @ is no host"),
        ("https://ana:secret@evil.example/", "“ana:secret” before the @"),
        ("https://аpple.com/", "letters that may look like others"),
        ("https://xn--pple-43d.com/", "reads “аpple.com”"),
        ("mailto:ana@аpple.com", "letters that may look like others"),
    ],
)
def test_what_deceives_the_eye_is_said(text: str, remark: str) -> None:
    assert remark in " ".join(address_of(text).remarks)


def test_the_host_is_the_one_behind_the_last_at_sign() -> None:
    assert address_of("https://github.com:x@evil.example/@github.com").goes_to == "evil.example"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "only http, https and mailto"),
        ("file:///etc/passwd", "only http, https and mailto"),
        ("javascript:alert(1)", "only http, https and mailto"),
        ("JavaScript:alert(1)//https://x.example", "only http, https and mailto"),
        ("data:text/html,<script>", "only http, https and mailto"),
        ("ssh://-oProxyCommand=x/", "only http, https and mailto"),
        ("vbscript:x", "only http, https and mailto"),
        ("-https://example.com", "only http, https and mailto"),
        ("--help", "only http, https and mailto"),
        ("//example.com/x", "only http, https and mailto"),
        ("example.com", "only http, https and mailto"),
        ("/etc/passwd", "only http, https and mailto"),
        (" https://example.com", "a blank"),
        ("https://example.com/a b", "a blank"),
        ("java\nscript:alert(1)", "a blank"),
        ("https://exa\tmple.com", "a blank"),
        ("https://example.com/\x1b]52;c;eA==\x07", "a character that acts"),
        ("https://example.com/\x00", "a character that acts"),
        ("https://example.com/\u202egnp.exe", "a character that acts"),
        ("https://exam\u200bple.com/", "a character that acts"),
        ("https://example.com/\udc80", "a character that acts"),
        ("https://evil.example\\@github.com/", "a backslash"),
        ("https:\\\\evil.example", "a backslash"),
        ("https:evil.example", "no host"),
        ("https:///evil.example", "no host"),
        ("https://", "no host"),
        ("https://@/x", "no host"),
        ("https://-evil.example/", "no host"),
        ("https://a..b/", "no host"),
        ("https://a%2eb/", "no host"),
        ("https://a;b/", "no host"),
        ("https://a$(id)/", "no host"),
        ("https://☃.example\u2060/", "a character that acts"),
        ("https://a\u2044b.example/", "no host"),
        ("https://evil.example\uff0fgithub.com/", "cannot be read"),
        ("https://evil\u2100.example/", "cannot be read"),
        ("https://[::1/", "cannot be read"),
        ("https://[x]/", "cannot be read"),
        ("https://example.com:99999/", "cannot be read"),
        ("https://example.com:x/", "cannot be read"),
        ("mailto:", "nobody"),
        ("mailto:ana", "nobody"),
        ("mailto://ana@example.com", "nobody"),
        ("mailto:a@b.c?attach=/etc/passwd", "more of a mail"),
        ("mailto:a@b.c?subject=x&%61ttach=/etc/passwd", "more of a mail"),
        ("mailto:a@b.c?bcc=x@y.z", "more of a mail"),
        (f"https://example.com/{'a' * LONGEST}", "10,020 characters"),
    ],
)
def test_anything_else_is_refused_in_a_sentence_that_shows_it_clean(text: str, why: str) -> None:
    with pytest.raises(RuleError) as caught:
        address_of(text)
    assert why in caught.value.message
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 160


def test_the_longest_address_is_read_whole() -> None:
    text = f"https://example.com/{'a' * (LONGEST - 20)}"
    assert address_of(text).opened == text


def test_whatever_is_handed_on_is_made_of_harmless_characters() -> None:
    random = Random(20_261_123)  # noqa: S311 - the same addresses every time
    pieces = (
        *PAYLOADS.values(),
        "a",
        ".",
        "@",
        ":",
        "/",
        "//",
        "[",
        "]",
        "%",
        "?",
        "#",
        "é",
        "аb",
        "xn--",
        "-",
        "'",
        "$(",
        "`",
    )
    opened = 0
    for _ in range(20_000):
        start = random.choice(("https://", "http://", "mailto:", "https://a.example/", "mailto:a@b.c?", ""))
        text = start + "".join(random.choice(pieces) for _ in range(random.randint(0, 6)))
        try:
            address = address_of(text)
        except RuleError:
            continue
        opened += 1
        assert HARMLESS.fullmatch(address.opened), text
        assert address.goes_to.isascii()
    assert opened > 1_000
