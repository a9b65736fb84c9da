"""Signs for states, all one cell wide; each says the same as the word and the colour beside it."""

from typing import Final

from store.models import Horizon, Item, Kind, Ruling, StageKind, Workspace

STAGE: Final = {
    StageKind.INBOX: "▽",
    StageKind.QUEUED: "▷",
    StageKind.ACTIVE: "▶",
    StageKind.WAITING: "◇",
    StageKind.FINISHED: "✓",
    StageKind.DROPPED: "✕",
}
STAGE_TONE: Final = {
    StageKind.INBOX: "accent",
    StageKind.QUEUED: "",
    StageKind.ACTIVE: "strong",
    StageKind.WAITING: "strong",
    StageKind.FINISHED: "good",
    StageKind.DROPPED: "muted",
}
HORIZON: Final = {Horizon.NOW: "●", Horizon.NEXT: "◐", Horizon.LATER: "○"}
DISPUTED: Final = "≠"
BLOCKED: Final = "⊘"
DUPLICATE: Final = "⧉"
WAITING: Final = "?"
KINDS: Final = tuple(kind.value for kind in Kind)


def state_of(item: Item, workspace: Workspace) -> tuple[str, str]:
    """The sign of an item's state and its tone: disputed, blocked and waiting for an answer go before the stage."""
    if ("items", item.id) in workspace.disputes:
        return DISPUTED, "warning"
    kind = workspace.kind_of(item)
    verdict = item.verdict
    if verdict is not None and verdict.ruling is Ruling.DUPLICATE and not kind.is_open:
        return DUPLICATE, "muted"
    if item.is_blocked and kind.is_open:
        return BLOCKED, "warning"
    if verdict is not None and verdict.ruling is Ruling.ASK and kind is StageKind.INBOX:
        return WAITING, "accent"
    return STAGE[kind], STAGE_TONE[kind]


def strength(value: int) -> str:
    """How strongly an item serves a goal: three squares, as many filled as it is strong."""
    return "■" * value + "□" * (3 - value)
