"""What is true of one item, in words: where it stands, what it serves, what was said of it, what it waits for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from screens.wording import disputed, glyphs
from screens.wording.disputed import dispute_words, disputed_fields
from screens.wording.item_lines import TOGETHER, Words
from store.clock import day_words, local_day, whole_days
from store.models import Blocked, Decision, Goal, GoalStatus, Item, Ruling, Stamp, Verdict, Workspace
from store.scoring import Scoreboard

RULED = {
    Ruling.NOW: "now",
    Ruling.NEXT: "next",
    Ruling.LATER: "later",
    Ruling.DECLINE: "declined",
    Ruling.DUPLICATE: "duplicate",
    Ruling.ASK: "asked",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that the words name, as a person has them."""

    goals: str = "m"
    text: str = "E"
    decision: str = "L"
    sharing: str = "g s"


@dataclass(frozen=True, eq=False)
class Facts:
    """The facts of one item in a workspace, as words with tones; texts in them are as they came, not yet clean."""

    item: Item
    workspace: Workspace
    now: datetime
    board: Scoreboard
    keys: Keys = Keys()

    @cached_property
    def state(self) -> tuple[Words, ...]:
        """Sign, stage and since when, horizon, kind, and where the work stands on days."""
        item, workspace = self.item, self.workspace
        glyph, tone = glyphs.state_of(item, workspace)
        parts: list[tuple[Words, ...]] = [
            ((f"{glyph} ", tone), (item.stage.stage, tone), (f" {self.since(item.stage.since)}", ""))
        ]
        if self.disputes:
            parts.append((disputed.WORD,))
        if item.archived is not None:
            parts.append(((f"archived {self._stamp(item.archived)}", "muted"),))
        if spell := self.open_spell:
            parts.append(((f"{glyphs.BLOCKED} blocked {self.since(spell.since)}", "warning"),))
        if item.horizon is not None:
            parts.append(((f"{glyphs.HORIZON[item.horizon]} {item.horizon.value}", ""),))
        parts.append(((item.kind.value, ""),))
        if item.due is not None:
            parts.append((self.due,))
        return _dotted(parts)

    @cached_property
    def disputes(self) -> tuple[str, ...]:
        """The fields of which a merge left two versions, in words."""
        return disputed_fields(self.item, self.workspace)

    @property
    def dispute(self) -> tuple[Words, ...]:
        """What is disputed, and where it is settled; nothing where nothing is."""
        return dispute_words(self.disputes, self.keys.sharing)

    @property
    def due(self) -> Words:
        """By when it is due; late is a warning while it is open."""
        day, today = self.item.due, local_day(self.now)
        if day is None:
            return "", ""
        is_late = day < today and self.is_open
        return f"due {day_words(day, today)}{', late' if is_late else ''}", "warning" if is_late else ""

    @property
    def is_open(self) -> bool:
        """Whether the work still awaits an end."""
        return self.item.archived is None and self.workspace.kind_of(self.item).is_open

    @property
    def open_spell(self) -> Blocked | None:
        """The blocked spell that lasts."""
        return next((spell for spell in self.item.blocked if spell.until is None), None)

    @property
    def created(self) -> tuple[Words, ...]:
        """When it came, from whom and from where."""
        item = self.item
        parts: list[tuple[Words, ...]] = [((f"{self.ago(item.created.at)}", ""),)]
        if item.created.by and item.created.by != item.requester:
            parts.append(((f"by @{item.created.by}", ""),))
        if item.requester:
            parts.append(((f"asked for by @{item.requester}", ""),))
        if item.source is not None:
            parts.append(((self.source, ""),))
        return _dotted(parts)

    @property
    def source(self) -> str:
        """The tracker it came from and its key there."""
        source = self.item.source
        return "" if source is None else f"{source.system} {source.key}"

    @property
    def people(self) -> tuple[Words, ...]:
        """Owner, team, size and tags: what is set of them."""
        item = self.item
        parts: list[tuple[Words, ...]] = []
        if item.owner:
            parts.append(((f"@{item.owner}", ""),))
        if item.team is not None and (team := self.workspace.teams.get(item.team)):
            parts.append(((team.title, ""),))
        if item.size:
            parts.append(((f"size {item.size}", ""),))
        if item.tags:
            parts.append(((" ".join(f"#{tag}" for tag in sorted(item.tags)), ""),))
        return _dotted(parts)

    @cached_property
    def goals(self) -> tuple[tuple[Words, ...], ...]:
        """One line for each goal it serves: title, squares, and the priority it leads to."""
        tree = self.board.tree
        links = sorted(self.item.goals, key=lambda link: (-link.strength * tree.shares.get(link.goal, 0.0), link.goal))
        lines: list[tuple[Words, ...]] = []
        for link in links:
            goal = self.workspace.goals.get(link.goal)
            squares = (f"{TOGETHER}{glyphs.strength(link.strength)}", "")
            if goal is None:
                lines.append((("a goal that is gone", "warning"), squares))
                continue
            over = "" if tree.is_pursued(goal.id) else f"  {_how_it_ended(goal)}"
            lines.append(((goal.title, ""), squares, (over, "warning")))
        return tuple(lines)

    @cached_property
    def score(self) -> str:
        """The score as one sum, or why there is none; as long as a merge left two versions, that it is disputed."""
        line = self.board.score(self.item).line.replace(" %", f"{TOGETHER}%")
        return f"{line}, disputed" if self.disputes else line

    @property
    def place(self) -> str:
        """Where its score puts it among the open items of its horizon; empty for items that are over."""
        return self.board.place(self.item, self.item.horizon).words if self.is_open else ""

    @property
    def verdict(self) -> tuple[Words, ...]:
        """What triage said, when, and why."""
        verdict = self.item.verdict
        if verdict is None:
            return ()
        reason = f" “{verdict.reason}”" if verdict.reason else ""
        return ((f"{self._ruled(verdict)}, {self._stamp(verdict)}", ""), (reason, ""))

    @property
    def spells(self) -> Iterator[str]:
        """Each blocked spell as a sentence, oldest first."""
        for spell in self.item.blocked:
            reason = f": {spell.reason}" if spell.reason else ""
            if spell.until is None:
                yield f"blocked {self.since(spell.since)}{reason}"
            else:
                length = days(whole_days(spell.since, spell.until))
                yield f"was blocked for {length}, from {self.day(spell.since)}{reason}"

    @cached_property
    def waits_for(self) -> tuple[tuple[Words, ...], ...]:
        """The items it depends on, with their states."""
        return tuple(self.other(number) for number in sorted(self.item.depends_on))

    @cached_property
    def holds_up(self) -> tuple[tuple[Words, ...], ...]:
        """The open items that depend on it, with their states."""
        return tuple(self.other(other.id) for other in self.held_up)

    @cached_property
    def held_up(self) -> tuple[Item, ...]:
        """The open items that depend on it. Finished ones wait for nothing, and are not even read for this."""
        number = self.item.id
        return tuple(other for other in self.workspace.open_items if number in other.depends_on)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that name this item, newest first."""
        found = [
            decision
            for decision in self.workspace.decisions.values()
            if self.item.id in decision.items and decision.archived is None
        ]
        return tuple(sorted(found, key=lambda decision: decision.status.since, reverse=True))

    def other(self, number: int) -> tuple[Words, ...]:
        """Another item in a line: sign, id, title, stage."""
        other = self.workspace.items.get(number)
        if other is None:
            return (("an item that is gone", "muted"),)
        glyph, tone = glyphs.state_of(other, self.workspace)
        name = self.workspace.name_of(other)
        return ((f"{glyph} ", tone), (f"{name} ", "muted"), (other.title, ""), (f"  {other.stage.stage}", "muted"))

    def since(self, moment: datetime) -> str:
        """`since Mon 16 Nov, 7 days`; a day ago and today need no count."""
        count = whole_days(moment, self.now)
        return f"since {self.day(moment)}{f', {days(count)}' if count > 1 else ''}"

    def ago(self, moment: datetime) -> str:
        """`Mon 16 Nov, 7 days ago`."""
        count = whole_days(moment, self.now)
        return f"{self.day(moment)}{f', {days(count)} ago' if count > 1 else ''}"

    def day(self, moment: datetime) -> str:
        """The day of a moment in words."""
        return day_words(local_day(moment), local_day(self.now))

    def _ruled(self, verdict: Verdict) -> str:
        word = RULED[verdict.ruling]
        if verdict.ruling is Ruling.LATER and verdict.until is not None:
            return f"{word}, not before {day_words(verdict.until, local_day(self.now))}"
        if verdict.ruling is Ruling.DUPLICATE and verdict.of is not None:
            original = self.workspace.items.get(verdict.of)
            return f"{word} of {self.workspace.name_of(original) if original else 'an item that is gone'}"
        return word

    def _stamp(self, stamp: Stamp | Verdict) -> str:
        return f"{self.day(stamp.at)}{f' by @{stamp.by}' if stamp.by else ''}"


def days(count: int) -> str:
    """A number of days in words."""
    if count == 0:
        return "less than a day"
    return "1 day" if count == 1 else f"{count:,} days"


def _how_it_ended(goal: Goal) -> str:
    if goal.archived is not None:
        return "archived"
    # An active goal below one that is over is not pursued either.
    return "not pursued" if goal.status is GoalStatus.ACTIVE else goal.status.value


def _dotted(parts: list[tuple[Words, ...]]) -> tuple[Words, ...]:
    joined: list[Words] = []
    for part in parts:
        if joined:
            joined += [(f"{TOGETHER}·", "muted"), (" ", "")]
        joined += part
    return tuple(joined)
