"""A decision as a letter: the question, what drives it, the options, the outcome and what became of it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from screens.wording import disputed
from screens.wording.decision_rows import decide_by, review, short_day, sign_of
from screens.wording.disputed import dispute_words, disputed_fields, is_disputed
from screens.wording.item_body import body_lines
from screens.wording.item_lines import BLANK, Line, Words, wrapped
from screens.wording.item_peek import labelled
from screens.wording.reflow import reflowed
from store.clock import local_day
from store.decisions import Standing, was_accepted
from store.models import Decision, DecisionStatus, Option, Workspace

MARKS: Final = (("good", "+ ", "good"), ("neutral", "~ ", "muted"), ("bad", "- ", "warning"))
"""The arguments of an option: the field, the sign in front of each, its tone."""

WORD: Final = {DecisionStatus.ACCEPTED: "in force", DecisionStatus.DEFERRED: "put off"}
WAITS: Final = {DecisionStatus.PROPOSED, DecisionStatus.DEFERRED}
REVERSIBLE: Final = {True: "can be taken back", False: "hard to take back"}


def letter_lines(
    standing: Standing, workspace: Workspace, today: date, width: int, *, sharing: str = "g s"
) -> list[Line]:
    """The whole decision, for somebody who was not there; parts without anything in them are left out.

    `sharing` is the key that leads to where conflicts are settled.
    """
    decision = standing.decision
    lines = [*wrapped([(decision.title, "strong")], width), *wrapped(_state(standing, workspace, today), width)]
    if fields := disputed_fields(decision, workspace):
        lines += [BLANK, *wrapped(dispute_words(fields, sharing), width)]
    for heading, body in _parts(standing, width):
        if body:
            lines += [BLANK, ((heading, "accent"),), *body]
    if facts := _facts(standing, today, width):
        lines += [BLANK, *facts]
    if not _is_argued(decision):
        lines += [BLANK, *wrapped([("No reasons are written down yet · E writes them", "muted")], width)]
    return lines


def status_word(status: DecisionStatus) -> str:
    """The status as people say it."""
    return WORD.get(status, status.value)


def _state(standing: Standing, workspace: Workspace, today: date) -> list[Words]:
    """Sign and word, since when and by whom, and what is to happen next."""
    decision, ruled = standing.decision, standing.decision.status
    sign, tone = sign_of(standing, workspace)
    by = f" by @{ruled.by}" if ruled.by else ""
    words: list[Words] = [
        (f"{sign} {status_word(standing.status)}", tone),
        (f" since {short_day(local_day(ruled.since), today)}{by}", ""),
    ]
    if is_disputed(decision, workspace):
        words += [(" · ", "muted"), disputed.WORD]
    if standing.status in {DecisionStatus.PROPOSED, DecisionStatus.DEFERRED}:
        if decision.decide_by is not None or standing.status is DecisionStatus.PROPOSED:
            words += [(" · ", "muted"), decide_by(standing, today)]
    elif standing.review_in_days is not None:
        text, review_tone = review(standing, today)
        words += [(" · ", "muted"), (text.rpartition(", ")[2], review_tone)]
    if decision.archived is not None:
        words.append((" · archived", "muted"))
    words += _older(decision, workspace)
    for number in standing.superseded_by:
        words.append((f" · replaced by {workspace.name_of(workspace.decisions[number])}", "warning"))
    for number, part in standing.partly:
        words.append((f" · {part}: replaced by {workspace.name_of(workspace.decisions[number])}", "warning"))
    words += _waiting(decision, workspace)
    if ruled.reason:
        words.append((f" · “{ruled.reason}”", ""))
    return words


def _older(decision: Decision, workspace: Workspace) -> Iterator[Words]:
    """What the decision replaces, or will replace once it is accepted."""
    if decision.status.status is DecisionStatus.REJECTED:
        return
    for link in decision.supersedes:
        if link.decision in workspace.decisions:
            part = f"“{link.part}” of " if link.part else ""
            name = f"{part}{workspace.name_of(workspace.decisions[link.decision])}"
            said = f"replaces {name}" if was_accepted(decision) else f"will replace {name} once it is accepted"
            yield f" · {said}", ""


def _waiting(decision: Decision, workspace: Workspace) -> Iterator[Words]:
    """What would replace the decision, once that one is accepted."""
    for number in workspace.named_as_older.get(decision.id, ()):
        newer = workspace.decisions[number]
        if newer.status.status in WAITS and newer.archived is None:
            yield f" · {workspace.name_of(newer)} would replace it, once accepted", ""


def _parts(standing: Standing, width: int) -> Iterator[tuple[str, list[Line]]]:
    decision = standing.decision
    yield "The question", _text(decision.context, width)
    yield "What drives it", _bullets(decision.drivers, width)
    yield "Options", _options(decision, width)
    yield (
        "Outcome" if standing.status is not DecisionStatus.PROPOSED else "Outcome, as proposed",
        _outcome(decision, width),
    )
    yield "Consequences", _text(decision.consequences, width)
    yield "How it is checked", _text(decision.confirmation, width)
    yield "What would reopen it", _text(decision.trigger, width) if _is_settled(standing) else []
    yield "What we expect", _expectation(decision, width)
    yield "More", _text(decision.more, width)


def _is_settled(standing: Standing) -> bool:
    return standing.status not in {DecisionStatus.PROPOSED, DecisionStatus.DEFERRED}


def _facts(standing: Standing, today: date, width: int) -> list[Line]:
    """Who and when, each behind its label."""
    decision = standing.decision
    is_open = not _is_settled(standing)
    rows: list[tuple[str, str]] = [
        ("comes back", f"when: {decision.trigger}" if is_open and decision.trigger else ""),
        ("otherwise", decision.default if is_open else ""),
        ("owner", f"@{decision.owner}" if decision.owner else ""),
        ("deciders", _people(decision.deciders)),
        ("asked", _people(decision.consulted)),
        ("told", _people(decision.informed)),
        ("undo", "" if decision.is_reversible is None else REVERSIBLE[decision.is_reversible]),
        ("logged", f"{short_day(local_day(decision.created.at), today)}"),
        ("source", decision.source),
    ]
    return [line for label, words in rows if words for line in labelled(label, [[(words, "")]], width)]


def _options(decision: Decision, width: int) -> list[Line]:
    lines: list[Line] = []
    for option in decision.options:
        lines += [BLANK] if lines else []
        lines += _option(option, width, is_chosen=option.title == decision.chosen)
    return lines


def _option(option: Option, width: int, *, is_chosen: bool) -> list[Line]:
    sign, tone = ("✓ ", "good") if is_chosen else ("○ ", "muted")
    lines = wrapped([(sign, tone), (option.title, "strong" if is_chosen else "")], width, hang=2)
    for field, mark, mark_tone in MARKS:
        arguments: tuple[str, ...] = getattr(option, field)
        for argument in arguments:
            lines += wrapped([("  ", ""), (mark, mark_tone), (argument, "")], width, hang=4)
    return lines


def _outcome(decision: Decision, width: int) -> list[Line]:
    lines = wrapped([(decision.chosen, "strong")], width) if decision.chosen else []
    return [*lines, *_text(decision.because, width)]


def _expectation(decision: Decision, width: int) -> list[Line]:
    lines: list[Line] = []
    if decision.expectation is not None:
        sure = f" ({decision.expectation.confidence} % sure)"
        lines += wrapped([(decision.expectation.text, ""), (sure, "muted")], width)
    if decision.outcome_seen:
        lines += wrapped([("Seen: ", "muted"), (decision.outcome_seen, "")], width, hang=6)
    return lines


def _bullets(texts: Iterable[str], width: int) -> list[Line]:
    return [line for text in texts for line in wrapped([("• ", "muted"), (text, "")], width, hang=2)]


def _text(text: str, width: int) -> list[Line]:
    return body_lines(reflowed(text), width) if text.strip() else []


def _people(names: Iterable[str]) -> str:
    return ", ".join(f"@{name}" for name in sorted(names))


def _is_argued(decision: Decision) -> bool:
    texts = (decision.context, decision.chosen, decision.because, decision.consequences)
    return bool(decision.drivers or decision.options or any(text.strip() for text in texts))
