"""The life of a decision: what can be said of it now, and what each answer demands."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final

from textual.content import Content

from screens.decisions.forms import DAYS, people
from screens.decisions.place import DecisionCommand, DecisionPlace
from screens.dialogs.form import FormDialog
from screens.dialogs.form_fields import FormField
from screens.dialogs.line import LineDialog
from screens.dialogs.picker import Choice, Picker
from screens.wording.clean import clean
from screens.wording.decision_rows import SIGN
from store.change import ChangeSet, applied, decision_edited, decision_ruled, decision_superseded, edits_between
from store.clock import day_words, parse_day
from store.decisions import NEXT, checked_supersession, in_force, standing
from store.errors import RuleError
from store.models import Decision, DecisionStatus, Workspace

WORDS: Final = {
    DecisionStatus.ACCEPTED: ("accept", "it is in force from now on"),
    DecisionStatus.REJECTED: ("reject", "decided against; asks why"),
    DecisionStatus.DEFERRED: ("put off", "asks who brings it back, and when"),
    DecisionStatus.PROPOSED: ("reopen", "asks what has changed"),
    DecisionStatus.DEPRECATED: ("deprecate", "out of force with nothing in its place; asks why"),
    DecisionStatus.SUPERSEDED: ("supersede", "another decision takes its place, as a whole or in part"),
}
"""What can be done, and what it means."""

REASONS: Final = {
    DecisionStatus.REJECTED: "Why is it rejected?",
    DecisionStatus.PROPOSED: "What has changed?",
    DecisionStatus.DEPRECATED: "Why is it not followed any more?",
}
NOT_NOW: Final = "dim"
MAY_REPLACE: Final = {DecisionStatus.PROPOSED, DecisionStatus.ACCEPTED}
"""What may take the place of another decision, at once or later."""


class RulingPicker(Picker):
    """What can be said of a decision; what cannot be said now is dimmed, with the reason in place of the meaning."""

    def __init__(self, decision: Decision, status: DecisionStatus) -> None:
        choices = []
        for each, (verb, meaning) in WORDS.items():
            reason = why_not(status, each)
            choices.append(Choice(each.value, f"{SIGN[each][0]} {verb}", reason or meaning, NOT_NOW if reason else ""))
        choices.sort(key=lambda choice: choice.glyph == NOT_NOW)
        super().__init__(f"“{decision.title}” is {status.value}", choices)

    def _line(self, choice: Choice) -> Content:
        tone = "$text-muted" if choice.glyph == NOT_NOW else ""
        return Content.assemble((f"{clean(choice.words):<16}", tone), (clean(choice.remark), "$text-muted"))


def why_not(now: DecisionStatus, wish: DecisionStatus) -> str:
    """Why a decision cannot be given another status now; empty where it can."""
    if wish is now:
        return f"it is {now.value} already"
    if wish is DecisionStatus.SUPERSEDED:
        return "" if now is DecisionStatus.ACCEPTED else f"only what is in force can be replaced; it is {now.value}"
    if wish in NEXT[now]:
        return ""
    if now is DecisionStatus.SUPERSEDED:
        return "another decision has its place; reopen that one"
    return f"not while it is {now.value}"


class Rule(DecisionCommand):
    """Changes the status."""

    id = "decision.status"
    title = "Accept, reject, put off …"
    help = "Shows what can be said of the decision now and asks for what that demands."
    key = "s"
    hint = "status"

    def run(self, where: DecisionPlace) -> Coroutine[Any, Any, None]:
        """Ask what is said of it."""
        return self._ask(where, self.decision(where))

    @staticmethod
    async def _ask(where: DecisionPlace, decision: Decision) -> None:
        status = where.standing.status if where.standing else decision.status.status
        for picked in await where.ask(RulingPicker(decision, status)) or ():
            wish = DecisionStatus(picked)
            reason = why_not(status, wish)
            if reason:
                where.say(f"{reason[:1].upper()}{reason[1:]}.", tone="warning")
            elif wish is DecisionStatus.SUPERSEDED:
                await supersede(where, decision)
            else:
                await _rule(where, decision, wish)


class Replace(DecisionCommand):
    """Says which older decision this one replaces."""

    id = "decision.replaces"
    title = "Replaces an older decision"
    help = "Picks a decision in force that this one replaces once it is accepted, as a whole or in part."
    key = "r"

    def unavailable(self, where: DecisionPlace) -> str | None:
        """Needs a decision that holds or may hold one day, and another in force."""
        reason = super().unavailable(where)
        if reason is not None:
            return reason
        status = where.standing.status if where.standing else DecisionStatus.REJECTED
        if status not in MAY_REPLACE:
            return f"What is {status.value} replaces nothing."
        return None if _replaceable(where, self.decision(where)) else "There is no other decision in force to replace."

    def run(self, where: DecisionPlace) -> Coroutine[Any, Any, None]:
        """Ask for the older decision."""
        return self._ask(where, self.decision(where))

    @staticmethod
    async def _ask(where: DecisionPlace, decision: Decision) -> None:
        older = _replaceable(where, decision)
        choices = _choices(where.workspace, lambda one: one.id in older)
        for picked in await where.ask(Picker(f"“{decision.title}” replaces", choices)) or ():
            await _linked(where, older=int(picked), newer=decision.id)


RULING = (Rule, Replace)
"""Commands on the life of a decision."""


async def supersede(where: DecisionPlace, older: Decision) -> None:
    """Ask which decision takes the place of an older one, and of how much of it."""
    today = where.office.today
    choices = _choices(
        where.workspace,
        lambda one: (
            one.id != older.id
            and standing(one, where.workspace, today).status in MAY_REPLACE
            and _may_replace(where.workspace, one, older)
        ),
    )
    if not choices:
        where.say("There is no other decision yet; n logs the one that takes its place.", tone="warning")
        return
    for picked in await where.ask(Picker(f"What takes the place of “{older.title}”?", choices)) or ():
        await _linked(where, older=older.id, newer=int(picked))


def _replaceable(where: DecisionPlace, newer: Decision) -> frozenset[int]:
    """The decisions in force that another one may replace, and does not yet."""
    return frozenset(
        each.decision.id
        for each in in_force(where.workspace, where.office.today)
        if each.decision.id != newer.id and _may_replace(where.workspace, newer, each.decision)
    )


def _may_replace(workspace: Workspace, newer: Decision, older: Decision) -> bool:
    """Whether the newer decision may take the place of the older one, and is not yet said to do so as a whole."""
    if any(link.decision == older.id and not link.part for link in newer.supersedes):
        return False
    try:
        checked_supersession(newer, older, workspace.decisions)
    except RuleError:
        return False
    return True


async def _linked(where: DecisionPlace, older: int, newer: int) -> None:
    title = where.workspace.decisions[older].title
    part = await where.ask(
        LineDialog(
            f"Which part of “{title}”?",
            placeholder="empty for all of it",
            reading=lambda text: f"only “{text}” is replaced, the rest stays in force",
        )
    )
    if part is not None:
        where.do(decision_superseded(where.workspace, older, newer, part, now=where.office.now(), by=where.office.me))


async def _rule(where: DecisionPlace, decision: Decision, wish: DecisionStatus) -> None:
    if wish is DecisionStatus.ACCEPTED:
        change = await where.ask(_accept_form(where, decision))
    elif wish is DecisionStatus.DEFERRED:
        change = await where.ask(_defer_form(where, decision))
    else:
        reason = await where.ask(LineDialog(REASONS[wish], demanded="One sentence is enough."))
        office = where.office
        change = (
            decision_ruled(where.workspace, decision.id, wish, reason, now=office.now(), by=office.me)
            if reason
            else None
        )
    if change:
        where.do(change)


def _accept_form(where: DecisionPlace, decision: Decision) -> FormDialog[ChangeSet]:
    today = where.office.today
    options = tuple(option.title for option in decision.options)
    fields = (
        FormField("chosen", "Outcome", decision.chosen, names=options, example=" / ".join(options) or "what is done"),
        FormField("because", "Because", decision.because, lines=3, example="why this and not another"),
        FormField("review_on", "Review on", "", reading=_day(where), example=f"when to look again: {DAYS}"),
    )

    def accepted(texts: Mapping[str, str]) -> ChangeSet:
        review = parse_day(texts["review_on"], today) if texts["review_on"] else decision.review_on
        fields_now: dict[str, Any] = {"chosen": texts["chosen"], "because": texts["because"], "review_on": review}
        if not decision.deciders and where.office.me:
            fields_now["deciders"] = frozenset({where.office.me})
        return _edited_and_ruled(where, decision, DecisionStatus.ACCEPTED, "", fields_now)

    return FormDialog(f"Accept “{decision.title}”", fields, accepted)


def _defer_form(where: DecisionPlace, decision: Decision) -> FormDialog[ChangeSet]:
    today = where.office.today
    day = decision.decide_by.isoformat() if decision.decide_by and decision.decide_by > today else ""
    fields = (
        FormField("reason", "Why not now", demanded="One sentence is enough."),
        FormField("owner", "Brought back by", decision.owner, names=people(where.workspace), demanded="Say who."),
        FormField("trigger", "When", decision.trigger, example="a second customer asks; or give a day"),
        FormField("decide_by", "Or by", day, reading=_day(where), example=DAYS),
    )

    def deferred(texts: Mapping[str, str]) -> ChangeSet:
        values = {
            "owner": texts["owner"].removeprefix("@"),
            "trigger": texts["trigger"],
            "decide_by": parse_day(texts["decide_by"], today) if texts["decide_by"] else None,
        }
        return _edited_and_ruled(where, decision, DecisionStatus.DEFERRED, texts["reason"], values)

    return FormDialog(f"Put off “{decision.title}”", fields, deferred)


def _edited_and_ruled(
    where: DecisionPlace, decision: Decision, status: DecisionStatus, reason: str, fields: Mapping[str, Any]
) -> ChangeSet:
    """Fields and status as one change, so that one undo takes both back."""
    workspace, now, me = where.workspace, where.office.now(), where.office.me
    edited = applied(workspace, decision_edited(workspace, decision.id, now, me, **fields))
    ruled = decision_ruled(edited, decision.id, status, reason, now=now, by=me)
    after: Workspace = applied(edited, ruled)
    touched = {decision.id, *(edit.id for edit in ruled.edits)}
    edits = edits_between(workspace.decisions, [after.decisions[number] for number in sorted(touched)])
    return ChangeSet(ruled.sentence, edits, now, me)


def _choices(workspace: Workspace, is_offered: Callable[[Decision], bool]) -> list[Choice]:
    found = sorted(workspace.decisions.values(), key=lambda one: one.status.since, reverse=True)
    return [
        Choice(
            str(one.id), one.title, f"{workspace.name_of(one)}, {one.status.status.value}", SIGN[one.status.status][0]
        )
        for one in found
        if one.archived is None and is_offered(one)
    ]


def _day(where: DecisionPlace) -> Callable[[str], str]:
    today = where.office.today
    return lambda text: day_words(parse_day(text, today), today)
