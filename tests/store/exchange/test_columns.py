"""The guess which column holds what, and how a user corrects it."""

import pytest

from store.errors import ImportFailedError
from store.exchange.columns import FIELDS, guessed, mapped

LINEAR = (
    "ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,Assignee,Labels,Cycle Number,"
    "Cycle Name,Cycle Start,Cycle End,Created,Updated,Started,Triaged,Completed,Canceled,Archived,Due Date,"
    "Parent issue,Initiatives,Project Milestone ID,Project Milestone,SLA Status,Roadmaps,UUID"
)
GITLAB = (
    "Issue ID,URL,Title,State,Description,Author,Author Username,Assignee,Assignee Username,Confidential,Locked,"
    "Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate,Time Spent,"
    "Epic ID,Epic Title"
)
AZURE = (
    "ID,Work Item Type,Title,Assigned To,State,Tags,Created Date,Created By,Changed Date,Closed Date,State Change Date,"
    "Story Points,Team Project"
)
ASANA = (
    "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,"
    "Tags,Notes,Projects,Parent task"
)
OURS = (
    "id,title,kind,stage,horizon,goals,size,team,owner,requester,tags,due,created,moved,closed,verdict,reason,"
    "blocked,depends_on,system,key,url,body"
)


def names(header: str) -> dict[str, str]:
    columns = tuple(header.split(","))
    return {field: columns[at[0]] for field, at in guessed(columns).items()}


def test_linear_is_guessed() -> None:
    assert names(LINEAR) == {
        "title": "Title", "body": "Description", "status": "Status", "tags": "Labels", "owner": "Assignee",
        "requester": "Creator", "created": "Created", "started": "Started", "closed": "Completed",
        "dropped": "Canceled", "updated": "Updated", "due": "Due Date", "key": "ID", "size": "Estimate",
    }  # fmt: skip


def test_gitlab_is_guessed_with_handles_before_names() -> None:
    assert names(GITLAB) == {
        "title": "Title", "body": "Description", "status": "State", "tags": "Labels", "owner": "Assignee Username",
        "requester": "Author Username", "created": "Created At (UTC)", "closed": "Closed At (UTC)",
        "updated": "Updated At (UTC)", "due": "Due Date", "key": "Issue ID", "url": "URL", "size": "Weight",
    }  # fmt: skip


def test_azure_is_guessed() -> None:
    assert names(AZURE) == {
        "title": "Title", "status": "State", "kind": "Work Item Type", "tags": "Tags", "owner": "Assigned To",
        "requester": "Created By", "created": "Created Date", "closed": "Closed Date", "updated": "Changed Date",
        "changed": "State Change Date", "key": "ID", "size": "Story Points", "project": "Team Project",
    }  # fmt: skip


def test_asana_is_guessed() -> None:
    assert names(ASANA) == {
        "title": "Name", "body": "Notes", "status": "Section/Column", "tags": "Tags", "owner": "Assignee",
        "created": "Created At", "closed": "Completed At", "updated": "Last Modified", "due": "Due Date",
        "key": "Task ID",
    }  # fmt: skip


def test_our_own_table_is_guessed() -> None:
    assert names(OURS) == {
        "title": "title", "body": "body", "status": "stage", "kind": "kind", "tags": "tags", "owner": "owner",
        "requester": "requester", "created": "created", "closed": "closed", "changed": "moved", "due": "due",
        "key": "key", "url": "url", "size": "size", "system": "system",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["Title", "TITLE", " title ", "title", "Summary", "Subject", "Task Name", "task_name"])
def test_letters_blanks_and_underscores_of_a_name_do_not_matter(name: str) -> None:
    assert guessed((name, "other")) == {"title": (0,)}


def test_the_best_name_wins_where_several_fit() -> None:
    assert guessed(("Name", "Title", "Subject"))["title"] == (1,)


def test_repeated_labels_are_all_taken() -> None:
    assert guessed(("Title", "Labels", "Labels", "Tag"))["tags"] == (1, 2, 3)


def test_a_wish_replaces_the_guess_and_takes_its_column_from_other_fields() -> None:
    places = mapped(("Name", "Title", "State"), {"title": "name", "body": "Title", "status": ""}, "x.csv")

    assert places == {"title": (0,), "body": (1,)}


def test_a_wish_may_use_the_words_of_other_trackers() -> None:
    assert mapped(("a", "b", "c"), {"title": "a", "Assignee": "b", "Labels": "c"}, "x.csv") == {
        "title": (0,), "tags": (2,), "owner": (1,),
    }  # fmt: skip


def test_a_wish_for_a_column_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ImportFailedError, match="has no column “Titel”") as caught:
        mapped(("Name", "State"), {"title": "Titel"}, "x.csv")
    assert caught.value.hint == "Its columns are Name, State."


@pytest.mark.parametrize(
    ("wish", "nearest"), [("titl", "Title"), ("Asignee", "Assignee"), ("story_point", "Story Points")]
)
def test_a_mistyped_column_is_answered_with_the_nearest(wish: str, nearest: str) -> None:
    with pytest.raises(ImportFailedError, match="has no column") as caught:
        mapped(("Title", "Assignee", "Story Points"), {"title": wish}, "x.csv")
    assert caught.value.hint.startswith(f"Did you mean {nearest}? Its columns are ")


@pytest.mark.parametrize(("wish", "field"), [("titel", "title"), ("bearbeiter", "owner"), ("tilte", "title")])
def test_a_field_is_not_named_in_another_language(wish: str, field: str) -> None:
    with pytest.raises(ImportFailedError, match=f"“{wish}” is not a field") as caught:
        mapped(("Title", "Name"), {wish: "Title"}, "x.csv")
    assert caught.value.hint.startswith(f"Did you mean {field}? ")


def test_a_wish_for_a_field_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(ImportFailedError, match="“titlee” is not a field") as caught:
        mapped(("Name",), {"titlee": "Name"}, "x.csv")
    assert "Did you mean title?" in caught.value.hint
    assert all(field in caught.value.hint for field in FIELDS)


@pytest.mark.parametrize("wishes", [{}, {"title": ""}])
def test_a_table_without_titles_says_so_and_names_its_columns(wishes: dict[str, str]) -> None:
    header = ("Foo", "Bar") if not wishes else ("Title", "Bar")
    with pytest.raises(ImportFailedError, match=r"No column of x\.csv looks like a title") as caught:
        mapped(header, wishes, "x.csv")
    assert header[0] in caught.value.hint
