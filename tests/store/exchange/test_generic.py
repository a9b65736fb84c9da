"""CSV of any origin."""

import unicodedata
from datetime import UTC, date, datetime

import pytest

from store.errors import ImportFailedError
from store.exchange import ImportOptions, items_csv
from store.models import DEFAULT_STAGES, Horizon, Item, Settings, Stage, StageKind, Stamp, Standing, Workspace
from tests.store.exchange.build import FIXTURES, NOW, by_key, imported, only, planned


def row(header: str, cells: str, **options: object) -> Item:
    chosen = ImportOptions(**options)  # type: ignore[arg-type]
    return only(imported(f"{header}\n{cells}\n", "board.csv", options=chosen))


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        ("Open", "inbox"),
        ("To Do", "inbox"),
        ("Backlog", "inbox"),
        ("Ready", "ready"),
        ("Selected for Development", "ready"),
        ("In Progress", "doing"),
        ("in-progress", "doing"),
        ("IN_PROGRESS", "doing"),
        ("Active", "doing"),
        ("Code Review", "review"),
        ("On hold", "review"),
        ("Done", "done"),
        ("Closed", "done"),
        ("Resolved", "done"),
        ("Canceled", "declined"),
        ("Won't Fix", "declined"),
        ("Won’t do", "declined"),
        ("Duplicate", "declined"),
        ("", "inbox"),
        ("Parked", "inbox"),
    ],
)
def test_a_state_leads_to_a_stage(status: str, stage: str) -> None:
    assert row("id,title,status", f"1,x,{status}").stage.stage == stage


@pytest.mark.parametrize("cell", ["@bob", " @bob ", "@@bob", "bob", "@bob <bob@example.com>"])
def test_a_person_is_kept_without_the_sign_people_are_shown_with(cell: str) -> None:
    item = row("id,title,owner,reporter", f"1,x,{cell},{cell}")
    assert (item.owner, item.requester) == ("bob", "bob")


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("title,owner\nA,ana\n ,ana\n", "it has no title"),
        ("id,title\n1,A\n2,\n", "2 has no title"),
        ("id,title\n1,A\n,B\n", ""),
    ],
)
def test_a_row_without_a_title_is_refused_for_just_that(table: str, reason: str) -> None:
    assert [refused.reason for refused in planned(table, "x.csv").refused] == ([reason] if reason else [])


def test_a_state_with_the_name_of_a_stage_leads_there() -> None:
    settings = Settings(stages=(*DEFAULT_STAGES, Stage(name="Legal check", kind=StageKind.WAITING)))
    workspace = imported("id,title,status\n1,x,legal CHECK\n", "b.csv", Workspace(settings=settings))

    assert only(workspace).stage.stage == "Legal check"


def test_a_state_never_ends_open_work_because_a_stage_has_its_name() -> None:
    stages = (*DEFAULT_STAGES, Stage(name="Open", kind=StageKind.FINISHED))
    workspace = imported("id,title,status\n1,x,Open\n", "b.csv", Workspace(settings=Settings(stages=stages)))

    assert only(workspace).stage.stage == "inbox"


def test_a_store_without_a_stage_of_that_kind_takes_the_next_best() -> None:
    kept = tuple(stage for stage in DEFAULT_STAGES if stage.kind not in {StageKind.ACTIVE, StageKind.WAITING})
    workspace = imported("id,title,status\n1,x,In Review\n", "b.csv", Workspace(settings=Settings(stages=kept)))

    assert only(workspace).stage.stage == "ready"


def test_states_nobody_knows_are_named_with_their_number() -> None:
    plan = planned("id,title,status\n1,x,Parked\n2,y,Parked\n3,z,Open\n", "b.csv")

    assert "States we do not know, put into inbox: Parked 2." in plan.warnings


def test_dates_become_moves() -> None:
    item = row("id,title,status,created,started,closed", "1,x,Done,2026-01-01,2026-01-05,2026-01-09")

    assert [(move.stage, move.since.date()) for move in item.moves] == [
        ("inbox", date(2026, 1, 1)),
        ("doing", date(2026, 1, 5)),
        ("done", date(2026, 1, 9)),
    ]
    assert not any(move.by for move in item.moves)


