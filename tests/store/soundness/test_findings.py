from datetime import UTC, datetime

import pytest

from store.exchange.demo import demo_workspace
from store.findings import Severity
from store.models import (
    Conflict,
    DecisionRuled,
    DecisionStatus,
    Record,
    Ruling,
    Serves,
    Standing,
    Supersedes,
    Verdict,
    Workspace,
)
from store.soundness import Lines, findings_in

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
GONE = 2**45 - 1


@pytest.fixture(scope="module")
def sound() -> Workspace:
    return demo_workspace(NOW)


def after(workspace: Workspace, table: str, **changes: object) -> tuple[Workspace, Record]:
    """The workspace with the first record of a table changed."""
    record = next(iter(workspace.table(table).values())).with_(**changes)
    return workspace.with_records({table: {record.id: record}}), record


def test_a_sound_workspace_has_no_findings(sound: Workspace) -> None:
    assert findings_in(sound) == ()


@pytest.mark.parametrize(
    ("table", "changes", "field"),
    [
        ("items", {"goals": (Serves(goal=GONE),)}, "goals"),
        ("items", {"depends_on": frozenset({GONE})}, "depends_on"),
        ("items", {"team": GONE}, "team"),
        ("goals", {"parent": GONE}, "parent"),
        ("goals", {"teams": frozenset({GONE})}, "teams"),
        ("decisions", {"items": frozenset({GONE})}, "items"),
        ("decisions", {"goals": frozenset({GONE})}, "goals"),
        ("decisions", {"standards": frozenset({GONE})}, "standards"),
    ],
)
def test_a_link_to_a_record_that_is_not_here_is_a_warning(
    sound: Workspace, table: str, changes: dict[str, object], field: str
) -> None:
    workspace, record = after(sound, table, **changes)
    (finding,) = findings_in(workspace)
    assert (finding.severity, finding.table, finding.record, finding.field) == (
        Severity.WARNING,
        table,
        record.id,
        field,
    )
    assert str(GONE) in finding.message
    assert finding.hint


def test_every_circle_of_goals_and_of_items_is_found_once(sound: Workspace) -> None:
    goals = sorted(sound.goals)[:3]
    items = sorted(sound.items)[:2]
    workspace = sound.with_records({
        "goals": {
            number: sound.goals[number].with_(parent=above)
            for number, above in zip(goals, (*goals[1:], goals[0]), strict=True)
        },
        "items": {
            items[0]: sound.items[items[0]].with_(depends_on=frozenset({items[1]})),
            items[1]: sound.items[items[1]].with_(depends_on=frozenset({items[0], items[1]})),
        },
    })
    circles = [finding for finding in findings_in(workspace) if "itself" in finding.message]
    assert [(finding.field, finding.record) for finding in circles] == [
        ("parent", goals[0]),
        ("depends_on", items[0]),
        ("depends_on", items[1]),
    ]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_items_that_are_called_duplicates_of_each_other_are_a_warning(sound: Workspace, length: int) -> None:
    items = sorted(number for number, item in sound.items.items() if item.source is None)[:length]
    dropped = Standing(stage="declined", since=NOW)
    circle = {
        number: sound.items[number].with_(stage=dropped, verdict=Verdict(ruling=Ruling.DUPLICATE, of=of, at=NOW))
        for number, of in zip(items, (*items[1:], items[0]), strict=True)
    }
    workspace = sound.with_records({"items": circle})
    (finding,) = findings_in(workspace)
    assert (finding.severity, finding.record, finding.field) == (Severity.WARNING, items[0], "verdict")
    assert [finding.message.count(workspace.name_of(item)) for item in circle.values()] == [3, *[1] * (length - 1)]
    assert "duplicate of itself" in finding.message
    taken_up = circle[items[-1]].with_(stage=Standing(stage="inbox", since=NOW))
    assert findings_in(workspace.with_records({"items": {taken_up.id: taken_up}})) == ()


@pytest.mark.parametrize("length", [1, 2, 3])
def test_decisions_that_replace_each_other_are_a_warning(sound: Workspace, length: int) -> None:
    numbers = sorted(sound.decisions)[:length]
    status = DecisionRuled(status=DecisionStatus.SUPERSEDED, since=NOW)

    def circle(part: str = "") -> Workspace:
        return sound.with_records({
            "decisions": {
                number: sound.decisions[number].with_(
                    status=status, supersedes=(Supersedes(decision=older, part=part),)
                )
                for number, older in zip(numbers, (*numbers[1:], numbers[0]), strict=True)
            }
        })

    (finding,) = (each for each in findings_in(circle()) if each.field == "supersedes")
    assert (finding.severity, finding.record) == (Severity.WARNING, numbers[0])
    assert "replaces itself" in finding.message
    assert not [each for each in findings_in(circle(part="the half")) if each.field == "supersedes"]


