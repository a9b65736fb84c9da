"""What will be done about a file, in sentences."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from store.disk.mending.decoding import Decoded
from store.disk.mending.notes import Notes
from store.disk.mending.whole import Place
from store.disk.reading.reading import Reading
from store.models import TABLES, Record, Workspace

_NAMED: Final = 5
"""So many records are named, the others counted."""

_LONGEST: Final = 60
_BASES: Final = {
    "git": "what both started from is in git",
    "git in part": "what both started from is in git, but not whole; where it is not known, what one side has is kept",
    "marks": "what both started from stands in the marks",
    "marks in part": "what both started from stands in the marks in part; where it does not, what one side has is kept",
    "": "what both started from is not known, so what only one side has is kept",
}


def sentences_of(notes: Notes, text: Decoded, reading: Reading) -> Iterator[str]:
    """What will be done, in the order in which it is done.

    Args:
        notes: what happened while the text was mended.
        text: how the bytes became text.
        reading: the store as it will be.
    """
    workspace = reading.workspace
    yield from _of_encoding(text)
    if notes.marks:
        where = "one place" if len(notes.marks) == 1 else f"{len(notes.marks)} places"
        yield (
            f"A merge left its marks at {where}, first in line {notes.marks[0]}:"
            f" both sides are merged record by record; {_BASES[notes.base]}."
        )
    if notes.is_one_side:
        yield (
            "Git has not finished a merge, and only one side of it stands in the file:"
            f" both sides are merged record by record; {_BASES[notes.base]}."
        )
    yield from _of_hands(notes, workspace)
    yield from _of_gaps(notes, reading)
    if notes.is_put_right:
        yield "Commas and braces are put right where they are missing or one too many; every record can be read."
    if notes.has_new_meta:
        yield "Its meta record says again that it is a leadline store, and of which schema."
    if notes.has_meta_twins:
        yield "Its meta record says something twice, and not the same: what stands first is taken."
    if notes.twins:
        what = "One record stands" if len(notes.twins) == 1 else f"{len(notes.twins)} records stand"
        yield f"{what} there several times; the versions are merged: {_names(notes.twins, workspace)}."
    if waiting := len({conflict.id for conflict in notes.conflicts if conflict.id in workspace.conflicts}):
        what = "One value was" if waiting == 1 else f"{waiting} values were"
        yield f"{what} changed differently on both sides: all versions are kept, for you to choose on the full screen."


def _of_encoding(text: Decoded) -> Iterator[str]:
    if text.encoding:
        yield f"The file is {text.encoding} and becomes UTF-8."
    if text.odd_lines:
        lines = _listed([str(line) for line in text.odd_lines])
        word = "Line" if len(text.odd_lines) == 1 else "Lines"
        yield f"{word} {lines}: no UTF-8; read as Windows-1252, the old encoding of western Windows."


def _of_hands(notes: Notes, workspace: Workspace) -> Iterator[str]:
    if notes.decided:
        names = _fields(notes.decided, workspace)
        yield f"Taken as they stand in the file, since somebody edited them after the merge: {names}."
    if notes.inside:
        names = _fields(notes.inside, workspace)
        yield f"Edited inside of the marks, and merged as what that side says: {names}."
    if notes.missing:
        names = _names(notes.missing, workspace)
        yield f"Taken out of the file after the merge, and kept, since records are archived and not removed: {names}."


def _of_gaps(notes: Notes, reading: Reading) -> Iterator[str]:
    workspace = reading.workspace
    broken = {place for place in (*notes.restored, *notes.filled, *notes.partial) if place[0] != "settings"}
    if not (notes.gaps or broken):
        return
    # Some that are broken are not among the records: of them nothing is left, or too little for a record.
    used = {(table, str(number)) for table in TABLES for number in workspace.table(table)} if broken else set[Place]()
    whole = sum(len(workspace.table(table)) for table in TABLES if table != "settings") - len(broken & used)
    aside = {(table, key) for table, key in reading.kept if key is not None and table in TABLES} - broken
    yield f"{whole:,} of {whole + len(broken) + len(aside):,} records can be read."
    for words in sorted(set(notes.restored.values())):
        found = [place for place, source in notes.restored.items() if source == words]
        # The settings are no record that a person would count, but worth a word where they are all there is.
        places = [place for place in found if place[0] != "settings"] or found
        verb = "comes" if len(places) == 1 else "come"
        yield f"{len(places):,} {verb} from {words}: {_names(places, workspace)}."
    for place, (fields, words) in list(notes.filled.items())[:_NAMED]:
        name = _name(place, workspace)
        if fields:
            yield f"{name}: {_listed(fields)} from {words}, the rest from the file."
        else:
            yield f"{name}: nothing of it is missing."
    if len(notes.filled) > _NAMED:
        yield f"{len(notes.filled) - _NAMED:,} more records get what they lack in the same way."
    if notes.partial:
        yield f"What cannot be read of them is nowhere else: {_names(notes.partial, workspace)}."


def lost_in(notes: Notes, written: str) -> Iterator[str]:
    """What stands in the file and was not taken over, as far as it does not stand in the new text all the same."""
    for gap in (*notes.gaps, *notes.dropped):
        text = gap.lstrip(" \t\n,{}").rstrip(" \t\n,")
        words = " ".join(text.split())
        if words and text not in written:
            yield words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _names(places: Collection[Place], workspace: Workspace) -> str:
    return _listed([_name(place, workspace) for place in sorted(places)])


def _fields(fields: Mapping[Place, Sequence[str]], workspace: Workspace) -> str:
    """Some fields of records, each record with its own."""
    return _listed([f"{_listed(names)} of {_name(place, workspace)}" for place, names in sorted(fields.items())])


def _listed(words: Collection[str]) -> str:
    shown = list(words)[:_NAMED]
    more = len(words) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def _name(place: Place, workspace: Workspace) -> str:
    table, key = place
    record = workspace.get(table, int(key)) if table in TABLES and key.isdecimal() else None
    if record is None:
        return f"record {key} of {table}"
    if table == "settings":
        return "the settings"
    return f"{workspace.name_of(record)} “{_title(record)}”" if _title(record) else workspace.name_of(record)


def _title(record: Record) -> str:
    title = str(getattr(record, "title", ""))
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
