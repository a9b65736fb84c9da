"""Values of one's own for a disputed field: which can be given, and what can be picked."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from screens.dialogs.picker import Choice as Option
from screens.wording.dispute import Dispute
from screens.wording.typed_values import REFERENCES, is_strength
from store.models import DecisionStatus, GoalStatus, Horizon, Kind, Origin, Ruling

_WORDS: Final[Mapping[tuple[str, str], type[StrEnum]]] = {
    ("items", "horizon"): Horizon,
    ("items", "kind"): Kind,
    ("items", "verdict"): Ruling,
    ("decisions", "status"): DecisionStatus,
    ("goals", "status"): GoalStatus,
    ("goals", "origin"): Origin,
}
"""The fields that take one of a few words; a verdict asks for what belongs to it afterwards."""
_CAN_BE_NONE: Final = {"horizon", "verdict"}


def why_not_typed(dispute: Dispute) -> str | None:
    """Why no value of one's own can be given; None where one can."""
    conflict = dispute.conflict
    if not conflict.field:
        return "One side deleted it and the other changed it: it can go or stay."
    if dispute.is_text or dispute.is_list or options_for(dispute) or is_strength(dispute):
        return None
    if any(isinstance(value, Mapping | list | tuple) for value in (conflict.base, *conflict.sides)):
        return f"The {dispute.field} has several parts: take a side, then change it on its page."
    return None


def options_for(dispute: Dispute) -> list[Option]:
    """What can be picked for a field that takes one of a few words or a record; empty for any other."""
    table, field, workspace = dispute.conflict.table, dispute.conflict.field, dispute.workspace
    if (table, field) == ("items", "stage"):
        return [Option(stage.name, stage.name, stage.kind.value) for stage in workspace.settings.stages]
    if (table, field) in _WORDS:
        words = [Option(each.value, each.value) for each in _WORDS[table, field]]
        return [*words, Option("", "none")] if field in _CAN_BE_NONE else words
    if field in REFERENCES:
        records = workspace.table(REFERENCES[field]).values()
        named = [Option(str(each.id), str(getattr(each, "title", "")), workspace.name_of(each)) for each in records]
        return [*named, Option("", "none")]
    return []
