"""Goals made and changed: commands on the goal under the cursor."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from screens.commands.command import AnyCommand
from screens.commands.item_command import picked_person
from screens.dialogs.confirm import Confirm
from screens.dialogs.form import FormDialog
from screens.dialogs.line import LineDialog
from screens.dialogs.picker import Choice, Picker
from screens.goals.forms import DAYS, TITLE_NEEDED, child_form, edit_form, priority_form
from screens.goals.goal_command import GoalCommand
from screens.requests import Copy
from screens.wording.goal_page import loss_words
from screens.wording.goal_rows import SIGN
from store.change import ChangeSet, goal_archived, goal_created, goal_edited, goal_status_set
from store.clock import day_words, parse_day
from store.goals import progress_under
from store.models import Goal, GoalStatus

if TYPE_CHECKING:
    from screens.goals.screen import GoalsScreen

GIVES_UP = {GoalStatus.DROPPED}


class NewGoal(GoalCommand):
    """Makes a goal below the one under the cursor."""

    id = "goal.new"
    title = "New goal"
    help = "Makes a goal below the one under the cursor, else a priority; the very first is a line, its title."
    key = "n"
    hint = "new goal"

    def unavailable(self, where: "GoalsScreen") -> str | None:  # noqa: ARG002 - always, also without a goal
        """Always works."""
        return None

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask for the goal."""
        parent = where.goal
        if not where.goal_list.ids and not where.only_problems:
            return _first(where)
        return _made(where, priority_form(where) if parent is None else child_form(where, parent))


class NewPriority(GoalCommand):
    """Makes a goal at the top."""

    id = "goal.priority"
    title = "New priority"
    help = "Makes a goal at the top of the tree, of the company, of customers or of the team."
    key = "N"

    def unavailable(self, where: "GoalsScreen") -> str | None:  # noqa: ARG002 - always, also without a goal
        """Always works."""
        return None

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask for the priority."""
        return _made(where, priority_form(where))


class EditGoalTitle(GoalCommand):
    """Changes the title."""

    id = "goal.title"
    title = "Edit the title"
    help = "Changes the title of the goal."
    key = "e"
    hint = "edit"

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask for the title."""
        return self._ask(where, self.goal(where))

    @staticmethod
    async def _ask(where: "GoalsScreen", goal: Goal) -> None:
        text = await where.ask(LineDialog("Title", value=goal.title, demanded=TITLE_NEEDED, is_kept=True))
        if text:
            where.do(goal_edited(where.workspace, goal.id, where.office.now(), where.office.me, title=text))


class EditGoal(GoalCommand):
    """Changes everything in one form."""

    id = "goal.edit"
    title = "Edit all of it"
    help = "All fields of the goal in one form; enter on the goal does the same."
    key = "E"
    hint = "all of it"

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Show the form."""
        return self._ask(where, self.goal(where))

    @staticmethod
    async def _ask(where: "GoalsScreen", goal: Goal) -> None:
        change = await where.ask(edit_form(where, goal))
        if change is None or not change:
            return
        after = next((edit.after for edit in change.edits if isinstance(edit.after, Goal)), goal)
        gives_up = after.status in GIVES_UP and goal.status not in GIVES_UP
        if not gives_up or await may_give_up(where, goal, "Drop"):
            where.do(change)


class SetGoalStatus(GoalCommand):
    """Says where the goal is in its life."""

    id = "goal.status"
    title = "Status"
    help = "Proposed, active, achieved or dropped; dropping says first what would lose its reason."
    key = "s"
    hint = "status"

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask for the status."""
        return self._ask(where, self.goal(where))

    @staticmethod
    async def _ask(where: "GoalsScreen", goal: Goal) -> None:
        loss, progress = where.facts.would_lose(goal.id), progress_under(where.facts.tree, goal.id)
        remarks = {
            GoalStatus.PROPOSED: "not pursued yet, has no share",
            GoalStatus.ACTIVE: "pursued, takes its share of effort",
            GoalStatus.ACHIEVED: f"{progress.score:.0%} of the way".replace("%", " %") if progress else "reached",
            GoalStatus.DROPPED: loss_words(where.facts, loss).partition("\n")[0] or "given up",
        }
        choices = [Choice(each.value, each.value, remarks[each], SIGN[each][0]) for each in GoalStatus]
        for value in await where.ask(Picker(f"Status of “{goal.title}”", choices, current=[goal.status.value])) or ():
            status = GoalStatus(value)
            if status in GIVES_UP and status is not goal.status and not await may_give_up(where, goal, "Drop"):
                return
            where.do(goal_status_set(where.workspace, goal.id, status, now=where.office.now(), by=where.office.me))


