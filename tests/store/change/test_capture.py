from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.change import Mark, applied, captured, captures, read_capture
from store.change.capture import MAX_LINES
from store.errors import RuleError
from store.models import Horizon, Item, Kind, Serves, Workspace
from tests.store.samples import NOW, TODAY, a_goal, a_workspace, counting_ids

WORKSPACE = a_workspace(a_goal(100, "Analysts stay in flow"), a_goal(101, "Fewer support hours"), a_goal(102, "Flora"))


def read(line: str) -> Any:
    return read_capture(line, WORKSPACE, TODAY, "ana")


def test_a_line_is_read_as_the_hint_below_it_says() -> None:
    line = "Flaky login test @li #debt !next ^flow due:fri ~2 kind:bug #ci"
    capture = read(line)
    assert capture.title == "Flaky login test"
    assert (capture.owner, capture.tags, capture.horizon) == ("li", {"debt", "ci"}, Horizon.NEXT)
    assert (capture.due, capture.size, capture.kind) == (date(2026, 11, 27), 2, Kind.BUG)
    assert capture.goals == (Serves(goal=100, strength=2),)
    assert capture.reading == (
        "owner li · tag debt · next, queued in ready · for “Analysts stay in flow” ■■ · due Fri 27 Nov · size 2 · bug"
        " · tag ci"
    )
    assert capture.problems == ()
    assert [line[token.start : token.end] for token in capture.tokens] == line.split()[3:]
    assert [token.mark for token in capture.tokens][:3] == [Mark.OWNER, Mark.TAG, Mark.HORIZON]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Fix #1893 at last", "Fix #1893 at last"),
        ("Wow! Really ~ okay ^", "Wow! Really ~ okay ^"),
        ("Mail ana@example.com", "Mail ana@example.com"),
        (r"Explain \#tags and \@handles", "Explain #tags and @handles"),
        (r"A \ b \\c", r"A \ b \\c"),
        ("C:\\temp", "C:\\temp"),
        ("  spaced   out  ", "spaced out"),
        ("due: tomorrow", "due: tomorrow"),
        ("~/notes ~-1", "~/notes ~-1"),
        ("", ""),
    ],
)
def test_plain_text_stays_as_it_is(line: str, title: str) -> None:
    capture = read(line)
    assert capture.title == title
    assert capture.tokens == ()
    assert bool(capture) is bool(title)


@pytest.mark.parametrize(
    ("line", "goals"),
    [
        ('x ^"support hours"', (Serves(goal=101, strength=2),)),
        ("x ^flow:3", (Serves(goal=100, strength=3),)),
        ('x ^"support hours":1', (Serves(goal=101, strength=1),)),
        ("x ^flow:1 ^support", (Serves(goal=100, strength=1), Serves(goal=101, strength=2))),
        ("x ^flow:1 ^flow:3", (Serves(goal=100, strength=3),)),
    ],
)
def test_goals_are_named_by_words_of_their_title_with_a_strength(line: str, goals: tuple[Serves, ...]) -> None:
    assert read(line).goals == goals


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("x !soon", "There is no horizon “soon”. Possible: now, next, later."),
        ("x !nex", "There is no horizon “nex”. Did you mean next?"),
        ("x ^zzz", "No goal is called “zzz”. A word of its title is enough."),
        ("x ^flo", "^flo could be “Analysts stay in flow” or “Flora”. Give another word of it."),
        ("x due:nonsnese", "“nonsnese” is not a day. Try fri, +2w or 2026-12-01."),
        ("x ~0", "“~0” is not a size. A size is a number from 1 to 1000, such as ~2."),
        ("x ~99999", "“~99999” is not a size. A size is a number from 1 to 1000, such as ~2."),
        ("x ~huge", "“~huge” is not a size. A size is a number from 1 to 1000, such as ~2."),
        ("x kind:bgu", "There is no kind “bgu”. Did you mean bug?"),
    ],
)
def test_what_cannot_be_read_stays_in_the_title_and_says_why(line: str, problem: str) -> None:
    capture = read(line)
    assert capture.title == line
    assert capture.problems == (problem,)
    assert capture.reading == ""


