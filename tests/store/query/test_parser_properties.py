"""Whatever is typed, the parser answers with a query or with its own error, and does not take long over it."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.errors import QueryError
from store.query import DIRECTIVES, FIELDS, Query, completions, describe, parse
from tests.store.query.test_query import CONTEXT, VOCABULARY, WORKSPACE

PIECES = st.sampled_from([
    *(f"{field.name}:" for field in (*FIELDS, *DIRECTIVES)),
    *(
        "ready",
        "none",
        "any",
        "flow",
        "@me",
        "30d",
        "3",
        "-1",
        "fri",
        "+9999y",
        "blocked",
        "score",
        "ł",
        "٣",
        "\x1b",
        "\n",
    ),
    *("(", ")", "-", '"', ",", " ", " ", "<", "<=", ">", "=", "!=", ":", "*", " and ", " or ", " not "),
])
TEXTS = st.text(max_size=80) | st.lists(PIECES, max_size=30).map("".join)


@settings(max_examples=400)
@given(TEXTS)
def test_reading_and_running_any_text_fails_only_with_a_query_error(text: str) -> None:
    query = attempt(text)
    if isinstance(query, QueryError):
        assert 0 <= query.column <= len(text)
        assert query.message
        return
    assert {item.id for item in query.select(WORKSPACE, CONTEXT)} <= set(WORKSPACE.items)
    query.groups(WORKSPACE, CONTEXT)
    assert describe(query, WORKSPACE)


@given(TEXTS, st.integers(0, 90))
def test_any_text_and_cursor_can_be_completed(text: str, cursor: int) -> None:
    for proposal in completions(text, cursor, VOCABULARY):
        assert 0 <= proposal.start <= proposal.end <= len(text)


@settings(max_examples=200)
@given(TEXTS)
@example('0)"')
def test_a_query_and_its_opposite_share_nothing_and_have_all(text: str) -> None:
    # A text that is no query by itself may close the parenthesis it is put into: then the two are no opposites.
    if isinstance(attempt(text), QueryError):
        return
    query, opposite = attempt(f"is:any ({text})"), attempt(f"is:any -({text})")
    if isinstance(query, QueryError) or isinstance(opposite, QueryError):
        return
    ours = {item.id for item in query.found(WORKSPACE, CONTEXT)}
    theirs = {item.id for item in opposite.found(WORKSPACE, CONTEXT)}
    assert not ours & theirs
    assert ours | theirs == set(WORKSPACE.items)


def steps(work: Callable[[], object]) -> int:
    """How many lines and calls Python goes through, a measure of time that no other process can disturb."""
    counted = 0

    def trace(_frame: FrameType, _event: str, _arg: object) -> Callable[..., Any]:
        nonlocal counted
        counted += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return counted


def attempt(text: str) -> Query | QueryError:
    try:
        return parse(text, VOCABULARY)
    except QueryError as error:
        return error


def test_the_time_grows_no_faster_than_the_text() -> None:
    for piece in ("a ", "a or ", "-", "(", '"', "stage:ready ", "goal:none,", "sort:age ", "tag:*a", "x:", "(a)", ","):
        short, long = piece * (240 // len(piece)), piece * (960 // len(piece))
        attempt(short)
        few, many = steps(lambda text=short: attempt(text)), steps(lambda text=long: attempt(text))  # type: ignore[misc]
        assert many <= 5 * few + 200, piece


def test_stars_are_matched_without_going_back() -> None:
    name = "a" * 100
    for text in ("*a" * 40 + "b", "a*" * 80):
        query = parse(f"tag:{text}", VOCABULARY)
        workspace = WORKSPACE.with_records({"items": {1: WORKSPACE.items[1].with_(tags={name})}})
        context = CONTEXT.following(workspace, CONTEXT.now)
        assert steps(lambda: query.found(workspace, context)) < 5000  # noqa: B023 - called at once


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a" * 1001, "A filter has at most 1000 characters, this one has 1001."),
        ("(" * 40 + "a", "The filter is nested deeper than 32 levels."),
        ("-" * 40 + "a", "The filter is nested deeper than 32 levels."),
        ("a " * 65, "A filter looks for at most 64 values."),
        ("size:" + "1," * 65, "A filter looks for at most 64 values."),
    ],
)
def test_a_query_out_of_bounds_is_refused_in_a_sentence(text: str, message: str) -> None:
    refused = attempt(text)
    assert isinstance(refused, QueryError)
    assert refused.message == message


def test_ids_are_looked_up_and_so_may_be_many() -> None:
    assert isinstance(attempt("id:" + "0001," * 150), Query)


def test_an_item_is_looked_at_in_few_steps_whatever_is_asked() -> None:
    """What a query costs is this times the items; the bench has it in milliseconds."""
    count = len(WORKSPACE.items)
    for text in (
        "is:any size:" + ",".join(str(number % 9) for number in range(63)),
        "is:any age:" + ",".join(f"{number}d" for number in range(63)),
        "is:any due:" + ",".join(f"+{number}d" for number in range(63)),
        "is:any text:" + ",".join(f"q{number}" for number in range(63)),
        "is:any tag:" + ",".join(f"*{number}*" for number in range(63)),
        "is:any " + "or ".join(f"z{number} " for number in range(63)),
        "is:any " + " ".join("-" * 13 + f"z{number}" for number in range(50)),
        "is:any " + " ".join(f"-is:blocked(-size<{number})" for number in range(31)),
        "is:any sort:" + "score,-age," * 85,
    ):
        query = attempt(text)
        assert isinstance(query, Query), text
        query.select(WORKSPACE, CONTEXT)
        assert steps(lambda query=query: query.select(WORKSPACE, CONTEXT)) < 1_500 * count, text  # type: ignore[misc]
