"""A file that is not whole: what can be read of it, what will be done, and only then a write."""

from store.disk.mending.applying import mend
from store.disk.mending.mending import Mending, Spot
from store.disk.mending.opening import opened_for_mending
from store.disk.mending.planning import mending_of
from store.disk.mending.sources import DiskSources

__all__ = ["DiskSources", "Mending", "Spot", "mend", "mending_of", "opened_for_mending"]
