"""Real backlogs: what is in the workspace afterwards equals what a few independent lines count in the file."""

import csv
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from store.models import StageKind, Workspace
from tests.store.exchange.build import SHARED, by_key, imported, only, planned

VSCODE = SHARED / "github/aasimkhan30__vscode-mssql-issues/2025-07-20_2f8be3a.json"
SITE = SHARED / "github/18F__site-data/issues_2015-08-26_bbdd3c2.json"
KEYBOARD = SHARED / "github/AnySoftKeyboard__AnySoftKeyboard/issues.json"
SWAGGER = SHARED / "github/swagger-api__swagger-parser/all_issues.json"
ALOY = SHARED / "jira/tidev__jira-archive/ALOY_server-shape.csv"
DAEMON = SHARED / "jira/tidev__jira-archive/DAEMON_cloud-shape.csv"
GITLAB = SHARED / "gitlab/gitlabhq__gitlabhq/csv_gitlab_export.csv"
EVERY = (VSCODE, SITE, KEYBOARD, SWAGGER, ALOY, DAEMON, GITLAB)

# Resolutions of these two archives under which nothing was delivered.
NOTHING = {
    "Cannot Reproduce", "Duplicate", "Hold", "Invalid", "Needs more info", "Not Our Bug", "Won't Do", "Won't Fix",
}  # fmt: skip

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real backlogs are not beside this repository")


def kinds(workspace: Workspace) -> Counter[StageKind]:
    return Counter(workspace.kind_of(item) for item in workspace.items.values())


def tags(workspace: Workspace) -> Counter[str]:
    return Counter(tag for item in workspace.items.values() for tag in item.tags)