def test_every_problem_of_a_line_is_told_with_its_word() -> None:
    capture = read("x ^nope #ok !soon due:never ~huge")
    assert capture.title == "x ^nope !soon due:never ~huge"
    assert capture.unread == ("^nope", "!soon", "due:never", "~huge")
    assert len(capture.problems) == 4


@pytest.mark.parametrize(("horizon", "reading"), [("now", "now, queued in ready"), ("later", "later")])
def test_the_reading_says_where_a_verdict_puts_the_item(horizon: str, reading: str) -> None:
    assert read(f"x !{horizon}").reading == reading


def test_me_is_the_person_who_captures() -> None:
    assert read("x @me").owner == "ana"
    nobody = read_capture("x @me", WORKSPACE, TODAY)
    assert nobody.problems == ("Nobody knows who @me is. Give the handle, or set your name in git.",)


@given(st.text(max_size=120) | st.lists(st.sampled_from(list('#@!^~"\\ :ab1')), max_size=40).map("".join))
def test_any_line_is_read_and_its_tokens_stand_in_order(line: str) -> None:
    capture = read(line)
    at = 0
    for token in capture.tokens:
        assert at <= token.start < token.end <= len(line)
        assert bool(token.reading) is not bool(token.problem)
        at = token.end


def test_a_pasted_list_becomes_a_line_each_without_its_bullets() -> None:
    text = """
    - one #a
    * two
      + nested
    1. numbered
    12) numbered too
    - [ ] box
    - [x] ticked
    [ ] bare box
    • dot
    # heading
    plain - with dash
    -5 degrees
    3.5 is a number
    [x]y stays

    -
    - [ ]
    """
    assert [capture.title for capture in captures(text, WORKSPACE, TODAY)] == [
        "one",
        "two",
        "nested",
        "numbered",
        "numbered too",
        "box",
        "ticked",
        "bare box",
        "dot",
        "heading",
        "plain - with dash",
        "-5 degrees",
        "3.5 is a number",
        "[x]y stays",
    ]


def test_a_paste_has_its_limit() -> None:
    with pytest.raises(RuleError, match="leadline import"):
        captures("x\n" * (MAX_LINES + 1), WORKSPACE, TODAY)


def made(text: str, workspace: Workspace = WORKSPACE) -> list[Item]:
    change = captured(workspace, captures(text, workspace, TODAY, "ana"), counting_ids(), NOW, "ana")
    return list(applied(workspace, change).items.values())


@pytest.mark.parametrize(
    ("line", "stage", "horizon"),
    [
        ("x", "inbox", None),
        ("x !later", "inbox", Horizon.LATER),
        ("x !next", "ready", Horizon.NEXT),
        ("x !now", "ready", Horizon.NOW),
    ],
)
def test_a_captured_item_waits_for_triage_unless_the_line_ruled_it(
    line: str, stage: str, horizon: Horizon | None
) -> None:
    (item,) = made(line)
    assert (item.stage.stage, item.horizon) == (stage, horizon)
    assert (item.created.at, item.created.by, item.stage.by) == (NOW, "ana", "ana")


def test_one_change_captures_a_whole_list() -> None:
    change = captured(WORKSPACE, captures("a\n- b\n", WORKSPACE, TODAY), counting_ids(), NOW, "ana")
    assert change.sentence == "Captured 2 items"
    assert [edit.id for edit in change.edits] == [9000, 9001]
    assert captured(WORKSPACE, [read("Copy")], counting_ids(), NOW, "ana").sentence == "Captured “Copy”"
    assert not captured(WORKSPACE, [read("#tag")], counting_ids(), NOW, "ana")


def test_a_title_that_is_too_long_is_refused_with_a_sentence() -> None:
    with pytest.raises(RuleError, match="title"):
        made("x" * 501)
