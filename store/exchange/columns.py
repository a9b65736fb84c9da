"""Which column of a table holds what: guessed from the names, and said otherwise by whoever knows."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from store.errors import ImportFailedError
from store.query import nearest_name

_NAMES: Final = {
    "title": (
        "title, summary, name, subject, task name, card name, issue title, work item title, item name, headline, task, "
        "story, item"
    ),
    "body": "description, body, details, notes, card description, long description, content, text, note",
    "status": (
        "status, state, stage, workflow state, board column, section column, list name, section, column, list, bucket"
    ),
    "kind": "issue type, work item type, item type, type, kind, tracker",
    "tags": "labels, tags, label, tag, keywords",
    "owner": "assignee username, assignee, owner, assigned to, assignees, assignee name, responsible, assignee email",
    "requester": (
        "reporter, author username, author, requester, requested by, creator, created by, opened by, raised by"
    ),
    "created": (
        "created, created at, created date, creation date, created on, date created, opened, opened at, open date, "
        "submitted, submitted at"
    ),
    # Not "start date", which most trackers use for what is planned.
    "started": "started, started at, activated date, in progress at, work started",
    "closed": (
        "closed, closed at, closed date, completed, completed at, completed date, completed on, resolved, resolved at, "
        "resolved date, done, done at, finished, finished at, date closed, date completed, completion date, "
        "resolution date, end date"
    ),
    "dropped": "canceled, cancelled, canceled at, cancelled at, canceled date, cancelled date",
    "updated": (
        "updated, updated at, last updated, updated on, modified, modified at, last modified, changed date, "
        "last activity date, date modified"
    ),
    "changed": "state change date, status category changed, status changed, moved",
    "due": "due date, due, due on, due at, deadline, target date",
    "key": (
        "key, issue key, id, issue id, work item id, task id, card id, ticket id, iid, number, issue number, no, "
        "ticket, identifier, reference, uuid"
    ),
    "url": "url, web url, link, permalink, card url, issue url, address",
    "size": "size, story points, points, estimate, story point estimate, effort, weight, estimation",
    "resolution": "resolution, state reason, close reason, resolution reason",
    "project": "team project",
    "system": "system",
}
# The columns of Jira and of hand-made lists in German, French, Spanish and Russian.
_ELSEWHERE: Final = {
    "title": (
        "zusammenfassung, titel, aufgabe, betreff, résumé, titre, sujet, resumen, título, asunto, тема, название, "
        "задача"
    ),
    "body": "beschreibung, descripción, описание",
    "status": "zustand, état, statut, estado, статус",
    "kind": "vorgangstyp, type de ticket, tipo de incidencia, тип задачи, тип запроса",
    "tags": "stichwörter, schlagwörter, étiquettes, etiquetas, метки",
    "owner": "zugewiesene person, bearbeiter, zuständig, responsable, persona asignada, исполнитель, ответственный",
    "requester": "autor, ersteller, rapporteur, auteur, informador, автор",
    "created": "erstellt, erstellt am, angelegt, création, créé, créé le, creada, creado, создано, дата создания",
    "closed": "erledigt, erledigt am, abgeschlossen, résolu, résolue, resuelta, resuelto, дата решения, решено",
    "updated": "aktualisiert, geändert, mise à jour, actualizada, actualizado, обновлено",
    "due": "fälligkeitsdatum, fällig, échéance, date d échéance, fecha de vencimiento, срок исполнения, срок",
    "key": "vorgangsschlüssel, schlüssel, nr, clé de ticket, clé, clave de incidencia, clave, ключ проблемы, ключ",
    "size": "aufwand, estimación, оценка",
    "resolution": "lösung, résolution, resolución, решение, резолюция",
}


def _ranked(field: str) -> dict[str, int]:
    """The names of a field and how good each is, the best with 0."""
    names = _NAMES[field] if field not in _ELSEWHERE else f"{_NAMES[field]}, {_ELSEWHERE[field]}"
    return {name: rank for rank, name in enumerate(names.split(", "))}


_RANKS: Final = {field: _ranked(field) for field in _NAMES}
_FOREIGN: Final = frozenset(name for names in _ELSEWHERE.values() for name in names.split(", "))

FIELDS: Final = tuple(_NAMES)
"""What a column can be mapped to."""

LISTS: Final = frozenset({"section column", "list name", "section", "column", "list", "bucket"})
"""Columns that say where a card lies rather than whether it is done."""

_LONGEST: Final = 100
"""Characters of a column name that are compared; no name that we know is longer."""

_SEVERAL: Final = frozenset({"tags", "key"})
_WORDS: Final = re.compile(r"[^\W_]+")


def plain_name(header: str) -> str:
    """A column name as it is compared: small letters, words apart, `#` spelt out, without what stands in brackets."""
    if header.strip() == "#":
        return "number"
    short = unicodedata.normalize("NFKC", header[:_LONGEST])
    return " ".join(_WORDS.findall(re.sub(r"\([^)]*\)", " ", short).lower()))


def guessed(header: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Field to the places of its columns, best name first; only tags and ids can have several.

    A column serves one field, the first in the order of `FIELDS` that knows its name.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for place, name in enumerate(header):
        word = plain_name(name)
        field = next((field for field, ranks in _RANKS.items() if word in ranks), None)
        if field is not None:
            found.setdefault(field, []).append((_RANKS[field][word], place))
    places = {field: tuple(place for _, place in sorted(found[field])) for field in FIELDS if field in found}
    return {field: at if field in _SEVERAL else at[:1] for field, at in places.items()}


def mapped(header: tuple[str, ...], wishes: Mapping[str, str], name: str) -> dict[str, tuple[int, ...]]:
    """The guess, with what the user says in its place; an empty wish takes a field out.

    Raises:
        ImportFailedError: a wish names no field or no column, or no column holds titles.
    """
    places = guessed(header)
    shown = ", ".join(column for column in header if column)
    for wish, column in wishes.items():
        field = _field_of(wish)
        if not column:
            places.pop(field, None)
            continue
        at = tuple(place for place, there in enumerate(header) if there.casefold() == column.strip().casefold())
        if not at:
            message = f"{name} has no column “{column}”."
            raise ImportFailedError(message, f"{_nearest_column(column, header)}Its columns are {shown}.")
        # What was named by hand is not guessed for something else as well.
        places = {
            other: rest
            for other, there in places.items()
            if (rest := tuple(place for place in there if place not in at))
        }
        places[field] = at if field in _SEVERAL else at[:1]
    if not places.get("title"):
        message = f"No column of {name} looks like a title."
        raise ImportFailedError(message, f"Say which one is, as in title=Name. Its columns are {shown}.")
    return {field: places[field] for field in FIELDS if field in places}


def _field_of(wish: str) -> str:
    """The field a user means: by its name, or by what other trackers call it.

    Names in other languages count for columns only: as a field, `titel` is a mistyped `title` more often than German.
    """
    word = plain_name(wish)
    if word in FIELDS:
        return word
    field = next((field for field, ranks in _RANKS.items() if word in ranks), "")
    if not field or word in _FOREIGN:
        nearest = field or nearest_name(word, FIELDS)
        message = f"“{wish}” is not a field that a column can be mapped to."
        hint = f"Did you mean {nearest}? " if nearest else ""
        raise ImportFailedError(message, f"{hint}Fields are {', '.join(FIELDS)}.")
    return field


def _nearest_column(wish: str, header: tuple[str, ...]) -> str:
    """The question whether another column is meant; empty where none has a name like that."""
    columns = {plain_name(column): column for column in header if column}
    # Closer than among names of ours: the columns stand behind it anyway, and a far-fetched one would mislead.
    nearest = get_close_matches(plain_name(wish), columns, n=1, cutoff=0.7)
    return f"Did you mean {columns[nearest[0]]}? " if nearest else ""
