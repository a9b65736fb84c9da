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
from screens.sharing.git_side import GitSide
from screens.sharing.git_work import Errand
from screens.sharing.listing import Entry, Listing, columns_for, listing
from screens.sharing.sections import LOOKING, empty_words, sections_of
from screens.sharing.settling import SETTLING
from screens.theme import TONES
from screens.widgets.hint_bar import Hint
from screens.widgets.reader import Reader
from screens.widgets.record_list import RecordList
from screens.widgets.titles import entitle
from screens.wording.clean import clean
from screens.wording.dispute import Dispute, place_of
from screens.wording.dispute_page import dispute_lines, told_lines
from screens.wording.field_values import Names
from screens.wording.sharing import summary_words
from store.change import Choice, conflict_restored, settled, together
from store.change import applied as with_change
from store.models import Record, asked

ON_CONFLICTS = frozenset(command.id for command in SETTLING)
"""Commands that mean nothing while something else is under the cursor."""


class SharingScreen(GitSide):
    """The list above, what is under its cursor below."""

    TITLE_WORDS = "sharing"
    OWN_COMMANDS = OWN_COMMANDS
    DEFAULT_CSS = """
    SharingScreen {
        RecordList { height: 1fr; }
        &.-high RecordList { padding-top: 1; }
        #pane, #talk {
            height: 58%;
            padding: 0 1;
            border: round $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: round $border; }
        }
        &.-high #pane, &.-high #talk { height: 45%; }
        &.-one-pane #pane, &.-narrow.-low #pane { height: 66%; }
        &.-brief #pane { height: 9; }
        &.-brief.-low #pane { height: 6; }
        &.-idle #pane { display: none; }
        #talk { display: none; }
        &.-talking #talk { display: block; }
        &.-talking #pane { display: none; }
    }
    """

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.with_settled = False
        """Whether conflicts that were settled are listed, too."""
        self._listing = Listing()
        self._wanted: int | None = None
        self._had_to_settle = False
        self._is_to_show_what_came = False

    def compose_body(self) -> ComposeResult:
        """List, pane, and what git says."""
        with Container(id="panes"):
            yield RecordList(columns_for(80), empty=LOOKING)
            yield Reader(id="pane")
            yield Reader(id="talk")

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
        """List what there is now; git is asked beside that."""
        self._show_listing()
        self.look_soon()

    def on_screen_resume(self) -> None:
        """Git may have been at work while nobody looked."""
        super().on_screen_resume()
        self.look_soon()

    def show_shared(self) -> None:
        """List what git told."""
        self._show_listing()

    def _show_listing(self) -> None:
        waiting, over = self._disputes()
        sections = sections_of(self.shared, self.workspace, self.office.today, self.office.me)
        self._listing = listing(waiting, over if self.with_settled else (), sections)
        self.records.empty = empty_words(self.shared, has_git=self.sharing is not None)
        self.records.set_rows(self._listing.ids, self._listing.cells, self._listing.groups)
        self._go_where_wanted()
        self.set_class(not self._listing.entries, "-idle")
        self._summarise()
        self._show_pane()
        if self._had_to_settle and not waiting:
            self._offer_to_end()
        self._had_to_settle = bool(waiting)

    def _disputes(self) -> tuple[list[Dispute], list[Dispute]]:
        """The conflicts that wait, and those that were settled."""
        found = asked(self.workspace.conflicts.values())
        in_order = sorted(found, key=place_of)
        names = Names(self.workspace, today=self.office.today)
        whose = {} if self.shared is None else self.shared.whose
        disputes = [Dispute(each, self.workspace, names, whose.get(each.id)) for each in in_order]
        waiting = [each for each in disputes if each.conflict.settled is None]
        return waiting, [each for each in disputes if each.conflict.settled is not None]

    def _go_where_wanted(self) -> None:
        if self._wanted is not None and self.records.move_to(self._wanted):
            self._wanted = None
        came = self._listing.first_that_came
        if self._is_to_show_what_came and came is not None and not self.waiting:
            self._is_to_show_what_came = not self.records.move_to(came)

    def _offer_to_end(self) -> None:
        """After the last conflict: nothing is left to do but to commit."""
        if self.shared is not None and self.shared.state is not None and self.shared.state.under_way:
            self.call_after_refresh(self.run_command, self.commands["sharing.commit"])

    def _summarise(self) -> None:
        words = summary_words(len(self.waiting), self.shared, self.size.width - 2, has_git=self.sharing is not None)
        self.summarise(Content.assemble(*((clean(part), TONES[tone]) for part, tone in words)))

    def _show_pane(self) -> None:
        entry, pane = self._current, self.pane
        self.set_class(not isinstance(entry, Dispute), "-brief")
        if isinstance(entry, Dispute):
            ids = [each.conflict.id for each in self.waiting]
            place = f"{ids.index(entry.conflict.id) + 1} of {len(ids)}" if entry.conflict.id in ids else ""
            sign = "≠" if entry.conflict.settled is None else "✓"
            entitle(pane, f"{sign} {entry.field} · {entry.subject}", place)
            keys = self._keys(entry)
            pane.show(lambda width: dispute_lines(entry, width, keys))
        elif entry is not None:
            entitle(pane, entry.subject, f"@{entry.by}" if entry.by else "")
            pane.show(lambda width: told_lines(entry, width))
        else:
            entitle(pane, "")
            pane.show(lambda _: ())

    def _keys(self, dispute: Dispute) -> dict[Choice, str]:
        """The keys that take each choice, as the person has them."""
        first, second = dispute.order
        names = {first: "first", second: "second", Choice.BASE: "base", Choice.BOTH: "both"}
        return {choice: self.office.key_of(self.commands[f"sharing.{name}"]) for choice, name in names.items()}

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
        return self.workspace.get(*about)

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Pane and hints follow the cursor."""
        event.stop()
        self.close_talk()
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
        words: dict[str, str] = {}
        if dispute is not None:
            words = dict(zip(("sharing.first", "sharing.second"), map(dispute.owner_of, dispute.order), strict=True))
        for hint in super().hints():
            if dispute is None and hint.action in ON_CONFLICTS:
                continue
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
        self._show_listing()

    def switch_pane(self) -> None:
        """Give the keys to the pane, or back to the list."""
        (self.records if self.focused is self.pane else self.pane).focus()

    def step_back(self) -> None:
        """Stop git, else close what it said, else the selection, else what was settled."""
        if self.stop_git():
            return
        if self.close_talk():
            self.records.focus()
        elif self.records.selected:
            self.records.clear_selection()
        elif self.with_settled:
            self.toggle_settled()

    def after_errand(self, errand: Errand) -> None:
        """After a pull, what came is the thing to look at."""
        self._is_to_show_what_came = errand.name == "pull"
