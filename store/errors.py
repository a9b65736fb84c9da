"""Everything that can go wrong, as one tree.

Each error is a title, a sentence that says what was wrong and where, and a hint that says what to do. They are shown in
exactly one place for the screens and one for the command line.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """How the program ends; the names are part of the command line's promise."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NO_STORE = 3
    BAD_DATA = 4
    NOT_SAVED = 5
    CRASHED = 70


class LeadlineError(Exception):
    """Something a person can understand and act on.

    Args:
        message: one sentence, what was wrong and where.
        hint: one sentence, what to do now; empty when there is nothing to do.
    """

    title = "That did not work"
    exit_code = ExitCode.FAILED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class NotFoundError(LeadlineError):
    """An id or a name that belongs to no record, or to several."""

    title = "Not found"


class RuleError(LeadlineError):
    """A wish that the rules of the work forbid, such as declining without a reason."""

    title = "That is not possible"


class OvertakenError(LeadlineError):
    """An undo whose fields have been changed since by somebody else."""

    title = "Changed since"


class QueryError(LeadlineError):
    """A query that cannot be read.

    Args:
        message: one sentence naming the word that was not understood.
        column: zero-based character position of that word.
        hint: the nearest name or an example.
    """

    title = "The filter cannot be read"
    exit_code = ExitCode.USAGE

    def __init__(self, message: str, column: int, hint: str = "") -> None:
        super().__init__(message, hint)
        self.column = column


class ImportFailedError(LeadlineError):
    """A file that cannot be imported as a whole; nothing was changed."""

    title = "Nothing was imported"
    exit_code = ExitCode.BAD_DATA


class ExportFailedError(LeadlineError):
    """An export that could not be written; no half file is left."""

    title = "Nothing was exported"


class OutputError(LeadlineError):
    """Standard output cannot be written, such as a file on a full disk."""

    title = "Not written"


class GitError(LeadlineError):
    """Git is missing, or refused; the store file is what it was."""

    title = "Git"


class StoreError(LeadlineError):
    """Something about the store file."""

    title = "The store"
    exit_code = ExitCode.BAD_DATA


class NoStoreError(StoreError):
    """No store file where one was looked for."""

    title = "No store here"
    exit_code = ExitCode.NO_STORE


class UnreadableStoreError(StoreError):
    """A store file that is no store, or that this version must not write."""

    title = "The store cannot be read"


class NotSavedError(StoreError):
    """The file could not be written; the edits are still in memory."""

    title = "Not saved"
    exit_code = ExitCode.NOT_SAVED


class ChangedOutsideError(NotSavedError):
    """Somebody else wrote the file since it was read; it was not overwritten."""

    title = "The file was changed outside"
