import json
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from store.errors import RuleError
from store.models import (
    TABLES,
    Blocked,
    Goal,
    Item,
    KeyResult,
    MergeRule,
    Settings,
    Stage,
    StageKind,
    Standing,
    lean,
    made,
    sentence_of,
)
from tests.store.disk.records import FULL_ITEM, NOON, ONE_OF_EACH, STAMP, item


def broken(model: type[Any], **fields: Any) -> str:
    with pytest.raises(ValidationError) as error:
        model.model_validate({"id": 5, "title": "x", "created": STAMP, **fields})
    return sentence_of(error.value)


@pytest.mark.parametrize("table", TABLES)
def test_a_record_comes_back_from_its_raw_fields(table: str) -> None:
    record = ONE_OF_EACH[table]
    raw = json.loads(json.dumps(record.raw()))
    assert type(record).model_validate({**raw, "id": record.id}) == record
    assert "id" not in raw


def test_defaults_and_empty_values_are_left_out() -> None:
    assert item(5).raw() == {
        "title": "Move the billing queue",
        "created": {"at": "2026-03-02T12:00:00Z", "by": "ana"},
        "stage": {"is": "inbox", "since": "2026-03-02T12:00:00Z", "by": "ana"},
    }
    assert Settings().raw() == {}


def test_unknown_fields_come_last_by_name_also_inside_parts() -> None:
    raw = {**item(5).raw(), "zeta": 1, "alpha": {"b": [1]}}
    raw["stage"] = {**raw["stage"], "mood": "good"}
    record = Item.model_validate({**raw, "id": 5})
    assert list(record.raw())[-2:] == ["alpha", "zeta"]
    assert record.raw()["stage"]["mood"] == "good"


def test_moments_are_written_in_utc_and_whole_seconds() -> None:
    there = datetime(2026, 3, 2, 14, 0, 0, 999_999, timezone(timedelta(hours=2)))
    assert item(5).with_(created={"at": there}).raw()["created"] == {"at": "2026-03-02T12:00:00Z"}


def test_a_moment_is_in_memory_what_the_file_says() -> None:
    there = datetime(2026, 3, 2, 12, 0, 0, 999_999, UTC)
    assert item(5).with_(created={"at": there}).created.at == NOON


def test_the_first_and_the_last_day_are_written_in_four_figures_in_every_zone() -> None:
    far_east, far_west = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
    first = item(5).with_(created={"at": datetime(1900, 1, 1, tzinfo=far_east)})
    last = item(5).with_(created={"at": datetime(2999, 12, 31, 23, 59, 59, tzinfo=far_west)})
    assert first.raw()["created"]["at"] == "1899-12-31T10:00:00Z"
    assert last.raw()["created"]["at"] == "3000-01-01T11:59:59Z"
    for record in (first, last):
        assert Item.model_validate({"id": 5, **record.raw()}) == record


def test_names_that_python_uses_may_be_fields_nobody_knows() -> None:
    strange = Item.model_validate({**dict(item(5)), "model": 1, "self": 2, "fields": 3})
    assert strange.with_(title="new").raw()["model"] == 1


def test_a_part_of_values_a_person_gave_is_checked() -> None:
    with pytest.raises(RuleError, match="reason: "):
        made(Blocked, since=NOON, reason="x" * 10_001)
    assert FULL_ITEM.verdict is not None
    with pytest.raises(RuleError, match="reason: "):
        FULL_ITEM.verdict.with_(reason="x" * 10_001)


def test_long_text_is_lines_in_the_file_and_one_text_in_memory() -> None:
    record = item(5).with_(body="a\n\nb")
    assert record.raw()["body"] == ["a", "", "b"]
    assert Item.model_validate({**record.raw(), "id": 5}).body == "a\n\nb"


