"""What the models say about the raw fields of one record."""

from collections.abc import Mapping

from pydantic import ValidationError

from store.errors import UnreadableStoreError
from store.merge.conflicting import CONFLICTS
from store.models import TABLES, Json


def plain(place: tuple[str, str], fields: Json) -> Json:
    """The fields as the model writes them, without what only says the default; as they are where it cannot be read."""
    table, key = place
    model = TABLES.get(table)
    if model is None or not isinstance(fields, Mapping) or "id" in fields:
        return fields
    try:
        return model.model_validate({**fields, "id": int(key)}).raw()
    except (ValidationError, ValueError):
        return fields


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
