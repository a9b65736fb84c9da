"""What `leadline show` prints about a record: the facts behind labels, then the longer parts under headings."""

from collections.abc import Iterator
from datetime import date, datetime

from screens.wording.disputed import WORD, is_disputed
from screens.wording.item_body import body_lines
from screens.wording.item_facts import Facts
from screens.wording.item_lines import BLANK, Line, Words, wrapped
from screens.wording.item_page import course_lines, score_lines
from screens.wording.item_peek import labelled
from store.clock import day_words, local_day
from store.goals import items_under, progress_of, result_words
from store.models import Decision, Goal, Item, Option, Workspace
from store.scoring import Scoreboard

MOST_ITEMS = 50


def item_page(item: Item, workspace: Workspace, board: Scoreboard, now: datetime, room: int) -> Iterator[Line]:
    """An item: what it is, why it is done, how it went, and its text."""
    facts = Facts(item, workspace, now, board)
    yield from _title(workspace.name_of(item), item.title, room)
    yield from wrapped(facts.state, room)
    yield BLANK
    yield from labelled("with", [facts.people] if facts.people else [], room)
    yield from labelled("came", [facts.created], room)
    if item.source is not None and item.source.url:
        yield from labelled("", [[(item.source.url, "")]], room)
    yield from labelled("serves", facts.goals or [[("nothing", "")]], room)
    yield from labelled("verdict", [facts.verdict] if facts.verdict else [], room)
    yield from labelled("decided", [_reference(workspace, decision) for decision in facts.decisions], room)
    yield from _part("Score", score_lines(facts, room))
    course = course_lines(facts, room)
    yield from (BLANK, *course) if course else ()
    yield from _part("", body_lines(item.body, room))


def goal_page(goal: Goal, workspace: Workspace, board: Scoreboard, now: datetime, room: int) -> Iterator[Line]:
    """A goal: what it is for, how far it is, and the items that serve it or a goal below it."""
    today = local_day(now)
    tree = board.tree
    yield from _title(workspace.name_of(goal), goal.title, room)
    yield from wrapped([(" · ".join(_goal_facts(goal, workspace, board, today)), "")], room)
    yield BLANK
    above = [workspace.goals[number] for number in tree.above(goal.id)]
    yield from labelled("for", [_reference(workspace, each) for each in above], room)
    below = tree.children.get(goal.id, ())
    yield from labelled("below", [_reference(workspace, each) for each in below], room)
    yield from labelled("measured", [[(result_words(result), "")] for result in goal.key_results], room)
    yield from labelled("rule", [[(goal.guideline, "")]] if goal.guideline else [], room)
    direct, through = items_under(workspace, goal.id, tree)
    open_items = [item for item in (*direct, *through) if workspace.kind_of(item).is_open]
    yield from labelled("served by", [_reference(workspace, item) for item in open_items[:MOST_ITEMS]], room)
    if len(open_items) > MOST_ITEMS:
        yield from labelled("", [[(f"and {len(open_items) - MOST_ITEMS:,} more", "")]], room)
    named = [decision for decision in workspace.decisions.values() if goal.id in decision.goals]
    yield from labelled("decided", [_reference(workspace, decision) for decision in named], room)
    yield from _part("", body_lines(goal.body, room))


def decision_page(decision: Decision, workspace: Workspace, now: datetime, room: int) -> Iterator[Line]:
    """A decision as a letter: the question, what drives it, the options, the outcome and what follows from it."""
    today = local_day(now)
    yield from _title(workspace.name_of(decision), decision.title, room)
    yield from wrapped([(" · ".join(_decision_facts(decision, workspace, today)), "")], room)
    yield BLANK
    yield from labelled("by", [[(_people(decision.deciders), "")]] if decision.deciders else [], room)
    yield from labelled("asked", [[(_people(decision.consulted), "")]] if decision.consulted else [], room)
    yield from labelled("told", [[(_people(decision.informed), "")]] if decision.informed else [], room)
    yield from labelled("default", [[(decision.default, "")]] if decision.default else [], room)
    yield from labelled("trigger", [[(decision.trigger, "")]] if decision.trigger else [], room)
    goals = [workspace.goals[number] for number in sorted(decision.goals) if number in workspace.goals]
    yield from labelled("rests on", [_reference(workspace, goal) for goal in goals], room)
    items = [workspace.items[number] for number in sorted(decision.items) if number in workspace.items]
    yield from labelled("about", [_reference(workspace, item) for item in items], room)
    yield from labelled("replaces", _replaced(decision, workspace), room)
    newer = [workspace.decisions[number] for number in workspace.superseded_by.get(decision.id, ())]
    yield from labelled("see", [_reference(workspace, each) for each in newer], room)
    yield from _part("", body_lines(decision.context, room))
    yield from _part("What drives it", [line for each in decision.drivers for line in _bullet(each, room)])
    for option in decision.options:
        yield from _option(option, room)
    if decision.chosen or decision.because:
        yield from _part("Outcome", [*wrapped([(decision.chosen, "")], room), *body_lines(decision.because, room)])
    yield from _part("Consequences", body_lines(decision.consequences, room))
    yield from _part("Confirmation", body_lines(decision.confirmation, room))
    if decision.expectation is not None:
        expected = f"{decision.expectation.text}, {decision.expectation.confidence} % sure"
        yield from _part("Expected", wrapped([(expected, "")], room))
    if decision.outcome_seen:
        yield from _part("Seen", wrapped([(decision.outcome_seen, "")], room))
    yield from _part("", body_lines(decision.more, room))


