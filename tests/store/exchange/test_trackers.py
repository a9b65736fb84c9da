"""What is particular to GitHub and Jira beyond the golden files."""

import json
import math
from datetime import UTC, datetime, timedelta, timezone

import pytest

from store.errors import ImportFailedError
from store.exchange import ImportOptions
from store.exchange.vocabulary import kind_of_labels, tag_of
from store.models import Kind
from tests.store.exchange.build import imported, only, planned

JIRA = "Summary,Issue key,Issue Type,Status,Created,Labels,Labels,Description\n"


def issues(*rows: object) -> str:
    return json.dumps(list(rows))


def issue(index: int = 1, /, **fields: object) -> dict[str, object]:
    return {
        "number": index,
        "title": "x",
        "state": "open",
        "html_url": f"https://github.com/a/b/issues/{index}",
    } | fields


@pytest.mark.parametrize(
    ("url", "system"),
    [
        ("https://github.com/a/b/issues/1", "github:a/b"),
        ("https://api.github.com/repos/a/b/issues/1", "github:a/b"),
        ("https://github.example.org/a/b/issues/1", "github:github.example.org/a/b"),
        ("https://github.example.org/api/v3/repos/a/b/issues/1", "github:github.example.org/a/b"),
        ("", "github:dump"),
    ],
)
def test_a_project_is_read_from_the_address_of_an_issue(url: str, system: str) -> None:
    item = only(imported(issues(issue(html_url=url)), "dump.json"))

    assert item.source is not None
    assert item.source.system == system


def test_issues_without_addresses_are_told_with_the_option_that_names_their_project() -> None:
    text = issues(issue(html_url="", url=""))
    plan = planned(text, "issues.json")
    assert plan.new[0].source.system == "github:issues"  # type: ignore[union-attr]
    assert any("--project owner/repo" in warning for warning in plan.warnings)

    named = imported(text, "issues.json", options=ImportOptions(project="owner/repo"))
    assert only(named).source.system == "github:owner/repo"  # type: ignore[union-attr]
    address = "https://github.com/owner/repo/issues/1"
    again = planned(issues(issue(html_url=address)), "later.json", named)
    assert (len(again.new), again.warnings) == (0, ()), "with addresses they are the same items"


def test_a_project_that_is_named_later_says_how_the_items_are_known() -> None:
    text = issues(issue(html_url="", url=""))
    here = imported(text, "issues.json")
    plan = planned(text, "issues.json", here, ImportOptions(project="owner/repo"))
    assert len(plan.new) == 1
    assert "1 id of this file is here already as github:issues" in plan.warnings[-1]
    assert "`--project issues`" in plan.warnings[-1]


def test_a_project_given_by_hand_wins() -> None:
    item = only(imported(issues(issue()), "dump.json", options=ImportOptions(project="old/name")))

    assert item.source is not None
    assert item.source.system == "github:old/name"


@pytest.mark.parametrize(
    "row",
    [
        issue(pull_request={"url": "u"}),
        issue(html_url="https://github.com/a/b/pull/1"),
        issue(html_url="", url="https://api.github.com/repos/a/b/pulls/1"),
    ],
)
def test_pull_requests_are_left_out_in_every_shape(row: dict[str, object]) -> None:
    assert planned(issues(row, issue(2)), "x.json").left_out == {"pull requests": 1}


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        ((issue(), "text", None, 12), ["it is not an object"] * 3),
        ((issue(), issue(2, title="  ")), ["2 has no title"]),
        ((issue(), issue(2, title=None)), ["2 has no title"]),
        ((issue(), issue(2, number=None)), ["it has no id"]),
        ((issue(), issue(2, number=True)), ["it has no id"]),
        ((issue(), issue(2, number=math.nan), issue(3, number=2.5)), ["it has no id"] * 2),
        ((issue(), issue(2, createdAt="yesterday")), ["“yesterday” is not a date"]),
        ((issue(), issue(2, createdAt={"a": 1})), ["“” is not a date"]),
        ((issue(), issue(2, number="9" * 300)), ["its id is longer than 200 characters"]),
    ],
)
def test_an_issue_that_cannot_be_read_is_refused_alone(rows: tuple[object, ...], reasons: list[str]) -> None:
    plan = planned(issues(*rows), "x.json")

    assert [refused.reason for refused in plan.refused] == reasons
    assert len(plan.new) == 1


