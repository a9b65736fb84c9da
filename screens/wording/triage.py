"""A triage card in words: its state, what it would serve, where it would land, what is like it, why it is here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len

from screens.wording import glyphs
from screens.wording.clean import clean, fit
from screens.wording.item_facts import Facts
from screens.wording.item_lines import Line, Words, wrapped
from screens.wording.rows import NO_FIGURE
from store.clock import day_words, local_day, whole_days
from store.models import Goal, Horizon, Item, Ruling, Source, Verdict
from store.scoring import figure
from store.triage import Likeness

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
RULING_GLYPH: Final = {
    Ruling.NOW: glyphs.HORIZON[Horizon.NOW],
    Ruling.NEXT: glyphs.HORIZON[Horizon.NEXT],
    Ruling.LATER: glyphs.HORIZON[Horizon.LATER],
    Ruling.DECLINE: "✕",
    Ruling.DUPLICATE: glyphs.DUPLICATE,
    Ruling.ASK: glyphs.WAITING,
}
RULING_WORD: Final = {
    Ruling.NOW: "now",
    Ruling.NEXT: "next",
    Ruling.LATER: "later",
    Ruling.DECLINE: "declined",
    Ruling.DUPLICATE: "duplicate",
    Ruling.ASK: "asked",
}
_SYSTEMS: Final = {"github": "GitHub", "jira": "Jira", "csv": "CSV"}
_YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class GoalChoice:
    """A goal that can be served: its letter, its share, how strongly the card serves it, its depth in the tree."""

    letter: str
    goal: Goal
    share: float
    strength: int
    depth: int = 0

    @property
    def title(self) -> str:
        """The title, set in by its place in the tree; clean."""
        return "  " * min(self.depth, 4) + clean(self.goal.title)


def state_words(facts: Facts) -> tuple[Words, ...]:
    """`▽ bug · 12 days in the inbox · asked by @contoso · GitHub #1893`, and what else is set."""
    glyph, tone = glyphs.state_of(facts.item, facts.workspace)
    words: list[Words] = [(f"{glyph} ", tone)]
    for text, part_tone in (*_standing(facts), *_origin(facts.item), *_set(facts)):
        words += [(" · ", "muted")] if len(words) > 1 else []
        words.append((text, part_tone or "muted"))
    return tuple(words)


def _standing(facts: Facts) -> Iterator[Words]:
    item = facts.item
    yield item.kind.value, ""
    yield _stay(facts), ""
    if item.horizon is not None:
        yield f"{glyphs.HORIZON[item.horizon]} {item.horizon.value}", ""
    if item.is_blocked:
        yield f"{glyphs.BLOCKED} blocked", "warning"


def _origin(item: Item) -> Iterator[Words]:
    if item.requester:
        yield f"asked by @{item.requester}", ""
    elif item.created.by:
        yield f"by @{item.created.by}", ""
    if item.source is not None:
        yield source_words(item.source), ""


def _set(facts: Facts) -> Iterator[Words]:
    item = facts.item
    if item.due is not None:
        yield facts.due
    if item.owner:
        yield f"@{item.owner}", ""
    if item.size:
        yield f"size {item.size}", ""
    if item.tags:
        yield " ".join(f"#{tag}" for tag in sorted(item.tags)), ""


def _stay(facts: Facts) -> str:
    since = facts.item.stage.since
    stage = facts.item.stage.stage
    days = whole_days(since, facts.now)
    where = f"in the {stage}" if stage == "inbox" else f"in {stage}"
    if days == 0:
        return f"{where} since today"
    return f"{days_words(days)} {where}"


def days_words(days: int) -> str:
    """A stretch of days as people say it: `1 day`, `12 days`, `14 months`, `9 years`."""
    if days >= 2 * _YEAR:
        return f"{days // _YEAR} years"
    if days >= 120:
        return f"{days // 30} months"
    return f"{days} day{'' if days == 1 else 's'}"


def source_words(source: Source) -> str:
    """The tracker and the key there: `GitHub #1893`, `Jira ALOY-12`."""
    kind = source.system.partition(":")[0]
    name = _SYSTEMS.get(kind, source.system)
    return f"{name} {'#' if kind == 'github' and source.key.isdigit() else ''}{source.key}"


def goal_lines(choices: Sequence[GoalChoice], width: int, most: int) -> list[Line]:
    """The goals with their letters, squares and shares, those that are served first if there is no room for all."""
    shown = list(choices)
    if len(shown) > most:
        served = [choice for choice in shown if choice.strength]
        kept = {id(choice) for choice in [*served, *(each for each in shown if not each.strength)][: most - 1]}
        shown = [choice for choice in shown if id(choice) in kept]
    lines = [_goal_line(choice, width) for choice in shown]
    if len(shown) < len(choices):
        lines.append(((f"   {len(choices) - len(shown)} more", "muted"),))
    return lines


def _goal_line(choice: GoalChoice, width: int) -> Line:
    aside = f"{glyphs.strength(choice.strength)}  {choice.share:>3.0f} %"
    room = max(4, width - 3 - len(aside) - 1)
    tone = "" if choice.strength else "muted"
    return (
        (f"{choice.letter or ' ':<3}", "accent"),
        (fit(choice.title, room, pad=True), tone),
        (f" {glyphs.strength(choice.strength)}", "" if choice.strength else "muted"),
        (f"  {choice.share:>3.0f} %", "muted"),
    )


def landing_lines(facts: Facts, width: int) -> list[Line]:
    """The rank it would have now and next, the score with every term, and what is not known of it."""
    lines: list[Line] = []
    has_score = facts.board.value(facts.item) is not None
    for horizon in (Horizon.NOW, Horizon.NEXT):
        place = facts.board.place(facts.item, horizon)
        lines.append((
            (f"{glyphs.HORIZON[horizon]} {horizon.value:<5}", ""),
            (f"{place.position:>4,}" if has_score else f"{NO_FIGURE:>4}", "strong" if has_score else "muted"),
            (f" of {place.of:,}", "muted"),
        ))
    score = facts.board.score(facts.item)
    if score.value is None:
        return [*lines, *wrapped([(f"no score: {score.reason}", "muted")], width, hang=2)]
    value, _, terms = score.line.partition(" = ")
    lines += wrapped([("score ", "muted"), (value, "strong"), (f"  =  {terms}", "")], width, hang=6)
    if score.missing:
        lines += wrapped([(f"not known: {', '.join(score.missing)}", "muted")], width, hang=2)
    return lines


def like_lines(likes: Sequence[Likeness], facts: Facts, width: int, most: int) -> list[Line]:
    """Similar items with how much they are alike; where two lines each have room, also the words they share."""
    if not likes:
        return [(("nothing so far", "muted"),)]
    lines: list[Line] = []
    for like in likes:
        name = facts.workspace.name_of(like.item)
        lines.append(_like_line(like, name, facts, width))
        if len(likes) * 2 <= most:
            lines.append((
                (" " * (len(name) + 4), ""),
                (fit(clean(" ".join(like.words)), max(4, width - len(name) - 4)), "muted"),
            ))
    return lines


def _like_line(like: Likeness, name: str, facts: Facts, width: int) -> Line:
    glyph, tone = glyphs.state_of(like.item, facts.workspace)
    percent = f"{like.percent:>4} %"
    return (
        (f"{glyph} ", tone),
        (f"{name}  ", "muted"),
        (fit(clean(like.item.title), max(4, width - len(name) - 4 - len(percent)), pad=True), ""),
        (percent, ""),
    )


def short_lines(
    choices: Sequence[GoalChoice], likes: Sequence[Likeness] | None, facts: Facts, width: int
) -> list[Line]:
    """The three panes in a line each, for windows without room beside the card; `likes` None: nobody has looked yet."""
    return [_cut(line, width) for line in (_serves(choices), _lands(facts), _alike(likes, facts))]


def _serves(choices: Sequence[GoalChoice]) -> list[Words]:
    words: list[Words] = [("serves  ", "muted")]
    served = sorted((choice for choice in choices if choice.strength), key=lambda choice: -choice.strength)
    if not served:
        return [*words, ("nothing yet", "muted"), (" · ", "muted"), ("m", "accent"), (" maps it to a goal", "muted")]
    for choice in served:
        if len(words) > 1:
            words.append((", ", "muted"))
        words += [(clean(choice.goal.title), ""), (f" {glyphs.strength(choice.strength)}", "")]
    return words


def _lands(facts: Facts) -> list[Words]:
    words: list[Words] = [("lands   ", "muted")]
    value = facts.board.value(facts.item)
    for horizon in (Horizon.NOW, Horizon.NEXT):
        place = facts.board.place(facts.item, horizon)
        words += [
            (f"{glyphs.HORIZON[horizon]} {horizon.value} ", ""),
            (f"{NO_FIGURE if value is None else f'{place.position:,}'} of {place.of:,}", ""),
            (" · ", "muted"),
        ]
    words.append(("no score" if value is None else f"score {figure(value)}", "muted" if value is None else ""))
    return words


def _alike(likes: Sequence[Likeness] | None, facts: Facts) -> list[Words]:
    words: list[Words] = [("like    ", "muted")]
    if likes is None:
        return words
    if not likes:
        return [*words, ("nothing so far", "muted")]
    best = likes[0]
    glyph, tone = glyphs.state_of(best.item, facts.workspace)
    words += [
        (f"{best.percent} % ", ""),
        (f"{glyph} ", tone),
        (f"{facts.workspace.name_of(best.item)} ", "muted"),
        (clean(best.item.title), ""),
    ]
    return words


def _cut(words: Iterable[Words], width: int) -> Line:
    """The words on one line, the last of them cut where there is no more room."""
    kept: list[Words] = []
    left = width
    for text, tone in words:
        part = fit(text, left)
        if part:
            kept.append((part, tone))
        if part != text:
            break
        left -= cell_len(part)
    return tuple(kept)


def why_words(why: str, facts: Facts) -> list[Words]:
    """Why the card is here, and the guideline of the goal that it serves most."""
    words: list[Words] = [("here because ", "muted"), (why, "")]
    links = sorted(facts.item.goals, key=lambda link: -link.strength)
    for link in links:
        goal = facts.workspace.goals.get(link.goal)
        if goal is not None and goal.guideline:
            words += [(" · ", "muted"), (f"guideline of “{goal.title}”: ", "muted"), (goal.guideline, "")]
            break
    return words


def said_words(verdict: Verdict, facts: Facts) -> list[Words]:
    """What was said of a card that is looked at again."""
    words: list[Words] = [("you said ", "muted"), (verdict_words(verdict, facts), "strong")]
    if verdict.reason:
        words += [(": ", "muted"), (f"“{verdict.reason}”", "")]
    return [*words, (" · another digit says something else", "muted")]


def verdict_words(verdict: Verdict, facts: Facts) -> str:
    """`◐ next`, `○ later, not before Mon 21 Dec`, `⧉ duplicate of LL-7KQ2`."""
    words = f"{RULING_GLYPH[verdict.ruling]} {RULING_WORD[verdict.ruling]}"
    if verdict.ruling is Ruling.LATER and verdict.until is not None:
        return f"{words}, not before {day_words(verdict.until, local_day(facts.now))}"
    if verdict.ruling is Ruling.DUPLICATE and verdict.of is not None:
        original = facts.workspace.items.get(verdict.of)
        return f"{words} of {facts.workspace.name_of(original)}" if original else words
    return words