class SetGoalOwner(GoalCommand):
    """Says who answers for the goal."""

    id = "goal.owner"
    title = "Owner"
    help = "Who answers for the goal."
    key = "a"
    hint = "owner"

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask for the person."""
        return self._ask(where, self.goal(where))

    @staticmethod
    async def _ask(where: "GoalsScreen", goal: Goal) -> None:
        name = await picked_person(where, f"Owner of “{goal.title}”", [goal.owner])
        if name is not None:
            where.do(goal_edited(where.workspace, goal.id, where.office.now(), where.office.me, owner=name))


class SetGoalDue(GoalCommand):
    """Says by when the goal shall be reached."""

    id = "goal.due"
    title = "Due"
    help = "A day such as eoq, +3m or 2026-12-01; empty takes it away."
    key = "D"

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask for the day."""
        return self._ask(where, self.goal(where))

    @staticmethod
    async def _ask(where: "GoalsScreen", goal: Goal) -> None:
        today = where.office.today
        text = await where.ask(
            LineDialog(
                f"“{goal.title}” is due",
                value=goal.due.isoformat() if goal.due else "",
                placeholder=DAYS,
                reading=lambda line: day_words(parse_day(line, today), today),
            )
        )
        if text is not None:
            day = parse_day(text, today) if text else None
            where.do(goal_edited(where.workspace, goal.id, where.office.now(), where.office.me, due=day))


class LogGoalDecision(GoalCommand):
    """Logs a decision that is already linked."""

    id = "goal.decision"
    title = "Log a decision"
    help = "Makes a decision that is linked to the goal."
    key = "L"

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask for the decision."""
        from screens.decisions.logging import log_decision  # late: a screen of its own

        return log_decision(where, items=(), goals=(self.goal(where).id,))


class CopyGoal(GoalCommand):
    """Copies id and title."""

    id = "goal.copy"
    title = "Copy id and title"
    help = "Sends “G-7KQ2 Title” to the clipboard of the terminal."
    key = "y"

    def run(self, where: "GoalsScreen") -> None:
        """Copy them."""
        goal = self.goal(where)
        name = where.workspace.name_of(goal)
        where.post_message(Copy(f"{name} {goal.title}", name))


class ArchiveGoal(GoalCommand):
    """Puts the goal out of sight."""

    id = "goal.archive"
    title = "Archive"
    help = "Takes the goal and those below it out of the tree; nothing is removed, and undo brings them back."
    key = "A"

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask where something would lose its reason, else archive at once."""
        return self._ask(where, self.goal(where))

    @staticmethod
    async def _ask(where: "GoalsScreen", goal: Goal) -> None:
        if await may_give_up(where, goal, "Archive"):
            where.do(goal_archived(where.workspace, goal.id, now=where.office.now(), by=where.office.me))


MAKING: tuple[type[AnyCommand], ...] = (
    NewGoal,
    EditGoalTitle,
    EditGoal,
    SetGoalStatus,
    SetGoalOwner,
    NewPriority,
    SetGoalDue,
    LogGoalDecision,
    CopyGoal,
    ArchiveGoal,
)
"""Commands that make and change goals, in the order of the hint bar."""


async def may_give_up(where: "GoalsScreen", goal: Goal, verb: str) -> bool:
    """Whether a goal may be given up: asked only where something would lose its reason."""
    loss = where.facts.would_lose(goal.id)
    if not loss:
        return True
    answer = await where.ask(Confirm(f"{verb} “{goal.title}”?", loss_words(where.facts, loss)))
    return answer is True


async def _first(where: "GoalsScreen") -> None:
    """A priority of the company by its title alone: the rest can be said once there is something to say it of."""
    title = await where.ask(
        LineDialog("What should the work bring about?", placeholder="Analysts stay in flow", demanded=TITLE_NEEDED)
    )
    if title:
        office = where.office
        change = goal_created(where.workspace, office.new_id, office.now(), office.me, title=title)
        where.go_to_goal(change.edits[0].id)
        where.do(change)
        where.say("E says the rest: weight, owner, day, why. + adds how you will know, n a goal below it.")


async def _made(where: "GoalsScreen", form: FormDialog[ChangeSet]) -> None:
    change = await where.ask(form)
    if change:
        where.go_to_goal(change.edits[0].id)
        where.do(change)
