"""Sharing: what waits to be settled, what changed here, what came, and how the file stands in git."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.events import Resize

from screens.office import Office
from screens.requests import Open
from screens.sharing.commands import OWN_COMMANDS
from screens.sharing.listing import Entry, Listing, Section, listing
from screens.sharing.place import SharingPlace
from screens.theme import TONES
from screens.widgets.hint_bar import Hint
from screens.widgets.reader import Reader
from screens.widgets.record_columns import Column
from screens.widgets.record_list import RecordList
from screens.widgets.titles import entitle
from screens.wording.clean import clean
from screens.wording.differences import Told
from screens.wording.dispute import Dispute
from screens.wording.dispute_page import dispute_lines
from screens.wording.field_values import Names
from screens.wording.item_lines import BLANK, Line, wrapped
from screens.wording.sharing import summary_words
from store.change import Choice, conflict_restored, settled, together
from store.change import applied as with_change
from store.models import TABLES, Conflict, Record, rules_of

NARROWEST_TITLE = 18
TITLE_SHARE = 0.36
"""Of the width, how much titles take; what changed has the rest."""
EMPTY = """Nothing to settle, and nothing has changed since the last commit.

p pulls what others have done · h shows what was settled before"""


class SharingScreen(SharingPlace):
    """The list above, what is under its cursor below."""

    TITLE_WORDS = "sharing"
    OWN_COMMANDS = OWN_COMMANDS
    DEFAULT_CSS = """
    SharingScreen {
        RecordList { height: 1fr; }
        &.-high RecordList { padding-top: 1; }
        #pane {
            height: 58%;
            padding: 0 1;
            border: round $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: round $border; }
        }
        &.-high #pane { height: 52%; }
        &.-one-pane #pane, &.-narrow.-low #pane { height: 66%; }
        &.-idle #pane { display: none; }
    }
    """

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.with_settled = False
        """Whether conflicts that were settled are listed, too."""
        self._listing = Listing()
        self._wanted: int | None = None

    def compose_body(self) -> ComposeResult:
        """List and pane."""
        with Container(id="panes"):
            yield RecordList(columns_for(80), empty=EMPTY)
            yield Reader(id="pane")

    @property
    def records(self) -> RecordList:
        """The list."""
        return self.query_one(RecordList)

    @property
    def pane(self) -> Reader:
        """What is under the cursor, at length."""
        return self.query_one("#pane", Reader)

    # Showing

    def show_work(self) -> None:
        """List what there is and show what is under the cursor."""
        known = (each for each in self.workspace.conflicts.values() if each.table in TABLES)
        names = Names(self.workspace, today=self.office.today)
        disputes = [Dispute(each, self.workspace, names) for each in sorted(known, key=_place)]
        waiting = [each for each in disputes if each.conflict.settled is None]
        over = [each for each in disputes if each.conflict.settled is not None] if self.with_settled else []
        self._listing = listing(waiting, over, self._sections())
        self.records.set_rows(self._listing.ids, self._listing.cells, self._listing.groups)
        if self._wanted is not None and self.records.move_to(self._wanted):
            self._wanted = None
        self.set_class(not self._listing.entries, "-idle")
        self._summarise()
        self._show_pane()

    def _sections(self) -> tuple[Section, ...]:
        return ()

    def _summarise(self) -> None:
        words = summary_words(len(self.waiting), None, self.size.width - 2)
        self.summarise(Content.assemble(*((clean(part), TONES[tone]) for part, tone in words)))

    def _show_pane(self) -> None:
        entry = self._current
        if entry is None:
            entitle(self.pane, "")
            self.pane.show(lambda _: ())
            return
        if isinstance(entry, Told):
            entitle(self.pane, entry.name)
            self.pane.show(lambda width: told_lines(entry, width))
            return
        title = f"≠ {entry.field}" if entry.conflict.settled is None else f"✓ {entry.field}, settled"
        at = [each.conflict.id for each in self.waiting]
        place = f"{at.index(entry.conflict.id) + 1} of {len(at)}" if entry.conflict.id in at else ""
        entitle(self.pane, f"{title} · {entry.id} {entry.title}", place)
        keys = self._keys(entry)
        self.pane.show(lambda width: dispute_lines(entry, width, keys))

    def _keys(self, dispute: Dispute) -> dict[Choice, str]:
        """The keys that take each choice, as the person has them."""
        first, second = dispute.order
        ids = {
            first: "sharing.first",
            second: "sharing.second",
            Choice.BASE: "sharing.base",
            Choice.BOTH: "sharing.both",
        }
        return {choice: self.office.key_of(self.commands[name]) for choice, name in ids.items()}

    def on_resize(self, event: Resize) -> None:
        """Titles and the summary go with the width."""
        super().on_resize(event)
        self.records.set_columns(columns_for(event.size.width))
        self._summarise()

    # Under the cursor

    @property
    def _current(self) -> Entry | None:
        return self._listing.entries.get(self.records.cursor_id or 0)

    @property
    def disputes(self) -> Sequence[Dispute]:
        """The selected conflicts, else the one under the cursor."""
        entries = (self._listing.entries.get(number) for number in self.records.targets)
        return [each for each in entries if isinstance(each, Dispute)]

    @property
    def waiting(self) -> Sequence[Dispute]:
        """All conflicts that wait."""
        entries = self._listing.entries.values()
        return [each for each in entries if isinstance(each, Dispute) and each.conflict.settled is None]

    def target_record(self) -> Record | None:
        """The record that the row is about."""
        entry = self._current
        if entry is None:
            return None
        about = (
            (entry.conflict.table, entry.conflict.record) if isinstance(entry, Dispute) else (entry.table, entry.record)
        )
        return self.workspace.get(*about) if about[0] in TABLES else None

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Pane and hints follow the cursor."""
        event.stop()
        self._show_pane()
        self.show_hints()

    def on_record_list_selection_changed(self, event: RecordList.SelectionChanged) -> None:
        """Hints follow the selection."""
        event.stop()
        self.show_hints()

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Enter opens the page of the record."""
        event.stop()
        record = self.target_record()
        if record is not None:
            self.post_message(Open(record))

    def on_descendant_focus(self) -> None:
        """Other keys matter in the pane."""
        self.show_hints()

    def hints(self) -> Iterator[Hint]:
        """The keys of the sides in the words of the conflict."""
        dispute = next(iter(self.disputes), None)
        words = {}
        if dispute is not None:
            words = dict(zip(("sharing.first", "sharing.second"), map(dispute.whose, dispute.order), strict=True))
        for hint in super().hints():
            yield replace(hint, words=words.get(hint.action, hint.words))

    # What commands do here

    def arrive(self, *, query: str | None = None, record: int | None = None) -> None:
        """Bring a conflict under the cursor, now or as soon as it is there."""
        del query
        if record is not None and not (self.is_mounted and self.records.move_to(record)):
            self._wanted = record

    def choose(self, choices: Sequence[tuple[Dispute, Choice]]) -> None:
        """Settle conflicts, or take another side of settled ones."""
        now, me = self.office.now(), self.office.me
        workspace, changes = self.workspace, []
        for dispute, choice in choices:
            conflict = dispute.conflict
            decide = settled if conflict.settled is None else conflict_restored
            change = decide(workspace, conflict, choice, now, me)
            workspace = with_change(workspace, change)
            changes.append(change)
        if len(changes) == 1:
            self.do(changes[0])
        elif changes:
            self.do(together(self.workspace, f"Settled {len(changes)} conflicts", changes, now, me))
        self.records.clear_selection()

    def toggle_settled(self) -> None:
        """Show or hide what was settled."""
        self.with_settled = not self.with_settled
        self.show_work()

    def switch_pane(self) -> None:
        """Give the keys to the pane, or back to the list."""
        (self.records if self.focused is self.pane else self.pane).focus()


def columns_for(width: int) -> tuple[Column, ...]:
    """The columns of the list in a window of a width."""
    return (
        Column("state", "", 1, 0, gap=1),
        Column("id", "Id", 9, 1),
        Column("title", "Title", max(NARROWEST_TITLE, round(width * TITLE_SHARE)), 0),
        Column("says", "What", None, least=20),
    )


def told_lines(told: Told, width: int) -> list[Line]:
    """A changed record in a pane: its title, then what changed, a line each."""
    lines = [*wrapped([(told.title, "strong")], width), BLANK]
    for words in told.phrases:
        lines += wrapped([("· ", "muted"), (words, "")], width, hang=2)
    if told.by:
        lines += [BLANK, *wrapped([(f"by @{told.by}", "muted")], width)]
    return lines


def _place(conflict: Conflict) -> tuple[int, int, int, int]:
    """Conflicts about one record stand together, items first."""
    fields = [*rules_of(conflict.table)]
    field = conflict.field.partition(".")[0]
    table = -1 if conflict.table == "items" else list(TABLES).index(conflict.table)
    return (
        table,
        conflict.record,
        fields.index(field) if field in fields else -1,
        conflict.id,
    )
