"""What hands did to a text in which git had left the marks of a merge: whatever is not as git left it.

A value that is the same on both sides of all marks, and is not what git left there, is what somebody decided. One that
differs from what git left on one side only was edited inside of a mark: it is what that side says from then on.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from store.disk.canonical import META
from store.disk.mending.salvaging import Salvage
from store.disk.mending.whole import Place, Tables, Whole
from store.models import TABLES, Conflict, Json

CONFLICTS: Final = "conflicts"
_WHOLE: Final = ""

Values = list[Json]
"""What stands for one field, in the order of the file: several values where it stands there several times."""

Field = tuple[Place, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one side of a text says.

    Args:
        fields: the values of each field of each record.
        broken: the records of which something could not be read.
        is_complete: whether nothing is missing, as far as the text shows.
    """

    fields: Mapping[Place, Mapping[str, Values]] = field(default_factory=dict)
    broken: Collection[Place] = ()
    is_complete: bool = False

    def values(self, place: Place, name: str) -> Values:
        """What stands for a field; nothing where it is not there."""
        return self.fields.get(place, {}).get(name, [])

    def is_known(self, place: Place) -> bool:
        """Whether a field that is not there was left out, and not only lost to the reader."""
        return place not in self.broken if place in self.fields else self.is_complete


@dataclass(frozen=True, slots=True)
class Sided:
    """Both sides of a text with marks; they are the same where it has none.

    Args:
        ours: what the first side says.
        theirs: what the second side says.
        is_loose: whether its marks do not go together, so that nobody knows which side a line belongs to.
    """

    ours: Seen
    theirs: Seen
    is_loose: bool = False

    def distance(self, other: "Sided") -> int:
        """How many records differ."""
        pairs = (self.ours, other.ours), (self.theirs, other.theirs)
        return sum(
            one.fields.get(place) != two.fields.get(place)
            for one, two in pairs
            for place in one.fields.keys() | two.fields.keys()
        )


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of an unfinished merge, and what they come to as records.

    Args:
        base: what both sides started from, as far as it is known.
        ours: our side.
        theirs: their side.
        merged: their merge.
    """

    base: Whole
    ours: Whole
    theirs: Whole
    merged: Whole

    def values(self, place: Place, name: str) -> Values:
        """What any of them says about a field."""
        found = (version.get(place) for version in (self.base, self.ours, self.theirs, self.merged))
        return [fields[name] for fields in found if fields is not None and name in fields]


@dataclass(slots=True)
class Hands:
    """What hands did.

    Args:
        ours: our side with it.
        theirs: their side with it.
        decided: the fields that somebody decided, by record.
        inside: the fields that somebody edited inside of marks, by record.
        missing: the records that somebody took out of the text.
        values: every value that was taken over.
        dropped: what could not be taken over, as text.
    """

    ours: Whole
    theirs: Whole
    decided: dict[Place, list[str]] = field(default_factory=dict)
    inside: dict[Place, list[str]] = field(default_factory=dict)
    missing: list[Place] = field(default_factory=list)
    values: list[tuple[Field, Json]] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def seen_in(found: Salvage) -> Seen:
    """What one side of a text says, by what could be read of it."""
    fields: dict[Place, dict[str, Values]] = {}
    for piece in found.pieces:
        there = fields.setdefault((piece.table, piece.key), {})
        for version in (piece.other, piece.value):
            for name, value in version.items() if isinstance(version, Mapping) else ():
                values = there.setdefault(name, [])
                if value not in values:
                    values.append(value)
    broken = {(piece.table, piece.key) for piece in found.pieces if not piece.is_whole or piece.text}
    return Seen(fields, broken, found.is_complete)


def what_hands_did(text: Sided, lefts: Sequence[Sided], versions: Versions) -> Hands:
    """Both sides of an unfinished merge with what hands did to its text.

    Args:
        text: what the file says now.
        lefts: what git may have left in it.
        versions: the versions of the merge.
    """
    left = min(lefts, key=text.distance, default=Sided(Seen(), Seen()))
    return _Comparison(text, left, versions).hands


class _Comparison:
    """A text beside what git had left."""

    def __init__(self, text: Sided, left: Sided, versions: Versions) -> None:
        self.hands = Hands(_copy(versions.ours), _copy(versions.theirs))
        self._text, self._left, self._versions = text, left, versions
        self._is_loose = text.is_loose or left.is_loose
        self._recorded, self._open = self._conflicts()
        for place, name in sorted({*self._changed(text.ours, left.ours), *self._changed(text.theirs, left.theirs)}):
            self._take(place, name)
        self.hands.missing += self._missing()

    def _conflicts(self) -> tuple[set[Place], set[Field]]:
        """The conflicts of this merge that stand in the text already, and the fields of those that do not.

        A merge of records may have been here before git's by lines: what it recorded waits still.
        """
        known = {
            key
            for version in (self._versions.base, self._versions.ours, self._versions.theirs)
            for key in version.tables.get(CONFLICTS, {})
        }
        recorded: set[Place] = set()
        fields: set[Field] = set()
        for key, conflict in self._versions.merged.tables.get(CONFLICTS, {}).items():
            place = CONFLICTS, key
            if key in known:
                continue
            if place in self._text.ours.fields or place in self._text.theirs.fields:
                recorded.add(place)
            else:
                about = str(conflict.get("table")), str(conflict.get("record"))
                fields.add((about, str(conflict.get("field", _WHOLE)).partition(".")[0]))
        return recorded, fields

    def _changed(self, text: Seen, left: Seen) -> Iterator[Field]:
        """The fields of one side that are not as git left them."""
        for place, fields in text.fields.items():
            if place[0] in {"", META} or place in self._recorded:
                continue
            for name in fields.keys() | left.fields.get(place, {}).keys():
                values, before = text.values(place, name), left.values(place, name)
                if values != before and (before or left.is_known(place) or self._is_new(place, name, values)):
                    yield place, name

    def _is_new(self, place: Place, name: str, values: Values) -> bool:
        known = self._versions.values(place, name)
        return any(value not in known for value in values)

    def _take(self, place: Place, name: str) -> None:
        """Takes one field over that hands changed."""
        pair = self._text.ours.values(place, name), self._text.theirs.values(place, name)
        are_alike = pair[0] == pair[1]
        versions, texts = (self.hands.ours, self.hands.theirs), (self._text.ours, self._text.theirs)
        is_changed = False
        for version, text, left in zip(versions, texts, (self._left.ours, self._left.theirs), strict=True):
            stands = text.values(place, name)
            is_as_left = not are_alike and stands == left.values(place, name)
            is_gone = not stands and not (are_alike and self._may_be_left_out(place, name))
            if is_as_left or is_gone or place not in text.fields:
                continue
            values = self._one_of(place, name, stands)
            if values is not None and not (are_alike and self._is_as_merged(place, name, values)):
                is_changed |= self._put(version, (place, name), values, are_alike=are_alike)
        if is_changed:
            there = self.hands.decided if are_alike else self.hands.inside
            there.setdefault(place, []).append(name)

    def _one_of(self, place: Place, name: str, stands: Values) -> Values | None:
        """The value to take over, if any is left; None where both lines stand of which one is to be chosen."""
        if len(stands) <= 1 and not self._is_loose:
            return stands
        left = *self._left.ours.values(place, name), *self._left.theirs.values(place, name)
        known = [*left, *self._versions.values(place, name)]
        new = [value for value in stands if value not in known]
        self.hands.dropped += (field_text(name, value) for value in new[:-1])
        return new[-1:] or None

    def _may_be_left_out(self, place: Place, name: str) -> bool:
        """Whether a field that is not there was taken out, and is neither lost to the reader nor one that must be."""
        model = TABLES.get(place[0])
        if model is not None and name in model.model_fields and model.model_fields[name].is_required():
            return False
        seen = self._text.ours, self._text.theirs, self._left.ours, self._left.theirs
        return not self._is_loose and all(each.is_known(place) for each in seen)

    def _is_as_merged(self, place: Place, name: str, values: Values) -> bool:
        """Whether the merge says so too, and leaves nothing open that somebody has decided."""
        if {(place, name), (place, _WHOLE)} & self._open:
            return False
        fields = self._versions.merged.get(place) or {}
        return values == ([fields[name]] if name in fields else [])

    def _put(self, version: Whole, at: Field, values: Values, *, are_alike: bool) -> bool:
        """Gives a field of one version the value of the text, or none; whether it had another one."""
        place, name = at
        fields = dict(version.get(place) or self._beginning(version, place, are_alike=are_alike))
        had = [fields[name]] if name in fields and version.get(place) is not None else []
        fields.pop(name, None)
        if values:
            fields[name] = values[0]
            self.hands.values.append((at, values[0]))
        version.put(place, fields)
        return values != had

    def _beginning(self, version: Whole, place: Place, *, are_alike: bool) -> Mapping[str, Json]:
        """What a record starts with that this version does not have."""
        is_ours = version is self.hands.ours
        if are_alike:
            other = (self._versions.theirs if is_ours else self._versions.ours).get(place)
            if other is not None:
                return other
        text = self._text.ours if is_ours else self._text.theirs
        return {name: values[-1] for name, values in text.fields.get(place, {}).items()}

    def _missing(self) -> Iterator[Place]:
        """Records that git had left in the text and that are in it no more."""
        text, left = self._text, self._left
        if self._is_loose or not (text.ours.is_complete and text.theirs.is_complete):
            return
        there = {*text.ours.fields, *text.theirs.fields}
        for place in sorted({*left.ours.fields, *left.theirs.fields} - there):
            if place[0] not in {"", META, CONFLICTS} and self._versions.merged.get(place) is not None:
                yield place


def passed_over(hands: Hands, merged: Whole, conflicts: Sequence[Conflict]) -> Iterator[str]:
    """The values that hands gave and the merge has not, as text; what waits to be chosen is not lost."""
    for (place, name), value in hands.values:
        about = [
            conflict
            for conflict in conflicts
            if (conflict.table, str(conflict.record)) == place and conflict.field.partition(".")[0] in {name, _WHOLE}
        ]
        sides = [side for conflict in about for side in conflict.sides]
        fields = merged.get(place) or {}
        if not any(conflict.field == _WHOLE for conflict in about) and not _is_in(value, fields.get(name), sides):
            yield field_text(name, value)


def _is_in(value: Json, now: Json, sides: Sequence[object]) -> bool:
    """Whether a value is there or waits; of one with parts each part."""
    if value == now or value in sides:
        return True
    if isinstance(value, Mapping) and isinstance(now, Mapping):
        return all(now.get(name) == part or part in sides for name, part in value.items())
    return isinstance(value, list) and isinstance(now, list) and all(part in now or part in sides for part in value)


def _copy(whole: Whole) -> Whole:
    tables: Tables = {table: dict(there) for table, there in whole.tables.items()}
    return Whole(tables, whole.odd)


def field_text(name: str, value: Json) -> str:
    """A field as people see it in a file."""
    return f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}"
