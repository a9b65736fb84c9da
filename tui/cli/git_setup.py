"""`leadline git-setup`: teach git, in this clone, to merge and show the store as records."""

import os
import shutil
import sys
from pathlib import Path

import click

from screens.wording.counting import counted
from screens.wording.setting_up import step_lines
from store.disk.git.installed import installation_in
from store.disk.git.setting_up import PROGRAM, OnConflict, removal_plan, setup_plan
from store.disk.git.setup_steps import SetupPlan, carry_out
from store.errors import ExitCode
from tui.cli.stores import repository_of_store, store_path
from tui.cli.telling import put, say


@click.command("git-setup", short_help="Teach git to merge and show the store as records.")
@click.option("--yes", is_flag=True, help="Write it without asking, for scripts.")
@click.option("--remove", is_flag=True, help="Take everything out again that this command has written.")
@click.option(
    "--on-conflict",
    type=click.Choice([choice.value for choice in OnConflict]),
    default=OnConflict.STOP.value,
    show_default=True,
    help="Where both sides changed the same: stop the merge, or go on and let it wait as a record.",
)
@click.pass_context
def command(ctx: click.Context, yes: bool, remove: bool, on_conflict: str) -> int:  # noqa: FBT001 - click's form
    """Teach git, in this clone, to merge the store record by record, to show it readably, and to check it on commit.

    It shows what it will write and asks. The attributes file is for everybody: commit it. The settings are of this
    clone only, so each clone runs this once; without it git merges the store line by line. Running it twice changes
    nothing.
    """
    repository = repository_of_store(store_path(ctx))
    plan = removal_plan(repository) if remove else setup_plan(repository, program(), OnConflict(on_conflict))
    for note in plan.notes:
        say(note)
    if not plan.steps:
        say("Nothing of it is here." if remove else "Everything is set up; nothing to write.")
        return _proved(remove or installation_in(repository).is_complete)
    for step in plan.steps:
        for line in step_lines(step, repository.root):
            put(line)
    if not yes and not _is_wanted(plan):
        say("Nothing was written.")
        return ExitCode.FAILED
    carry_out(repository, plan)
    if remove:
        say("Taken out. Git merges the store line by line here; what that cannot merge, leadline settles when opened.")
        return ExitCode.OK
    say("Done. Commit .gitattributes and .gitignore, so that every clone has them.")
    return _proved(installation_in(repository).is_complete)


def program() -> str:
    """Leadline as git will find it: by its name where that is on the path for good, else by its whole path."""
    found = shutil.which(PROGRAM)
    environment = os.environ.get("VIRTUAL_ENV")
    if found and not (environment and Path(found).is_relative_to(environment)):
        return PROGRAM
    beside = Path(sys.executable).parent / PROGRAM
    return str(beside) if beside.is_file() else found or PROGRAM


def _is_wanted(plan: SetupPlan) -> bool:
    if not sys.stdin.isatty():
        say("Nobody can be asked here; --yes writes it.")
        return False
    return click.confirm(f"Write {counted(len(plan.steps), 'change')}?", default=True, err=True)


def _proved(is_complete: bool) -> int:  # noqa: FBT001 - what it says
    if is_complete:
        return ExitCode.OK
    say("Git still does not hand the store to leadline: another attributes file overrules it (.git/info/attributes?).")
    return ExitCode.FAILED
