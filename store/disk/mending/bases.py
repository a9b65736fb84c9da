"""What both sides of a merge started from, as far as a text says so that may not be whole itself.

Nothing is added to it from elsewhere: whatever a base has beyond what both sides had counts as removed by the side that
does not have it, and is lost. A value that is not known is left out: what one side has is kept then, and two different
values are for a person to choose from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from store.disk.canonical import META, META_KEY
from store.disk.mending.decoding import decoded
from store.disk.mending.markers import DEEPEST, first_mark, sides_of
from store.disk.mending.salvaging import Piece, salvaged
from store.disk.mending.whole import Fields, Place, Tables, Whole, read_whole
from store.disk.reading.migrating import SCHEMA, migrated, schema_of
from store.models import Json, MergeRule, rules_of


@dataclass(frozen=True, slots=True)
class Base:
    """What two sides started from.

    Args:
        whole: its records and fields as far as they are known, in the newest schema; without meta where it is not
            whole.
        is_whole: whether all of it is known.
    """

    whole: Whole = field(default_factory=Whole)
    is_whole: bool = False

    def between(self, ours: Whole, theirs: Whole) -> Whole:
        """The base as two sides are merged with it."""
        if self.is_whole:
            return self.whole
        tables: Tables = {META: dict(ours.tables.get(META, {}))}
        for table, key in self.whole.places():
            fields = self.whole.get((table, key)) or {}
            if not _lacks_a_text(table, fields, ours.get((table, key)), theirs.get((table, key))):
                tables.setdefault(table, {})[key] = fields
        return Whole(tables)


def _lacks_a_text(table: str, base: Fields, ours: Fields | None, theirs: Fields | None) -> bool:
    """Whether both sides have a long text that may be one text of both, changed: only in a new record it is not."""
    texts = [name for name, rule in rules_of(table).items() if rule is MergeRule.LINES and name not in base]
    return any((ours or {}).get(name) != (theirs or {}).get(name) for name in texts)


def base_of(content: bytes) -> Base:
    """What is known of a base by its bytes, which may be anything."""
    whole = read_whole(content)
    if whole is not None:
        return Base(whole.brought(), is_whole=True)
    return Base(_known(decoded(content).text, 0))


def _known(text: str, depth: int) -> Whole:
    """What a text says for sure; of a text with marks what both sides of it say."""
    if first_mark(text) is None:
        return _of_pieces(salvaged(text).pieces)
    sides = sides_of(text) if depth < DEEPEST else None
    if sides is None:
        return Whole()
    one, other = _known(sides.ours, depth + 1), _known(sides.theirs, depth + 1)
    known = Whole()
    for place in one.places():
        fields = other.get(place)
        if fields is not None:
            known.put(place, _alike([one.get(place) or {}, fields]))
    return known


def _of_pieces(pieces: Iterable[Piece]) -> Whole:
    there: dict[Place, list[Piece]] = {}
    for piece in pieces:
        there.setdefault((piece.table, piece.key), []).append(piece)
    meta = next((piece.value for piece in there.get((META, META_KEY), ())), None)
    schema = schema_of(meta)
    known = Whole()
    for place, several in there.items():
        # A step to a newer schema may take what could not be read for what was never there.
        is_sure = all(isinstance(piece.value, Mapping) and not piece.text for piece in several) and (
            schema >= SCHEMA or all(piece.is_whole for piece in several)
        )
        if is_sure and place[0] not in {"", META}:
            known.put(
                place, migrated(*place, _alike([fields for piece in several for fields in _versions(piece)]), schema)
            )
    return known


def _versions(piece: Piece) -> Iterable[Fields]:
    for fields in (piece.value, piece.other):
        if isinstance(fields, Mapping):
            yield {name: value for name, value in fields.items() if name not in piece.unsure}


def _alike(versions: list[Fields]) -> Fields:
    """The fields that all versions of a record have alike."""
    first, *others = versions
    return {name: value for name, value in first.items() if all(_has(other, name, value) for other in others)}


def _has(fields: Fields, name: str, value: Json) -> bool:
    return name in fields and fields[name] == value
