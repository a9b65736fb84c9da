"""By which rule each field of a table is laid out and merged, and which are always there."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Annotated, Final, get_args, get_origin

from store.models.fields import Json, Layout, MergeRule
from store.models.workspace import TABLES

_NONE: Final[Mapping[str, MergeRule]] = MappingProxyType({})


@cache
def rules_of(table: str) -> Mapping[str, MergeRule]:
    """The fields of a table by the names and in the order of the file, with their rules; none for an unknown table.

    Raises:
        LookupError: a field declares no rule, which is a mistake in its model.
    """
    if table not in TABLES:
        return _NONE
    fields = {name: field for name, field in TABLES[table].model_fields.items() if name != "id"}
    rules = {name: next(_declared(field.annotation, field.metadata), None) for name, field in fields.items()}
    return MappingProxyType({fields[name].alias or name: _sure(table, name, rule) for name, rule in rules.items()})


@cache
def always_written(table: str) -> Mapping[str, Json]:
    """The fields of a table that are in the file also when they hold nothing, and what stands there then."""
    model = TABLES.get(table)
    if model is None or not model.is_written_whole:
        return MappingProxyType({})
    rules = rules_of(table)
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    return MappingProxyType({
        name: _nothing(field.get_default(call_default_factory=True), rules[name])
        for name, field in fields.items()
        if not field.is_required() and Layout.SELDOM not in field.metadata
    })


def _nothing(default: Json, rule: MergeRule) -> Json:
    """A default as the file holds it."""
    if isinstance(default, Mapping):
        return {}
    if isinstance(default, (tuple, frozenset)) or rule is MergeRule.LINES:
        return []
    return default.value if isinstance(default, Enum) else default


def _declared(annotation: Json, metadata: Iterable[object]) -> Iterator[MergeRule]:
    """The rules declared on a field or, where it may be left out, on what it is otherwise."""
    own = (each for each in metadata if isinstance(each, MergeRule))
    parts = (part for part in get_args(annotation) if get_origin(part) is Annotated)
    return chain(own, *(_declared(part, part.__metadata__) for part in parts))


def _sure(table: str, name: str, rule: MergeRule | None) -> MergeRule:
    if rule is None:
        message = f"{table}.{name} declares no merge rule"
        raise LookupError(message)
    return rule