def _title(name: str, title: str, room: int) -> list[Line]:
    return wrapped([(f"{name}  ", ""), (title, "")], room, hang=len(name) + 2)


def _part(heading: str, lines: list[Line]) -> Iterator[Line]:
    if any(lines):
        yield BLANK
        if heading:
            yield ((heading, ""),)
        yield from lines


def _reference(workspace: Workspace, record: Item | Goal | Decision) -> list[Words]:
    match record:
        case Item():
            state = record.stage.stage
        case Goal():
            state = record.status.value
        case Decision():
            state = record.status.status.value
    return [(f"{workspace.name_of(record)} ", ""), (record.title, ""), (f"  {state}", "")]


def _goal_facts(goal: Goal, workspace: Workspace, board: Scoreboard, today: date) -> Iterator[str]:
    yield goal.status.value
    if is_disputed(goal, workspace):
        yield WORD[0]
    if goal.parent is None:
        yield f"a {goal.origin.value} priority"
    if goal.said_by:
        yield f"said by @{goal.said_by}"
    yield f"weight {goal.weight}"
    share = board.tree.shares.get(goal.id)
    if share is not None:
        yield f"{share:.0f} % of what is wanted"
    if goal.share is not None:
        yield f"wished share of effort {goal.share} %"
    if goal.owner:
        yield f"@{goal.owner}"
    if goal.due is not None:
        yield f"due {day_words(goal.due, today)}"
    progress = progress_of(goal)
    if progress is not None:
        yield f"{progress.score * 100:.0f} % there"


def _decision_facts(decision: Decision, workspace: Workspace, today: date) -> Iterator[str]:
    status = decision.status
    by = f" by @{status.by}" if status.by else ""
    yield f"{status.status.value} since {day_words(local_day(status.since), today)}{by}"
    if is_disputed(decision, workspace):
        yield WORD[0]
    if status.reason:
        yield f"“{status.reason}”"
    if decision.owner:
        yield f"@{decision.owner}"
    if decision.decide_by is not None:
        late = ", overdue" if decision.decide_by < today and status.status.value == "proposed" else ""
        yield f"decide by {day_words(decision.decide_by, today)}{late}"
    if decision.review_on is not None:
        yield f"review on {day_words(decision.review_on, today)}"
    if decision.is_reversible is not None:
        yield "can be taken back" if decision.is_reversible else "cannot be taken back"


def _replaced(decision: Decision, workspace: Workspace) -> Iterator[list[Words]]:
    for link in decision.supersedes:
        older = workspace.decisions.get(link.decision)
        if older is not None:
            part = f", {link.part}" if link.part else ""
            yield [*_reference(workspace, older)[:2], (part, "")]


def _option(option: Option, room: int) -> Iterator[Line]:
    arguments = [
        line
        for sign, texts in (("+", option.good), ("~", option.neutral), ("-", option.bad))
        for text in texts
        for line in wrapped([(f"  {sign} ", ""), (text, "")], room, hang=4)
    ]
    yield BLANK
    yield from wrapped([("Option: ", ""), (option.title, "")], room, hang=2)
    yield from arguments


def _bullet(text: str, room: int) -> list[Line]:
    return wrapped([("  - ", ""), (text, "")], room, hang=4)


def _people(names: frozenset[str]) -> str:
    return " ".join(f"@{name}" for name in sorted(names))
