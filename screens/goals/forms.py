"""The forms of goals: which fields they have, and how their texts become fields of a goal."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from screens.dialogs.form import FormDialog
from screens.dialogs.form_fields import FormField
from screens.screen import LeadlineScreen
from screens.wording import goal_results as results
from store.change import ChangeSet, goal_created, goal_edited
from store.clock import day_words, parse_day
from store.models import Goal, GoalStatus, KeyResult, Origin, Workspace, made

MOST_WEIGHT: Final = 1000
MOST_SHARE: Final = 100
KEEP: Final = "keep it"
REMOVE: Final = "take it away"
DAYS: Final = "fri, +2w, eoq, 2026-12-01"
TITLE_NEEDED: Final = "A goal needs a title: what shall be true one day?"
GUIDELINE: Final = "what to prefer when two ways lead there; shown in triage"
ORIGINS: Final = tuple(origin.value for origin in Origin)


def priority_form(where: LeadlineScreen) -> FormDialog[ChangeSet]:
    """A new priority."""
    fields = (
        FormField("title", "Priority", demanded=TITLE_NEEDED, example="Analysts stay in flow"),
        FormField("origin", "From", Origin.COMPANY.value, words=ORIGINS),
        FormField("weight", "Weight", "1", reading=_weight, example="its part among the priorities, any unit"),
        FormField("said_by", "Said by", names=people(where.workspace), example="who wants it"),
        FormField("owner", "Owner", names=people(where.workspace), example="who answers for it"),
        FormField("measure", "Key result", reading=results.result_words, example=results.EXAMPLE),
        FormField("body", "Why", lines=4, example="why it matters, for somebody who was not there"),
    )
    return FormDialog("New priority", fields, lambda texts: _created(where, texts, None))


def child_form(where: LeadlineScreen, parent: Goal) -> FormDialog[ChangeSet]:
    """A new goal below another one."""
    fields = (
        FormField("title", "Goal", demanded=TITLE_NEEDED, example="A grid keeps its state when a query runs again"),
        FormField("measure", "Key result", reading=results.result_words, example=results.EXAMPLE),
        FormField("owner", "Owner", parent.owner, names=people(where.workspace), example="who answers for it"),
        FormField("due", "Due", reading=_day(where.office.today), example=DAYS),
        FormField("guideline", "Guideline", example=GUIDELINE),
    )
    return FormDialog(f"New goal below “{parent.title}”", fields, lambda texts: _created(where, texts, parent.id))


def edit_form(where: LeadlineScreen, goal: Goal, start: str = "") -> FormDialog[ChangeSet]:
    """All fields of a goal but its place and its key results, which have keys of their own."""
    names = people(where.workspace)
    due = goal.due.isoformat() if goal.due else ""
    fields = [
        FormField("title", "Title", goal.title, demanded=TITLE_NEEDED, is_kept=True),
        FormField("weight", "Weight", str(goal.weight), reading=_weight, demanded="A weight from 0 to 1000."),
        FormField(
            "share",
            "Wished effort",
            "" if goal.share is None else str(goal.share),
            reading=_share,
            example="% of the work in hand; its share of what is wanted comes from the weight",
        ),
        FormField("owner", "Owner", goal.owner, names=names, example="who answers for it"),
        FormField("due", "Due", due, reading=_day(where.office.today), example=DAYS),
        FormField("status", "Status", goal.status.value, words=tuple(status.value for status in GoalStatus)),
        FormField("guideline", "Guideline", goal.guideline, example=GUIDELINE),
        FormField("body", "Why", goal.body, lines=5, example="why it matters, for somebody who was not there"),
    ]
    if goal.parent is None:
        fields[1:1] = [
            FormField("origin", "From", goal.origin.value, words=ORIGINS),
            FormField("said_by", "Said by", goal.said_by, names=names, example="who wants it"),
        ]

    def changed(texts: Mapping[str, str]) -> ChangeSet:
        values = _values(texts, where.office.today)
        present = {name: getattr(goal, name) for name in values}
        new = {name: value for name, value in values.items() if value != _stripped(present[name])}
        return goal_edited(where.workspace, goal.id, now=where.office.now(), by=where.office.me, **new)

    return FormDialog(f"Goal {where.workspace.name_of(goal)}", fields, changed, start=start)


def result_form(where: LeadlineScreen, goal: Goal, position: int) -> FormDialog[ChangeSet]:
    """One key result of a goal, with a way to take it away."""
    result = goal.key_results[position]
    fields = (
        FormField("title", "Key result", result.title, demanded="Say what is measured.", is_kept=True),
        FormField("start", "Start", f"{result.start:g}", reading=_number, demanded="Where did it start?"),
        FormField("now", "Now", f"{result.now:g}", reading=_number, demanded="Where is it now?"),
        FormField("target", "Target", f"{result.target:g}", reading=_number, demanded="Where shall it end?"),
        FormField("unit", "Unit", result.unit, example="min, %, a week"),
        FormField("fate", "", KEEP, words=(KEEP, REMOVE)),
    )

    def changed(texts: Mapping[str, str]) -> ChangeSet:
        rest = list(goal.key_results)
        if texts["fate"] == REMOVE:
            del rest[position]
        else:
            rest[position] = results.checked_result(
                made(
                    KeyResult,
                    title=texts["title"],
                    start=results.number(texts["start"]),
                    now=results.number(texts["now"]),
                    target=results.number(texts["target"]),
                    unit=texts["unit"],
                )
            )
        return results_set(where, goal, rest)

    return FormDialog(goal.title, fields, changed)


def results_set(where: LeadlineScreen, goal: Goal, key_results: Sequence[KeyResult]) -> ChangeSet:
    """The goal with these key results."""
    office = where.office
    return goal_edited(where.workspace, goal.id, now=office.now(), by=office.me, key_results=tuple(key_results))


def people(workspace: Workspace) -> tuple[str, ...]:
    """Everybody who owns an item or a goal or said a priority, by name."""
    owners = {item.owner for item in workspace.open_items}
    goals = {name for goal in workspace.goals.values() for name in (goal.owner, goal.said_by)}
    return tuple(sorted((owners | goals) - {""}))


def _created(where: LeadlineScreen, texts: Mapping[str, str], parent: int | None) -> ChangeSet:
    office = where.office
    values = {name: value for name, value in _values(texts, office.today).items() if value not in {"", None}}
    return goal_created(where.workspace, office.new_id, now=office.now(), by=office.me, parent=parent, **values)


def _values(texts: Mapping[str, str], today: date) -> dict[str, Any]:
    """The texts of a form as values of a goal."""
    return {_FIELD.get(name, name): _VALUE.get(name, _same)(text, today) for name, text in texts.items()}


_FIELD: Final = {"measure": "key_results"}
_VALUE: Final[Mapping[str, Callable[[str, date], Any]]] = {
    "origin": lambda text, _: Origin(text),
    "status": lambda text, _: GoalStatus(text),
    "weight": lambda text, _: results.whole(text, MOST_WEIGHT) if text else 1,
    "share": lambda text, _: results.whole(text, MOST_SHARE) if text else None,
    "owner": lambda text, _: text.removeprefix("@"),
    "said_by": lambda text, _: text.removeprefix("@"),
    "due": lambda text, today: parse_day(text, today) if text else None,
    "measure": lambda text, _: (results.read_result(text),) if text else None,
}


def _same(text: str, _: date) -> str:
    return text


def _stripped(value: object) -> object:
    # A form gives texts without surrounding space; a body that has some is not a change.
    return value.strip() if isinstance(value, str) and not isinstance(value, Origin | GoalStatus) else value


def _day(today: date) -> Callable[[str], str]:
    return lambda text: day_words(parse_day(text, today), today)


def _weight(text: str) -> None:
    results.whole(text, MOST_WEIGHT)


def _share(text: str) -> None:
    results.whole(text, MOST_SHARE)


def _number(text: str) -> None:
    results.number(text)
