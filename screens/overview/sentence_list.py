"""Two lists that are read as one: past the last row of one comes the first row of the other."""

from collections.abc import Sequence
from typing import Final

from textual.message import Message

from screens.widgets.record_columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.record_painter import Row
from screens.wording.overview import Sentence

BAR_FROM: Final = 90
ACT_FROM: Final = 110
SHORT_FROM: Final = 64


def sentence_columns(width: int) -> tuple[Column, ...]:
    """Number and words always; the weeks, the key and what it does where there is room, else the latter two as one."""
    columns = [Column("number", "", 5, 0, right=True, gap=1), Column("words", "", None, least=1)]
    if width >= BAR_FROM:
        columns.append(Column("bar", "", 9, 0))
    if width >= ACT_FROM:
        columns += [Column("key", "", 5, 0, gap=1), Column("act", "", 27, 0)]
    elif width >= SHORT_FROM:
        columns.append(Column("short", "", 18, 0))
    return tuple(columns)


class JoinedList(RecordList):
    """A list whose cursor leaves it at either end, and is only to be seen in the list in focus."""

    DEFAULT_CSS = """
    JoinedList {
        & > .record-list--cursor { background: $background; }
        & > .record-list--bar { color: $background; }
        &:focus > .record-list--cursor { background: $block-cursor-background; }
        &:focus > .record-list--bar { color: $text-accent; }
    }
    """

    class Left(Message):
        """The cursor wants to go on beyond the last row (1) or before the first (-1)."""

        def __init__(self, record_list: RecordList, direction: int) -> None:
            super().__init__()
            self.record_list = record_list
            self.direction = direction

    def action_move(self, rows: int) -> None:
        """Move the cursor, or tell that there is no further row."""
        before = self.cursor_row
        super().action_move(rows)
        if self.cursor_row == before:
            self.post_message(self.Left(self, rows))


class SentenceList(JoinedList):
    """Sentences, one a row; their ids are their places."""

    DEFAULT_CSS = """
    SentenceList { height: auto; max-height: 60%; }
    """

    def __init__(self) -> None:
        super().__init__(sentence_columns(0), id="sentences")
        self._sentences: Sequence[Sentence] = ()

    def on_resize(self) -> None:
        """Other columns have room now."""
        self.set_columns(sentence_columns(self.size.width))

    @property
    def current(self) -> Sentence | None:
        """The sentence under the cursor."""
        return None if self.cursor_id is None else self._sentences[self.cursor_id]

    def show(self, sentences: Sequence[Sentence]) -> None:
        """Show these sentences; the cursor stays on the one that leads to the same place."""
        if sentences == self._sentences:
            return
        before = self.current
        self._sentences = tuple(sentences)
        self.styles.height = len(sentences)
        self.set_rows(range(len(sentences)), self._row)
        if before is not None:
            same = (place for place, each in enumerate(sentences) if (each.mode, each.act) == (before.mode, before.act))
            self.move_to(next(same, 0))

    def _row(self, place: int) -> Row:
        sentence = self._sentences[place]
        return {
            "number": Cell(sentence.number, sentence.tone),
            "words": tuple(Cell(text, tone) for text, tone in sentence.words),
            "bar": Cell(sentence.bar, "muted"),
            "key": Cell(sentence.key or "enter", "accent" if sentence.key else "muted"),
            "act": Cell(sentence.act, "muted"),
            "short": (Cell(f"{sentence.key} " if sentence.key else "", "accent"), Cell(sentence.short_act, "muted")),
        }
