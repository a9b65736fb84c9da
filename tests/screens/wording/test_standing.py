from pathlib import Path

from screens.wording.standing import farewell, set_aside
from store.models import Workspace
from tests.store.samples import a_workspace, an_item


def test_what_was_set_aside_is_counted_and_nothing_is_said_of_none() -> None:
    assert [set_aside(count) for count in (0, 1, 2, 1_200)] == [
        "",
        "1 record set aside",
        "2 records set aside",
        "1,200 records set aside",
    ]


def test_the_farewell_says_where_the_work_is() -> None:
    assert farewell(a_workspace(an_item(1)), Path("team.json")) == "1 item in team.json."
    assert farewell(Workspace(), Path("team.json")) == "0 items in team.json."
    assert "in memory" in farewell(Workspace(), None)
