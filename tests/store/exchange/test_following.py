"""A later snapshot: what follows the tracker, what stays as it is here."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from store.change import applied, inverse
from store.exchange import ImportPlan, to_change
from store.models import (
    DEFAULT_STAGES,
    Blocked,
    Horizon,
    Item,
    Json,
    Ruling,
    Serves,
    Settings,
    Stage,
    StageKind,
    Stamp,
    Verdict,
    Workspace,
)
from tests.store.exchange.build import NOW, by_key, imported, only, planned

CREATED, CLOSED, LATER = "2026-01-01T08:00:00Z", "2026-02-01T08:00:00Z", "2026-03-01T08:00:00Z"


def issue(**fields: Json) -> dict[str, Any]:
    row = {
        "number": 1,
        "title": "Slow start",
        "body": "It takes 2 s.",
        "state": "OPEN",
        "labels": [{"name": "speed"}],
        "assignees": [],
        "author": {"login": "sam"},
        "createdAt": CREATED,
        "closedAt": None,
        "updatedAt": CREATED,
        "url": "https://github.com/example/depth/issues/1",
    }
    return row | fields


def closed(**fields: Json) -> dict[str, Any]:
    return issue(state="CLOSED", closedAt=CLOSED, updatedAt=CLOSED, **fields)


def labels(*names: str) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def first(**fields: Json) -> Workspace:
    return imported(json.dumps([issue(**fields)]), "issues.json")


def again(workspace: Workspace, row: dict[str, Any]) -> Workspace:
    return imported(json.dumps([row]), "issues.json", workspace)


def replan(workspace: Workspace, row: dict[str, Any]) -> ImportPlan:
    return planned(json.dumps([row]), "issues.json", workspace)


def edited(workspace: Workspace, **changes: Json) -> Workspace:
    item = only(workspace)
    return workspace.with_records({"items": {item.id: item.with_(**changes)}})


def moved(workspace: Workspace, stage: str, by: str = "ana") -> Workspace:
    item = only(workspace)
    return workspace.with_records({"items": {item.id: item.moved(stage, NOW, by)}})


def test_an_upstream_change_of_an_untouched_field_is_taken_over() -> None:
    row = issue(
        title="Slow start on Windows", body="3 s now", assignees=[{"login": "li"}], labels=labels("speed", "bug")
    )
    workspace = again(first(), row)

    item = only(workspace)
    assert (item.title, item.body, item.owner) == ("Slow start on Windows", "3 s now", "li")
    assert item.tags == {"speed", "bug"}
    assert item.kind == "bug"


@pytest.mark.parametrize(
    ("field", "mine", "theirs"),
    [
        ("title", "Start-up takes two seconds", {"title": "Slow start!"}),
        ("body", "See the profile.", {"body": "Any news?"}),
        ("owner", "ana", {"assignees": [{"login": "li"}]}),
        ("kind", "improvement", {"labels": [{"name": "bug"}]}),
        ("requester", "the board", {"author": {"login": "ghost"}}),
    ],
)
def test_an_edit_made_here_survives_a_change_made_there_and_the_plan_says_so(
    field: str, mine: str, theirs: dict[str, Json]
) -> None:
    workspace = edited(first(), **{field: mine})

    plan = replan(workspace, issue(**theirs))

    assert getattr(only(again(workspace, issue(**theirs))), field) == mine
    assert [kept.fields for kept in plan.kept] == [(field,)]
    assert any(line.startswith("Changed here and there") and field in line for line in plan.summary())


def test_an_edit_made_here_survives_a_snapshot_without_news_and_nothing_is_said() -> None:
    workspace = edited(first(), title="Start-up takes two seconds", owner="ana")

    plan = replan(workspace, issue())

    assert plan.is_empty
    assert not plan.kept


def test_a_field_the_lead_set_to_what_upstream_says_follows_again() -> None:
    workspace = edited(first(), title="Mine")
    workspace = again(edited(workspace, title="Theirs"), issue(title="Theirs"))

    assert only(again(workspace, issue(title="Theirs again"))).title == "Theirs again"


def test_tags_merge_one_by_one() -> None:
    workspace = first(labels=labels("speed", "windows", "old"))
    workspace = edited(workspace, tags=frozenset({"speed", "old", "q2"}))

    item = only(again(workspace, issue(labels=labels("speed", "windows", "p1"))))

    assert item.tags == {"speed", "q2", "p1"}, "windows was removed here, old there; q2 was added here, p1 there"


def test_a_tag_removed_here_stays_away_at_the_next_import() -> None:
    workspace = edited(first(labels=labels("speed", "noise")), tags=frozenset({"speed"}))
    workspace = again(workspace, issue(labels=labels("speed", "noise", "p1")))
    workspace = again(workspace, issue(labels=labels("speed", "noise", "p2")))

    assert only(workspace).tags == {"speed", "p2"}


def test_a_tag_that_is_here_in_other_letters_is_not_added_a_second_time() -> None:
    workspace = edited(first(labels=[]), tags=frozenset({"Speed"}))

    assert only(again(workspace, issue(labels=labels("speed")))).tags == {"Speed"}


def test_what_the_lead_decided_is_never_touched() -> None:
    decided = {
        "verdict": Verdict(ruling=Ruling.NEXT, reason="three customers", at=NOW, by="ana"),
        "goals": (Serves(goal=77, strength=3),),
        "ratings": {"urgency": 3},
        "horizon": Horizon.NEXT,
        "size": 5,
        "team": 12,
        "due": date(2026, 6, 1),
        "depends_on": frozenset({99}),
        "blocked": (Blocked(since=NOW, reason="waits"),),
        "archived": Stamp(at=NOW, by="ana"),
    }
    workspace = edited(first(), **decided)

    item = only(again(workspace, closed(title="New title", labels=[])))

    assert {name: getattr(item, name) for name in decided} == decided
    assert item.title == "New title"


def test_a_size_and_a_due_date_follow_until_somebody_sets_them_here() -> None:
    head = "id,title,estimate,due\n"
    workspace = imported(f"{head}1,Slow start,3,2026-03-01\n", "board.csv")
    followed = imported(f"{head}1,Slow start,5,2026-04-01\n", "board.csv", workspace)
    assert (only(followed).size, only(followed).due) == (5, date(2026, 4, 1))

    kept = imported(f"{head}1,Slow start,8,\n", "board.csv", edited(followed, size=2, due=date(2026, 5, 1)))
    assert (only(kept).size, only(kept).due) == (2, date(2026, 5, 1))


def test_a_field_the_file_does_not_speak_of_is_left_alone() -> None:
    row = {"number": 1, "title": "Slow start", "url": "https://github.com/example/depth/issues/1"}

    assert replan(first(), row).is_empty


class TestStage:
    def test_closed_upstream_finishes_an_item_at_that_moment(self) -> None:
        item = only(again(first(), closed()))

        assert [(move.stage, move.since.day) for move in item.moves] == [("inbox", 1), ("done", 1)]
        assert item.stage.since == datetime(2026, 2, 1, 8, tzinfo=UTC)

    @pytest.mark.parametrize("reason", ["NOT_PLANNED", "not_planned", "duplicate", "DUPLICATE"])
    def test_closed_as_not_planned_declines_it(self, reason: str) -> None:
        assert only(again(first(), closed(stateReason=reason))).stage.stage == "declined"

    def test_closed_upstream_ends_an_item_that_was_moved_on_here_after_its_last_move(self) -> None:
        item = only(again(moved(first(), "doing"), closed()))

        assert [move.stage for move in item.moves] == ["inbox", "doing", "done"]
        assert item.stage.since == NOW, "moves stay in the order of time though it was closed before it was moved here"

    def test_an_item_the_lead_dropped_stays_dropped_when_it_is_closed_as_done_and_when_it_is_reopened(self) -> None:
        workspace = moved(first(), "declined")

        workspace = again(workspace, closed())
        assert only(workspace).stage.stage == "declined"

        plan = replan(workspace, issue(updatedAt=LATER))
        assert only(again(workspace, issue(updatedAt=LATER))).stage.stage == "declined"
        assert [kept.fields for kept in plan.kept] == [("stage",)]

    def test_an_item_the_import_dropped_and_the_lead_then_declined_stays_dropped_when_it_is_reopened(self) -> None:
        workspace = again(first(), closed(stateReason="NOT_PLANNED"))
        workspace = edited(workspace, verdict=Verdict(ruling=Ruling.DECLINE, reason="no", at=NOW, by="ana"))

        assert only(again(workspace, issue())).stage.stage == "declined"

    @pytest.mark.parametrize("reason", ["COMPLETED", "NOT_PLANNED"])
    def test_reopened_upstream_brings_an_item_back_that_was_closed_there(self, reason: str) -> None:
        workspace = again(first(), closed(stateReason=reason))

        item = only(again(workspace, issue(updatedAt=LATER)))

        assert item.stage.stage == "inbox"
        assert item.stage.since == datetime(2026, 3, 1, 8, tzinfo=UTC)

    def test_reopened_upstream_brings_back_what_was_finished_here_and_closed_there(self) -> None:
        workspace = again(moved(first(), "done"), closed())

        assert only(again(workspace, issue(updatedAt=LATER))).stage.stage == "inbox"

    def test_an_item_finished_here_stays_finished_while_it_is_open_there(self) -> None:
        assert only(again(moved(first(), "done"), issue(title="Other"))).stage.stage == "done"

    def test_an_item_reopened_here_stays_open_while_it_is_closed_there(self) -> None:
        workspace = moved(again(first(), closed()), "ready")

        assert only(again(workspace, closed(title="Other"))).stage.stage == "ready"

    def test_a_move_made_here_without_a_name_counts_as_made_here(self) -> None:
        workspace = moved(first(), "ready", by="")

        assert replan(workspace, issue()).is_empty
        assert only(again(workspace, closed())).stage.stage == "done"

    def test_an_item_moved_away_and_back_here_counts_as_moved_here(self) -> None:
        head = "id,title,status,updated\n"
        workspace = imported(f"{head}1,Slow start,Open,2026-01-01\n", "board.csv")
        workspace = moved(moved(workspace, "ready"), "inbox")

        workspace = imported(f"{head}1,Slow start,In Progress,2026-01-02\n", "board.csv", workspace)

        assert only(workspace).stage.stage == "inbox"

    def test_an_item_reopened_here_stays_open_when_only_the_word_for_closed_changes_there(self) -> None:
        workspace = moved(again(first(), closed()), "ready")

        assert only(again(workspace, closed(stateReason="NOT_PLANNED"))).stage.stage == "ready"

    def test_a_status_between_open_and_closed_is_followed_until_somebody_moves_the_item_here(self) -> None:
        head = "id,title,status,updated\n"
        workspace = imported(f"{head}1,Slow start,Open,2026-01-01\n", "board.csv")
        workspace = imported(f"{head}1,Slow start,In Progress,2026-01-02\n", "board.csv", workspace)
        assert only(workspace).stage.stage == "doing"

        workspace = imported(f"{head}1,Slow start,Code review,2026-01-03\n", "board.csv", moved(workspace, "ready"))
        assert only(workspace).stage.stage == "ready"
        workspace = imported(f"{head}1,Slow start,Done,2026-01-04\n", "board.csv", workspace)
        assert only(workspace).stage.stage == "done"

    def test_a_new_order_of_stages_here_does_not_move_what_did_not_move_there(self) -> None:
        workspace = first()
        stages = (Stage(name="intake", kind=StageKind.INBOX), *DEFAULT_STAGES)
        workspace = workspace.with_records({"settings": {1: Settings(stages=stages)}})

        assert replan(workspace, issue()).is_empty


def test_an_import_is_undone_as_a_whole() -> None:
    before = first()
    change = to_change(replan(before, closed(title="Other")), NOW, "ana")
    after = applied(before, change)

    back = applied(after, inverse(after, change, NOW, "ana"))

    assert only(back) == only(before)


def test_two_items_with_one_source_are_named_and_the_older_id_follows() -> None:
    workspace = first()
    item = only(workspace)
    workspace = workspace.with_records({"items": {item.id + 5: Item.model_validate({**dict(item), "id": item.id + 5})}})

    plan = replan(workspace, issue(title="Other"))

    assert [changed.after.id for changed in plan.changed] == [item.id]
    assert any("same source" in warning for warning in plan.warnings)


def test_an_item_moves_to_the_tracker_address_it_has_now() -> None:
    row = issue(url="https://github.com/Example/Depth/issues/1")

    item = only(again(first(), row))

    assert item.source is not None
    assert item.source.url == "https://github.com/Example/Depth/issues/1"
    assert item.source.system == "github:example/depth", "one project whatever letters its name is written in"


def test_a_source_without_memory_only_fills_what_is_empty() -> None:
    workspace = first(body="", assignees=[])
    item = only(workspace)
    assert item.source is not None
    forgetful = item.source.model_copy(update={"seen": ""})
    workspace = edited(workspace, source=forgetful, title="Mine")

    after = only(again(workspace, closed(body="News", title="Theirs")))

    assert (after.title, after.body, after.stage.stage) == ("Mine", "News", "inbox")


def test_thirty_days_of_daily_imports_leave_one_item_and_two_moves() -> None:
    workspace = first()
    for day in range(30):
        when = (datetime(2026, 1, 2, tzinfo=UTC) + timedelta(days=day)).strftime("%Y-%m-%dT%H:%M:%SZ")
        row = issue(updatedAt=when) if day < 20 else closed() | {"updatedAt": when}
        workspace = again(workspace, row)

    assert len(by_key(workspace)["1"].moves) == 2
