"""What is said of goals."""

from datetime import UTC, date, datetime

import pytest
from rich.cells import cell_len

from screens.wording.goal_facts import GoalFacts
from screens.wording.goal_page import goal_lines, loss_words
from screens.wording.goal_rows import bar
from screens.wording.goal_summary import summary_words
from screens.wording.item_lines import text_of
from store.models import Goal, GoalStatus, Item, Serves, Stamp, Standing, Workspace

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def goal(number: int, title: str, **fields: object) -> Goal:
    return Goal.model_validate({"id": number, "title": title, "created": Stamp(at=AT), **fields})


def item(number: int, *goals: int, stage: str = "ready") -> Item:
    return Item(
        id=number,
        title=f"Item {number}",
        created=Stamp(at=AT),
        stage=Standing(stage=stage, since=AT),
        goals=tuple(Serves(goal=one) for one in goals),
    )


def facts(goals: list[Goal], *items: Item) -> GoalFacts:
    workspace = Workspace(goals={one.id: one for one in goals}, items={one.id: one for one in items})
    return GoalFacts(workspace, TODAY)


@pytest.mark.parametrize(
    ("part", "filled"), [(0, 0), (0.01, 1), (0.49, 4), (0.5, 4), (0.99, 7), (1, 8), (-1, 0), (2, 8)]
)
def test_only_nothing_is_empty_and_only_all_is_full(part: float, filled: int) -> None:
    (thick, _), (thin, _) = bar(part, 8)
    assert (len(thick), len(thin)) == (filled, 8 - filled)


def test_giving_up_a_goal_strands_only_what_serves_nothing_else_that_is_pursued() -> None:
    goals = [goal(1, "Top"), goal(2, "Below", parent=1), goal(3, "Other"), goal(4, "Over", status=GoalStatus.ACHIEVED)]
    book = facts(goals, item(11, 2), item(12, 2, 3), item(13, 1, 4), item(14, 1, stage="done"), item(15, 3))
    loss = book.would_lose(1)
    assert [one.id for one in loss.items] == [13, 11]
    assert [one.id for one in loss.goals] == [2]
    assert loss_words(book, loss).splitlines()[0] == "2 open items would serve nothing"
    assert "1 goal below would not be pursued" in loss_words(book, loss)
    assert not book.would_lose(4)


def test_problems_are_told_of_pursued_goals_only() -> None:
    late = goal(1, "Late", due=date(2026, 11, 13), owner="ana")
    over = goal(2, "Over", status=GoalStatus.DROPPED)
    book = facts([late, over], item(11, 2))
    assert book.problems(late) == ("nothing serves it", "10 days overdue", "no key result")
    assert book.problems(over) == ()


def test_open_work_counts_once_for_every_goal_above() -> None:
    goals = [goal(1, "Top"), goal(2, "A", parent=1), goal(3, "B", parent=1)]
    assert facts(goals, item(11, 2, 3), item(12, 1)).open_counts == {1: 2, 2: 1, 3: 1}


@pytest.mark.parametrize("width", [20, 38, 80, 140])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    wide = "漢字 and more words, " * 6
    book = facts([goal(1, wide, owner="ana", guideline=wide, body=wide, said_by="leadership")], item(11, 1), item(12))
    lines = goal_lines(book, book.workspace.goals[1], width)
    assert all(cell_len(line) <= width for line in text_of(lines).split("\n"))
    summary = "".join(text for text, _ in summary_words(book, width, only_problems=True))
    assert cell_len(summary) <= max(width, len("Goals"))


def test_goals_in_a_circle_are_shown_and_not_walked_for_ever() -> None:
    goals = [goal(1, "A", parent=2), goal(2, "B", parent=1)]
    book = facts(goals, item(11, 1))
    assert book.open_counts == {1: 1}
    assert text_of(goal_lines(book, goals[0], 60))
