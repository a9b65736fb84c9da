"""How fast a sitting goes, and what came out of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from statistics import median

from store.clock import local_day
from store.models import Item, Ruling, Session, Workspace

USUAL_SECONDS = 20
"""What a card is taken to need before there are three to tell from."""
LONGEST_SECONDS = 600
"""A card that was open longer was left alone, for a call or a coffee; it does not count as slower than this."""
DRAGGING = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """The seconds that each card of a sitting took."""

    seconds: tuple[int, ...] = ()

    @classmethod
    def of(cls, session: Session | None) -> "Pace":
        """The pace of a session so far."""
        return cls(tuple(ruled.seconds for ruled in session.verdicts) if session else ())

    @property
    def per_card(self) -> float:
        """The median of the cards; a usual value while there are fewer than three."""
        return float(USUAL_SECONDS) if len(self.seconds) < 3 else max(1.0, float(median(self.seconds)))

    @property
    def minutes_spent(self) -> int:
        """Whole minutes spent, at least one once anything was ruled."""
        total = sum(min(seconds, LONGEST_SECONDS) for seconds in self.seconds)
        return max(1, round(total / 60)) if self.seconds else 0

    def minutes_left(self, cards: int) -> int:
        """Whole minutes for so many more cards at this pace, rounded up."""
        return ceil(cards * self.per_card / 60)

    def is_dragging(self, seconds: float) -> bool:
        """Whether a card has been open three times as long as usual, and two minutes at least."""
        return seconds >= max(120, DRAGGING * self.per_card)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One item that was ruled in a sitting: what was said last, and why."""

    item: Item
    ruling: Ruling
    reason: str


@dataclass(frozen=True, slots=True)
class TriageSummary:
    """What a sitting did.

    `counts` has every ruling, also those nobody gave; `landed` is the number of items by the stage they are in now.
    """

    session: Session
    outcomes: tuple[Outcome, ...]
    counts: Mapping[Ruling, int]
    landed: Mapping[str, int]
    minutes: int

    @property
    def sentence(self) -> str:
        """The sitting in one line: `5 triaged in 2 minutes: 1 now, 2 next, 2 declined`."""
        given = ", ".join(f"{count} {_SAID[ruling]}" for ruling, count in self.counts.items() if count)
        minutes = f"{self.minutes} minute{'' if self.minutes == 1 else 's'}"
        return f"{len(self.outcomes)} triaged in {minutes}: {given}" if given else "Nothing was triaged"


_SAID = {
    Ruling.NOW: "now",
    Ruling.NEXT: "next",
    Ruling.LATER: "later",
    Ruling.DECLINE: "declined",
    Ruling.DUPLICATE: "duplicate",
    Ruling.ASK: "asked",
}


def summary(session: Session, workspace: Workspace) -> TriageSummary:
    """What the sitting did; of an item that was ruled twice only the last verdict counts."""
    last = {ruled.item: ruled.ruling for ruled in session.verdicts}
    outcomes = tuple(
        Outcome(item, ruling, item.verdict.reason if item.verdict else "")
        for number, ruling in last.items()
        if (item := workspace.items.get(number)) is not None
    )
    counted = Counter(outcome.ruling for outcome in outcomes)
    landed = Counter(outcome.item.stage.stage for outcome in outcomes)
    stages = [stage.name for stage in workspace.settings.stages]
    return TriageSummary(
        session,
        outcomes,
        {ruling: counted[ruling] for ruling in Ruling},
        {stage: landed[stage] for stage in stages if landed[stage]},
        Pace.of(session).minutes_spent,
    )


def minutes_markdown(summary: TriageSummary, workspace: Workspace) -> str:
    """The minutes of a sitting as Markdown, ending with a line break."""
    session = summary.session
    day = local_day(session.started.at).isoformat()
    people = sorted(session.people | ({session.started.by} if session.started.by else set()))
    lines = [f"# Triage, {day}", "", f"{summary.sentence}."]
    if people:
        lines.append(f"Present: {', '.join(f'@{_plain(name)}' for name in people)}.")
    for ruling in Ruling:
        outcomes = [outcome for outcome in summary.outcomes if outcome.ruling is ruling]
        if outcomes:
            lines += ["", f"## {_SAID[ruling].capitalize()}", ""]
            lines += [_line(outcome, workspace) for outcome in outcomes]
    return "\n".join(lines) + "\n"


def _line(outcome: Outcome, workspace: Workspace) -> str:
    item = outcome.item
    parts = [f"- **{workspace.name_of(item)}** {_plain(item.title)}"]
    goals = [workspace.goals[link.goal].title for link in item.goals if link.goal in workspace.goals]
    if goals:
        parts.append(f"for {_plain(', '.join(goals))}")
    verdict = item.verdict
    if verdict is not None and verdict.until is not None:
        parts.append(f"until {verdict.until.isoformat()}")
    if verdict is not None and verdict.of is not None and verdict.of in workspace.items:
        parts.append(f"same as {workspace.name_of(workspace.items[verdict.of])}")
    if outcome.reason:
        parts.append(f"because {_plain(outcome.reason)}")
    return ", ".join(parts)


def _plain(text: str) -> str:
    """Text that Markdown leaves alone: signs that would start a format are escaped, control characters left out."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in text if letter.isprintable())
