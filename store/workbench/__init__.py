"""Do, undo, redo, save, reload: the one door through which screens and the command line reach the store."""

from store.workbench.replaying import Refusal, Reloaded
from store.workbench.saving import SaveKind, SaveState
from store.workbench.workbench import Workbench

__all__ = ["Refusal", "Reloaded", "SaveKind", "SaveState", "Workbench"]