def test_sets_are_sorted_in_the_file() -> None:
    record = item(5).with_(tags={"b", "a", "c"}, depends_on={30, 4, 7}, ratings={"z": 1, "a": 2})
    raw = record.raw()
    assert (raw["tags"], raw["depends_on"], list(raw["ratings"])) == (["a", "b", "c"], [4, 7, 30], ["a", "z"])


def test_titles_are_one_line_and_not_blank() -> None:
    assert item(5, "a\nb").title == "a b"
    assert "at least 1" in broken(Item, title="", stage=FULL_ITEM.stage)
    for blank in (" ", "\n", " \n ", "\x1c", "\u2003"):
        assert "must not be blank" in broken(Item, title=blank, stage=FULL_ITEM.stage)


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"title": "x" * 501}, "title"),
        ({"size": 0}, "size"),
        ({"kind": "wish"}, "kind"),
        ({"goals": [{"goal": 5, "strength": 4}]}, "goals 0 strength"),
        ({"depends_on": {2**53}}, "depends on"),
        ({"owner": "a\ud800"}, "owner"),
        ({"created": {"at": "2026-03-02T12:00:00"}}, "created at"),
        ({"tags": {str(number) for number in range(101)}}, "tags"),
        ({"tags": {"x" * 101}}, "tags"),
        ({"tags": {"a\ud800b"}}, "tags"),
        ({"ratings": {"a\ud800b": 1}}, "ratings"),
        ({"ratings": {"x" * 101: 1}}, "ratings"),
        ({"owner": "x" * 201}, "owner"),
        ({"due": "0999-01-01"}, "due"),
        ({"due": "3000-01-01"}, "due"),
        ({"created": {"at": "0999-01-01T00:00:00Z"}}, "created at"),
        ({"created": {"at": "9999-12-31T23:59:59-05:00"}}, "created at"),
        ({"created": {"at": "0001-01-01T00:00:00+05:00"}}, "created at"),
    ],
)
def test_a_value_that_is_not_allowed_is_told_in_a_sentence(changes: dict[str, Any], names: str) -> None:
    with pytest.raises(RuleError) as error:
        FULL_ITEM.with_(**changes)
    assert error.value.message.startswith(names)
    assert error.value.message.endswith(".")
    assert len(error.value.message) < 300


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"tags": 5}, "tags: must be a list, but it is 5."),
        ({"goals": "flow"}, "goals: must be a list, but it is “flow”."),
        ({"size": "big"}, "size: must be a whole number, but it is “big”."),
        ({"size": 0}, "size: must be at least 1, but it is 0."),
        (
            {"kind": "wish"},
            "kind: must be one of feature, improvement, bug, chore, incident or spike, but it is “wish”.",
        ),
        ({"due": "soon"}, "due: must be a day such as 2026-12-01, but it is “soon”."),
        ({"created": True}, "created: must be an object with fields, but it is true."),
        ({"title": None}, "title: must be a text, but it is nothing."),
        ({"title": "x" * 501}, f"title: must have at most 500 characters, but it is “{'x' * 59}…”."),
    ],
)
def test_a_complaint_is_in_plain_words(changes: dict[str, Any], sentence: str) -> None:
    assert broken(Item, **{"stage": FULL_ITEM.stage, **changes}) == sentence


def complaint(table: str, field: str, value: object) -> str:
    try:
        TABLES[table].model_validate({**ONE_OF_EACH[table].raw(), "id": 5, field: value})
    except ValidationError as error:
        return sentence_of(error)
    return ""


@pytest.mark.parametrize("table", TABLES)
def test_no_value_is_told_in_the_words_of_the_checker(table: str) -> None:
    for field in TABLES[table].model_fields:
        for value in (5, -1, "x", [1], {"a": 1}, True, None, 1.5):
            assert not re.search("valid|should (be|have|match)|frozenset|tuple", complaint(table, field, value))


def test_a_missing_field_is_named() -> None:
    assert broken(Item, title="x") == "stage is missing."


