from datetime import date
from typing import Any

import pytest

from store.errors import RuleError
from store.models import Horizon, Item, Ruling, Settings, Stage, StageKind, Stamp, Verdict
from store.triage import decide, default_until
from tests.store.samples import NOW, TODAY, an_item

SETTINGS = Settings()


def verdict(ruling: str, **fields: Any) -> Verdict:
    return Verdict(ruling=Ruling(ruling), at=NOW, by="li", **{"reason": "because", **fields})


def ruled(item: Item, ruling: str, **fields: Any) -> Item:
    return decide(item, verdict(ruling, **fields), SETTINGS)


@pytest.mark.parametrize(
    ("stage", "ruling", "expected_stage", "horizon"),
    [
        ("inbox", "now", "ready", Horizon.NOW),
        ("inbox", "next", "ready", Horizon.NEXT),
        ("inbox", "later", "inbox", Horizon.LATER),
        ("inbox", "decline", "declined", None),
        ("inbox", "duplicate", "declined", None),
        ("inbox", "ask", "inbox", Horizon.NEXT),
        ("ready", "now", "ready", Horizon.NOW),
        ("ready", "later", "inbox", Horizon.LATER),
        ("doing", "now", "doing", Horizon.NOW),
        ("doing", "next", "doing", Horizon.NEXT),
        ("review", "next", "review", Horizon.NEXT),
        ("doing", "later", "inbox", Horizon.LATER),
        ("doing", "ask", "doing", Horizon.NEXT),
        ("doing", "decline", "declined", None),
        ("a stage that is gone", "now", "ready", Horizon.NOW),
        ("a stage that is gone", "later", "inbox", Horizon.LATER),
    ],
)
def test_a_verdict_moves_the_item_and_sets_its_horizon(
    stage: str, ruling: str, expected_stage: str, horizon: Horizon | None
) -> None:
    before = an_item(1, stage=stage, horizon=Horizon.NEXT)
    after = ruled(before, ruling, of=2 if ruling == "duplicate" else None)
    assert after.stage.stage == expected_stage
    assert after.horizon is horizon
    assert after.verdict is not None
    assert (after.verdict.ruling, after.verdict.by, after.verdict.at) == (Ruling(ruling), "li", NOW)
    if expected_stage != stage:
        assert (after.stage.since, after.stage.by) == (NOW, "li")
        assert after.past_moves == before.moves


def test_the_teams_own_stages_are_used() -> None:
    own = Settings(
        stages=(
            Stage(name="new", kind=StageKind.INBOX),
            Stage(name="chosen", kind=StageKind.QUEUED),
            Stage(name="wont", kind=StageKind.DROPPED),
            Stage(name="shipped", kind=StageKind.FINISHED),
        )
    )
    item = an_item(1, stage="new")
    assert decide(item, verdict("now"), own).stage.stage == "chosen"
    assert decide(item, verdict("decline"), own).stage.stage == "wont"


@pytest.mark.parametrize("ruling", ["later", "decline", "duplicate"])
def test_some_verdicts_need_a_reason(ruling: str) -> None:
    with pytest.raises(RuleError, match="without a reason"):
        ruled(an_item(1), ruling, reason="  ", of=2)


@pytest.mark.parametrize("ruling", ["now", "next", "ask"])
def test_other_verdicts_need_none(ruling: str) -> None:
    assert ruled(an_item(1), ruling, reason="").verdict is not None


def test_later_ends_in_four_weeks_unless_a_day_is_given() -> None:
    after = ruled(an_item(1), "later")
    assert after.verdict is not None
    assert after.verdict.until == default_until(TODAY) == date(2026, 12, 21)
    other = ruled(an_item(1), "later", until=date(2027, 1, 1))
    assert other.verdict is not None
    assert other.verdict.until == date(2027, 1, 1)


@pytest.mark.parametrize("day", [TODAY, date(2026, 11, 1)])
def test_later_is_after_today(day: date) -> None:
    with pytest.raises(RuleError, match="after today"):
        ruled(an_item(1), "later", until=day)


def test_a_duplicate_needs_another_item() -> None:
    with pytest.raises(RuleError, match="needs the item"):
        ruled(an_item(1), "duplicate")
    with pytest.raises(RuleError, match="no duplicate of itself"):
        ruled(an_item(1), "duplicate", of=1)


def test_a_verdict_keeps_only_what_belongs_to_it() -> None:
    after = ruled(an_item(1), "now", until=date(2027, 1, 1), of=2)
    assert after.verdict is not None
    assert (after.verdict.until, after.verdict.of) == (None, None)


@pytest.mark.parametrize("stage", ["done", "declined"])
def test_what_is_closed_is_not_ruled(stage: str) -> None:
    with pytest.raises(RuleError, match=f"in “{stage}” already"):
        ruled(an_item(1, stage=stage), "now")


def test_what_is_archived_is_not_ruled() -> None:
    with pytest.raises(RuleError, match="is archived"):
        ruled(an_item(1, archived=Stamp(at=NOW)), "now")
