"""Change sets: everything a person does to the work, with its inverse and one sentence."""

from store.change.edits import ChangeSet, Edit, applied, edits_between, inverse
from store.change.history import History

__all__ = ["ChangeSet", "Edit", "History", "applied", "edits_between", "inverse"]
