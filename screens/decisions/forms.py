"""The forms of decisions: which fields they have, and how their texts become fields of a decision."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from screens.dialogs.form import FormDialog
from screens.dialogs.form_fields import FormField
from screens.screen import LeadlineScreen
from screens.wording.decision_options import EXAMPLE, options_text, options_words, read_options
from screens.wording.goal_results import whole
from store.change import ChangeSet, decision_edited, decision_logged
from store.clock import day_words, parse_day
from store.models import Decision, DecisionRuled, DecisionStatus, Expectation, Workspace, made

QUESTION: Final = "A decision needs a title: the question, or what was decided."
DAYS: Final = "fri, +2w, eoq, 2026-12-01"
SURE: Final = 80
REVERSIBLE: Final[Mapping[str, bool | None]] = {"not said": None, "yes": True, "no": False}
PEOPLE: Final = "ana li omar"
NEW: Final = (DecisionStatus.PROPOSED.value, DecisionStatus.ACCEPTED.value)


def new_form(
    where: LeadlineScreen, *, title: str = "", words: str = "", **links: frozenset[int]
) -> FormDialog[ChangeSet]:
    """The short form of a new decision.

    Args:
        where: the screen that asks.
        title: what stands in the title at first.
        words: what it is linked to, for the title of the form.
        links: `items` and `goals` it is linked to.
    """
    today = where.office.today
    fields = (
        FormField(
            "title", "Decision", title, demanded=QUESTION, example="Keep the old dialog until June?", is_kept=True
        ),
        FormField("status", "Status", NEW[0], words=NEW),
        FormField("context", "The question", lines=3, example="what makes a decision necessary"),
        FormField("chosen", "Outcome", example="what was or may be chosen; may stay empty"),
        FormField("because", "Because", lines=2, example="why this and not another"),
        FormField("decide_by", "Decide by", reading=_day(today), example=DAYS),
        FormField("owner", "Owner", where.office.me, names=people(where.workspace), example="who brings it about"),
    )

    def logged(texts: Mapping[str, str]) -> ChangeSet:
        office = where.office
        now = office.now()
        values = {name: value for name, value in _values(texts, today).items() if value not in {"", None}}
        if values.pop("status") is DecisionStatus.ACCEPTED:
            values["status"] = _in_force(now, office.me)
            values["deciders"] = frozenset({office.me} - {""})
        return decision_logged(where.workspace, office.new_id, now, office.me, **links, **values)

    return FormDialog(f"New decision{words}", fields, logged)


def edit_form(where: LeadlineScreen, decision: Decision, start: str = "") -> FormDialog[ChangeSet]:
    """All fields of a decision but its status and its links, which have keys of their own."""
    today, names = where.office.today, people(where.workspace)
    expected = decision.expectation
    reversible = next(word for word, value in REVERSIBLE.items() if value is decision.is_reversible)
    fields = (
        FormField("title", "Title", decision.title, demanded=QUESTION, is_kept=True),
        FormField("context", "The question", decision.context, lines=4, example="what makes a decision necessary"),
        FormField("drivers", "Drivers", "\n".join(decision.drivers), lines=3, example="what matters, one on each line"),
        FormField(
            "options", "Options", options_text(decision.options), lines=7, reading=options_words, example=EXAMPLE
        ),
        FormField(
            "chosen",
            "Outcome",
            decision.chosen,
            names=tuple(option.title for option in decision.options),
            example="what was chosen; the title of an option marks it",
        ),
        FormField("because", "Because", decision.because, lines=3, example="why this and not another"),
        FormField("consequences", "Consequences", decision.consequences, lines=3, example="what gets easier or harder"),
        FormField("confirmation", "Checked by", decision.confirmation, lines=2, example="how one sees that it is kept"),
        FormField("owner", "Owner", decision.owner, names=names, example="who brings it about"),
        FormField("decide_by", "Decide by", _iso(decision.decide_by), reading=_day(today), example=DAYS),
        FormField("default", "Otherwise", decision.default, example="what happens if nobody decides"),
        FormField("is_reversible", "Can go back", reversible, words=tuple(REVERSIBLE)),
        FormField("review_on", "Review on", _iso(decision.review_on), reading=_day(today), example=DAYS),
        FormField("trigger", "Reopen when", decision.trigger, example="what would make us think again"),
        FormField("expected", "We expect", expected.text if expected else "", example="what it brings, by when"),
        FormField(
            "confidence", "Sure, in %", str(expected.confidence) if expected else "", reading=_percent, example="80"
        ),
        FormField("outcome_seen", "Seen", decision.outcome_seen, example="what came of it"),
        FormField("deciders", "Deciders", " ".join(sorted(decision.deciders)), example=PEOPLE),
        FormField("consulted", "Asked", " ".join(sorted(decision.consulted)), example="who gave advice"),
        FormField("informed", "Told", " ".join(sorted(decision.informed)), example="who has to know"),
        FormField("more", "More", decision.more, lines=3, example="anything else, links, evidence"),
    )

    def changed(texts: Mapping[str, str]) -> ChangeSet:
        new = {name: value for name, value in _values(texts, today).items() if _differs(decision, name, value)}
        return decision_edited(where.workspace, decision.id, where.office.now(), where.office.me, **new)

    return FormDialog(f"Decision {where.workspace.name_of(decision)}", fields, changed, start=start)


def people(workspace: Workspace) -> tuple[str, ...]:
    """Everybody who owns an item or a decision, by name."""
    owners = {item.owner for item in workspace.open_items}
    decided = {name for one in workspace.decisions.values() for name in (one.owner, *one.deciders)}
    return tuple(sorted((owners | decided) - {""}))


def _differs(decision: Decision, name: str, value: object) -> bool:
    present = getattr(decision, name)
    # A form gives texts without surrounding space; a text that has some is not a change.
    return value != (present.strip() if isinstance(present, str) else present)


def _values(texts: Mapping[str, str], today: date) -> dict[str, Any]:
    """The texts of a form as values of a decision."""
    values = {name: _VALUE.get(name, _same)(text, today) for name, text in texts.items()}
    if "expected" in values:
        text, sure = values.pop("expected"), values.pop("confidence")
        sure = SURE if sure is None else sure
        values["expectation"] = made(Expectation, text=text, confidence=sure) if text else None
    return values


_VALUE: Final[Mapping[str, Callable[[str, date], Any]]] = {
    "status": lambda text, _: DecisionStatus(text),
    "drivers": lambda text, _: tuple(line.strip().removeprefix("- ") for line in text.splitlines() if line.strip()),
    "options": lambda text, _: read_options(text),
    "owner": lambda text, _: text.removeprefix("@"),
    "decide_by": lambda text, today: parse_day(text, today) if text else None,
    "review_on": lambda text, today: parse_day(text, today) if text else None,
    "is_reversible": lambda text, _: REVERSIBLE[text],
    "confidence": lambda text, _: whole(text, 100) if text else None,
    "deciders": lambda text, _: _names(text),
    "consulted": lambda text, _: _names(text),
    "informed": lambda text, _: _names(text),
}


def _same(text: str, _: date) -> str:
    return text


def _names(text: str) -> frozenset[str]:
    return frozenset(word.removeprefix("@") for word in re.split(r"[,;\s]+", text) if word.removeprefix("@"))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(today: date) -> Callable[[str], str]:
    return lambda text: day_words(parse_day(text, today), today)


def _percent(text: str) -> None:
    whole(text, 100)


def _in_force(now: datetime, by: str) -> DecisionRuled:
    return DecisionRuled(status=DecisionStatus.ACCEPTED, since=now, by=by)