def loaded(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def table(path: Path) -> tuple[list[str], list[list[str]]]:
    csv.field_size_limit(10**8)
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def minute(text: str) -> datetime:
    return datetime.strptime(text, "%d/%b/%y %I:%M %p").replace(tzinfo=UTC)


def test_all_2173_issues_of_vscode_mssql_have_their_stage_their_dates_and_their_labels() -> None:
    rows = loaded(VSCODE)
    workspace = imported(VSCODE.read_bytes(), VSCODE.name)

    assert len(workspace.items) == len(rows) == 2173
    states = Counter(row["state"] for row in rows)
    assert kinds(workspace) == {StageKind.INBOX: states["OPEN"], StageKind.FINISHED: states["CLOSED"]}
    here = by_key(workspace)
    for row in rows:
        item = here[str(row["number"])]
        assert item.title == row["title"].strip()
        assert f"{item.created.at:%Y-%m-%dT%H:%M:%SZ}" == row["createdAt"]
        assert f"{item.moves[0].since:%Y-%m-%dT%H:%M:%SZ}" == row["createdAt"]
        assert f"{item.stage.since:%Y-%m-%dT%H:%M:%SZ}" == (row["closedAt"] or row["createdAt"])
        assert len(item.moves) == (2 if row["closedAt"] else 1)
        assert len(item.tags) == len({label["name"].lower() for label in row["labels"]})
    assert tags(workspace)["bug"] == sum(label["name"] == "Bug" for row in rows for label in row["labels"])
    assert tags(workspace)["triage:needed"] == 229
    assert tags(workspace)["area-query-editor"] == 145
    assert len(tags(workspace)) == len({label["name"].lower() for row in rows for label in row["labels"]})


def test_the_list_of_18f_loses_its_one_pull_request_and_nothing_else() -> None:
    rows = [row for row in loaded(SITE) if "pull_request" not in row]
    plan = planned(SITE.read_bytes(), SITE.name)
    workspace = imported(SITE.read_bytes(), SITE.name)

    assert plan.left_out == {"pull requests": 1}
    assert len(workspace.items) == len(rows) == 99
    assert kinds(workspace) == {StageKind.INBOX: 99}
    here = by_key(workspace)
    for row in rows:
        item = here[str(row["number"])]
        assert item.source is not None
        assert item.source.system == "github:18F/blog-drafts"
        assert item.body == row["body"].replace("\r\n", "\n").strip("\n").rstrip()
        assert item.owner == (row["assignee"]["login"] if row["assignee"] else "")
        assert f"{item.created.at:%Y-%m-%dT%H:%M:%SZ}" == row["created_at"]
        assert item.tags == {label["name"].lower().replace(" - ", "-").replace(" ", "-") for label in row["labels"]}


def test_closed_issues_of_anysoftkeyboard_without_a_closed_date_end_when_they_were_created_and_that_is_said() -> None:
    rows = loaded(KEYBOARD)
    plan = planned(KEYBOARD.read_bytes(), KEYBOARD.name)
    workspace = imported(KEYBOARD.read_bytes(), KEYBOARD.name)

    closed = {str(row["number"]) for row in rows if row["state"] == "CLOSED"}
    assert kinds(workspace) == {StageKind.INBOX: 44, StageKind.FINISHED: 6}
    done = {key for key, item in by_key(workspace).items() if workspace.kind_of(item) is StageKind.FINISHED}
    assert done == closed
    assert all(by_key(workspace)[key].stage.since == by_key(workspace)[key].created.at for key in closed)
    assert any(warning.startswith("6 rows: closed without a date") for warning in plan.warnings)
    lines = KEYBOARD.read_text(encoding="utf-8").splitlines()
    named = next(warning for warning in plan.warnings if "closed without" in warning)
    first = int(named.partition("lines ")[2].partition(",")[0])
    assert lines[first - 1].strip() == "{"
    assert closed & {part.strip(' ",') for line in lines[first : first + 60] for part in line.split(":")[1:]}


def test_hand_made_issues_with_rest_names_and_shouted_states_are_read() -> None:
    rows = loaded(SWAGGER)
    workspace = imported(SWAGGER.read_bytes(), SWAGGER.name)

    assert by_key(workspace).keys() == {str(row["number"]) for row in rows}
    assert kinds(workspace) == {StageKind.INBOX: len(rows)}
    assert {item.requester for item in workspace.items.values()} == {row["user"]["login"] for row in rows}


@pytest.mark.parametrize(("path", "expected"), [(ALOY, 1499), (DAEMON, 317)], ids=["server", "cloud"])
def test_every_jira_issue_has_its_stage_its_dates_and_its_labels(path: Path, expected: int) -> None:
    header, rows = table(path)
    key, status, resolution, resolved, created, updated, summary = (
        header.index(name)
        for name in ("Issue key", "Status", "Resolution", "Resolved", "Created", "Updated", "Summary")
    )
    labels = [at for at, name in enumerate(header) if name == "Labels"]
    workspace = imported(path.read_bytes(), path.name)

    assert len(workspace.items) == len(rows) == expected
    here = by_key(workspace)
    ended = {"Closed", "Resolved"}
    for row in rows:
        item = here[row[key]]
        kind = workspace.kind_of(item)
        assert item.title == row[summary].strip()
        assert item.created.at == minute(row[created])
        assert item.tags == {row[at].lower() for at in labels if row[at]}
        if row[status] in ended:
            assert kind is (StageKind.DROPPED if row[resolution] in NOTHING else StageKind.FINISHED)
            assert item.stage.since == minute(row[resolved] or row[updated])
        else:
            wanted = {"In Progress": StageKind.ACTIVE, "In Review": StageKind.WAITING}
            assert kind is wanted.get(row[status], StageKind.INBOX)


def test_a_gitlab_export_is_known_by_its_addresses() -> None:
    workspace = imported(GITLAB.read_bytes(), GITLAB.name)

    assert by_key(workspace).keys() == {"1", "3", "34", "35"}
    first = by_key(workspace)["1"]
    assert (first.owner, first.requester) == ("aurora_hahn", "jamel")
    assert first.tags == {"brene", "cutlass", "escort", "gvm"}
    assert first.created.at == datetime(2020, 1, 17, 10, 36, 26, tzinfo=UTC)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.parent.name)
def test_importing_a_file_twice_changes_nothing(path: Path) -> None:
    workspace = imported(path.read_bytes(), path.name)
    again = planned(path.read_bytes(), path.name, workspace)

    assert again.is_empty
    assert again.unchanged == len(workspace.items)


def test_a_later_snapshot_updates_and_adds_and_never_doubles() -> None:
    rows = loaded(VSCODE)
    earlier = [row | {"state": "OPEN", "closedAt": None} for row in rows if row["createdAt"] < "2025-01-01"]
    workspace = imported(json.dumps(earlier), VSCODE.name)
    closed_later = sum(row["state"] == "CLOSED" for row in rows if row["createdAt"] < "2025-01-01")

    plan = planned(VSCODE.read_bytes(), VSCODE.name, workspace)
    after = imported(VSCODE.read_bytes(), VSCODE.name, workspace)

    assert len(plan.new) == len(rows) - len(earlier)
    assert len(plan.changed) == closed_later
    assert {field for change in plan.changed for field in change.fields} == {"stage"}
    assert kinds(after) == kinds(imported(VSCODE.read_bytes(), VSCODE.name))


def test_one_real_issue_reads_as_a_person_would_tell_it() -> None:
    row = loaded(VSCODE)[-1]
    item = only(imported(json.dumps([row]), VSCODE.name))

    assert item.title == "CTP1 Release Plan"
    assert [move.stage for move in item.moves] == ["inbox", "done"]
