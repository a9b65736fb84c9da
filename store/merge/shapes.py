"""What the models say about the raw fields of one record."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from pydantic import ValidationError

from store.errors import UnreadableStoreError
from store.merge.comparing import same
from store.merge.conflicting import CONFLICTS
from store.models import TABLES, Json, always_written

_NOTHING: Final[tuple[Json, ...]] = (None, "", [], {})


def plain(place: tuple[str, str], fields: Json) -> Json:
    """The fields as the model writes them, without what only says the default.

    Of a record that the model cannot read, only what the file always says is left out.
    """
    table, key = place
    model = TABLES.get(table)
    if model is None or not isinstance(fields, Mapping):
        return fields
    fields = _without_nothing(table, fields)
    if "id" in fields or _says_all(table, fields):
        return fields
    try:
        return model.model_validate({**fields, "id": int(key)}).raw()
    except (ValidationError, ValueError):
        return fields


def _without_nothing(table: str, fields: Mapping[str, Json]) -> Mapping[str, Json]:
    nothing = always_written(table)
    return {name: value for name, value in fields.items() if name not in nothing or not same(value, nothing[name])}


def _says_all(table: str, fields: Mapping[str, Json]) -> bool:
    """Whether no field only says its default. Making a record of every version takes longer than all of its merge."""
    defaults = _defaults(table)
    for name, value in fields.items():
        if value in _NOTHING or (name in defaults and value == defaults[name]):
            return False
        if isinstance(value, dict) and any(part in _NOTHING for part in value.values()):
            return False
    return True


@cache
def _defaults(table: str) -> Mapping[str, Json]:
    fields = TABLES[table].model_fields
    return {field.alias or name: field.default for name, field in fields.items() if not field.is_required()}


def is_readable(place: tuple[str, str], fields: Json) -> bool:
    """Whether the model of the table takes the fields; True where there is none."""
    table, key = place
    model = TABLES.get(table)
    if model is None or table == CONFLICTS:
        return True
    if "id" in fields:
        return False
    try:
        model.model_validate({**fields, "id": int(key)})
    except (ValidationError, ValueError):
        return False
    return True


def id_of(place: tuple[str, str]) -> int:
    """The id that a key is.

    Raises:
        UnreadableStoreError: it is none.
    """
    table, key = place
    if key.isascii() and key.isdecimal() and key[0] != "0" and int(key) < 2**53:
        return int(key)
    message = f"Both sides changed “{key}” of {table}, which is no record id, so that no conflict can name it."
    raise UnreadableStoreError(message, "Mend that place in one of the two files, then merge again.")
