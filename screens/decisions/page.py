"""The page of one decision: the letter at the left, what it rests on and what rests on it at the right or below."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.events import Resize

from screens.commands.command import AnyCommand, Command
from screens.commands.everywhere import GoSharing
from screens.decisions.commands import DECISION_COMMANDS
from screens.decisions.place import DecisionPlace
from screens.office import Office
from screens.requests import Open
from screens.theme import TONES
from screens.widgets.reader import Reader
from screens.widgets.record_columns import Cell, Column
from screens.widgets.record_lines import Group
from screens.widgets.record_list import RecordList
from screens.widgets.record_painter import Row
from screens.wording.clean import fit
from screens.wording.decision_links import LinkRow, link_rows
from screens.wording.decision_page import letter_lines
from screens.wording.item_lines import Line, wrapped
from store.models import Decision, Standard

GONE = "This decision is gone. esc goes back."
NO_LINKS = "Tied to nothing yet.\n\nl links items · m links goals\nr says what it replaces"
LINK_COLUMNS = (
    Column("sign", "", 1, 0, gap=1),
    Column("id", "", 7, 1),
    Column("title", "", None),
)


class Back(Command["DecisionScreen"]):
    """Goes back to where the page was opened."""

    id = "decision.back"
    title = "Back"
    help = "Goes back to where the page was opened from."
    key = "escape"
    hint = "back"

    def run(self, where: "DecisionScreen") -> None:
        """Close the page."""
        where.app.pop_screen()


class SwitchPane(Command["DecisionScreen"]):
    """Goes to the links and back."""

    id = "decision.links"
    title = "To the links and back"
    help = "Gives the keys to the list of links, where enter opens one, and back to the text."
    key = "tab"
    hint = "links"

    def unavailable(self, where: "DecisionScreen") -> str | None:
        """Needs something to go to."""
        return None if where.links else "It is tied to nothing yet; l links items, m links goals."

    def run(self, where: "DecisionScreen") -> None:
        """Switch."""
        where.switch_pane()


class NextDecision(Command["DecisionScreen"]):
    """Turns the page to the next decision."""

    id = "decision.next"
    title = "Next decision"
    help = "The next decision of the list the page was opened from."
    key = "right_square_bracket"
    step = 1

    def unavailable(self, where: "DecisionScreen") -> str | None:
        """Needs a list below and one more decision in it."""
        return None if where.neighbour(self.step) is not None else "There is no further decision in the list."

    def run(self, where: "DecisionScreen") -> None:
        """Show it."""
        where.turn(self.step)


class PreviousDecision(NextDecision):
    """Turns the page to the previous decision."""

    id = "decision.previous"
    title = "Previous decision"
    help = "The previous decision of the list the page was opened from."
    key = "left_square_bracket"
    step = -1


OWN_COMMANDS: tuple[type[AnyCommand], ...] = (Back, SwitchPane, *DECISION_COMMANDS, NextDecision, PreviousDecision)


class DecisionScreen(DecisionPlace):
    """Everything about one decision.

    Args:
        office: what all screens are given.
        decision_id: the decision.
    """

    TITLE_WORDS = "decision"
    OWN_COMMANDS = OWN_COMMANDS
    AUTO_FOCUS = "#letter"
    DEFAULT_CSS = """
    DecisionScreen {
        #pages { height: 1fr; }
        &.-high #pages { padding-top: 1; }
        #letter { height: 1fr; padding: 0 1; }
        #links { height: auto; max-height: 40%; border-top: solid $border-blurred; }
        &.-standard, &.-wide {
            #pages { layout: horizontal; }
            #letter { width: 58%; height: 1fr; padding: 0 4 0 1; }
            #links { width: 42%; height: 1fr; max-height: 100%; border-top: none; border-left: vkey $border-blurred; }
        }
    }
    """

    def __init__(self, office: Office, decision_id: int) -> None:
        super().__init__(office)
        self.decision_id = decision_id
        self.links: list[LinkRow] = []
        """What the decision is tied to, in the order of the list."""

    @property
    def decision(self) -> Decision | None:
        """The decision, as long as there is one."""
        return self.workspace.decisions.get(self.decision_id)

    def compose_body(self) -> ComposeResult:
        """Letter and links."""
        with Container(id="pages"):
            yield Reader(id="letter")
            yield RecordList(LINK_COLUMNS, empty=NO_LINKS, id="links")

    # Showing

    def show_work(self) -> None:
        """Write the page; the reader stays where he is."""
        self._write(from_top=False)

    def _write(self, *, from_top: bool) -> None:
        letter, each = self.query_one("#letter", Reader), self.standing
        self._summarise()
        workspace, today, sharing = self.workspace, self.office.today, self.office.key_of(GoSharing())

        def lines(width: int) -> list[Line]:
            if each is None:
                return wrapped([(GONE, "muted")], width)
            return letter_lines(each, workspace, today, width, sharing=sharing)

        letter.show(lines, from_top=from_top)
        self.links = [] if each is None else link_rows(each.decision, workspace, today)
        groups: list[Group] = []
        for number, row in enumerate(self.links):
            if not groups or groups[-1].heading != row.heading:
                groups.append(Group(number, row.heading))
        self.query_one("#links", RecordList).set_rows(range(len(self.links)), self._cells, groups)

    def _cells(self, number: int) -> Row:
        row = self.links[number]
        return {
            "sign": Cell(*row.sign),
            "id": Cell(self.workspace.name_of(row.record), "muted"),
            "title": (Cell(row.title), *([Cell(f"  {row.remark}", "muted")] if row.remark else [])),
        }

    def _summarise(self) -> None:
        decision, width = self.decision, self.size.width - 2
        if decision is None or width <= 0:
            return
        ids = self._listed()
        place = f"{ids.index(decision.id) + 1:,} of {len(ids):,}   [ previous   ] next" if decision.id in ids else ""
        name = fit(f"Decision  {self.workspace.name_of(decision)}", width)
        gap = " " * max(0, width - len(name) - len(place))
        self.summarise(Content.assemble((name[:8], TONES["strong"]), name[8:], gap, (place, TONES["muted"])))

    def on_resize(self, event: Resize) -> None:
        """The summary goes with the width."""
        del event
        self._summarise()

    # What commands do here

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Enter on a link opens it."""
        event.stop()
        record = self.links[event.record_id].record if event.record_id < len(self.links) else None
        if isinstance(record, Standard):
            self.say(f"{self.workspace.name_of(record)} has no page of its own yet.", tone="warning")
        elif record is not None:
            self.post_message(Open(record))

    def switch_pane(self) -> None:
        """Give the keys to the links, or back to the letter."""
        target = "#letter" if self.focused is not None and self.focused.id == "links" else "#links"
        self.query_one(target).focus()

    def go_to_decision(self, number: int) -> None:
        """Show another decision as soon as it is there."""
        self.decision_id = number

    def neighbour(self, step: int) -> int | None:
        """The decision before or after this one in the list the page was opened from."""
        ids = self._listed()
        if self.decision_id not in ids:
            return None
        at = ids.index(self.decision_id) + step
        return ids[at] if 0 <= at < len(ids) and ids[at] in self.workspace.decisions else None

    def turn(self, step: int) -> None:
        """Show the neighbour, and let the cursor of the list below go along."""
        number, records = self.neighbour(step), self._list_below()
        if number is not None and records is not None:
            self.decision_id = number
            records.move_to(number)
            self._write(from_top=True)

    def _listed(self) -> Sequence[int]:
        records = self._list_below()
        return () if records is None else records.ids

    def _list_below(self) -> RecordList | None:
        """The list of the screen under this page; a page on a page has none."""
        stack = self.app.screen_stack
        if self not in stack or stack.index(self) == 0:
            return None
        return next(iter(stack[stack.index(self) - 1].query(RecordList)), None)
