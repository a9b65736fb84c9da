"""The merge of two stores with what they started from: decided here, applied by whoever asked.

The result does not depend on which side is ours, byte for byte. Merging a side with itself, or with what it started
from, changes nothing, so that merges may be repeated and cross each other.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError

from store.merge.answers import asked_again
from store.merge.comparing import Tables
from store.merge.conflicting import CONFLICTS, is_settled, merged_conflict
from store.merge.identities import identified
from store.merge.picks import Picks
from store.merge.plan import NO_LABELS, Decision, Labels, MergedRecord, Plan
from store.merge.records import Context, Three, merged_record
from store.merge.sources import base_of_imports
from store.merge.versions import Versions
from store.models import SETTINGS_ID, Conflict, Json, Settings

_SETTINGS: Final = "settings"


def decide(
    base: Tables,
    ours: Tables,
    theirs: Tables,
    labels: Labels = NO_LABELS,
    alike: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Plan:
    """What becomes of every record.

    Args:
        base: the records both sides started from, by table and key. Records that are the same in all three may be left
            out everywhere, but for the settings, which say in what order the stages are.
        ours: the records of our side.
        theirs: the records of their side.
        labels: who wrote the sides, for the records of conflicts.
        alike: the keys of records that were left out, by table, so that nothing else gets one of them.

    Raises:
        UnreadableStoreError: both sides changed something that has no id, so that no conflict could name it.
    """
    versions = identified(base, ours, theirs, alike)
    conflicts = versions.ours.get(CONFLICTS, {}), versions.theirs.get(CONFLICTS, {})
    context = Context(Picks(), labels, *conflicts)
    merged: list[MergedRecord] = []
    found: list[Conflict] = []
    tables = {*versions.base, *versions.ours, *versions.theirs} - {CONFLICTS}
    for table in sorted(tables, key=lambda name: (name != _SETTINGS, name)):
        for key in sorted(versions.keys(table), key=lambda key: (len(key), key)):
            outcome = merged_record(context, (table, key), _three(versions, table, key), _imports(versions, table, key))
            record, special = outcome.record, versions.decisions.get((table, key))
            if special is not None:
                record = _with_decision(record, special)
            merged.append(record)
            found += outcome.conflicts
        if table == _SETTINGS:
            context = Context(Picks(_settings_of(merged)), labels, *conflicts)
    asked = asked_again(_conflict_records(versions, found), merged, found)
    merged += [each.record for each in asked]
    found += [each.again for each in asked if each.again is not None]
    gone = {table: frozenset(keys - _present(merged, table)) for table, keys in versions.gone.items()}
    return Plan(tuple(merged), tuple(conflict for conflict in found if conflict.settled is None), gone)


def _three(versions: Versions, table: str, key: str) -> Three:
    return Three(*(version.get(table, {}).get(key) for version in (versions.base, versions.ours, versions.theirs)))


def _imports(versions: Versions, table: str, key: str) -> dict[str, Json] | None:
    if table != "items" or key not in versions.joined:
        return None
    return base_of_imports(versions.ours[table][key], versions.theirs[table][key])


def _with_decision(record: MergedRecord, special: Decision) -> MergedRecord:
    return replace(record, special=(replace(special, taken=record.taken), *record.special))


def _settings_of(merged: list[MergedRecord]) -> Settings:
    """The merged settings; the usual ones where there are none that can be used."""
    fields = next((record.taken for record in merged if record.key == str(SETTINGS_ID)), None)
    try:
        return Settings.model_validate(fields or {})
    except ValidationError:
        return Settings()


def _conflict_records(versions: Versions, found: list[Conflict]) -> list[MergedRecord]:
    """The table of conflicts: those of both sides, and those of this merge.

    A conflict that comes up again stays as it is there. One that both sides settled waits again, since they must have
    settled it in different ways.
    """
    new = {str(conflict.id): conflict.raw() for conflict in found}
    records: list[MergedRecord] = []
    for key in sorted({*versions.keys(CONFLICTS), *new}, key=lambda key: (len(key), key)):
        three = _three(versions, CONFLICTS, key)
        taken = merged_conflict(*three)
        if key in new and taken is None:
            taken = new[key]
        elif key in new and taken is not None and not is_settled(new[key]):
            taken = {**new[key], **{name: value for name, value in taken.items() if name != "settled"}}
        records.append(MergedRecord(CONFLICTS, key, *three, taken))
    return records


def _present(merged: list[MergedRecord], table: str) -> set[str]:
    return {record.key for record in merged if record.table == table}
