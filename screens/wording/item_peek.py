"""An item at a glance: what a pane beside a list shows of it."""

from collections.abc import Iterable

from screens.wording.item_body import body_lines
from screens.wording.item_facts import Facts
from screens.wording.item_lines import BLANK, Line, Words, wrapped

LABEL = 9
"""Cells for the words at the left of a fact, with the blank behind them."""


def peek_lines(facts: Facts, width: int, most: int) -> list[Line]:
    """Title, state, what it serves, score, verdict, source and the beginning of the body, in at most `most` lines.

    What was cut is said in the last line.
    """
    lines = [*wrapped([(facts.item.title, "strong")], width), *wrapped(facts.state, width), BLANK]
    lines += fact_lines(facts, width)
    room = most - len(lines)
    if facts.item.body.strip() and room > 1:
        lines += [BLANK, *body_lines(facts.item.body, width, most=room + 1)]
    if len(lines) > most:
        lines = [*lines[: most - 1], *wrapped([("… enter shows all of it", "muted")], width)[:1]]
    return lines


def fact_lines(facts: Facts, width: int) -> list[Line]:
    """The facts with their labels; what is not known is left out, but that it serves nothing is said."""
    item = facts.item
    lines: list[Line] = []
    if facts.dispute:
        lines += labelled("disputed", [facts.dispute], width)
    lines += labelled("serves", facts.goals, width) if facts.goals else _nothing(facts, width)
    score: list[Words] = [(facts.score, "" if facts.board.value(item) is not None else "muted")]
    if facts.place and facts.board.value(item) is not None:
        score.append((f"   {facts.place}", "muted"))
    lines += labelled("score", [score], width)
    if facts.verdict:
        lines += labelled("verdict", [facts.verdict], width)
    if facts.open_spell is not None and facts.open_spell.reason:
        lines += labelled("blocked", [[(facts.open_spell.reason, "warning")]], width)
    if facts.waits_for:
        lines += labelled("waits for", facts.waits_for, width)
    if facts.people:
        lines += labelled("with", [facts.people], width)
    return lines + labelled("came", [facts.created], width)


def labelled(label: str, rows: Iterable[Iterable[Words]], width: int) -> list[Line]:
    """Rows of words behind a label at the left; a row that is too long goes on below itself."""
    lines: list[Line] = []
    for row in rows:
        for line in wrapped(row, max(8, width - LABEL - 1), hang=2):
            shown = "" if lines else label
            lines.append(((f"{shown:<{LABEL}} ", "muted"), *line))
    return lines


def _nothing(facts: Facts, width: int) -> list[Line]:
    words = f"nothing yet · {facts.keys.goals} maps it to a goal" if facts.is_open else "nothing"
    return labelled("serves", [[(words, "muted")]], width)
