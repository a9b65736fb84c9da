"""How far a sitting is, in words: the line above the card, and the line that says what was done last."""

from typing import Final

from rich.cells import cell_len

from screens.wording.clean import clean, fit
from screens.wording.item_lines import Words
from screens.wording.triage import RULING_GLYPH, RULING_WORD
from store.models import Ruling
from store.triage import Pace

LEAST_REASON: Final = 8
KNOWN_AFTER: Final = 3
"""Cards after which a pace is told apart from a guess."""


def progress_words(place: int, total: int, pace: Pace, bar: int) -> list[Words]:
    """`7 of 30  ━━━━━━────────  about 9 min left at your pace`.

    Args:
        place: the number of the card on the table, from 1.
        total: how many cards there are.
        pace: the seconds of the cards so far.
        bar: cells for the bar; without room it is left out.
    """
    words: list[Words] = [(f"{place:,} of {total:,}  ", "strong")]
    if bar > 3:
        done = min(bar, round(bar * (place - 1) / max(1, total)))
        words += [("━" * done, "accent"), ("─" * (bar - done), "muted"), ("  ", "")]
    return [*words, (left_words(pace, total - place + 1), "muted")]


def left_words(pace: Pace, cards: int) -> str:
    """How long so many more cards take."""
    minutes = pace.minutes_left(cards)
    time = f"{minutes} min" if minutes < 120 else f"{minutes / 60:.0f} hours"
    return f"about {time} left at your pace" if len(pace.seconds) >= KNOWN_AFTER else f"about {time}"


def drag_words(seconds: float, pace: Pace) -> list[Words]:
    """How long this card has been open, from one minute on; a nudge where it drags."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return []
    if not pace.is_dragging(seconds):
        return [(f"   {minutes} min on this card", "muted")]
    return [(f"   {minutes} min on this card", "warning"), (" · 6 asks, j comes back to it later", "muted")]


def after_words(name: str, ruling: Ruling, reason: str, width: int, *, offers_decision: bool) -> list[Words]:
    """What was said last and which keys still belong to it; as it narrows, the reason is cut, then keys leave whole."""
    head = f"{RULING_GLYPH[ruling]} {name} {RULING_WORD[ruling]}"
    keys = [("u", "undoes"), ("r", "changes the reason" if reason else "adds a reason")]
    if offers_decision:
        keys.insert(0, ("L", "makes it a decision"))
    room = width - cell_len(head)
    while keys and sum(_key_room(*key) for key in keys) > room:
        keys.pop()
    room -= sum(_key_room(*key) for key in keys) + len(", “”")
    words: list[Words] = [(head[:2], "good"), (head[2:], "")]
    if reason and room >= LEAST_REASON:
        words.append((f", “{fit(clean(reason), room)}”", "muted"))
    for key, meaning in keys:
        words += [(" · ", "muted"), (key, "accent"), (f" {meaning}", "muted")]
    return words


def _key_room(key: str, meaning: str) -> int:
    return len(f" · {key} {meaning}")
