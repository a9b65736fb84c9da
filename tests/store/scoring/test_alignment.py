"""The formula against tables worked out by hand."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import RuleError
from store.models import Goal, GoalStatus, Item, Origin, tree_of
from store.scoring import RATINGS, alignment, alignment_value, checked_rating, figure
from tests.store.samples import TODAY, a_goal, an_item

# Shares: flow 60 (of it grid 45, copy 15), contoso 30, health 10.
FLOW, GRID, COPY, CONTOSO, HEALTH, GONE = 1, 11, 12, 2, 3, 4
GOALS: dict[int, Goal] = {
    goal.id: goal
    for goal in (
        a_goal(FLOW, "Flow", weight=6),
        a_goal(GRID, "Grid", parent=FLOW, weight=3),
        a_goal(COPY, "Copy", parent=FLOW, weight=1),
        a_goal(CONTOSO, "Contoso", weight=3, origin=Origin.CUSTOMER),
        a_goal(HEALTH, "Health", weight=1, origin=Origin.TEAM),
        a_goal(GONE, "Gone", status=GoalStatus.DROPPED),
    )
}
TREE = tree_of(GOALS)


def scored(**fields: Any) -> Item:
    return an_item(1, **{"size": 1, "ratings": {"urgency": 3, "confidence": 100}, **fields})


@pytest.mark.parametrize(
    ("serves", "value"),
    [
        ({FLOW: 3}, 60.0),
        ({FLOW: 2}, 40.0),
        ({FLOW: 1}, 20.0),
        ({GRID: 3}, 45.0),
        ({HEALTH: 1}, 10 / 3),
        ({FLOW: 3, CONTOSO: 3, HEALTH: 3}, 100.0),
        ({GRID: 2, CONTOSO: 1}, 40.0),
        # What is below a goal is part of it: the larger of the goal and the sum below it counts.
        ({FLOW: 3, GRID: 3}, 60.0),
        ({FLOW: 1, GRID: 3}, 45.0),
        ({FLOW: 2, GRID: 3, COPY: 3}, 60.0),
        ({FLOW: 3, GRID: 3, COPY: 3}, 60.0),
        # A goal that is not pursued gives nothing.
        ({FLOW: 3, GONE: 3}, 60.0),
    ],
)
def test_the_goal_value_is_the_sum_of_share_times_strength_over_three(serves: dict[int, int], value: float) -> None:
    score = alignment(scored(serves=serves), TREE, TODAY)
    assert score.value == pytest.approx(value)
    assert score.goal_value == pytest.approx(value)


@pytest.mark.parametrize(
    ("fields", "factor"),
    [
        ({}, 1.0),
        ({"size": 2}, 1 / 2),
        ({"size": 13}, 1 / 13),
        ({"ratings": {"urgency": 1, "confidence": 100}}, 0.6),
        ({"ratings": {"urgency": 2, "confidence": 100}}, 0.8),
        ({"ratings": {"urgency": 4, "confidence": 100}}, 1.3),
        ({"ratings": {"urgency": 5, "confidence": 100}}, 1.7),
        ({"ratings": {"urgency": 3, "confidence": 50}}, 0.5),
        ({"ratings": {"urgency": 3, "confidence": 0}}, 0.0),
        ({"due": TODAY + timedelta(days=30)}, 1.0),
        ({"due": TODAY + timedelta(days=14)}, 1.0),
        ({"due": TODAY + timedelta(days=7)}, 1 + 7 / 21),
        ({"due": TODAY}, 1 + 14 / 21),
        ({"due": TODAY - timedelta(days=7)}, 2.0),
        ({"due": TODAY - timedelta(days=99)}, 2.0),
        ({"size": 2, "ratings": {"urgency": 4, "confidence": 80}, "due": TODAY - timedelta(days=7)}, 1.3 * 2 * 0.8 / 2),
        # What is not known: urgency 3, confidence 80 %, size 3.
        ({"ratings": {"confidence": 100}}, 1.0),
        ({"ratings": {"urgency": 3}}, 0.8),
        ({"size": None}, 1 / 3),
        ({"ratings": {}, "size": None}, 0.8 / 3),
    ],
)
def test_urgency_due_date_confidence_and_size_multiply(fields: dict[str, Any], factor: float) -> None:
    assert alignment(scored(serves={FLOW: 3}, **fields), TREE, TODAY).value == pytest.approx(60 * factor)


def test_company_customer_and_team_parts_are_shown_apart() -> None:
    score = alignment(scored(serves={GRID: 2, CONTOSO: 1, HEALTH: 3}), TREE, TODAY)
    assert score.parts == pytest.approx({Origin.COMPANY: 30, Origin.CUSTOMER: 10, Origin.TEAM: 10})


@pytest.mark.parametrize(
    ("serves", "reason"), [({}, "it serves no goal"), ({GONE: 3}, "no goal it serves is pursued any more")]
)
def test_without_a_goal_there_is_no_score_and_it_says_so(serves: dict[int, int], reason: str) -> None:
    score = alignment(scored(serves=serves), TREE, TODAY)
    assert score.value is None
    assert score.missing == ("goals",)
    assert score.line == f"no score: {reason}"
    assert alignment_value(scored(serves=serves), TREE, TODAY) is None


def test_what_is_missing_is_named_and_marked_as_assumed() -> None:
    score = alignment(an_item(1, serves={FLOW: 3}), TREE, TODAY)
    assert score.missing == ("urgency", "confidence", "size")
    assert [term.name for term in score.terms if term.is_assumed] == ["urgency", "confidence", "size"]
    assert "assumed" in " ".join(term.sentence for term in score.terms)
    assert alignment(scored(serves={FLOW: 3}), TREE, TODAY).missing == ()


def test_a_score_reads_as_a_sum_with_a_sentence_for_every_step() -> None:
    item = scored(serves={GRID: 2}, size=2, ratings={"urgency": 4, "confidence": 80}, due=TODAY + timedelta(days=7))
    score = alignment(item, TREE, TODAY)
    assert score.line == "20.8 = value 30 x urgency 1.3 x due 1.3 x sure 80 % / size 2"
    assert [(term.sum, term.sentence) for term in score.terms] == [
        ("0.67 x 45 = 30", "It serves “Grid”, 45 % of what is wanted (company)."),
        ("30 x 1.3 = 39", "Urgency is 4 of 5."),
        ("39 x 1.3 = 52", "It is due in 7 days."),
        ("52 x 0.8 = 41.6", "We are 80 % sure that it helps."),
        ("41.6 / 2 = 20.8", "Its size is 2."),
    ]


def test_a_goal_that_another_one_covers_says_which() -> None:
    above = alignment(scored(serves={FLOW: 3, GRID: 3}), TREE, TODAY)
    assert [term.result for term in above.terms[:2]] == pytest.approx([60, 0])
    assert above.terms[1].sentence.endswith("Counted already in “Flow”.")
    below = alignment(scored(serves={FLOW: 1, GRID: 3}), TREE, TODAY)
    assert [term.result for term in below.terms[:2]] == pytest.approx([0, 45])
    assert below.terms[0].sentence.endswith("Counted already in “Grid”.")


SERVING = st.dictionaries(st.sampled_from(sorted(GOALS)), st.integers(1, 3))
FIELDS = st.fixed_dictionaries(
    {"serves": SERVING},
    optional={
        "size": st.none() | st.integers(1, 40),
        "ratings": st.dictionaries(st.sampled_from(["urgency"]), st.integers(1, 5)),
        "due": st.none() | st.dates(TODAY - timedelta(days=50), TODAY + timedelta(days=50)),
    },
)


@given(FIELDS)
def test_the_steps_end_at_the_number_that_items_are_sorted_by(fields: dict[str, Any]) -> None:
    item = an_item(1, **fields)
    score = alignment(item, TREE, TODAY)
    value = alignment_value(item, TREE, TODAY)
    assert (score.value is None) is (value is None)
    if score.value is not None:
        assert score.value == pytest.approx(value)
        assert score.terms[-1].result == pytest.approx(value)
        assert score.goal_value == pytest.approx(sum(term.result for term in score.terms if term.goal is not None))
        assert 0 <= score.goal_value <= 100 + 1e-9


@given(SERVING, st.sampled_from(sorted(GOALS)))
def test_serving_a_goal_more_never_scores_less(serves: dict[int, int], goal: int) -> None:
    weaker = alignment_value(an_item(1, serves=serves), TREE, TODAY) or 0.0
    stronger = alignment_value(an_item(1, serves=serves | {goal: 3}), TREE, TODAY) or 0.0
    assert stronger >= weaker - 1e-9


def test_a_rating_outside_its_scale_is_refused() -> None:
    assert checked_rating("urgency", 5) == 5
    with pytest.raises(RuleError, match="from 1 to 5"):
        checked_rating("urgency", 6)
    with pytest.raises(RuleError, match="no rating “luck”"):
        checked_rating("luck", 1)
    for rating in RATINGS.values():
        assert all(rating.low <= value <= rating.high for value, _ in rating.steps)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (0.666, "0.67"), (8.36, "8.4"), (20, "20"), (30.0, "30"), (99.96, "100"), (1234.5, "1234")],
)
def test_a_figure_is_as_long_as_the_eye_needs(value: float, text: str) -> None:
    assert figure(value) == text
