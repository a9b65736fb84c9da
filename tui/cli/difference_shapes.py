"""What changed, in the shape of `--json`."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum

from screens.wording.differences import told
from screens.wording.field_values import Names
from store.change import Difference, FieldChange
from store.disk.git.commits import Commit
from store.models import Json, Part


def difference_shape(difference: Difference, names: Names) -> dict[str, Json]:
    """One record that changed: what it is, what happened to it, and each field with both values."""
    record = difference.record
    sentences = told((difference,), names)
    return {
        "table": difference.table,
        "id": record.id,
        "short": sentences[0].name or None,
        "title": sentences[0].title,
        "change": "added" if difference.is_added else "removed" if difference.is_removed else "changed",
        "fields": [_field(change) for change in difference.fields],
        "sentences": [each.sentence for each in sentences],
    }


def commit_shape(commit: Commit) -> dict[str, Json]:
    """A commit: ids in full, the moment in UTC."""
    return {
        "commit": commit.id,
        "parents": list(commit.parents),
        "author": commit.author,
        "email": commit.email,
        "at": _moment(commit.at),
        "subject": commit.subject,
    }


def _field(change: FieldChange) -> dict[str, Json]:
    return {
        "field": change.name,
        "before": value_shape(change.before),
        "after": value_shape(change.after),
        "by": change.by or None,
    }


def value_shape(value: Json) -> Json:
    """The value of a field as the file has it."""
    match value:
        case Part():
            return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case Enum():
            return value.value
    return _several(value)


def _several(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {key: value_shape(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [value_shape(each) for each in value] if isinstance(value, (tuple, list)) else value


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