def test_a_closed_date_ends_an_item_whose_state_says_nothing() -> None:
    assert row("id,title,completed", "1,x,2026-01-09").stage.stage == "done"
    assert row("id,title,section/column,completed at", "1,x,To do,2026-01-09").stage.stage == "done"
    assert row("id,title,status,resolved", "1,x,Reopened,2026-01-09").stage.stage == "inbox"


def test_work_that_began_after_it_was_closed_is_not_told_as_a_move() -> None:
    item = row("id,title,status,created,started,closed", "1,x,Done,2026-01-01,2026-01-15,2026-01-09")

    assert [move.stage for move in item.moves] == ["inbox", "done"]


@pytest.mark.parametrize(
    ("status", "completed", "canceled", "stage"),
    [
        ("Done", "2026-01-09", "", "done"),
        ("Done", "2026-01-09", "2026-01-08", "done"),
        ("Closed", "", "2026-01-09", "declined"),
        ("", "", "2026-01-09", "declined"),
        ("Canceled", "", "2026-01-09", "declined"),
    ],
)
def test_a_canceled_date_alone_drops_an_item(status: str, completed: str, canceled: str, stage: str) -> None:
    item = row("id,title,status,completed,canceled", f"1,x,{status},{completed},{canceled}")

    assert item.stage.stage == stage
    assert item.stage.since.day == 9


def test_closed_before_created_is_taken_as_the_day_of_creation_and_said() -> None:
    plan = planned("id,title,status,created,closed\n1,x,Done,2026-01-09,2026-01-01\n", "b.csv")

    assert [move.since.day for move in plan.new[0].moves] == [9, 9]
    assert any("closed before it was created" in warning for warning in plan.warnings)


def test_an_item_without_any_date_came_now() -> None:
    item = row("id,title", "1,x")

    assert item.created == Stamp(at=NOW, by="ana")
    assert item.stage == Standing(stage="inbox", since=NOW)


def test_a_shifted_date_refuses_its_row_and_no_other() -> None:
    plan = planned(
        "id,title,created\n1,x,2026-01-01\n2,y,ana\n3,z,2026-01-03\n4,,2026-01-03\n,w,2026-01-03\n5,q\n", "b.csv"
    )

    assert [str(refused) for refused in plan.refused] == [
        "Line 3: “ana” in created is not a date; its cells may be shifted.",
        "Line 5: 4 has no title.",
        "Line 7: it has 2 cells where the header has 3.",
    ]
    assert len(plan.new) == 3, "w has no id and is known by its title"


def test_a_column_that_holds_no_dates_at_all_is_left_out_and_named() -> None:
    plan = planned("id,title,closed\n1,x,yes\n2,y,no\n3,z,\n", "b.csv")

    assert len(plan.new) == 3
    assert "The column closed holds no dates; it was not used for closed." in plan.warnings


def test_an_unreadable_due_date_is_left_out_and_said() -> None:
    plan = planned("id,title,due\n1,x,2026-01-01\n2,y,asap\n3,z,2026-01-03\n", "b.csv")

    assert [item.due for item in plan.new] == [date(2026, 1, 1), None, date(2026, 1, 3)]
    assert any("due date" in warning and "line 3" in warning for warning in plan.warnings)


def test_ambiguous_dates_are_said_and_can_be_settled() -> None:
    text = "id,title,created\n1,x,2/12/2025\n"

    assert only(imported(text, "b.csv")).created.at == datetime(2025, 12, 2, 12, tzinfo=UTC)
    assert "Dates such as 2/12/2025 are read with the day first." in planned(text, "b.csv").warnings
    options = ImportOptions(day_first=False)
    assert only(imported(text, "b.csv", options=options)).created.at == datetime(2025, 2, 12, 12, tzinfo=UTC)
    assert not planned(text, "b.csv", options=options).warnings


@pytest.mark.parametrize(("cell", "size"), [("3", 3), ("3.0", 3), ("0,5", 1), ("2.2", 3), ("0", None), ("XL", None),
                                            ("-1", None), ("nan", None), ("inf", None), ("1e9", None)])  # fmt: skip