@pytest.mark.parametrize("number", [1.1e15, -1.1e15])
def test_figures_beyond_all_measure_are_refused(number: float) -> None:
    for field in ("start", "now", "target"):
        with pytest.raises(RuleError, match=r"must be at (least|most)"):
            made(KeyResult, title="x", **{field: number})


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_json_does_not_know_are_refused(number: float) -> None:
    with pytest.raises(ValidationError):
        KeyResult(title="x", now=number)
    assert "finite" in broken(Goal, key_results=[{"title": "x", "target": number}])


def test_records_are_frozen_and_equal_by_value() -> None:
    with pytest.raises(ValidationError):
        FULL_ITEM.title = "new"  # type: ignore[misc]
    with pytest.raises(TypeError):
        FULL_ITEM.ratings["urgency"] = 1  # type: ignore[index]
    assert FULL_ITEM.with_() == FULL_ITEM
    assert FULL_ITEM.with_(title="new") != FULL_ITEM


def test_every_field_says_how_it_is_merged() -> None:
    for table, model in TABLES.items():
        for name, field in model.model_fields.items():
            if name == "id":
                continue
            said = [rule for rule in field.metadata if isinstance(rule, MergeRule)]
            inside = [rule for part in getattr(field.annotation, "__args__", ()) for rule in _rules_of(part)]
            assert len(said or inside) == 1, f"{table}.{name}"


def _rules_of(annotation: object) -> list[MergeRule]:
    return [rule for rule in getattr(annotation, "__metadata__", ()) if isinstance(rule, MergeRule)]


def test_an_item_remembers_its_moves() -> None:
    later = NOON + timedelta(days=1)
    moved = item(5).moved("ready", later, "bo")
    assert moved.moves == (item(5).stage, Standing(stage="ready", since=later, by="bo"))
    assert moved.moved("ready", later + timedelta(days=1), "li") is moved


def test_strength_and_blocked_are_read_off() -> None:
    assert FULL_ITEM.strength(17592186044417) == 3
    assert FULL_ITEM.strength(1) == 0
    assert not FULL_ITEM.is_blocked
    assert item(5).with_(blocked=[{"since": NOON}]).is_blocked


@pytest.mark.parametrize(
    ("start", "now", "target", "progress"), [(0, 5, 10, 0.5), (10, 5, 0, 0.5), (3, 9, 3, None), (0, 1e15, 5e-324, None)]
)
def test_progress_of_a_key_result(start: float, now: float, target: float, progress: float | None) -> None:
    assert KeyResult(title="x", start=start, now=now, target=target).progress == progress


def test_settings_need_the_stages_triage_needs() -> None:
    inbox, done = Stage(name="in", kind=StageKind.INBOX), Stage(name="done", kind=StageKind.FINISHED)
    with pytest.raises(RuleError, match="there must be a stage of kind queued"):
        Settings().with_(stages=(inbox, done))
    with pytest.raises(RuleError, match="two stages have the same name"):
        Settings().with_(stages=(*Settings().stages, inbox, inbox))
    with pytest.raises(RuleError, match="prefix"):
        Settings().with_(prefix="ll")


def test_settings_know_their_stages() -> None:
    settings = Settings()
    assert settings.kind_of("doing") is StageKind.ACTIVE
    assert settings.kind_of("nowhere") is None
    assert settings.first_stage(StageKind.FINISHED) == "done"
    assert settings.with_(stages=[*settings.stages]).kind_of("review") is StageKind.WAITING


def test_a_record_that_forgot_which_fields_it_was_given_is_the_same_record() -> None:
    record = item(5).with_(owner="bo")
    forgetful = lean(item(5).with_(owner="bo"))
    assert forgetful == record
    assert forgetful.raw() == record.raw()
    assert forgetful.with_(size=3) == record.with_(size=3)
    assert forgetful.model_copy(update={"size": 3}) == record.with_(size=3)
    assert item(6).model_fields_set