def test_a_circle_of_duplicates_that_a_former_id_closes_is_found(sound: Workspace) -> None:
    one, other = sorted(sound.items)[:2]
    verdict = Verdict(ruling=Ruling.DUPLICATE, of=GONE, at=NOW)
    dropped = Standing(stage="declined", since=NOW)
    # The first was known by another id before, and that is how the second names it.
    workspace = sound.with_records({
        "items": {
            one: sound.items[one].with_(
                aliases={GONE}, stage=dropped, verdict=Verdict(ruling=Ruling.DUPLICATE, of=other, at=NOW)
            ),
            other: sound.items[other].with_(stage=dropped, verdict=verdict),
        }
    })
    (finding,) = findings_in(workspace)
    assert (finding.record, finding.field) == (one, "verdict")


def test_a_chain_of_thousands_is_walked_without_recursion(sound: Workspace) -> None:
    template = next(iter(sound.items.values()))
    numbers = range(1, 5_001)
    chain = {
        number: template.model_copy(
            update={"id": number, "depends_on": frozenset({number % 5_000 + 1}), "source": None}
        )
        for number in numbers
    }
    workspace = Workspace(items=chain, goals=sound.goals, teams=sound.teams)
    (circle,) = findings_in(workspace)
    assert circle.record == 1


def test_two_items_from_one_source_are_a_warning_for_the_second(sound: Workspace) -> None:
    first = next(item for item in sound.items.values() if item.source)
    second = next(item for item in sound.items.values() if item.source and item is not first)
    workspace = sound.with_records({"items": {second.id: second.with_(source=first.source)}})
    (finding,) = findings_in(workspace)
    assert (finding.record, finding.field) == (second.id, "source")
    assert workspace.name_of(first) in finding.message


def test_a_stage_that_the_settings_do_not_have_is_a_warning(sound: Workspace) -> None:
    workspace, _ = after(sound, "items", stage=Standing(stage="limbo", since=NOW))
    (finding,) = findings_in(workspace)
    assert "“limbo”" in finding.message
    assert "inbox" in finding.hint


def test_an_unsettled_conflict_is_an_error(sound: Workspace) -> None:
    number = next(iter(sound.items))
    conflict = Conflict(id=5, table="items", record=number, field="owner", sides=("ana", "li"))
    (finding,) = findings_in(sound.with_records({"conflicts": {5: conflict}}))
    assert finding.severity is Severity.ERROR
    assert sound.name_of(sound.items[number]) in finding.message


def test_a_superseded_decision_that_none_replaces_is_a_note(sound: Workspace) -> None:
    newer = next(
        decision for decision in sound.decisions.values() if any(not link.part for link in decision.supersedes)
    )
    workspace = sound.with_records({"decisions": {newer.id: newer.with_(supersedes=())}})
    (finding,) = findings_in(workspace)
    assert finding.severity is Severity.NOTE


def test_a_finding_is_located_at_its_field_else_at_its_record(sound: Workspace) -> None:
    workspace, record = after(sound, "items", team=GONE)
    (finding,) = findings_in(workspace)
    first = '{\n"items": {\n"1": {\n  "team": 4\n},\n'
    text = f'{first}"{record.id}": {{\n  "title": "x",\n\n  "team": {GONE}\n}}\n}}\n}}\n'
    assert Lines(text).located(finding).line == 9
    assert Lines(text.replace('"team"', '"crew"')).located(finding).line == 6
    assert Lines("{}").located(finding).line is None


def test_the_text_is_gone_through_once_however_many_links_lead_nowhere(sound: Workspace) -> None:
    workspace, record = after(sound, "items", depends_on=frozenset(range(1, 5_001)))
    lines = Lines(f'{{\n"items": {{\n"{record.id}": {{\n  "depends_on": []\n}}\n}}\n}}\n')
    assert {lines.located(finding).line for finding in findings_in(workspace)} == {4}
    assert len(lines._known) == 1


def test_a_record_that_one_side_removed_is_told_as_such(sound: Workspace) -> None:
    number = next(iter(sound.items))
    conflict = Conflict(id=GONE, table="items", record=number, field="", sides=(None, {"title": "x"}))
    workspace = sound.with_records({"conflicts": {GONE: conflict}})
    (finding,) = findings_in(workspace)
    assert finding.message.endswith("was removed on one side of a merge and changed on the other.")
