from collections import Counter
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from store.exchange.demo import demo_workspace
from store.models import (
    TABLES,
    DecisionStatus,
    GoalStatus,
    Horizon,
    Item,
    Origin,
    Ruling,
    StageKind,
    Workspace,
)
from store.triage import Rule, queue

MONDAY = date(2026, 11, 23)
MORNING = time(8, 30)

# A week's worth of days, a leap day, new year, and days around a change of the clocks.
DAYS = [
    *(MONDAY + timedelta(days=days) for days in range(7)),
    date(2028, 2, 29),
    date(2027, 1, 1),
    date(2027, 3, 28),
    date(2026, 10, 25),
]


def at(day: date, hours: int = 0) -> datetime:
    return datetime.combine(day, MORNING, timezone(timedelta(hours=hours)))


@pytest.fixture(params=DAYS, ids=str)
def workspace(request: pytest.FixtureRequest) -> Workspace:
    return demo_workspace(at(request.param))


def test_the_demo_has_about_sixty_items_eight_goals_and_twelve_decisions(workspace: Workspace) -> None:
    assert 60 <= len(workspace.items) <= 70
    assert len(workspace.goals) == 8
    assert len(workspace.decisions) == 12
    assert len(workspace.standards) == 4
    assert len(workspace.teams) == 2
    assert len(workspace.sessions) == 4


def test_every_stage_horizon_verdict_origin_and_decision_state_occurs(workspace: Workspace) -> None:
    items = workspace.items.values()
    assert workspace.stage_counts.keys() == {stage.name for stage in workspace.settings.stages}
    assert {item.horizon for item in items} == {*Horizon, None}
    assert {item.verdict.ruling for item in items if item.verdict} == set(Ruling)
    assert {goal.origin for goal in workspace.goals.values() if goal.parent is None} == set(Origin)
    assert {decision.status.status for decision in workspace.decisions.values()} == set(DecisionStatus)


def test_every_link_leads_to_a_record(workspace: Workspace) -> None:
    for item in workspace.items.values():
        assert {link.goal for link in item.goals} <= workspace.goals.keys()
        assert item.depends_on <= workspace.items.keys()
        assert item.team is None or item.team in workspace.teams
        assert item.verdict is None or item.verdict.of is None or item.verdict.of in workspace.items
    for goal in workspace.goals.values():
        assert goal.parent is None or goal.parent in workspace.goals
        assert goal.teams <= workspace.teams.keys()
    for decision in workspace.decisions.values():
        assert decision.items <= workspace.items.keys()
        assert decision.goals <= workspace.goals.keys()
        assert decision.standards <= workspace.standards.keys()
        assert {link.decision for link in decision.supersedes} <= workspace.decisions.keys()
    for standard in workspace.standards.values():
        assert {deviation.item for deviation in standard.deviations} <= workspace.items.keys()
    for session in workspace.sessions.values():
        assert {ruled.item for ruled in session.verdicts} <= workspace.items.keys()


def test_every_record_is_read_back_from_what_the_file_would_hold(workspace: Workspace) -> None:
    for table, model in TABLES.items():
        for number, record in workspace.table(table).items():
            assert model.model_validate({**record.raw(), "id": number}) == record


def test_moves_go_forward_and_start_in_the_inbox(workspace: Workspace) -> None:
    for item in workspace.items.values():
        moments = [move.since for move in item.moves]
        assert moments == sorted(set(moments)), item.title
        assert item.moves[0].stage == "inbox"
        assert item.moves[0].since == item.created.at


def test_a_blocked_spell_lies_inside_the_work_it_holds_up(workspace: Workspace) -> None:
    for item in workspace.items.values():
        for spell in item.blocked:
            assert spell.until is None or spell.since < spell.until <= item.stage.since, item.title
            assert spell.since > item.created.at


@pytest.mark.parametrize("hours", [-11, 0, 14])
def test_nothing_lies_in_the_future_and_weekends_are_free(hours: int) -> None:
    now = at(MONDAY, hours)
    for item in demo_workspace(now).items.values():
        for move in item.moves:
            assert move.since < now
            assert move.since.weekday() < 5


def test_work_was_finished_in_most_of_the_last_26_weeks(workspace: Workspace) -> None:
    last = max(item.stage.since for item in _in(workspace, StageKind.FINISHED))
    weeks = {(last - item.stage.since).days // 7 for item in _in(workspace, StageKind.FINISHED)}
    assert len([week for week in weeks if week < 26]) >= 18


def test_what_an_item_says_of_triage_is_what_its_session_says(workspace: Workspace) -> None:
    for session in workspace.sessions.values():
        for ruled in session.verdicts:
            verdict = workspace.items[ruled.item].verdict
            assert verdict is not None
            assert (verdict.ruling, verdict.at) == (ruled.ruling, ruled.at)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_each_screen_has_something_that_needs_a_person(today: date) -> None:
    workspace = demo_workspace(at(today))
    items = workspace.items.values()
    verdicts = [item.verdict for item in items if item.verdict]
    decisions = workspace.decisions.values()
    proposed = [each for each in decisions if each.status.status is DecisionStatus.PROPOSED]
    gone = {goal.id for goal in workspace.goals.values() if goal.status is GoalStatus.ACHIEVED}

    assert {verdict.until > today for verdict in verdicts if verdict.until} == {True, False}
    assert all(verdict.reason for verdict in verdicts if verdict.ruling not in {Ruling.NOW, Ruling.NEXT})
    assert {(each.decide_by or today) < today for each in proposed} == {True, False}
    assert any(item.is_blocked for item in items)
    assert [item for item in workspace.open_items if gone & {link.goal for link in item.goals}]
    assert [item for item in workspace.open_items if not item.goals and item.verdict]
    assert set(workspace.goals) - {link.goal for item in workspace.open_items for link in item.goals}
    assert any(each.outcome_seen for each in decisions)
    assert [each for each in decisions if each.review_on and each.review_on <= today]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_triage_finds_a_card_by_every_rule(day: date) -> None:
    rules = Counter(card.rule for card in queue(demo_workspace(at(day)), at(day), include_stale=True))
    assert rules.keys() == set(Rule)
    assert rules[Rule.NEW] == 9


def test_the_same_moment_gives_the_same_demo_and_another_seed_another() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    first, again, other = demo_workspace(now), demo_workspace(now), demo_workspace(now, seed=1)
    assert list(first.items.items()) == list(again.items.items())
    assert list(first.sessions.values()) == list(again.sessions.values())
    assert first.items.keys() != other.items.keys()


def test_names_are_short_and_unique(workspace: Workspace) -> None:
    names = [workspace.name_of(item) for item in workspace.items.values()]
    assert len(set(names)) == len(names)


def _in(workspace: Workspace, kind: StageKind) -> list[Item]:
    return [item for item in workspace.items.values() if workspace.kind_of(item) is kind]
