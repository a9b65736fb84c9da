"""Key results: added, measured, corrected."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from screens.commands.command import AnyCommand
from screens.dialogs.confirm import Confirm
from screens.dialogs.line import LineDialog
from screens.dialogs.picker import Choice, Picker
from screens.goals.forms import result_form, results_set
from screens.goals.goal_command import GoalCommand
from screens.wording import goal_results as results
from store.change import key_result_set
from store.goals import result_figures
from store.models import Goal, KeyResult

if TYPE_CHECKING:
    from screens.goals.screen import GoalsScreen

NONE_YET = "It has no key result yet; + adds one."


class _OnResult(GoalCommand):
    """A command on one key result of the goal."""

    def unavailable(self, where: "GoalsScreen") -> str | None:
        """Needs a goal with a key result."""
        reason = super().unavailable(where)
        return reason if reason is not None or self.goal(where).key_results else NONE_YET

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask which one, where there are several."""
        return self._ask(where, self.goal(where))

    async def _ask(self, where: "GoalsScreen", goal: Goal) -> None:
        position = 0
        if len(goal.key_results) > 1:
            choices = [
                Choice(str(number), result.title, result_figures(result))
                for number, result in enumerate(goal.key_results)
            ]
            picked = await where.ask(Picker(self.title, choices))
            if not picked:
                return
            position = int(picked[0])
        await self.on_result(where, goal, position)

    async def on_result(self, where: "GoalsScreen", goal: Goal, position: int) -> None:
        """Do it to the one that was picked."""
        raise NotImplementedError


class AddResult(GoalCommand):
    """Adds a key result."""

    id = "goal.result_add"
    title = "Add a key result"
    help = f"Type it as one line: {results.EXAMPLE}."
    key = "plus"
    hint = "key result"

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask for it."""
        return self._ask(where, self.goal(where))

    @staticmethod
    async def _ask(where: "GoalsScreen", goal: Goal) -> None:
        line = LineDialog(
            f"How will you know that “{goal.title}” is reached?",
            placeholder=results.EXAMPLE,
            reading=results.result_words,
            demanded="What is measured, where it starts -> where it shall end, and the unit.",
        )
        text = await where.ask(line)
        if text:
            where.do(results_set(where, goal, (*goal.key_results, results.read_result(text))))


class Measure(_OnResult):
    """Says where a key result stands."""

    id = "goal.result_now"
    title = "Measure a key result"
    help = "Types the present value of a key result."
    key = "equals_sign"
    hint = "measure"

    async def on_result(self, where: "GoalsScreen", goal: Goal, position: int) -> None:
        """Ask for the value."""
        result = goal.key_results[position]
        text: str | None = f"{result.now:g}"
        while text:
            line = LineDialog(
                result.title,
                value=text,
                reading=lambda typed: results.measured_words(result, typed),
                demanded="Type where it stands now.",
            )
            text = await where.ask(line)
            if text and await _is_meant(where, result, results.number(text)):
                value, office = results.number(text), where.office
                where.do(key_result_set(where.workspace, goal.id, position, value, now=office.now(), by=office.me))
                return


async def _is_meant(where: "GoalsScreen", result: KeyResult, value: float) -> bool:
    """Whether a value is taken: asked only where a digit too many is more likely than the truth."""
    doubt = results.far_words(result, value)
    return (
        not doubt
        or await where.ask(Confirm(f"Is {value:,.12g} right?", f"{doubt}\ny takes it · n types again")) is True
    )


class EditResult(_OnResult):
    """Changes a key result, or takes it away."""

    id = "goal.result_edit"
    title = "Edit a key result"
    help = "Its words, start, target and unit; here it can be taken away too."
    key = "full_stop"

    async def on_result(self, where: "GoalsScreen", goal: Goal, position: int) -> None:
        """Show its form."""
        change = await where.ask(result_form(where, goal, position))
        if change:
            where.do(change)


MEASURING: tuple[type[AnyCommand], ...] = (Measure, AddResult, EditResult)
"""Commands on key results, in the order of the hint bar."""
