"""Everything about one item: the page that enter opens, in two parts that stand side by side where there is room."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from screens.wording import glyphs
from screens.wording.counting import listed
from screens.wording.decision_rows import SIGN
from screens.wording.item_body import body_lines
from screens.wording.item_facts import Facts, days
from screens.wording.item_lines import BLANK, TOGETHER, Line, Words, wrapped
from screens.wording.item_peek import labelled
from store.clock import whole_days
from store.models import Decision, Standing
from store.scoring import figure


def what_lines(facts: Facts, width: int) -> list[Line]:
    """What it is: title, state, facts and the whole text."""
    item = facts.item
    lines = [*wrapped([(item.title, "strong")], width), *wrapped(facts.state, width), BLANK]
    if facts.people:
        lines += labelled("with", [facts.people], width)
    lines += labelled("came", [facts.created], width)
    if item.source is not None and item.source.url:
        lines += labelled("", [[(item.source.url, "muted")]], width)
    if item.body.strip():
        return [*lines, BLANK, *body_lines(item.body, width)]
    return [*lines, BLANK, *wrapped([(f"No text yet · {facts.keys.text} writes it", "muted")], width)]


def why_lines(facts: Facts, width: int) -> list[Line]:
    """Why it is done, or not: what it serves up to the priority, the score term by term, the verdict, the decisions."""
    return _sections(
        ("Disputed", wrapped(facts.dispute, width) if facts.dispute else []),
        ("Serves", _serves(facts, width)),
        ("Score", score_lines(facts, width)),
        ("Verdict", _verdict(facts, width)),
        ("Decisions", _decisions(facts, width)),
    )


def course_lines(facts: Facts, width: int) -> list[Line]:
    """How it went: what it waits for, what it holds up, its moves with the days in each stage, its blocked spells."""
    return _sections(
        ("Waits for", _listed(facts.waits_for, width)),
        ("Holds up", _listed(facts.holds_up, width)),
        ("Blocked", [line for words in facts.spells for line in wrapped([(words, "")], width, hang=2)]),
        ("History", _history(facts, width)),
    )


def score_lines(facts: Facts, width: int) -> list[Line]:
    """Every term with its sum and its sentence."""
    score = facts.board.score(facts.item)
    if score.value is None:
        return wrapped([(f"No score: {score.reason}.", "muted")], width)
    place = f"   {facts.place}" if facts.place else ""
    disputed = ("   disputed", "warning" if facts.disputes else "")
    lines = wrapped([(figure(score.value), "strong"), *([disputed] if facts.disputes else ()), (place, "muted")], width)
    sums = [f"{term.sum}{'?' if term.is_assumed else ''}" for term in score.terms]
    widest = max(map(len, sums)) + 2
    for words, term in zip(sums, score.terms, strict=True):
        # A number and its unit stay together.
        sentence = term.sentence.replace(" %", f"{TOGETHER}%")
        lines += wrapped([(f"{words:<{widest}}", ""), (sentence, "muted")], width, hang=widest)
    if score.missing:
        known = listed(score.missing)
        lines += wrapped([(f"Not known: {known}. What stands in for it is marked with ?.", "muted")], width)
    return lines


def _serves(facts: Facts, width: int) -> list[Line]:
    if not facts.goals:
        return wrapped([(f"Nothing yet · {facts.keys.goals} maps it to a goal", "muted")], width)
    tree, goals = facts.board.tree, facts.workspace.goals
    lines: list[Line] = []
    order = sorted(facts.item.goals, key=lambda link: (-link.strength * tree.shares.get(link.goal, 0.0), link.goal))
    for words, link in zip(facts.goals, order, strict=True):
        lines += wrapped(words, width, hang=2)
        if link.goal not in goals:
            continue
        for above in tree.above(link.goal):
            lines += wrapped([("  for ", "muted"), (goals[above].title, "")], width, hang=4)
        root = goals[tree.root_of(link.goal)]
        said = f", said by @{root.said_by}" if root.said_by else ""
        share = tree.shares.get(link.goal)
        of_all = f", {share:.0f}{TOGETHER}% of what is wanted" if share is not None else ""
        lines += wrapped([("  ", ""), (f"a {root.origin.value} priority{said}{of_all}", "muted")], width, hang=2)
    return lines


def _verdict(facts: Facts, width: int) -> list[Line]:
    verdict = facts.item.verdict
    if verdict is None:
        return wrapped([("None yet · triage gives one", "muted")], width)
    head, _ = facts.verdict
    lines = wrapped([head], width)
    if verdict.reason:
        lines += wrapped([("  ", ""), (f"“{verdict.reason}”", "")], width, hang=2)
    return lines


def _decisions(facts: Facts, width: int) -> list[Line]:
    if not facts.decisions:
        return wrapped([(f"None names it · {facts.keys.decision} logs one", "muted")], width)
    return [line for decision in facts.decisions for line in wrapped(_decision(facts, decision), width, hang=2)]


def _decision(facts: Facts, decision: Decision) -> Iterator[Words]:
    glyph, tone = SIGN[decision.status.status]
    yield f"{glyph} ", tone
    yield f"{facts.workspace.name_of(decision)} ", "muted"
    yield decision.title, ""
    yield f"  {decision.status.status.value} {facts.day(decision.status.since)}", "muted"


def _listed(rows: Iterable[Iterable[Words]], width: int) -> list[Line]:
    return [line for row in rows for line in wrapped(row, width, hang=2)]


def _history(facts: Facts, width: int) -> list[Line]:
    """One line for each stay in a stage, oldest first: how long, and from when."""
    moves = facts.item.moves
    stays = [days(whole_days(move.since, after.since)) for move, after in pairwise(moves)]
    stays.append(days(whole_days(moves[-1].since, facts.now)) if facts.is_open else "")
    widest, longest = max(len(move.stage) for move in moves), max(map(len, stays))
    lines: list[Line] = []
    for move, stay in zip(moves, stays, strict=True):
        since = "since " if move is moves[-1] else "from "
        by = f" by @{move.by}" if move.by else ""
        words = [_sign(facts, move), (f" {move.stage:<{widest}}  {stay:>{longest}}  ", "")]
        lines += wrapped([*words, (f"{since}{facts.day(move.since)}{by}", "muted")], width, hang=4)
    return lines


def _sign(facts: Facts, move: Standing) -> Words:
    kind = facts.workspace.settings.kind_of(move.stage)
    return ("·", "muted") if kind is None else (glyphs.STAGE[kind], glyphs.STAGE_TONE[kind])


def _sections(*sections: tuple[str, list[Line]]) -> list[Line]:
    lines: list[Line] = []
    for heading, body in sections:
        if body:
            lines += [BLANK] if lines else []
            lines += [((heading, "accent"),), *body]
    return lines
