"""No regular expression comes from data, and none can be made slow by it."""

import pytest

from tests.promises.patterns import begins_endless, loose_names, nested, pattern_calls, patterns, searched_places
from tests.promises.sources import last_name

FINE: dict[str, str] = {
    r" {0,3}([-*_])(?: *\1){2,} *$": "each round needs a sign, and blanks belong to one round only",
}
"""Patterns with one repeat inside another that are quick all the same, and why."""

SHORT: dict[str, str] = {
    r"\s*\([^()]*\)\s*$": "a date longer than a hundred characters is none, and is not looked at",
}
"""Patterns that begin with a repeat and are searched for in short texts only, and what makes these short."""


def test_no_pattern_is_made_of_data() -> None:
    found = [
        f"{source.place(call)}: {', '.join(names)}"
        for source, call in pattern_calls()
        if (names := loose_names(call.args[0]))
    ]
    assert found == [], "only constants, and what re.escape made harmless"


def test_no_repeat_stands_inside_another() -> None:
    assert [place for pattern, place in patterns().items() if nested(pattern) and pattern not in FINE] == []


def test_what_is_searched_for_does_not_begin_with_an_endless_repeat() -> None:
    """`\\s*x` is looked for from every blank of a million, each time to the last of them."""
    searched = searched_places()
    assert len(searched) > 20
    found = [
        place
        for pattern, place in patterns().items()
        if begins_endless(pattern) and place in searched and pattern not in SHORT
    ]
    assert found == []


@pytest.mark.parametrize("pattern", ["(a+)+", "(?:a*b*)*", "((?:x+)?y)+", "(a|b+)*c"])
def test_a_repeat_inside_another_is_seen(pattern: str) -> None:
    assert nested(pattern)


@pytest.mark.parametrize("pattern", ["a+b*", "(ab)+", "(?:a|b)*", r"\s+", "(a{1,3})+"])
def test_other_repeats_are_not(pattern: str) -> None:
    assert not nested(pattern)


def test_an_endless_beginning_is_seen() -> None:
    assert begins_endless(r"\s*\(")
    assert not begins_endless(r"\s+")
    assert not begins_endless(r"\(\s*")


def test_all_patterns_are_looked_at() -> None:
    assert len(patterns()) > 50
    assert {last_name(call.func) for _, call in pattern_calls()} >= {"compile", "_compiled"}
