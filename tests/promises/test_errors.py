"""Every error can happen, names itself and ends the program with a code of its own kind."""

import ast
import inspect

import pytest

import store.errors
from store.errors import ExitCode, LeadlineError
from tests.promises.sources import last_name, sources

ERRORS = [error for error in vars(store.errors).values() if inspect.isclass(error) and issubclass(error, LeadlineError)]
BASES = {"LeadlineError", "StoreError"}
"""What is caught by name, never raised itself."""


def _raised() -> set[str]:
    """Errors that are made somewhere in the source; they may be raised elsewhere."""
    return {
        last_name(node.func)
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and source.name != "store/errors.py"
    }


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_an_error_has_a_title_and_can_happen(error: type[LeadlineError]) -> None:
    assert error.title
    assert not error.title.endswith(".")
    assert error.__doc__
    assert error.exit_code in set(ExitCode) - {ExitCode.OK, ExitCode.CRASHED}
    assert error.__name__ in BASES or error.__name__ in _raised()


def test_every_error_of_ours_stands_in_one_tree() -> None:
    """An exception outside of it would end in the crash report instead of a sentence."""
    known = {error.__name__ for error in ERRORS}
    found = [
        source.place(node)
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error") and node.name not in known
    ]
    assert found == []


def test_the_message_and_the_hint_are_kept_apart() -> None:
    error = LeadlineError("It broke.", "Mend it.")
    assert (error.message, error.hint, str(error)) == ("It broke.", "Mend it.", "It broke. Mend it.")