def test_sizes_are_whole_and_at_least_one(cell: str, size: int | None) -> None:
    assert row("id,title,points", f'1,x,"{cell}"').size == size


def test_people_lose_their_addresses_and_tags_their_spaces() -> None:
    item = row("id,title,assignee,labels", '1,x,"Roe, Ana <ana@example.com>","Needs Review; Area - Shell ;;Pri: 1"')

    assert item.owner == "Roe, Ana"
    assert item.tags == {"needs-review", "area-shell", "pri:1"}


def test_rows_without_ids_are_known_by_their_titles_and_never_doubled() -> None:
    text = "title,owner\nBuy paint,ana\nBuy paint,li\nPaint,ana\n"
    workspace = imported(text, "list.csv")

    assert len(workspace.items) == 3
    assert planned(text, "list.csv", workspace).is_empty
    assert any("known by their titles" in warning for warning in planned(text, "list.csv").warnings)


def test_a_project_is_the_name_of_the_file_unless_it_is_given() -> None:
    assert row("id,title", "1,x").source.system == "csv:board"  # type: ignore[union-attr]
    assert row("id,title", "1,x", project="roadmap").source.system == "csv:roadmap"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("url", "system"),
    [
        ("https://github.com/a/b/issues/1", "github:a/b"),
        ("https://gitlab.com/a/b/c/-/issues/1", "gitlab:a/b/c"),
        ("https://git.example.org/a/b/issues/1", "gitlab:git.example.org/a/b"),
        ("https://example.org/1", "csv:board"),
    ],
)
def test_a_project_is_read_from_web_addresses(url: str, system: str) -> None:
    item = row("id,title,url", f"1,x,{url}")

    assert item.source is not None
    assert (item.source.system, item.source.url) == (system, url)


def test_an_address_that_is_no_web_address_is_left_out() -> None:
    plan = planned("id,title,url\n1,x,javascript:alert(1)\n", "b.csv")

    assert plan.new[0].source is not None
    assert plan.new[0].source.url == ""
    assert any("no web address" in warning for warning in plan.warnings)


def test_a_later_export_under_another_name_is_warned_of() -> None:
    workspace = imported("id,title\n1,x\n2,y\n3,z\n", "march.csv")
    plan = planned("id,title\n1,x\n2,y\n4,w\n", "april.csv", workspace)

    assert any("2 ids of this file are here already as csv:march" in warning for warning in plan.warnings)
    assert len(planned("id,title\n1,x\n2,y\n4,w\n", "april.csv", workspace, ImportOptions(project="march")).new) == 1


def test_one_id_twice_is_left_out_when_the_row_is_the_same_and_refused_when_it_is_not() -> None:
    plan = planned("id,title\n1,x\n1,x\n1,y\n", "b.csv")

    assert plan.left_out == {"repeated rows": 1}
    assert [str(refused) for refused in plan.refused] == ["Line 4: 1 is in line 2 already, with other values."]


def test_our_own_export_comes_back_as_it_was() -> None:
    stamp = Stamp(at=datetime(2026, 1, 2, 8, tzinfo=UTC), by="li")
    item = Item(
        id=1 << 45, title="=1+1", created=stamp, stage=Standing(stage="doing", since=NOW, by="ana"),
        past_moves=(Standing(stage="inbox", since=stamp.at),), horizon=Horizon.NOW, owner="@ana", size=3,
        requester="+sam", tags=frozenset({"-x", "infra"}), due=date(2026, 12, 1), body="'=quoted\n-not a formula",
    )  # fmt: skip
    workspace = Workspace(items={item.id: item})
    text = items_csv(workspace, [item])

    back = by_key(imported(text, "out.csv"))[workspace.name_of(item)]
    for field in ("title", "kind", "owner", "requester", "tags", "size", "due", "body", "moves"):
        expected = getattr(item, field)
        if field == "moves":
            assert [(move.stage, move.since) for move in back.moves] == [(move.stage, move.since) for move in expected]
        elif field == "owner":
            assert back.owner == "ana", "how people are shown is not a part of their name"
        elif field == "tags":
            assert back.tags == {"x", "infra"}
        else:
            assert getattr(back, field) == expected


