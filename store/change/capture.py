"""The capture line: one line of text that becomes an item, and pasted lists that become many.

`Flaky login test @ana #debt !next ^flow due:fri ~2`: owner, tag, horizon, goal, due day, size; `kind:bug` for the kind.
Values with blanks go in quotes, `^"support hours"`, `due:"next fri"`; a backslash in front keeps a word as it is. What
cannot be read stays in the title, and its token says what is wrong with it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum

from store.change.building import quoted, tag_word
from store.change.edits import ChangeSet, Edit
from store.clock import day_words, parse_day
from store.errors import RuleError
from store.models import Goal, Horizon, Item, Kind, NewId, Serves, StageKind, Stamp, Standing, Workspace, made
from store.query import Vocabulary, nearest_name

DEFAULT_STRENGTH = 2
MAX_LINES = 5_000

_PIECE = re.compile(r'(?:\^|due:|kind:)"[^"]*"?\S*|\S+')
_BULLET = re.compile(r"^(?:[-*+•‣–]|[0-9]{1,4}[.)]|#{1,6})(?:\s+|$)")
_BOX = re.compile(r"^\[[ xX]?\](?:\s+|$)")


class Mark(Enum):
    """What a word of a capture line is read as."""

    TAG = "tag"
    OWNER = "owner"
    HORIZON = "horizon"
    GOAL = "goal"
    DUE = "due"
    SIZE = "size"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class CaptureToken:
    """One marked word of the line.

    Args:
        start: where it starts.
        end: where it ends.
        mark: what it is read as.
        reading: how it is read, such as `due Fri 27 Nov`; empty where it cannot be read.
        problem: what is wrong with it; the word then stays in the title.
        word: what stands there.
    """

    start: int
    end: int
    mark: Mark
    reading: str = ""
    problem: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """A line as it is read; `title` is what is left of it."""

    title: str
    owner: str = ""
    tags: frozenset[str] = frozenset()
    horizon: Horizon | None = None
    goals: tuple[Serves, ...] = ()
    due: date | None = None
    size: int | None = None
    kind: Kind = Kind.FEATURE
    tokens: tuple[CaptureToken, ...] = field(default=(), compare=False)

    def __bool__(self) -> bool:
        return bool(self.title)

    @property
    def reading(self) -> str:
        """How the line is read: `owner ana · tag debt · due Fri 27 Nov`."""
        return " · ".join(token.reading for token in self.tokens if token.reading)

    @property
    def problems(self) -> tuple[str, ...]:
        """What could not be read, a sentence or two for each word, in the order of the line."""
        return tuple(token.problem for token in self.tokens if token.problem)

    @property
    def unread(self) -> tuple[str, ...]:
        """The words that could not be read and stay in the title, in the order of the line."""
        return tuple(token.word for token in self.tokens if token.problem)


def read_capture(line: str, workspace: Workspace, today: date, me: str = "") -> Capture:
    """How a line is read; never fails."""
    return _Reader(workspace, today, me).read(line)


def captures(text: str, workspace: Workspace, today: date, me: str = "") -> list[Capture]:
    """How each line of a pasted text is read; bullets, numbers and boxes in front are taken off, empty lines left out.

    Raises:
        RuleError: more lines than anybody means to paste.
    """
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        message = f"The text has {len(lines)} lines; {MAX_LINES} is the most."
        raise RuleError(message, "leadline import reads long lists from a file.")
    reader = _Reader(workspace, today, me)
    read = (reader.read(_BOX.sub("", _BULLET.sub("", line.strip(), count=1), count=1)) for line in lines)
    return [capture for capture in read if capture]


def captured(workspace: Workspace, lines: Iterable[Capture], new_id: NewId, now: datetime, by: str) -> ChangeSet:
    """New items; those without a title are left out.

    They land in the inbox. Where the line says now or next, that is a verdict in itself, and they are queued at once.

    Raises:
        RuleError: a title is too long.
    """
    edits = [Edit(None, _item(workspace, capture, new_id(), now, by)) for capture in lines if capture]
    only = edits[0].after if len(edits) == 1 else None
    what = quoted(only.title) if isinstance(only, Item) else f"{len(edits)} items"
    return ChangeSet(f"Captured {what}", tuple(edits), now, by)


def _item(workspace: Workspace, capture: Capture, number: int, now: datetime, by: str) -> Item:
    stage = _queue(workspace, capture.horizon) or workspace.settings.first_stage(StageKind.INBOX)
    return made(
        Item,
        id=number,
        title=capture.title,
        created=Stamp(at=now, by=by),
        stage=Standing(stage=stage, since=now, by=by),
        owner=capture.owner,
        tags=capture.tags,
        horizon=capture.horizon,
        goals=capture.goals,
        due=capture.due,
        size=capture.size,
        kind=capture.kind,
    )


def _queue(workspace: Workspace, horizon: Horizon | None) -> str:
    """Where an item of that horizon is queued at once; empty where it waits in the inbox."""
    is_ruled = horizon in {Horizon.NOW, Horizon.NEXT}
    return workspace.settings.first_stage(StageKind.QUEUED) if is_ruled else ""


class _Reader:
    """Reads lines against one workspace, day and person."""

    def __init__(self, workspace: Workspace, today: date, me: str) -> None:
        self._workspace = workspace
        self._vocabulary = Vocabulary(workspace)
        self._today = today
        self._me = me

    def read(self, line: str) -> Capture:
        capture = Capture("")
        words: list[str] = []
        tokens: list[CaptureToken] = []
        for piece in _PIECE.finditer(line):
            word = piece.group()
            mark = _mark_of(word)
            if mark is None:
                words.append(word[1:] if _is_escaped(word) else word)
                continue
            try:
                capture, reading = self._marked(capture, mark, word)
            except RuleError as error:
                words.append(word)
                tokens.append(CaptureToken(piece.start(), piece.end(), mark, problem=str(error), word=word))
            else:
                tokens.append(CaptureToken(piece.start(), piece.end(), mark, reading, word=word))
        return replace(capture, title=" ".join(words), tokens=tuple(tokens))

    def _marked(  # noqa: PLR0911 - one for each mark
        self, capture: Capture, mark: Mark, word: str
    ) -> tuple[Capture, str]:
        value = (word.partition(":")[2] if mark in {Mark.DUE, Mark.KIND} else word[1:]).replace('"', "")
        match mark:
            case Mark.TAG:
                tag = tag_word(value)
                return replace(capture, tags=capture.tags | {tag}), f"tag {tag}"
            case Mark.OWNER:
                owner = self._person(value)
                return replace(capture, owner=owner), f"owner {owner}"
            case Mark.HORIZON:
                horizon = Horizon(_one_of(value, tuple(Horizon), "horizon"))
                queue = _queue(self._workspace, horizon)
                return replace(capture, horizon=horizon), f"{horizon}, queued in {queue}" if queue else str(horizon)
            case Mark.KIND:
                kind = Kind(_one_of(value, tuple(Kind), "kind"))
                return replace(capture, kind=kind), kind.value
            case Mark.DUE:
                due = parse_day(value, self._today)
                return replace(capture, due=due), f"due {day_words(due, self._today)}"
            case Mark.SIZE:
                size = _size(value)
                return replace(capture, size=size), f"size {size}"
            case Mark.GOAL:
                goal, strength = self._goal(value)
                others = tuple(link for link in capture.goals if link.goal != goal.id)
                links = (*others, Serves(goal=goal.id, strength=strength))
                return replace(capture, goals=links), f"for {quoted(goal.title)} {'■' * strength}"

    def _person(self, value: str) -> str:
        if value.casefold() != "me":
            return value
        if not self._me:
            message = "Nobody knows who @me is."
            raise RuleError(message, "Give the handle, or set your name in git.")
        return self._me

    def _goal(self, value: str) -> tuple[Goal, int]:
        name, _, figure = value.rpartition(":")
        is_strength = bool(name) and figure in {"1", "2", "3"}
        wanted = name if is_strength else value
        found = self._vocabulary.goals_named(wanted)
        if len(found) == 1:
            return found[0], int(figure) if is_strength else DEFAULT_STRENGTH
        if found:
            shown = " or ".join(quoted(goal.title) for goal in found[:2])
            message = f"^{wanted} could be {shown}."
            raise RuleError(message, "Give another word of it.")
        message = f"No goal is called {quoted(wanted)}."
        raise RuleError(message, "A word of its title is enough.")


def _mark_of(word: str) -> Mark | None:
    """What a word says it is; `#12`, `!`, `~` and the like are plain text."""
    first, rest = word[0], word[1:]
    if word.casefold().startswith("due:") and len(word) > 4:
        return Mark.DUE
    if word.casefold().startswith("kind:") and len(word) > 5:
        return Mark.KIND
    if first == "~" and rest[:1].isalnum():
        return Mark.SIZE
    if first in "#@!^" and rest[:1].isalpha():
        return {"#": Mark.TAG, "@": Mark.OWNER, "!": Mark.HORIZON, "^": Mark.GOAL}[first]
    return Mark.GOAL if first == "^" and rest.startswith('"') and rest.strip('"') else None


def _is_escaped(word: str) -> bool:
    return word.startswith("\\") and len(word) > 1 and _mark_of(word[1:]) is not None


def _one_of(value: str, names: tuple[str, ...], what: str) -> str:
    folded = value.casefold()
    if folded in names:
        return folded
    nearest = nearest_name(folded, names)
    message = f"There is no {what} {quoted(value)}."
    raise RuleError(message, f"Did you mean {nearest}?" if nearest else f"Possible: {', '.join(names)}.")


def _size(value: str) -> int:
    size = int(value) if value.isascii() and value.isdigit() and len(value) <= 4 else 0
    if not 1 <= size <= 1000:
        message = f"“~{value}” is not a size."
        raise RuleError(message, "A size is a number from 1 to 1000, such as ~2.")
    return size