@pytest.mark.parametrize("field", ["number", "title"])
def test_a_field_that_no_entry_has_refuses_the_file_and_says_how_to_export_it(field: str) -> None:
    row = {name: value for name, value in issue().items() if name != field}
    with pytest.raises(ImportFailedError, match=f"No entry of x.json has a “{field}”") as caught:
        planned(issues(row), "x.json")
    assert "gh issue list --state all" in caught.value.hint


@pytest.mark.parametrize(
    "fields",
    [
        {"labels": None}, {"labels": "bug"}, {"labels": [None, 3, {"name": None}, {"name": {"x": 1}}, []]},
        {"assignees": {"nodes": [{"login": "li"}]}}, {"assignee": []}, {"author": 3}, {"body": ["a"]}, {"type": {}},
        {"labels": {"nodes": [{"name": "bug"}]}}, {"state": 3}, {"html_url": {}}, {"closed_at": 0},
    ],
)  # fmt: skip
def test_fields_of_a_wrong_type_are_as_good_as_absent(fields: dict[str, object]) -> None:
    plan = planned(issues(issue(**fields)), "x.json")

    assert len(plan.new) + len(plan.refused) == 1


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (["Bug"], Kind.BUG),
        (["type: bug"], Kind.BUG),
        (["kind/feature"], Kind.FEATURE),
        (["T-Enhancement"], Kind.IMPROVEMENT),
        (["type::incident"], Kind.INCIDENT),
        (["question"], Kind.SPIKE),
        (["bug", "enhancement"], None),
        (["documentation"], None),
        (["speed"], None),
        ([], None),
    ],
)
def test_labels_name_a_kind_when_they_agree(labels: list[str], kind: Kind | None) -> None:
    assert kind_of_labels(labels) == kind


def test_an_issue_type_names_a_kind_before_the_labels_do() -> None:
    assert only(imported(issues(issue(type={"name": "Bug"}, labels=["enhancement"])), "x.json")).kind is Kind.BUG
    assert only(imported(issues(issue(type="Feature Request", labels=["bug"])), "x.json")).kind is Kind.FEATURE


@pytest.mark.parametrize(
    ("label", "tag"),
    [
        ("Bug", "bug"),
        ("Area - Query Editor", "area-query-editor"),
        ("Triage: Needed", "triage:needed"),
        ("a / b", "a/b"),
        ("good first issue", "good-first-issue"),
        ("  x  ", "x"),
        ("two-words", "two-words"),
        ("a\tb", "a-b"),
        ("-", ""),
        ("🐛 Bug", "🐛-bug"),
        ("ÜBER", "über"),
    ],
)
def test_labels_become_tags_without_spaces_in_small_letters(label: str, tag: str) -> None:
    assert tag_of(label) == tag


def test_too_many_labels_are_cut_and_said() -> None:
    plan = planned(issues(issue(labels=[f"l{number:03}" for number in range(150)])), "x.json")

    assert len(plan.new[0].tags) == 100
    assert any("more than 100 labels" in warning for warning in plan.warnings)


def test_a_long_title_is_cut_and_the_whole_stands_first_in_the_body() -> None:
    title = "word " * 120
    plan = planned(issues(issue(title=title, body="And more.")), "x.json")
    item = plan.new[0]

    assert len(item.title) <= 500
    assert item.title.endswith("…")
    assert item.body == f"{title.strip()}\n\nAnd more."
    assert any("title longer than 500" in warning for warning in plan.warnings)
    assert planned(
        issues(issue(title=title, body="And more.")),
        "x.json",
        imported(issues(issue(title=title, body="And more.")), "x.json"),
    ).is_empty


