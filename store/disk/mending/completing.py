"""What a text lacks is taken from a version that is whole: the one that is most like it.

Nothing here decides against what stands in the text: only records and fields that cannot be read come from elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pydantic import ValidationError

from store.disk.canonical import APP, META, META_KEY, is_key
from store.disk.mending.salvaging import Piece, Salvage
from store.disk.mending.whole import Place, Twins, Whole, whole_of
from store.disk.reading.migrating import SCHEMA
from store.models import SETTINGS_ID, TABLES, rules_of

SETTINGS: Final = "settings"
_META: Final = META, META_KEY


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the store that is whole.

    Args:
        words: what people call it, such as "the last commit".
        whole: its records, in the newest schema.
        schema: the schema it has itself.
    """

    words: str
    whole: Whole
    schema: int = SCHEMA


@dataclass(slots=True)
class Completed:
    """A store with nothing missing, as far as other versions have it.

    Args:
        whole: the store.
        twins: records of which the text holds several versions.
        restored: records that were taken from another version, and which it was.
        filled: records of which some fields were taken from another version: the fields, and which it was.
        partial: records that lack what no other version has.
        has_new_meta: whether the record that says whose file it is had to be written anew.
    """

    whole: Whole
    twins: list[Twins]
    restored: dict[Place, str] = field(default_factory=dict)
    filled: dict[Place, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    partial: list[Place] = field(default_factory=list)
    has_new_meta: bool = False


def completed(found: Salvage, versions: Sequence[Version]) -> Completed:
    """The store of a text, completed from other versions where something of it cannot be read.

    Args:
        found: what could be read.
        versions: other versions, the newest first.
    """
    if not found.is_one:
        found.pieces = [placed(piece, versions) for piece in found.pieces]
    whole, twins = whole_of(found)
    after = Completed(whole, twins)
    broken = {(piece.table, piece.key) for piece in found.pieces if not piece.is_whole}
    sources = _nearest_first(whole, broken, versions)
    if not whole.is_ours:
        after.has_new_meta = _give_meta(whole, sources, found.pieces)
    is_complete = found.is_complete and all(piece.other is None for piece in found.pieces)
    has_ours = any(table in TABLES for table, _ in whole.places())
    if is_complete and (has_ours or not after.has_new_meta):
        return after
    for place in broken:
        _fill(after, place, sources)
    # Of the nearest alone: an older one may have records that are not there any more for a reason.
    for source in sources[:1]:
        for place in source.whole.places():
            _restore(after, place, source)
    return after


def _nearest_first(whole: Whole, broken: set[Place], versions: Sequence[Version]) -> list[Version]:
    """The versions, those first that share most whole records with what could be read; the newest first of equals."""
    read = [place for place in whole.places() if place not in broken]
    shared = [sum(version.whole.get(place) == whole.get(place) for place in read) for version in versions]
    return [versions[number] for number in sorted(range(len(versions)), key=lambda number: -shared[number])]


def _fill(after: Completed, place: Place, sources: Sequence[Version]) -> None:
    """Gives a broken record the fields it lacks."""
    read = after.whole.get(place)
    if read is None:
        # Kept as it stands: nothing can be put into it.
        after.partial.append(place)
        return
    for source in sources:
        there = source.whole.get(place)
        if there is None:
            continue
        lacking = tuple(name for name in there if name not in read)
        if not read:
            after.restored[place] = source.words
        else:
            after.filled[place] = lacking, source.words
        after.whole.put(place, {**there, **read})
        return
    after.partial.append(place)
    if not read:
        del after.whole.tables[place[0]][place[1]]


def _restore(after: Completed, place: Place, source: Version) -> None:
    """Takes a record that is not there from another version."""
    whole, fields = after.whole, source.whole.get(place)
    is_there = whole.get(place) is not None or place in whole.odd
    if fields is not None and not is_there:
        whole.put(place, fields)
        after.restored[place] = source.words


def _give_meta(whole: Whole, sources: Sequence[Version], pieces: Iterable[Piece]) -> bool:
    """Says again whose file it is, where the text has lost it; never of a text that holds no record of ours."""
    there = whole.get(_META) or {}
    known = next((fields for source in sources if (fields := source.whole.get(_META))), None)
    if known is None and any(piece.table in TABLES and _strange_fields(piece.table, piece) == 0 for piece in pieces):
        known = {"app": APP, "schema": SCHEMA}
    if known is None or there.get("app", APP) != APP:
        return False
    whole.odd.pop(_META, None)
    whole.put(_META, {**there, **known})
    return True


def placed(piece: Piece, versions: Sequence[Version]) -> Piece:
    """The record in the table where it belongs: the line that opened its table may be lost.

    Args:
        piece: the record.
        versions: other versions, the newest first.
    """
    if piece.key == META_KEY:
        return _first_placed(piece)
    if piece.table == META:
        return piece
    for version in versions:
        tables = [table for table in TABLES if version.whole.get((table, piece.key)) is not None]
        if tables:
            return piece if piece.table in tables else replace(piece, table=tables[0])
    strange = {table: number for table in TABLES if (number := _strange_fields(table, piece)) is not None}
    least = min(strange.values(), default=0)
    if least and piece.table and piece.table not in TABLES:
        # A table that this version does not know has a reason to hold fields that it does not know either.
        return piece
    nearest = [table for table, number in strange.items() if number == least]
    return piece if piece.table in nearest or len(nearest) != 1 else replace(piece, table=nearest[0])


def _first_placed(piece: Piece) -> Piece:
    """The record under the first key: it is the one of meta, or the settings, or one of some other table."""
    fits = _strange_fields(piece.table, piece) is not None if piece.table in TABLES else piece.table == META
    if isinstance(piece.value, Mapping) and "app" in piece.value:
        return piece if fits else replace(piece, table=META)
    is_settings = bool(piece.value) and _strange_fields(SETTINGS, piece) == 0 and (not fits or piece.table == META)
    return replace(piece, table=SETTINGS) if is_settings else piece


def _strange_fields(table: str, piece: Piece) -> int | None:
    """How many fields of a record its table does not know; None where it cannot stand in that table at all."""
    if not is_key(piece.key) or not isinstance(piece.value, Mapping):
        return None
    if table == SETTINGS and int(piece.key) != SETTINGS_ID:
        # All of settings may be left out, so that anything would be some.
        return None
    try:
        TABLES[table].model_validate({**piece.value, "id": int(piece.key)})
    except ValidationError:
        return None
    return len(piece.value.keys() - rules_of(table).keys())
