import json

import pytest
from rich.cells import cell_len

from store.errors import ExitCode
from store.models import Workspace
from tests.tui.cli.conftest import Leadline

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Standard output is a terminal of 80 cells."""
    monkeypatch.setattr("tui.cli.listing.is_for_eyes", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    return monkeypatch


def test_list_finds_what_the_query_says(leadline: Leadline, demo: Workspace) -> None:
    ended = leadline("list", "stage:doing", "owner:li")
    assert ended.code == 0
    titles = [line.split("\t")[-1] for line in ended.lines]
    assert sorted(titles) == ["Run tests in four parts at once", "Warm up build machines before the morning rush"]
    assert len(leadline("list").lines) == len(demo.open_items)


def test_through_a_pipe_each_item_is_a_line_of_nine_columns_and_nothing_else(leadline: Leadline) -> None:
    ended = leadline("list", "stage:ready")
    assert {line.count("\t") for line in ended.lines} == {8}
    assert ended.err == ""
    best = dict(
        zip(("id", "stage", "horizon", "score", "size", "owner", "age"), ended.lines[0].split("\t"), strict=False)
    )
    assert best["id"].startswith("LL-")
    assert (best["stage"], best["horizon"], best["size"], best["owner"], best["age"]) == ("ready", "now", "3", "", "38")
    assert float(best["score"]) > 1


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 300])
def test_on_a_terminal_no_line_is_wider_than_it(leadline: Leadline, terminal: pytest.MonkeyPatch, width: int) -> None:
    terminal.setenv("COLUMNS", str(width))
    ended = leadline("list", "is:any")
    assert max(cell_len(line) for line in ended.lines) <= width
    assert all("LL-" in line for line in ended.lines)
    assert "items." in ended.err


def test_columns_leave_a_narrow_terminal_by_their_order(leadline: Leadline, terminal: pytest.MonkeyPatch) -> None:
    shown = {}
    for width in (140, 70, 40):
        terminal.setenv("COLUMNS", str(width))
        shown[width] = leadline("list", "stage:doing owner:mia").out
    assert "@mia" in shown[140]
    assert "■■□" in shown[140]
    assert "@mia" not in shown[70]
    assert "doing" in shown[70]
    assert "doing" not in shown[40]


def test_limit_cuts_and_says_so(leadline: Leadline) -> None:
    ended = leadline("list", "--limit", "2")
    assert len(ended.lines) == 2
    assert ended.err.startswith("2 of ")


def test_json_has_a_schema_number_and_whole_records(leadline: Leadline) -> None:
    data = json.loads(leadline("list", "stage:review", "--json").out)
    assert data["schema"] == 1
    assert data["query"] == "stage:review"
    assert {item["stage"]["is"] for item in data["items"]} == {"review"}
    assert data["items"][0]["score"] > 0


def test_a_query_that_cannot_be_read_is_a_usage_error(leadline: Leadline) -> None:
    ended = leadline("list", "stag:ready")
    assert ended.code == ExitCode.USAGE
    assert "stage" in ended.err


def test_when_nothing_matches_it_says_so(leadline: Leadline) -> None:
    ended = leadline("list", "text:nothinglikethis")
    assert (ended.code, ended.out) == (0, "")
    assert "Nothing matches" in ended.err


def test_at_me_is_the_person_at_the_keyboard(leadline: Leadline) -> None:
    mine = {line.split("\t")[5] for line in leadline("list", "owner:@me").lines}
    assert mine == {"@ana"}


def test_a_hostile_title_reaches_the_terminal_as_symbols(leadline: Leadline, terminal: pytest.MonkeyPatch) -> None:
    leadline("add", "evil \x1b]52;c;AAAA\x07 \u202etitle [bold]x[/bold]")
    shown = leadline("list", "evil").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]x[/bold]" in shown
    terminal.setattr("tui.cli.listing.is_for_eyes", lambda: False)
    assert "\x1b" not in leadline("list", "evil").out
    assert "\x1b" not in leadline("list", "evil", "--json").out