def test_line_ends_halves_of_characters_and_breaks_in_titles_are_mended() -> None:
    text = (
        '[{"number": 1, "title": "a\\r\\n\\tb\\u2028c", "state": "open", "body": "x\\r\\ny\\rz \\ud83d\\r\\n\\r\\n"}]'
    )
    item = only(imported(text, "x.json"))

    assert item.title == "a b c"
    assert item.body == "x\ny\nz �"


def test_the_whole_of_a_long_title_is_kept_even_where_the_file_has_no_texts() -> None:
    workspace = imported(issues(issue(title="w " * 300)), "x.json")
    assert only(workspace).body == ("w " * 300).strip()

    later = imported(issues(issue(title="v " * 300)), "x.json", workspace)
    assert only(later).body == ("v " * 300).strip()


def test_a_resolution_counts_only_when_the_issue_is_closed() -> None:
    head = "Summary,Issue key,Status,Resolution\n"

    assert only(imported(f"{head}x,A-1,Reopened,Won't Fix\n", "j.csv")).stage.stage == "inbox"
    assert only(imported(f"{head}x,A-1,Closed,Won't Fix\n", "j.csv")).stage.stage == "declined"
    assert only(imported(f"{head}x,A-1,Closed,Fixed\n", "j.csv")).stage.stage == "done"


def test_dates_of_jira_are_read_in_the_zone_that_is_given() -> None:
    text = f"{JIRA}x,A-1,Bug,Open,10/Jan/26 1:00 AM,,,\n"
    options = ImportOptions(zone=timezone(timedelta(hours=2)))

    assert only(imported(text, "j.csv", options=options)).created.at == datetime(2026, 1, 9, 23, tzinfo=UTC)
    assert only(imported(text, "j.csv")).created.at == datetime(2026, 1, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x,A-1,Bug,Open,10/Jan/26 1:00 AM,a,b,c,d", "it has 9 cells where the header has 8"),
        ("x,A-1,Bug,Open", "it has 4 cells where the header has 8"),
        ("x,Bug,A-1,Open,10/Jan/26 1:00 AM,,,", "“Bug” in Issue key is not the key of an issue"),
        ("x,A-1,Bug,Open,ana,,,", "“ana” in Created is not a date; its cells may be shifted"),
        ("x,,Bug,Open,10/Jan/26 1:00 AM,,,", "it has no id"),
        (",A-1,Bug,Open,10/Jan/26 1:00 AM,,,", "A-1 has no title"),
    ],
)
def test_a_shifted_jira_row_is_refused_with_its_line_and_the_rest_is_read(row: str, reason: str) -> None:
    plan = planned(f'{JIRA}"a\r\nb",A-9,Bug,Open,10/Jan/26 1:00 AM,,,"x\r\ny"\n{row}\n', "j.csv")

    assert [(refused.line, refused.reason) for refused in plan.refused] == [(5, reason)]
    assert [item.title for item in plan.new] == ["a b"]


def test_a_jira_file_read_as_jira_needs_its_two_columns() -> None:
    with pytest.raises(ImportFailedError, match="has no column “Issue key”"):
        planned("Summary,Status\nx,Open\n", "j.csv", options=ImportOptions(format="jira"))


def test_jira_without_labels_leaves_tags_alone() -> None:
    text = "Summary,Issue key,Status\nx,A-1,Open\n"
    workspace = imported(f"{JIRA}x,A-1,Bug,Open,10/Jan/26 1:00 AM,a,b,\n", "j.csv")

    assert planned(text, "j.csv", workspace).is_empty


def test_a_work_item_is_an_issue_under_its_new_name() -> None:
    item = only(imported("Summary,Work item key,Work type,Status\nx,A-1,Bug,Open\n", "j.csv"))

    assert item.kind is Kind.BUG
    assert item.source is not None
    assert item.source.system == "jira:A"
