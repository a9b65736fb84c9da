"""Everything that must hold, in the order of how quickly it answers: `python -m tests`."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# import-linter has no `-m` entry of its own.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as main; main()"

# Run alone, by hand, or by a command of their own.
ELSEWHERE = ("terminal", "bench", "proofs")

STEPS: tuple[tuple[str, Sequence[str]], ...] = (
    ("layout of the code", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    ("lint", ("-m", "ruff", "check", "--quiet", ".")),
    ("types", ("-m", "mypy")),
    ("imports run one way", ("-c", LINT_IMPORTS, "--no-logo")),
    (
        "tests",
        ("-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", *(f"--ignore=tests/{name}" for name in ELSEWHERE)),
    ),
    # By themselves: they wait for what a terminal shows, and the others keep the machine busy.
    ("tests in a real terminal", ("-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "tests/terminal")),
)


def main() -> int:
    """Run the steps until one fails; the exit code is that of the step that failed, else 0.

    Nothing is printed after the last step, so that pytest's own closing line ends the output.
    """
    for name, arguments in STEPS:
        print(f"\n== {name}: {_shown(arguments)}", flush=True)
        ended = subprocess.run((sys.executable, *arguments), cwd=ROOT, check=False).returncode
        if ended:
            print(f"\n== failed: {name} (exit code {ended})", file=sys.stderr, flush=True)
            return ended
    return 0


def _shown(arguments: Sequence[str]) -> str:
    return "lint-imports" if LINT_IMPORTS in arguments else " ".join(arguments[1:])


if __name__ == "__main__":
    sys.exit(main())
