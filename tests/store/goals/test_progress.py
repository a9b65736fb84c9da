from datetime import date

import pytest

from store.goals import Band, expected_by, progress_of, progress_under, result_figures, result_words
from store.models import GoalStatus, KeyResult, tree_of
from tests.store.samples import a_goal


def result(start: float, now: float, target: float) -> KeyResult:
    return KeyResult(title="Support hours", start=start, now=now, target=target, unit="h")


@pytest.mark.parametrize(
    ("results", "score", "band"),
    [
        ([result(32, 42, 45)], 10 / 13, Band.GOOD),
        ([result(40, 31, 20)], 9 / 20, Band.FAIR),
        ([result(40, 44, 20)], 0.0, Band.LITTLE),
        ([result(0, 300, 100), result(0, 0, 100)], 0.5, Band.FAIR),
        ([result(0, 7, 10), result(5, 5, 5)], 0.7, Band.GOOD),
    ],
)
def test_a_goal_scores_the_mean_of_its_key_results(results: list[KeyResult], score: float, band: Band) -> None:
    progress = progress_of(a_goal(1, key_results=tuple(results)))
    assert progress is not None
    assert progress.score == pytest.approx(score)
    assert progress.band is band


def test_key_results_that_cannot_be_scored_are_counted_but_not_scored() -> None:
    assert progress_of(a_goal(1)) is None
    assert progress_of(a_goal(1, key_results=(result(5, 5, 5),))) is None
    progress = progress_of(a_goal(1, key_results=(result(5, 5, 5), result(0, 1, 2))))
    assert progress is not None
    assert (progress.measured, progress.of) == (1, 2)


def test_a_goal_without_key_results_is_as_far_as_those_below_by_weight() -> None:
    goals = {
        goal.id: goal
        for goal in (
            a_goal(1),
            a_goal(2, parent=1, weight=3, key_results=(result(0, 1, 1),)),
            a_goal(3, parent=1, status=GoalStatus.ACHIEVED),
            a_goal(31, parent=3, key_results=(result(0, 0, 1),)),
            a_goal(4, parent=1, status=GoalStatus.DROPPED, key_results=(result(0, 0, 1),)),
        )
    }
    progress = progress_under(tree_of(goals), 1)
    assert progress is not None
    assert progress.score == pytest.approx(0.75)
    assert progress_under(tree_of({9: a_goal(9)}), 9) is None


def test_a_long_chain_of_goals_is_no_problem() -> None:
    goals = {number: a_goal(number, parent=number - 1 or None) for number in range(1, 3000)}
    goals[2999] = a_goal(2999, parent=2998, key_results=(result(0, 1, 2),))
    progress = progress_under(tree_of(goals), 1)
    assert progress is not None
    assert progress.score == 0.5


@pytest.mark.parametrize(
    ("due", "part"),
    [(None, None), (date(2026, 11, 23), 1.0), (date(2027, 3, 3), 0.5), (date(2026, 1, 1), 1.0)],
)
def test_the_part_of_the_time_that_is_over(due: date | None, part: float | None) -> None:
    assert expected_by(a_goal(1, due=due), date(2026, 11, 23)) == part


def test_a_key_result_reads_in_figures() -> None:
    assert result_figures(result(40, 40, 10)) == "40 now, from 40 to 10 h"
    assert result_figures(result(9, 24, 40)) == "24 now, from 9 to 40 h"
    assert result_words(result(40, 31, 20)) == "Support hours: 31 now, from 40 to 20 h, 45 %"
    assert result_words(KeyResult(title="Odd", start=1, now=1, target=1)) == "Odd: 1 now, from 1 to 1, -"
