"""Conflicts as rows: sign, record, what is disputed, and what both sides say."""

from collections.abc import Mapping

from screens.wording import glyphs
from screens.wording.differences import Told
from screens.wording.dispute import Dispute
from screens.wording.item_lines import Words


def dispute_row(dispute: Dispute) -> Mapping[str, Words | tuple[Words, ...]]:
    """The words of a conflict by column."""
    is_open = dispute.conflict.settled is None
    tone = "" if is_open else "muted"
    return {
        "state": (glyphs.DISPUTED, "warning") if is_open else ("✓", "good"),
        "id": (dispute.id, "muted"),
        "title": (dispute.title, tone),
        "says": ((f"{dispute.field}: ", "muted"), (_values(dispute), tone))
        if dispute.conflict.field
        else (dispute.story, tone),
    }


def _values(dispute: Dispute) -> str:
    if dispute.is_text:
        return "both changed the same lines"
    return " or ".join(dispute.words(side) for side in dispute.order)


def told_row(told: Told) -> Mapping[str, Words | tuple[Words, ...]]:
    """The words of a changed record by column."""
    first, *_ = told.phrases or ("",)
    sign = {"new": ("+", "good"), "removed": ("-", "warning")}.get(first, ("·", "muted"))
    return {
        "state": sign,
        "id": (told.name, "muted"),
        "title": (told.title, ""),
        "says": ("; ".join(told.phrases), "muted"),
    }
