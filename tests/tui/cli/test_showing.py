import json

import pytest

from store.errors import ExitCode
from store.models import Decision, Goal, Item, Record, Workspace
from tests.tui.cli.conftest import Leadline


def named(workspace: Workspace, title: str) -> str:
    for table in (workspace.items, workspace.goals, workspace.decisions):
        for record in table.values():
            if isinstance(record, (Item, Goal, Decision)) and record.title == title:
                return workspace.name_of(record)
    raise LookupError(title)


def test_an_item_is_shown_with_score_verdict_links_and_history(leadline: Leadline, demo: Workspace) -> None:
    shown = leadline("show", named(demo, "Roll back with one command")).out
    for words in (
        "ready since Mon 19 Oct",
        "Checkout deploys on a Friday without fear ■■■",
        "Checkout asked for this before anything else",
        "Urgency is 4 of 5.",
        "Holds up",
        "Canary releases",
        "D-",
        "quay back checkout",
    ):
        assert words in shown


def test_a_goal_is_shown_with_its_results_what_is_above_it_and_what_serves_it(
    leadline: Leadline, demo: Workspace
) -> None:
    shown = leadline("show", named(demo, "From merge to production within an hour")).out
    for words in ("Ship a change the same day", "Services on the one pipeline", "Deploy straight after a green build"):
        assert words in shown


def test_a_decision_is_shown_with_options_outcome_and_what_it_replaces(leadline: Leadline, demo: Workspace) -> None:
    shown = leadline("show", named(demo, "Every service is deployed by the one pipeline")).out
    for words in (
        "replaces",
        "Each team writes its own deployment script",
        "Outcome",
        "+ What is learnt once",
        "70 % sure",
    ):
        assert words in shown


def test_every_record_of_the_demo_can_be_shown(leadline: Leadline, demo: Workspace) -> None:
    records: list[Record] = [*demo.items.values(), *demo.goals.values(), *demo.decisions.values()]
    for record in records:
        assert leadline("show", demo.name_of(record)).code == 0


@pytest.mark.parametrize(
    ("title", "table", "field"),
    [
        ("Canary releases", "items", "score_terms"),
        ("On call stays calm", "goals", "key_results"),
        ("Buy a hosted build service", "decisions", "options"),
    ],
)
def test_json_is_a_document_with_one_record(
    leadline: Leadline, demo: Workspace, title: str, table: str, field: str
) -> None:
    data = json.loads(leadline("show", named(demo, title), "--json").out)
    assert data["schema"] == 1
    (record,) = data[table]
    assert record["title"] == title
    assert record[field]


def test_the_last_three_letters_are_enough(leadline: Leadline, demo: Workspace) -> None:
    name = named(demo, "Canary releases")
    assert leadline("show", name[-3:].lower()).out == leadline("show", name).out


@pytest.mark.parametrize("name", ["LL-ZZZZ", "7K", "X-7KQ2", "!!!!"])
def test_an_id_that_is_none_is_told(leadline: Leadline, demo: Workspace, name: str) -> None:
    del demo
    ended = leadline("show", name)
    assert (ended.code, ended.out) == (ExitCode.FAILED, "")
    assert ended.err.startswith("Not found: ")
