"""The plan for a file: nothing where it is in order, else what will be in it and why."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from store.disk.canonical import APP, META, META_KEY
from store.disk.mending.completing import Version
from store.disk.mending.decoding import Decoded, decoded, is_blank
from store.disk.mending.markers import first_mark
from store.disk.mending.mender import Mender
from store.disk.mending.mending import Mending, Spot
from store.disk.mending.notes import Notes
from store.disk.mending.places import spot_of_error, spots_at, spots_of_encoding, starts_of
from store.disk.mending.salvaging import salvaged
from store.disk.mending.sources import DiskSources, Sources
from store.disk.mending.telling import lost_in, sentences_of
from store.disk.mending.whole import Whole, whole_of
from store.disk.reading.migrating import SCHEMA, steps_in_words
from store.disk.reading.reading import Reading, read_store
from store.disk.writing.laying_out import laid_out
from store.errors import UnreadableStoreError

_NO_OTHER: Final = "Neither git nor this machine has another version of it. Is it the right file?"
_NEWER: Final = "A newer leadline wrote this store; this one must not write it."
_ONCE: Final = "What stands there twice with the same value will stand there once."
ONE_WAY: Final = (
    "From then on an older leadline only reads it. The old file is kept: `leadline recover` brings it back."
)
_LAID_OUT: Final = "It is laid out as leadline writes it; no value changes."


def mending_of(path: Path, content: bytes, sources: Sources | None = None) -> Mending | None:
    """What will be done about a file; None where nothing has to be done.

    Args:
        path: the real path of the file.
        content: its bytes.
        sources: where other versions of it come from; git and the copies of good files when left out.

    Raises:
        UnreadableStoreError: it is no store of ours, or too little of it can be read and nothing else is to be had.
    """
    sources = DiskSources(path) if sources is None else sources
    if is_blank(content):
        return _of_nothing(path, content, sources)
    text = decoded(content)
    if first_mark(text.text) is None:
        found = salvaged(text.text)
        whole, twins = whole_of(found)
        if found.is_sound and whole.is_ours and not twins and not _is_one_side(content, sources):
            return _of_schema(path, content, text, whole) if whole.schema < SCHEMA else _of_layout(path, content, text)
    mender = Mender(path.name, sources)
    whole = mender.mended(text.text)
    try:
        return _planned(path, content, text, whole, mender.notes)
    except UnreadableStoreError as error:
        if whole.app not in {None, APP}:
            raise
        if not mender.versions:
            raise UnreadableStoreError(error.message, _NO_OTHER) from error
        first = spot_of_error(text.text) or Spot(1, 1, "this is no store")
        return _replaced(path, content, mender.versions, error.message, first)


def _is_one_side(content: bytes, sources: Sources) -> bool:
    """Whether git put one side of an unfinished merge there as it was, as it does with what it takes for no text."""
    stages = sources.stages()
    return stages is not None and stages.is_one_side(content)


def _planned(path: Path, content: bytes, text: Decoded, whole: Whole, notes: Notes) -> Mending:
    reading = _strictly(path, content, whole)
    written = laid_out(reading)
    again = read_store(written, path.name, {})
    sentences = (*sentences_of(notes, text, again), *_brought(notes.schema), *_left(again)) or (_ONCE,)
    conflicts = tuple(
        again.workspace.conflicts[each.id] for each in notes.conflicts if each.id in again.workspace.conflicts
    )
    lost = tuple(dict.fromkeys(lost_in(notes, written.decode())))
    spots = tuple(sorted((*spots_of_encoding(text), *_spots(text.text, notes)), key=lambda spot: spot.line))
    return Mending(
        path,
        content,
        written,
        sentences,
        spots,
        conflicts,
        lost,
        _NEWER if again.is_newer else "",
        from_schema=notes.schema,
    )


def _strictly(path: Path, content: bytes, whole: Whole) -> Reading:
    """The mended store, read as any other; where it is none of ours, what was wrong with the file is said instead."""
    try:
        return read_store(whole.text(), path.name, {})
    except UnreadableStoreError:
        read_store(content, path.name, {})
        raise


def _brought(schema: int | None) -> Iterator[str]:
    """That a text of an older schema gets the newest one by the way."""
    if schema is not None and schema < SCHEMA:
        yield from steps_in_words({}, schema)
        yield ONE_WAY


def _of_nothing(path: Path, content: bytes, sources: Sources) -> Mending:
    """An empty file gets the newest version there is; only where there is none it becomes a new store."""
    mender = Mender(path.name, sources)
    empty, spot = f"{path.name} is empty.", Spot(1, 1, "the file is empty")
    if mender.versions:
        return _replaced(path, content, mender.versions, empty, spot)
    fresh = Whole({META: {META_KEY: {"app": APP, "schema": SCHEMA}}})
    words = "Neither git nor this machine has another version of it: it becomes a new store without records."
    return Mending(path, content, laid_out(_strictly(path, content, fresh)), (empty, words), (spot,))


def _replaced(path: Path, content: bytes, versions: Sequence[Version], what: str, spot: Spot) -> Mending:
    """A file of which nothing can be used gets the newest version there is."""
    newest, *others = versions
    reading = _strictly(path, content, newest.whole)
    words = f"It gets what {newest.words} has: {len(newest.whole.places()):,} records."
    also = f" There is also {', '.join(other.words for other in others)}." if others else ""
    refusal = _NEWER if reading.is_newer else ""
    return Mending(
        path, content, laid_out(reading), (what, words + also, *_brought(newest.schema)), (spot,), refusal=refusal
    )


def _of_layout(path: Path, content: bytes, text: Decoded) -> Mending | None:
    """A file in order, but for its layout or its encoding."""
    reading = read_store(text.text.encode(errors="surrogatepass"), path.name, {})
    written = laid_out(reading)
    if written == content or reading.is_newer:
        return None
    encoding = tuple(sentences_of(Notes(), text, reading))
    spots = tuple(spots_of_encoding(text))
    return Mending(path, content, written, (*encoding, _LAID_OUT), spots, is_whole=not encoding)


def _of_schema(path: Path, content: bytes, text: Decoded, whole: Whole) -> Mending:
    """A file in order, of an older schema."""
    reading = _strictly(path, content, whole.brought())
    encoding = tuple(sentences_of(Notes(), text, reading))
    sentences = (*encoding, *steps_in_words(whole.tables, whole.schema), ONE_WAY)
    spots = tuple(spots_of_encoding(text))
    return Mending(path, content, laid_out(reading), sentences, spots, is_whole=not encoding, from_schema=whole.schema)


def _spots(text: str, notes: Notes) -> Iterator[Spot]:
    """Where the file is wrong, the first of it first."""
    if notes.is_one_side:
        yield Spot(1, 1, "git has not finished a merge, and only one side of it stands here")
        return
    if notes.marks:
        starts = starts_of(text, notes.marks)
        yield from spots_at(text, ((at, "a merge left its marks here") for at in starts))
        return
    first = spot_of_error(text)
    if first is not None:
        yield first
    yield from (spot for spot in spots_at(text, notes.spots) if first is None or spot.line != first.line)


def _left(reading: Reading) -> Iterator[str]:
    """What is not mended."""
    if count := len(reading.findings):
        what = "One record stays" if count == 1 else f"{count:,} records stay"
        yield f"{what} set aside with what is wrong inside; `leadline check` says where."
