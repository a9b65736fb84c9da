"""`leadline` and its commands; each is loaded only when it is called."""

from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final

import click

from store.errors import ExitCode

COMMANDS: Final = MappingProxyType({
    "demo": "tui.cli.demo",
    "init": "tui.cli.starting",
    "add": "tui.cli.adding",
    "list": "tui.cli.listing",
    "show": "tui.cli.showing",
    "import": "tui.cli.importing",
    "export": "tui.cli.exporting",
    "conflicts": "tui.cli.conflicts",
    "settle": "tui.cli.settling",
    "check": "tui.cli.checking",
    "recover": "tui.cli.recovering",
    "diff": "tui.cli.diffing",
    "log": "tui.cli.history",
    "git-setup": "tui.cli.git_setup",
    "textconv": "tui.cli.textconv",
    "merge": "tui.cli.merging",
})
"""Every command and the module that holds it as `command`, in the order of the help."""

PAST: Final = "leadline.past"
"""Where a command finds what `--at` names."""
LOOKING: Final = ("list", "show", "export", "check")
"""The commands that can look at the store as of a commit."""

_CODES: Final = {
    ExitCode.OK: "done",
    ExitCode.FAILED: "it did not work; standard error says why",
    ExitCode.USAGE: "the command line or a filter cannot be read, or a full screen has no terminal",
    ExitCode.NO_STORE: "there is no store here",
    ExitCode.BAD_DATA: "bad data: what is imported, or the store itself",
    ExitCode.NOT_SAVED: "not saved",
    ExitCode.CRASHED: "leadline itself broke; the details are in a file it names",
}

_EPILOG: Final = "\b\nExit codes:\n" + "\n".join(f"  {code.value:>3}  {words}" for code, words in _CODES.items())
_COMPLETION: Final = (
    "\b\nCompletion for your shell (bash_source and fish_source work alike):\n"
    '  eval "$(_LEADLINE_COMPLETE=zsh_source leadline)"'
)


class Commands(click.Group):
    """A group whose commands are modules: `leadline add` must not wait for what only `leadline import` needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with that name."""
        del ctx
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command = import_module(module).command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; a name that is none is answered with the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # late: only for mistyped names

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            ctx.fail(f"There is no command “{args[0]}”.{hint}")
        return super().resolve_command(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Exit codes and completion, below the commands."""
        del ctx
        for part in (_EPILOG, _COMPLETION):
            formatter.write_paragraph()
            formatter.write_text(part.replace("\b\n", "") if "\b" not in part else part)


def _show_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's form
    if wanted and not ctx.resilient_parsing:
        from tui.version import version_words  # late: reading metadata is slow

        click.echo(f"leadline {version_words()}")
        ctx.exit()


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The store file, or its folder. Otherwise LEADLINE_STORE, else the nearest leadline.json above this folder.",
)
@click.option(
    "--at",
    "revision",
    metavar="REV",
    help="The store as of a commit, to look at: with list, show, export, check, or alone on the full screen.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Say which leadline this is.",
)
@click.pass_context
def leadline(ctx: click.Context, store: Path | None, revision: str | None) -> int | None:
    """Backlog, triage, goals and decisions for team leads, in one JSON file in your git repository.

    Without a command it opens the nearest store on the full screen, or offers to start one.
    """
    ctx.obj = store
    ctx.meta[PAST] = revision
    if ctx.invoked_subcommand is not None:
        if revision is not None and ctx.invoked_subcommand not in LOOKING:
            message = f"--at only looks; it goes with {', '.join(LOOKING)}, or alone with the full screen."
            raise click.UsageError(message)
        return None
    if revision is not None:
        from tui.cli.past import open_past  # late: the commands never need the screens

        return open_past(ctx)
    from tui.cli.fullscreen import open_nearest  # late, as above

    return open_nearest(store)
