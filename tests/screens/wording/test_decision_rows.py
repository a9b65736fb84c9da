"""What is said of decisions in a row."""

from datetime import UTC, date, datetime, timedelta

import pytest

from screens.wording.decision_rows import SIGN, short_day, sign_of, when
from store.decisions import standing
from store.models import Decision, DecisionRuled, DecisionStatus, Stamp, Workspace

TODAY = date(2026, 11, 23)
SINCE = datetime(2026, 3, 3, 8, tzinfo=UTC)


def words(status: DecisionStatus, **fields: object) -> tuple[str, str]:
    decision = Decision.model_validate({
        "id": 1,
        "title": "Q",
        "created": Stamp(at=SINCE),
        "status": DecisionRuled(status=status, since=SINCE),
        **fields,
    })
    return when(standing(decision, Workspace(decisions={1: decision}), TODAY), TODAY)


@pytest.mark.parametrize(
    ("days", "said", "tone"),
    [
        (-5, "5 days overdue", "warning"),
        (-1, "1 day overdue", "warning"),
        (0, "decide today", "warning"),
        (1, "decide tomorrow", "warning"),
        (4, "decide by Fri, in 4 days", "accent"),
        (30, "decide by 23 Dec, in 30 days", ""),
        (48, "decide by 10 Jan, in 48 days", ""),
    ],
)
def test_what_waits_says_how_long_it_may(days: int, said: str, tone: str) -> None:
    assert words(DecisionStatus.PROPOSED, decide_by=TODAY + timedelta(days=days)) == (said, tone)


def test_what_is_in_force_says_since_when_and_when_to_look_again() -> None:
    assert words(DecisionStatus.ACCEPTED) == ("since 3 Mar", "muted")
    assert words(DecisionStatus.ACCEPTED, review_on=date(2026, 12, 1)) == ("since 3 Mar, review 1 Dec", "muted")
    assert words(DecisionStatus.ACCEPTED, review_on=TODAY) == ("review today", "warning")
    assert words(DecisionStatus.ACCEPTED, review_on=date(2026, 11, 19)) == ("review 4 days late", "warning")


def test_what_was_put_off_says_what_brings_it_back() -> None:
    assert words(DecisionStatus.DEFERRED, trigger="A second customer asks") == ("A second customer asks", "")
    assert words(DecisionStatus.DEFERRED, trigger="x", decide_by=date(2026, 11, 20)) == ("3 days overdue", "warning")


def test_the_past_says_what_became_of_it() -> None:
    assert words(DecisionStatus.REJECTED) == ("rejected 3 Mar", "muted")
    assert words(DecisionStatus.DEPRECATED) == ("deprecated 3 Mar", "muted")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 27), "Fri"),
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 3, 3), "3 Mar"),
        (date(2025, 3, 3), "Mar 2025"),
        (date(2027, 2, 1), "1 Feb"),
        (date(2028, 2, 1), "1 Feb 2028"),
    ],
)
def test_days_are_short(day: date, said: str) -> None:
    assert short_day(day, TODAY) == said


def test_every_status_has_a_sign_of_its_own_one_cell_wide() -> None:
    signs = [sign for sign, _ in SIGN.values()]
    assert len(set(signs)) == len(DecisionStatus) == len(SIGN)
    assert all(len(sign) == 1 for sign in signs)
    late = Decision.model_validate({
        "id": 1,
        "title": "Q",
        "created": Stamp(at=SINCE),
        "status": DecisionRuled(since=SINCE),
        "decide_by": date(2026, 1, 1),
    })
    workspace = Workspace(decisions={1: late})
    assert sign_of(standing(late, workspace, TODAY), workspace) == ("?", "warning")