def test_our_own_export_never_doubles_nor_changes_what_is_here() -> None:
    workspace = imported((FIXTURES / "gh_list.json").read_bytes(), "gh_list.json")
    native = Item(id=1 << 45, title="Ours", created=Stamp(at=NOW), stage=Standing(stage="doing", since=NOW))
    workspace = workspace.with_records({"items": {native.id: native}})
    text = items_csv(workspace, list(workspace.items.values())).replace("Ours", "Edited in a spreadsheet")

    plan = planned(text, "out.csv", workspace)

    assert plan.is_empty
    assert plan.left_out == {"rows of items that are here already": 4}
    elsewhere = planned(text, "out.csv")
    assert [item.source.system for item in elsewhere.new if item.source] == ["github:example/depth"] * 3 + ["csv:out"]


def test_tags_with_commas_come_back_whole() -> None:
    for tags in ({"a,b"}, {"a,b", "c"}, {"a", "b"}):
        item = Item(
            id=1 << 45, title="x", created=Stamp(at=NOW), stage=Standing(stage="inbox", since=NOW), tags=frozenset(tags)
        )
        assert only(imported(items_csv(Workspace(items={item.id: item}), [item]), "o.csv")).tags == tags


def test_a_project_over_two_lines_is_one_name_and_is_known_again() -> None:
    text = 'id,title,team project\n1,x,"Shop\n  and stock"\n'
    workspace = imported(text, "b.csv")

    assert only(workspace).source.system == "azure:Shop and stock"  # type: ignore[union-attr]
    assert planned(text, "b.csv", workspace).is_empty


@pytest.mark.parametrize(
    ("text", "title", "stages", "tags"),
    [
        (
            "Тема,Ключ,Статус,Создано,Решено,Метки,Метки\nСделать,ABC-1,Закрыт,29/июл/26 09:59,30/июл/26,Раз,два\n",
            "Сделать", ["inbox", "done"], {"раз", "два"},
        ),
        (
            "Résumé;Clé;État;Création;Résolue;Étiquettes\nFaire;ABC-1;Rejeté;06/août/15 12:00 PM;;a\n",
            "Faire", ["inbox", "declined"], {"a"},
        ),
        (
            "Zusammenfassung;Schlüssel;Status;Erstellt;Stichwörter\nTun;ABC-1;Abgelehnt;06.08.2015 12:00;a\n",
            "Tun", ["inbox", "declined"], {"a"},
        ),
        ("Resumen,Clave,Estado,Creada\nHacer,ABC-1,Por hacer,06/ago/15 12:00\n", "Hacer", ["inbox"], set()),
    ],
)  # fmt: skip
def test_a_table_in_another_language_is_guessed(text: str, title: str, stages: list[str], tags: set[str]) -> None:
    for data in (text, unicodedata.normalize("NFD", text)):
        item = only(imported(data, "jira.csv"))
        assert unicodedata.normalize("NFC", item.title) == title
        assert [move.stage for move in item.moves] == stages
        assert {unicodedata.normalize("NFC", tag) for tag in item.tags} == tags
        assert item.source is not None
        assert item.source.key == "ABC-1"


HEADER = ("title", "status", "labels", "owner", "created", "due", "points", "url", "kind", "id")


@pytest.mark.parametrize("column", HEADER)
@pytest.mark.parametrize("run", [" ", "(", "-", "<", "'", "\t", "\n ", "a ", "/", "https://a/"])
def test_endless_runs_of_one_sign_do_not_stop_an_import(column: str, run: str) -> None:
    cell = f"x\ny{run * 200_000}x"
    cells = [cell if name == column else "y" for name in HEADER]
    text = ",".join(HEADER) + "\n" + ",".join(f'"{one}"' for one in cells) + "\n"

    plan = planned(text, "b.csv")

    assert len(plan.new) + len(plan.refused) == 1


@pytest.mark.parametrize("run", [" ", "(", "a", ",", '""'])
def test_endless_headers_do_not_stop_an_import(run: str) -> None:
    with pytest.raises(ImportFailedError):
        planned(f'"x{run * 200_000}"\n1\n', "b.csv")
