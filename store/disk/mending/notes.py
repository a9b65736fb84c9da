"""What happened on the way from a text that is not whole to a store: what the plan tells."""

from dataclasses import dataclass, field

from store.disk.mending.whole import Place
from store.models import Conflict


@dataclass(slots=True)
class Notes:
    """What happened on the way.

    Args:
        restored: records that came from another version, and which it was.
        filled: records of which some fields came from another version: the fields, and which it was.
        partial: records that lack something that no version has.
        gaps: what could not be read, as it stands there.
        twins: records that stood there several times.
        decided: fields that somebody decided in the file after git had left its marks there, by record.
        inside: fields that somebody edited inside of marks, by record.
        missing: records that somebody took out of the file after git had merged it.
        dropped: what else stands in the file and is not taken over, as text.
        marks: the lines with marks of a merge.
        is_one_side: whether git put one side of a merge there as it was.
        is_put_right: whether nothing but commas and braces was wrong with a text.
        has_new_meta: whether the record that says whose file it is had to be written anew.
        has_meta_twins: whether that record said something twice, and not the same.
        conflicts: what the two sides changed differently.
        spots: where something is wrong in a text without marks, and what.
        base: where the base of the two sides came from, in words; empty where there was no merge.
        schema: the oldest schema that a text had and was brought to the newest from; None where none was older.
    """

    conflicts: list[Conflict] = field(default_factory=list)
    restored: dict[Place, str] = field(default_factory=dict)
    filled: dict[Place, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    partial: set[Place] = field(default_factory=set)
    gaps: list[str] = field(default_factory=list)
    twins: set[Place] = field(default_factory=set)
    decided: dict[Place, list[str]] = field(default_factory=dict)
    inside: dict[Place, list[str]] = field(default_factory=dict)
    missing: list[Place] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    marks: tuple[int, ...] = ()
    spots: list[tuple[int, str]] = field(default_factory=list)
    is_one_side: bool = False
    is_put_right: bool = False
    has_new_meta: bool = False
    has_meta_twins: bool = False
    base: str = ""
    schema: int | None = None
