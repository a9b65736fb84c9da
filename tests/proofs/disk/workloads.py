"""Every kind of write that the proofs go through."""

from typing import Final

from tests.proofs.disk.sittings import Bench, Driver, FirstKeep, Keep, LongSession, Repair, Session
from tests.proofs.disk.workload import Workload
from tests.proofs.disk.writes import (
    Backup,
    Create,
    FirstSave,
    Overtaken,
    Save,
    SaveByReplacing,
    SaveWithMerge,
    WriteText,
)

_ALL: Final[tuple[Workload, ...]] = (
    Save(),
    FirstSave(),
    SaveByReplacing(),
    SaveWithMerge(),
    Overtaken(),
    WriteText(),
    Create(),
    Backup(),
    Keep(),
    FirstKeep(),
    Bench(),
    Driver(),
    Repair(),
    Session(),
    LongSession(),
)
WORKLOADS: Final = {workload.name: workload for workload in _ALL}
