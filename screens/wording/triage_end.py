"""The end of a sitting, the pause, and the empty inbox, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from screens.wording import glyphs
from screens.wording.clean import clean, fit
from screens.wording.item_lines import BLANK, Line, Words, wrapped
from screens.wording.triage import RULING_GLYPH, RULING_WORD
from store.models import Horizon, Ruling, Workspace
from store.scoring import Scoreboard
from store.triage import Outcome, TriageSummary

BAR: Final = 30
MOST_LISTED: Final = 8
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"


@dataclass(frozen=True, slots=True)
class Rest:
    """What a sitting leaves.

    Args:
        skipped: cards that were passed by without a verdict.
        waiting: cards that were not reached.
        overdue_decisions: decisions past the day they were to be made.
        stale: items that have not moved for long and are no cards.
    """

    skipped: int = 0
    waiting: int = 0
    overdue_decisions: int = 0
    stale: int = 0


def end_lines(
    summary: TriageSummary | None, workspace: Workspace, board: Scoreboard, rest: Rest, width: int
) -> list[Line]:
    """Counts by verdict, where they landed, time spent, reasons given, what is left; no summary, no verdict."""
    head = _head(rest)
    if summary is None:
        return [((head, "strong"),), (("Nothing was triaged.", "muted"),), *_rest(rest, width)]
    lines: list[Line] = [((head, "strong"),), ((_spent(summary), "muted"),), BLANK]
    lines += _counts(summary)
    lines += _landed(summary, workspace, board, width)
    lines += _reasons(summary, workspace, width)
    lines += _rest(rest, width)
    return lines


def pause_lines(place: int, total: int, summary: TriageSummary | None, width: int) -> list[Line]:
    """That it waits, and how to go on."""
    said = f"Paused at card {place:,} of {total:,}."
    lines: list[Line] = [((said, "strong"),)]
    if summary is not None:
        lines.append(((f"{summary.sentence}.", "muted"),))
    lines += [BLANK, *wrapped([("Your place and every verdict are kept; you can also quit and come back.", "")], width)]
    return [*lines, BLANK, *_keys([("p", "goes on"), ("enter", "shows the summary"), ("esc", "leaves")])]


def empty_lines(rest: Rest, width: int, *, has_items: bool) -> list[Line]:
    """A sentence for an empty inbox, and what could be done now."""
    words = "The inbox is empty: everything has had its answer." if has_items else "Nothing waits here yet."
    lines: list[Line] = [((words, "strong"),), BLANK]
    keys = [("c", "captures something new")]
    if has_items:
        keys.append(("g b", "shows the backlog"))
    if rest.stale:
        keys.append(("o", f"goes through {rest.stale:,} that have not moved for long"))
    lines += _keys(keys)
    outside = "Issues from elsewhere come in from the shell, with: leadline import FILE"
    return [*lines, BLANK, *wrapped([(outside, "muted")], width)]


def _keys(keys: Iterable[tuple[str, str]]) -> list[Line]:
    return [((f"{key:<7}", "accent"), (words, "")) for key, words in keys]


def _head(rest: Rest) -> str:
    if rest.waiting:
        return f"Enough for now; {_cards(rest.waiting + rest.skipped)} left."
    return f"That was the last card; {_cards(rest.skipped)} skipped." if rest.skipped else "Triage is done."


def _cards(count: int) -> str:
    return f"{count:,} card{' was' if count == 1 else 's were'}"


def _spent(summary: TriageSummary) -> str:
    cards = len(summary.outcomes)
    if not cards:
        return "Nothing was triaged."
    minutes = f"{summary.minutes} minute{'' if summary.minutes == 1 else 's'}"
    seconds = sum(ruled.seconds for ruled in summary.session.verdicts) / cards
    each = f", {seconds:.0f} seconds a card" if cards > 1 and seconds >= 1 else ""
    return f"{cards:,} card{'' if cards == 1 else 's'} in {minutes}{each}."


def _counts(summary: TriageSummary) -> list[Line]:
    most = max(summary.counts.values(), default=0)
    lines: list[Line] = []
    for ruling, count in summary.counts.items():
        if count:
            lines.append((
                (f"{RULING_GLYPH[ruling]} {RULING_WORD[ruling]:<10}", ""),
                (f"{count:>4,}  ", "strong"),
                (_bar(count, most), "accent" if ruling is Ruling.NOW else "muted"),
            ))
    return lines


def _bar(count: int, most: int) -> str:
    eighths = max(1, round(8 * min(BAR, most) * count / most))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _landed(summary: TriageSummary, workspace: Workspace, board: Scoreboard, width: int) -> list[Line]:
    if not summary.landed:
        return []
    parts: list[Words] = []
    for stage, count in summary.landed.items():
        kind = workspace.settings.kind_of(stage)
        glyph = glyphs.STAGE[kind] if kind is not None else "·"
        # Duplicates stand in the same stage as what was declined, yet nobody said no to them.
        duplicates = sum(_is_duplicate(outcome, stage) for outcome in summary.outcomes)
        for sign, number, words in ((glyph, count - duplicates, stage), (glyphs.DUPLICATE, duplicates, "duplicate")):
            if number:
                parts += [(" · ", "muted")] if parts else []
                parts += [(f"{sign} {number:,} ", ""), (words, "")]
    lines: list[Line] = [BLANK, (("Where they landed", "accent"),), *wrapped(parts, width)]
    accepted = [
        (board.place(outcome.item, outcome.item.horizon), outcome.item)
        for outcome in summary.outcomes
        if outcome.item.horizon in {Horizon.NOW, Horizon.NEXT} and workspace.kind_of(outcome.item).is_open
    ]
    order = list(Horizon)
    accepted.sort(key=lambda pair: (order.index(pair[0].horizon or Horizon.LATER), pair[0].position))
    for place, item in accepted[:MOST_LISTED]:
        sign = glyphs.HORIZON[place.horizon] if place.horizon else " "
        horizon = place.horizon.value if place.horizon else ""
        has_score = board.value(item) is not None
        rank = f"{place.position:,} of {place.of:,} in {horizon}" if has_score else f"in {horizon}, no score yet"
        name = workspace.name_of(item)
        room = max(8, width - len(name) - len(rank) - 6)
        lines.append((
            (f"{sign} ", ""),
            (f"{name}  ", "muted"),
            (fit(clean(item.title), room, pad=True), ""),
            (f"  {rank}", "muted"),
        ))
    return [*lines, *_more(len(accepted))]


def _is_duplicate(outcome: Outcome, stage: str) -> bool:
    return outcome.ruling is Ruling.DUPLICATE and outcome.item.stage.stage == stage


def _reasons(summary: TriageSummary, workspace: Workspace, width: int) -> list[Line]:
    given = [outcome for outcome in summary.outcomes if outcome.reason]
    if not given:
        return []
    lines: list[Line] = [BLANK, (("Reasons given", "accent"),)]
    for outcome in given[:MOST_LISTED]:
        words: Sequence[Words] = (
            (f"{RULING_GLYPH[outcome.ruling]} ", ""),
            (f"{workspace.name_of(outcome.item)}  ", "muted"),
            (fit(clean(outcome.item.title), max(8, width // 2 - 10)), ""),
            (f"  “{outcome.reason}”", "muted"),
        )
        lines += wrapped(words, width, hang=4)
    return [*lines, *_more(len(given))]


def _more(count: int) -> list[Line]:
    return [((f"  {count - MOST_LISTED:,} more · y copies all of them", "muted"),)] if count > MOST_LISTED else []


def _rest(rest: Rest, width: int) -> list[Line]:
    lines: list[Line] = []
    if rest.overdue_decisions:
        what = "decision is" if rest.overdue_decisions == 1 else "decisions are"
        words = [(f"{rest.overdue_decisions} {what} overdue", "warning"), (" · ", "muted"), ("g d", "accent")]
        lines += wrapped([*words, (" decides", "muted")], width)
    if rest.skipped:
        lines += wrapped([("k", "accent"), (" goes back to what was skipped", "muted")], width)
    if rest.stale:
        stale = f" goes through {rest.stale:,} that have not moved for long"
        lines += wrapped([("o", "accent"), (stale, "muted")], width)
    return [BLANK, *lines] if lines else []
