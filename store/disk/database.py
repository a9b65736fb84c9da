"""A store for code that speaks TinyDB: its tables and queries as everybody knows them, its writes by our protocol."""

from pathlib import Path

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from store.disk.storage import FileStorage
from store.disk.writing.patching import Changes, Patch


class LiveTable(Table):
    """A TinyDB table without a query cache, which would not see other writes and would hand out what it keeps."""

    def __init__(
        self,
        storage: Storage,
        name: str,
        cache_size: int = 0,
        persist_empty: bool = False,  # noqa: FBT001, FBT002 - the signature is TinyDB's
    ) -> None:
        super().__init__(storage, name, cache_size, persist_empty)


class Database(TinyDB):
    """A store for code that speaks TinyDB.

    Args:
        path: the store file.
    """

    table_class = LiveTable

    def __init__(self, path: Path) -> None:
        self.file = FileStorage(path)
        super().__init__(storage=lambda: self.file)

    def commit(self, changes: Changes) -> None:
        """Puts records in (None takes one out), all by exactly one write.

        Raises:
            ChangedOutsideError: the file is not the one last read or written; it was left alone.
            NotSavedError: the system refused, or a record cannot be written so that it can be read again.
        """
        self.file.write(Patch(changes))
