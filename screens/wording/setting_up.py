"""What setting a clone up would write, line by line."""

from collections.abc import Iterator
from pathlib import Path

from store.disk.git.setup_steps import ConfigStep, SetupPlan, Step


def plan_lines(plan: SetupPlan, root: Path) -> Iterator[str]:
    """The whole plan; what a person has to do by hand last."""
    for step in plan.steps:
        yield from step_lines(step, root)
    yield from plan.notes


def step_lines(step: Step, root: Path) -> Iterator[str]:
    """One step: what is written, and the lines that come and go.

    Args:
        step: the step.
        root: the work tree, below which files are named by their path in it.
    """
    if isinstance(step, ConfigStep):
        yield f"setting {step.key} of this clone"
        yield from (f"  {sign} {value}" for sign, value in (("-", step.before), ("+", step.after)) if value)
        return
    path = step.path.relative_to(root) if step.path.is_relative_to(root) else step.path
    what = "new file" if step.before is None else "file" if step.after is not None else "remove file"
    yield f"{what} {path}"
    yield from (f"  {sign} {line}" for sign, line in step.lines)
