"""How a command explains itself: what click writes, and examples that stay as they are typed."""

from typing import Any

import click


class Explained(click.Command):
    """A command with examples below its options.

    Args:
        examples: command lines as a person types them, one on each line; they are never wrapped.
    """

    def __init__(self, *args: Any, examples: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._examples = examples.strip("\n").splitlines()

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples."""
        del ctx
        with formatter.section("Examples"):
            for line in self._examples:
                formatter.write(f"{'':>{formatter.current_indent}}{line}".rstrip() + "\n")
