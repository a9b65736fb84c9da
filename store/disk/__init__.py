"""The store file: canonical text, strict reading, safe writing, and who and where we are."""

from store.disk.canonical import record_text
from store.disk.database import Database
from store.disk.identity import Identity, branch_of, identity_in
from store.disk.keeping.backups import Backup, backups_of, keep_backup
from store.disk.locating import FILE_NAME, create_store, find_store, private_store
from store.disk.reading.migrating import SCHEMA
from store.disk.reading.reading import Reading
from store.disk.storage import FileStorage
from store.disk.writing.locking import locked
from store.disk.writing.patching import with_changes

__all__ = [
    "FILE_NAME",
    "SCHEMA",
    "Backup",
    "Database",
    "FileStorage",
    "Identity",
    "Reading",
    "backups_of",
    "branch_of",
    "create_store",
    "find_store",
    "identity_in",
    "keep_backup",
    "locked",
    "private_store",
    "record_text",
    "with_changes",
]
