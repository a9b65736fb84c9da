"""From a text that is not whole to one store, and what has to be told about the way there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from store.disk.canonical import META, META_KEY
from store.disk.mending.bases import Base, base_of
from store.disk.mending.completing import Version, completed, placed
from store.disk.mending.decoding import decoded
from store.disk.mending.hands import Hands, Sided, Versions, field_text, passed_over, seen_in, what_hands_did
from store.disk.mending.markers import (
    DEEPEST,
    Sides,
    both_texts,
    first_mark,
    has_marks_in_marks,
    says_base,
    sides_of,
    without_marks,
)
from store.disk.mending.notes import Notes
from store.disk.mending.places import between_repeated, faults_in
from store.disk.mending.salvaging import Piece, Salvage, salvaged
from store.disk.mending.sources import HEAD, Sources
from store.disk.mending.whole import Fields, Place, Tables, Twins, Whole, read_whole, whole_of
from store.disk.merging.merging import merge_texts
from store.disk.reading.migrating import SCHEMA, migrated, schema_of
from store.merge import Labels, decide
from store.models import Conflict

_ORDINALS: Final = "the first in the file", "the one further down"
_LONGEST_LABEL: Final = 100
_LOOSE: Final = ">>>>>>>\n"
"""A mark that goes with no other."""


class Mender:
    """Makes whole stores of texts.

    Args:
        name: the file as people say it.
        sources: where other versions come from.
    """

    def __init__(self, name: str, sources: Sources) -> None:
        self.notes = Notes()
        self._name = name
        self._sources = sources
        self._schemas: list[int] = []

    @cached_property
    def versions(self) -> list[Version]:
        """Every other version of the store that is whole: the newest first."""
        return [Version(words, whole.brought(), whole.schema) for words, whole in self._found]

    @cached_property
    def _found(self) -> list[tuple[str, Whole]]:
        found = ((words, read_whole(content)) for words, content in self._sources.versions())
        return [(words, whole) for words, whole in found if whole is not None]

    def mended(self, text: str) -> Whole:
        """The store of a text in the newest schema, whatever is wrong with it."""
        whole = self._whole(text)
        newest = max(self._schemas, default=SCHEMA)
        self.notes.schema = newest if newest < SCHEMA else None
        return whole

    def _whole(self, text: str) -> Whole:
        sides = sides_of(text)
        self.notes.marks = sides.lines if sides is not None else _lines_with_marks(text)
        stages = self._sources.stages()
        if stages is not None and stages.ours is not None and stages.theirs is not None:
            return self._with_stages(text, stages.base, stages.ours, stages.theirs)
        return self._one(text, 0)

    def _with_stages(self, text: str, base: bytes | None, ours: bytes, theirs: bytes) -> Whole:
        """What git put aside for a merge is better than what it left in the file, but for what hands did since."""
        sides = sides_of(text)
        labels = sides.labels if sides is not None else ("ours", "theirs")
        known = Base() if base is None else base_of(base)
        one, other = self._stage(ours), self._stage(theirs)
        # Only now: a side that holds marks itself has another base.
        self.notes.base = "git" if known.is_whole or base is None else "git in part"
        merged, conflicts = self._merged(known, one, other, labels)
        stages = [decoded(each).text for each in (ours, theirs, base or b"")]
        self.notes.is_one_side = text in stages[:2]
        if not self.notes.is_one_side:
            lefts = [
                decoded(left).text
                for left in self._sources.merges_by_lines(base or b"", ours, theirs, with_base=says_base(text))
            ]
            # The outcome is made of the versions that git put aside; a text with marks may not even say its schema.
            schemas = list(self._schemas)
            hands = self._hands_in(text, lefts, stages, Versions(known.whole, one, other, merged), labels)
            self._schemas = schemas
            if hands.values or hands.decided or hands.inside:
                merged, conflicts = self._merged(known, hands.ours, hands.theirs, labels)
            self.notes.dropped += passed_over(hands, merged, conflicts)
        self.notes.conflicts += conflicts
        return merged

    def _hands_in(
        self, text: str, lefts: Sequence[str], stages: Sequence[str], versions: Versions, labels: tuple[str, str]
    ) -> Hands:
        """What hands did to a text since git left it; what of it cannot be taken over is noted.

        Args:
            text: what the file says now.
            lefts: what git may have left in it.
            stages: the versions that git put aside, as text.
            versions: the same, as stores.
            labels: what git calls the two sides.
        """
        known_as = [
            Version(words, whole) for words, whole in zip(labels, (versions.ours, versions.theirs), strict=True)
        ]
        if has_marks_in_marks(text) and not any(map(has_marks_in_marks, lefts)):
            # Some were taken out, and the others go together all the same, in another way than git meant.
            text = _LOOSE + text
        salvages = self._salvages(text, known_as)
        seen = _sided(text, salvages)
        # Where it is not known which side a line of the text belongs to, it is of no use to know it of git's.
        were = (without_marks(left) if seen.is_loose else left for left in lefts)
        hands = what_hands_did(seen, [_sided(left, self._salvages(left, known_as)) for left in were], versions)
        self.notes.decided, self.notes.inside, self.notes.missing = hands.decided, hands.inside, hands.missing
        self.notes.dropped += [*hands.dropped, *_unread(salvages, [*lefts, *stages])]
        return hands

    def _salvages(self, text: str, versions: Sequence[Version]) -> list[Salvage]:
        """What can be read of both sides of a text, each record in the table where the versions have it.

        Of a text without marks, or with some that do not go together, there is only one.
        """
        salvages = [self._salvaged(side) for side in dict.fromkeys(both_texts(text))]
        for found in salvages:
            if not found.is_one:
                found.pieces = [placed(piece, versions) for piece in found.pieces]
        return salvages

    def _stage(self, content: bytes) -> Whole:
        whole = read_whole(content)
        if whole is None:
            return self._one(decoded(content).text, 0)
        self._schemas.append(whole.schema)
        return whole.brought()

    def _one(self, text: str, depth: int) -> Whole:
        """The store of a text without any help for its marks."""
        sides = sides_of(text) if depth < DEEPEST else None
        if sides is None:
            return self._pieces(text if first_mark(text) is None else without_marks(text))
        ours, theirs = self._one(sides.ours, depth + 1), self._one(sides.theirs, depth + 1)
        merged, conflicts = self._merged(self._base(sides), ours, theirs, sides.labels)
        self.notes.conflicts += conflicts
        return merged

    def _base(self, sides: Sides) -> Base:
        """What the two sides of committed marks started from, as far as anything says it."""
        stated = Base() if sides.base is None else base_of(sides.base.encode(errors="replace"))
        self.notes.base = "marks"
        if stated.is_whole:
            return stated
        for content in self._sources.bases(sides.labels):
            if self._fits(sides, content):
                base = base_of(content)
                self.notes.base = "git" if base.is_whole else "git in part"
                return base
        self.notes.base = "" if sides.base is None else "marks in part"
        return stated

    def _fits(self, sides: Sides, base: bytes) -> bool:
        """Whether git would leave marks in the same places: it leaves none where one side is like the base."""
        ours, theirs = sides.ours.encode(errors="replace"), sides.theirs.encode(errors="replace")
        again = self._sources.merges_by_lines(base, ours, theirs, with_base=sides.base is not None)
        return any(
            remade is not None and sides.fit(remade) for remade in (sides_of(decoded(text).text) for text in again)
        )

    def _salvaged(self, text: str) -> Salvage:
        """What can be read of a text, in the newest schema; the one of others where it names none."""
        found = salvaged(text)
        metas = (piece.value for piece in found.pieces if (piece.table, piece.key) == (META, META_KEY))
        meta = next((meta for meta in metas if isinstance(meta, Mapping) and "schema" in meta), None)
        if meta is None and self._found and not found.is_sound:
            meta = self._found[0][1].get((META, META_KEY))
        schema = schema_of(meta)
        self._schemas.append(schema)
        # A step may take what could not be read for what was never there: such records are completed first.
        found.pieces = [_brought(piece, schema) if piece.is_whole else piece for piece in found.pieces]
        return found

    def _pieces(self, text: str) -> Whole:
        """The store of a text without marks."""
        found = self._salvaged(text)
        self.notes.is_put_right |= not found.is_one and found.is_complete
        is_sound = found.is_sound and whole_of(found)[0].is_ours
        done = completed(found, () if is_sound else self.versions)
        for table, key in {(piece.table, piece.key) for piece in found.pieces if not piece.is_whole}:
            fields = done.whole.get((table, key))
            if fields is not None:
                done.whole.put((table, key), migrated(table, key, fields, self._schemas[-1]))
        self.notes.has_new_meta |= done.has_new_meta
        self.notes.restored |= done.restored
        self.notes.filled |= done.filled
        self.notes.partial |= set(done.partial)
        self.notes.gaps += [text[gap.start : gap.end] for gap in found.gaps]
        self.notes.dropped += between_repeated(found)
        self.notes.spots += sorted(faults_in(found, has_meta=not done.has_new_meta))
        self._settle(done.whole, done.twins)
        return done.whole

    def _settle(self, whole: Whole, twins: Sequence[Twins]) -> None:
        """Merges what stands several times under one key, as two sides that started from the last commit."""
        head = (
            next((version.whole for version in self.versions if version.words == HEAD), Whole()) if twins else Whole()
        )
        waiting = [twin for twin in twins if twin.place[0] != META]
        for twin in twins:
            if twin not in waiting:
                # What says whose file it is cannot wait for anybody to choose.
                self.notes.has_meta_twins = True
                self.notes.dropped += _left_out(twin, whole.get(twin.place) or {})
        self.notes.twins |= {twin.place for twin in waiting}
        for number in range(1, max((len(twin.versions) for twin in waiting), default=0)):
            round_ = [twin for twin in waiting if len(twin.versions) > number]
            base = _tables((twin.place, head.get(twin.place)) for twin in round_)
            ours = _tables((twin.place, whole.get(twin.place)) for twin in round_)
            theirs = _tables((twin.place, twin.versions[number]) for twin in round_)
            plan = decide(base, ours, theirs, Labels(*_ORDINALS))
            self.notes.conflicts += plan.conflicts
            for table, records in plan.settle().items():
                for key, fields in records.items():
                    if fields is None:
                        whole.tables.get(table, {}).pop(key, None)
                    else:
                        whole.put((table, key), fields)

    def _merged(
        self, base: Base, ours: Whole, theirs: Whole, labels: tuple[str, str]
    ) -> tuple[Whole, tuple[Conflict, ...]]:
        """Two stores as one, and what they changed differently.

        Raises:
            UnreadableStoreError: one of them is none of ours, or a newer leadline wrote it.
        """
        texts = base.between(ours, theirs).text(), ours.text(), theirs.text()
        merged = merge_texts(
            *texts, self._name, Labels(*(" ".join(label.split())[:_LONGEST_LABEL] for label in labels))
        )
        return read_whole(merged.text) or whole_of(salvaged(merged.text.decode()))[0], merged.conflicts


def _sided(text: str, salvages: Sequence[Salvage]) -> Sided:
    """What both sides of a text say, by what could be read of them; the same where there is only one."""
    seen = [seen_in(found) for found in salvages]
    return Sided(seen[0], seen[-1], len(seen) == 1 and first_mark(text) is not None)


def _unread(salvages: Iterable[Salvage], others: Sequence[str]) -> Iterator[str]:
    """What stands beside git's versions, and is no record that could be read, or of no table."""
    for found in salvages:
        spoilt = [found.text[gap.start : gap.end] for gap in found.gaps]
        homeless = [found.text[piece.start : piece.end] for piece in found.pieces if not piece.table]
        for words in (*spoilt, *homeless, *whole_of(found)[0].odd.values()):
            lines = (line for line in words.split("\n") if not any(line.strip(" \t,{}") in each for each in others))
            yield "\n".join(lines)


def _left_out(twin: Twins, taken: Fields) -> Iterator[str]:
    """The values of several versions of a record that are not in the one that was taken."""
    for version in twin.versions:
        for name, value in version.items():
            if name not in taken or taken[name] != value:
                yield field_text(name, value)


def _brought(piece: Piece, schema: int) -> Piece:
    """A piece in the newest schema."""
    value, other = (
        migrated(piece.table, piece.key, fields, schema) if isinstance(fields, Mapping) else fields
        for fields in (piece.value, piece.other)
    )
    return piece if (value, other) == (piece.value, piece.other) else replace(piece, value=value, other=other)


def _tables(records: Iterable[tuple[Place, Fields | None]]) -> Tables:
    tables: Tables = {}
    for (table, key), fields in records:
        if fields is not None:
            tables.setdefault(table, {})[key] = fields
    return tables


def _lines_with_marks(text: str) -> tuple[int, ...]:
    at = first_mark(text)
    return () if at is None else (text.count("\n", 0, at) + 1,)
