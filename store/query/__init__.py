"""The query language: one way to say which items, in which order, wherever items are chosen."""

from store.query.completion import Completion, completions
from store.query.context import Context, Texts
from store.query.fields import DIRECTIVES, FIELDS, GROUPABLE, SORTABLE, STATES, Field, Takes
from store.query.nearest import nearest_name
from store.query.order import Group
from store.query.query import Query, Scope, parse
from store.query.tree import SortKey
from store.query.vocabulary import Vocabulary
from store.query.wording import describe, phrase_of

__all__ = [
    "DIRECTIVES",
    "FIELDS",
    "GROUPABLE",
    "SORTABLE",
    "STATES",
    "Completion",
    "Context",
    "Field",
    "Group",
    "Query",
    "Scope",
    "SortKey",
    "Takes",
    "Texts",
    "Vocabulary",
    "completions",
    "describe",
    "nearest_name",
    "parse",
    "phrase_of",
]
