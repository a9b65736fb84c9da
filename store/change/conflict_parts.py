"""The part of a record that a conflict is about: found, replaced, and joined from both sides.

Works on raw fields, as the file holds them, so that fields of newer versions can be settled too. A part is named by its
field, or by `field.key` for one rating of many and for one link, which is known by what it leads to.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, get_args

from store.models import TABLES, Json, MergeRule, Part, rules_of

Raw = Mapping[str, Json]
_KEYED: Final = {MergeRule.KEYED, MergeRule.LINKS}
JOINED: Final = {MergeRule.LINES, MergeRule.SET, MergeRule.LINKS, MergeRule.LOG}
"""The kinds of fields that can hold what both sides say."""


def split_name(table: str, field: str) -> tuple[str, str]:
    """The field and the key in it; the key is empty for a whole field."""
    rules = rules_of(table)
    name, _, key = field.partition(".")
    return (name, key) if field not in rules and rules.get(name) in _KEYED else (field, "")


def rule_of(table: str, field: str) -> MergeRule:
    """How the part is merged; one key of a field is one value."""
    name, key = split_name(table, field)
    return MergeRule.SCALAR if key else rules_of(table).get(name, MergeRule.SCALAR)


@cache
def link_field(table: str, name: str) -> str:
    """What the links of a field are known by, such as `goal`."""
    (model, *_) = (part for part in get_args(TABLES[table].model_fields[name].annotation) if isinstance(part, type))
    return next(iter(model.model_fields)) if issubclass(model, Part) else ""


def part_of(table: str, raw: Raw, field: str) -> Json:
    """The value of the part in the raw fields of a record; None where it is not there."""
    name, key = split_name(table, field)
    whole = raw.get(name)
    if not key:
        return whole
    if rules_of(table)[name] is MergeRule.KEYED:
        return whole.get(key) if isinstance(whole, Mapping) else None
    known_by = link_field(table, name)
    links = whole if isinstance(whole, list | tuple) else ()
    return next((link for link in links if isinstance(link, Mapping) and str(link.get(known_by)) == key), None)


def with_part(table: str, raw: Raw, field: str, value: Json) -> dict[str, Json]:
    """The raw fields with another value of the part; None takes it out."""
    name, key = split_name(table, field)
    if key:
        value = _with_key(table, name, raw.get(name), key, value)
    others = {known: given for known, given in raw.items() if known != name}
    return others if value is None else {**others, name: value}


def _with_key(table: str, name: str, whole: Json, key: str, value: Json) -> Json:
    if rules_of(table)[name] is MergeRule.KEYED:
        others = {known: given for known, given in (whole or {}).items() if known != key}
        return others if value is None else {**others, key: value}
    known_by = link_field(table, name)
    links = list(whole or ())
    at = next((place for place, link in enumerate(links) if str(link.get(known_by)) == key), len(links))
    links[at : at + 1] = [] if value is None else [value]
    return links


def joined(table: str, field: str, base: Json, first: Json, second: Json) -> Json:
    """What both sides say; None where there can only be one value."""
    rule = rule_of(table, field)
    if rule is MergeRule.LINES:
        return both_texts(lines_of(base), lines_of(first), lines_of(second))
    if rule not in JOINED and not (isinstance(first, list | tuple) and isinstance(second, list | tuple)):
        return None
    both: list[Any] = []
    for member in (*(first or ()), *(second or ())):
        if member not in both:
            both.append(member)
    return both


def lines_of(text: Json) -> list[str]:
    """Long text as its lines, whichever way the file holds it."""
    if text is None or text == "":
        return []
    return text.split("\n") if isinstance(text, str) else [str(line) for line in text]


def both_texts(base: Sequence[str], first: Sequence[str], second: Sequence[str]) -> list[str]:
    """The changes of both sides; where they overlap, the lines of the first and then those of the second."""
    found: list[str] = []
    in_base = in_first = in_second = 0
    for at_base, at_first, at_second, length in _kept_by_both(base, first, second):
        found += _between(base[in_base:at_base], first[in_first:at_first], second[in_second:at_second])
        found += base[at_base : at_base + length]
        in_base, in_first, in_second = at_base + length, at_first + length, at_second + length
    return found


def _kept_by_both(
    base: Sequence[str], first: Sequence[str], second: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Runs of lines of the base that both sides kept, by where they are in each; the end is the last, of no lines."""
    from difflib import SequenceMatcher  # late: few starts settle a text

    ours = SequenceMatcher(None, base, first).get_matching_blocks()
    theirs = SequenceMatcher(None, base, second).get_matching_blocks()
    one = other = 0
    while one < len(ours) and other < len(theirs):
        a, b = ours[one], theirs[other]
        start, end = max(a.a, b.a), min(a.a + a.size, b.a + b.size)
        if start < end:
            yield start, a.b + start - a.a, b.b + start - b.a, end - start
        if a.a + a.size <= b.a + b.size:
            one += 1
        else:
            other += 1
    yield len(base), len(first), len(second), 0


def _between(base: Sequence[str], first: Sequence[str], second: Sequence[str]) -> list[str]:
    if first in (base, second):
        return list(second)
    if second == base:
        return list(first)
    from difflib import SequenceMatcher  # late, as above

    both: list[str] = []
    for kind, start, end, other_start, other_end in SequenceMatcher(None, first, second).get_opcodes():
        both += first[start:end]
        both += second[other_start:other_end] if kind != "equal" else ()
    return both
