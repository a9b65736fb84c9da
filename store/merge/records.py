"""Three-way merge of one record, field by field, by the rules that the models declare.

Everything works on raw fields, so that what no model knows is merged, too: unknown fields are single values, and
records of unknown tables have only those. Where a field holds something else than its rule expects, it is a single
value as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from store.change.conflict_parts import link_field, with_part
from store.errors import RuleError
from store.merge.comparing import Fields, Why, one_sided, text_of
from store.merge.conflicting import conflict_of, is_settled
from store.merge.lines import holds, lines_of, merged_lines
from store.merge.logs import merged_log, time_of
from store.merge.members import Clash, Merged, merged_links, merged_mapping, merged_set, shown
from store.merge.picks import Picks
from store.merge.plan import NO_LABELS, Decision, Labels, MergedRecord
from store.merge.shapes import id_of, is_readable, plain
from store.merge.sources import merged_source
from store.merge.units import Unit, in_time, merged_unit
from store.models import Conflict, Json, MergeRule, Stamp, made, rules_of

_ITEMS: Final = "items"
_WHOLE: Final = ""


class Three(NamedTuple):
    """One record in the base and on both sides; None where it is not there."""

    base: Json
    ours: Json
    theirs: Json


@dataclass(frozen=True)
class Context:
    """What a merge of one record needs to know of the rest.

    Args:
        picks: which value is shown of two.
        labels: who wrote the sides.
        ours: the conflicts of our side, by key.
        theirs: the conflicts of their side.
    """

    picks: Picks = field(default_factory=Picks)
    labels: Labels = NO_LABELS
    ours: Mapping[str, Json] = field(default_factory=dict)
    theirs: Mapping[str, Json] = field(default_factory=dict)

    def settled_side(self, conflict: Conflict) -> str:
        """The one side on which a person has settled this very conflict; empty where none or both have."""
        is_ours, is_theirs = (is_settled(side.get(str(conflict.id))) for side in (self.ours, self.theirs))
        return "" if is_ours == is_theirs else "ours" if is_ours else "theirs"


class Outcome(NamedTuple):
    """A record after the merge, and the conflicts about it; those that are settled already ask nobody."""

    record: MergedRecord
    conflicts: tuple[Conflict, ...] = ()


class _Field(NamedTuple):
    """A merged field: its value, why, what clashes in it, and what gave way without a clash."""

    value: Json
    why: Why = Why.MERGED
    clashes: tuple[Clash, ...] = ()
    agreed: Clash | None = None


def merged_record(context: Context, place: tuple[str, str], three: Three, imports: Fields | None = None) -> Outcome:
    """One record of three versions.

    * Changed, added or removed by one side only: that. Removed on one side and untouched on the other: removed.
    * Removed by one side and changed by the other: it stays as changed, with a conflict about the whole record.
    * Changed by both: field by field.

    Args:
        context: what has to be known of the rest of the store.
        place: table and key.
        three: the versions; the base is None for a record that both sides added.
        imports: for two imports of one thing, the fields that they can be said to have started from.

    Raises:
        UnreadableStoreError: both sides changed something that has no id, so that no conflict could name it.
    """
    table, key = place
    taken = one_sided(*three)
    if taken is not None:
        return Outcome(MergedRecord(table, key, *three, taken.value))
    known = Three(*(plain(place, fields) for fields in three))
    if not isinstance(known.ours, Mapping) or not isinstance(known.theirs, Mapping):
        return _whole(context, place, known)
    started = known.base if isinstance(known.base, Mapping) else None
    work = _Work(context, place, known.ours, known.theirs, started, imports)
    return work.outcome(three)


def _whole(context: Context, place: tuple[str, str], three: Three) -> Outcome:
    """A record that one side removed, or that is no object of fields."""
    table, key = place
    taken = one_sided(*three)
    if taken is not None:
        return Outcome(MergedRecord(table, key, *three, taken.value))
    value = shown(three.ours, three.theirs)
    why = Why.KEPT if three.ours is None or three.theirs is None else Why.CONFLICT
    conflict = conflict_of((table, id_of(place), _WHOLE), Clash(_WHOLE, *three), context.labels)
    side = context.settled_side(conflict)
    if side:
        why, value = Why.SETTLED, three.ours if side == "ours" else three.theirs
    decision = Decision(table, key, _WHOLE, *three, value, why)
    record = MergedRecord(table, key, *three, value, (decision,))
    return Outcome(record, () if side else (conflict,))


class _Work:
    """The merge of one record that both sides changed."""

    def __init__(
        self,
        context: Context,
        place: tuple[str, str],
        ours: Fields,
        theirs: Fields,
        base: Fields | None,
        imports: Fields | None,
    ) -> None:
        self.context = context
        self.place = place
        self.ours, self.theirs = ours, theirs
        self.base: Fields = base or imports or {}
        self.is_new = base is None
        self.rules = rules_of(place[0])

    def outcome(self, three: Three) -> Outcome:
        names = [*self.rules, *sorted({*self.base, *self.ours, *self.theirs} - set(self.rules))]
        found = {name: merged for name in names if (merged := self._field(name)) is not None}
        if self.place[0] == _ITEMS:
            found |= self._moves(found) | self._source(found)
        outcome = self._put(three, found)
        if is_readable(self.place, outcome.record.taken) or not (
            is_readable(self.place, self.ours) and is_readable(self.place, self.theirs)
        ):
            return outcome
        # Each side could be read, and what was put together cannot, such as with too many tags: one side as a whole.
        whole = {name: self._conflict(name) for name, merged in found.items() if merged.why is Why.MERGED}
        outcome = self._put(three, {**found, **whole})
        return outcome if is_readable(self.place, outcome.record.taken) else self._one_side(three)

    def _field(self, name: str) -> _Field | None:
        """One field by its rule; None where it is nowhere."""
        base, ours, theirs = three = self._three(name)
        if base is None and ours is None and theirs is None:
            return None
        taken = one_sided(*three)
        if taken is not None:
            return _Field(*taken)
        merged = self._parts(name, three)
        if merged is not None:
            return _Field(merged.value, Why.CONFLICT if merged.clashes else Why.MERGED, merged.clashes)
        unit = merged_unit(*three, self.context.picks, (self.place[0], name))
        return self._of_unit(unit, three)

    def _parts(self, name: str, three: Three) -> Merged | None:
        """A field that is merged part by part; None where it is one value, or its shape is another one."""
        table = self.place[0]
        match self.rules.get(name):
            case MergeRule.SET:
                return merged_set(*three)
            case MergeRule.KEYED:
                return merged_mapping(*three)
            case MergeRule.LINKS:
                return merged_links(link_field(table, name), *three)
            case MergeRule.LOG:
                return merged_log(*three)
            case MergeRule.LINES:
                return self._text(three)
        return None

    def _text(self, three: Three) -> Merged | None:
        base, ours, theirs = (lines_of(text) for text in three)
        if base is None or ours is None or theirs is None:
            return None
        if self.is_new:
            # Two texts of a new record are two texts, unless one of them holds all of the other.
            shorter, longer = sorted((ours, theirs), key=len)
            return Merged(list(longer)) if holds(longer, shorter) else None
        lines = merged_lines(base, ours, theirs)
        return None if lines is None else Merged(lines or None)

    def _of_unit(self, unit: Unit, three: Three) -> _Field:
        whole = Clash(_WHOLE, *three)
        if unit.why is Why.CONFLICT:
            return _Field(unit.value, Why.CONFLICT, (whole,))
        return _Field(unit.value, unit.why, agreed=whole)

    def _conflict(self, name: str) -> _Field:
        three = self._three(name)
        taken = one_sided(*three)
        if taken is not None:
            return _Field(*taken)
        value = self.context.picks.of((self.place[0], name), three.ours, three.theirs)
        return _Field(value, Why.CONFLICT, (Clash(_WHOLE, *three),))

    def _moves(self, found: Mapping[str, _Field]) -> dict[str, _Field]:
        """Stage and past moves of an item: a stage that gave way without a conflict is a move as well.

        Two moves to the same stage are both kept: the later is where it stands, the earlier is a past move.
        """
        stage = found.get("stage")
        if stage is None or stage.agreed is None:
            return {}
        ours, theirs = sorted((stage.agreed.ours, stage.agreed.theirs), key=in_time)
        value, past = (theirs, ours) if _name_of(ours) == _name_of(theirs) else (stage.value, ours)
        if text_of(past) == text_of(value):
            past = theirs
        three = self._three("past_moves")
        moves = merged_log(*three, more=[past])
        if moves is None:
            return {}
        why = Why.CONFLICT if moves.clashes else Why.MERGED
        return {
            "stage": _Field(value, Why.AGREED),
            "past_moves": _Field(moves.value, why, moves.clashes),
        }

    def _source(self, found: Mapping[str, _Field]) -> dict[str, _Field]:
        source = found.get("source")
        if source is None or source.why is not Why.CONFLICT:
            return {}
        taken = {name: field.value for name, field in found.items()}
        merged = merged_source(self.base, self.ours, self.theirs, taken)
        return {} if merged is None else {"source": _Field(merged, Why.FOLLOWED)}

    def _put(self, three: Three, found: Mapping[str, _Field]) -> Outcome:
        """The record of its merged fields, with a conflict for each clash that nobody has settled yet."""
        table, key = self.place
        fields: Fields = {name: merged.value for name, merged in found.items() if merged.value is not None}
        fields = {**fields, **{name: None for name in self._nulls() if name not in fields}}
        conflicts: list[Conflict] = []
        decisions: list[Decision] = []
        for name, merged in found.items():
            for clash in merged.clashes if merged.agreed is None else (merged.agreed,):
                part = f"{name}.{clash.part}" if clash.part else name
                conflict = conflict_of((table, id_of(self.place), part), clash, self.context.labels)
                side = self.context.settled_side(conflict)
                settled = _stamp_of_agreement(clash) if merged.agreed is not None else None
                why = Why.SETTLED if side else Why.CONFLICT if settled is None else Why.AGREED
                if side:
                    fields = with_part(table, fields, part, clash.ours if side == "ours" else clash.theirs)
                else:
                    conflicts.append(conflict.model_copy(update={"settled": settled}))
                decisions.append(Decision(table, key, part, *clash[1:], fields.get(name), why))
            if not merged.clashes and merged.agreed is None and merged.why in {Why.AGREED, Why.FOLLOWED}:
                decisions.append(Decision(table, key, name, *self._three(name), merged.value, merged.why))
        record = MergedRecord(table, key, *three, fields, tuple(decisions), is_plain=True)
        return Outcome(record, tuple(conflicts))

    def _nulls(self) -> list[str]:
        """Unknown fields that hold null, or are to: whoever knows them may not mean nothing by it."""
        sides = (self.base, self.ours, self.theirs)
        unknown = {*self.base, *self.ours, *self.theirs} - set(self.rules)
        return [name for name in sorted(unknown) if _is_to_stay(*(name in side for side in sides))]

    def _one_side(self, three: Three) -> Outcome:
        table, key = self.place
        value = shown(self.ours, self.theirs)
        base = three.base if isinstance(three.base, Mapping) else None
        clash = Clash(_WHOLE, base, self.ours, self.theirs)
        conflict = conflict_of((table, id_of(self.place), _WHOLE), clash, self.context.labels)
        decision = Decision(table, key, _WHOLE, base, self.ours, self.theirs, value, Why.CONFLICT)
        return Outcome(MergedRecord(table, key, *three, value, (decision,)), (conflict,))

    def _three(self, name: str) -> Three:
        return Three(self.base.get(name), self.ours.get(name), self.theirs.get(name))


def _is_to_stay(was_there: bool, is_ours: bool, is_theirs: bool) -> bool:  # noqa: FBT001 - three of one kind
    """Whether a name is there after a merge: as both have it, else as the side has it that changed that."""
    return is_ours if is_ours == is_theirs else not was_there


def _name_of(stage: Json) -> Json:
    return stage.get("is") if isinstance(stage, Mapping) else stage


def _stamp_of_agreement(clash: Clash) -> Stamp | None:
    """The later of two stamps: that is when the second person said the same."""
    later: Fields = max([clash.ours, clash.theirs], key=in_time)
    try:
        return made(Stamp, at=time_of(later), by=later.get("by", ""))
    except RuleError:
        return None
