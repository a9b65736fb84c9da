"""Do, undo, redo, save, catch up: the one door through which screens and the command line reach the store."""

from store.workbench.arriving import Arrival, BroughtBack
from store.workbench.overtaking import Overtaken, Rebased
from store.workbench.saving import SaveKind, SaveState
from store.workbench.workbench import Workbench

__all__ = ["Arrival", "BroughtBack", "Overtaken", "Rebased", "SaveKind", "SaveState", "Workbench"]
