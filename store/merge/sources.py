"""What a tracker said, on both sides: the importer's memory, and two records of one thing.

The memory (`seen` in `Source`) is words of the form `field:digest`. It is not what people said, so it never conflicts.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from store.merge.comparing import Fields, one_sided, text_of
from store.merge.units import in_time, is_stamped
from store.models import Json, Source

_SEEN: Final = "seen"


def identity_of(fields: Json) -> tuple[str, str] | None:
    """System and key of what an item was imported from; None where it was not."""
    source = fields.get("source") if isinstance(fields, Mapping) else None
    if not isinstance(source, Mapping):
        return None
    system, key = source.get("system"), source.get("key")
    return (system, key) if isinstance(system, str) and isinstance(key, str) and key else None


def merged_source(base: Fields | None, ours: Fields, theirs: Fields, taken: Fields) -> Json:
    """The source of an item that both sides imported from one thing; None where more than the memory clashes.

    For each field the memory is that of the side whose value was taken, so that the next import sees whether that
    value is still the tracker's. Where the value says nothing about it, the smaller word is taken.

    Args:
        base: the fields of the item that both sides started from.
        ours: the fields of our side.
        theirs: the fields of their side.
        taken: the merged fields.
    """
    if identity_of(ours) is None or identity_of(ours) != identity_of(theirs):
        return None
    three = [(fields or {}).get("source") or {} for fields in (base, ours, theirs)]
    merged: dict[str, Json] = {}
    # As the model writes them: the text of a merged record is canonical without being read by it.
    for name in (*Source.model_fields, *sorted(set().union(*three) - set(Source.model_fields))):
        if name == _SEEN:
            merged[name] = _merged_memory([source.get(_SEEN) for source in three], ours, theirs, taken)
            continue
        value = one_sided(*(source.get(name) for source in three))
        if value is None:
            return None
        merged[name] = value.value
    return {name: value for name, value in merged.items() if value is not None}


def _merged_memory(seen: Sequence[Json], ours: Fields, theirs: Fields, taken: Fields) -> Json:
    memories = [_words(each) for each in seen]
    words = {
        name: _memory(name, (memories[0].get(name), memories[1].get(name), memories[2].get(name)), ours, theirs, taken)
        for name in sorted(set().union(*memories))
    }
    return " ".join(f"{name}:{word}" for name, word in words.items() if word) or None


def _memory(
    name: str, three: tuple[str | None, str | None, str | None], ours: Fields, theirs: Fields, taken: Fields
) -> str | None:
    # What the tracker calls its state is remembered beside the stage it led to.
    field = "stage" if name == "state" else name
    values = [text_of(fields.get(field)) for fields in (ours, theirs, taken)]
    if values[0] != values[1] and values[2] in values[:2]:
        return three[1] if values[2] == values[0] else three[2]
    word = one_sided(*three)
    return min(three[1] or "", three[2] or "") if word is None else word.value


def _words(seen: Json) -> dict[str, str]:
    parts = (part.partition(":") for part in seen.split(" ")) if isinstance(seen, str) else ()
    return {name: word for name, colon, word in parts if colon and word}


def base_of_imports(ours: Fields, theirs: Fields) -> dict[str, Json]:
    """What two imports of one thing can be said to have started from, so that nobody is asked what nobody said.

    The earlier of the two stamps of creation counts. Where nobody moved the item on one side since its import, that
    side says nothing about the stage; where nobody did on either, the earlier arrival in one stage counts, and the
    later of two stages.
    """
    base: dict[str, Json] = {}
    created = [fields.get("created") for fields in (ours, theirs)]
    if all(map(is_stamped, created)):
        base["created"] = max(created, key=in_time)
    stages = [fields.get("stage") for fields in (ours, theirs)]
    if not all(map(is_stamped, stages)):
        return base
    untouched = [fields["stage"] for fields in (ours, theirs) if _is_as_imported(fields)]
    if len(untouched) == 1:
        base["stage"] = untouched[0]
    elif untouched:
        earlier, later = sorted(untouched, key=in_time)
        base["stage"] = later if earlier.get("is") == later.get("is") else earlier
    return base


def _is_as_imported(fields: Fields) -> bool:
    stage = fields.get("stage")
    return isinstance(stage, Mapping) and not stage.get("by") and not fields.get("past_moves")
