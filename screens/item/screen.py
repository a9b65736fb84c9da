"""The page of one item: what it is at the left, why and how it went at the right, or below where it is narrow."""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.events import Resize

from screens.item.commands import OWN_COMMANDS
from screens.item.why import facts_of
from screens.office import Office
from screens.screen import LeadlineScreen
from screens.theme import TONES
from screens.widgets.reader import Reader
from screens.widgets.record_list import RecordList
from screens.wording.clean import fit
from screens.wording.item_lines import BLANK, Line, wrapped
from screens.wording.item_page import course_lines, what_lines, why_lines
from store.models import Item, Record

GONE = "This item is gone. esc goes back."
SIDE_BY_SIDE_FROM = 110
"""Columns from which the two parts stand side by side."""

Link = tuple[Record, str, str]
"""A record that an item is tied to, its title, and how it is tied."""


class ItemScreen(LeadlineScreen):
    """Everything about one item.

    Args:
        office: what all screens are given.
        item_id: the item.
    """

    TITLE_WORDS = "item"
    OWN_COMMANDS = OWN_COMMANDS
    AUTO_FOCUS = "#what"
    DEFAULT_CSS = """
    ItemScreen {
        #pages { height: 1fr; padding: 1 0 0 0; }
        &.-low #pages { padding: 0; }
        Reader { padding: 0 1; }
        #why { display: none; }
        &.-side-by-side {
            #pages { layout: horizontal; }
            #what { width: 55%; padding: 0 3 0 1; }
            #why { display: block; border-left: vkey $border-blurred; padding: 0 1 0 2; }
        }
    }
    """

    def __init__(self, office: Office, item_id: int) -> None:
        super().__init__(office)
        self.item_id = item_id

    @property
    def item(self) -> Item | None:
        """The item, as long as there is one."""
        return self.workspace.items.get(self.item_id)

    def compose_body(self) -> ComposeResult:
        """The two parts of the page."""
        with Container(id="pages"):
            yield Reader(id="what")
            yield Reader(id="why")

    # Showing

    def show_work(self) -> None:
        """Write the page; the reader stays where he is."""
        self._write(from_top=False)

    def on_resize(self, event: Resize) -> None:
        """One part or two, as wide as it is."""
        is_wide = event.size.width >= SIDE_BY_SIDE_FROM
        if is_wide != self.has_class("-side-by-side"):
            self.set_class(is_wide, "-side-by-side")
            self._write(from_top=True)
        else:
            self._summarise()

    def _write(self, *, from_top: bool) -> None:
        item = self.item
        what, why = self.query_one("#what", Reader), self.query_one("#why", Reader)
        self._summarise()
        if item is None:
            what.show(lambda width: wrapped([(GONE, "muted")], width))
            why.show(lambda _: ())
            return
        facts = facts_of(self, item)

        def reasons(width: int) -> list[Line]:
            course = course_lines(facts, width)
            return [*why_lines(facts, width), BLANK, *course]

        def everything(width: int) -> list[Line]:
            return [*what_lines(facts, width), BLANK, *reasons(width)]

        if self.has_class("-side-by-side"):
            what.show(lambda width: what_lines(facts, width), from_top=from_top)
            why.show(reasons, from_top=from_top)
        else:
            what.show(everything, from_top=from_top)

    def _summarise(self) -> None:
        item, width = self.item, self.size.width - 2
        if item is None or width <= 0:
            return
        ids = self._listed()
        place = f"{ids.index(item.id) + 1:,} of {len(ids):,}   [ previous   ] next" if item.id in ids else ""
        name = fit(f"Item  {self.workspace.name_of(item)}", width)
        gap = " " * max(0, width - len(name) - len(place))
        self.summarise(Content.assemble((name[:6], TONES["strong"]), name[6:], gap, (place, TONES["muted"])))

    # What commands need

    def target_items(self) -> tuple[Item, ...]:
        """The item of the page."""
        return () if self.item is None else (self.item,)

    def links(self) -> Mapping[str, Link]:
        """What the item is tied to, by the id people say."""
        item, workspace = self.item, self.workspace
        if item is None:
            return {}
        goals = [workspace.goals[link.goal] for link in item.goals if link.goal in workspace.goals]
        found: list[Link] = [(goal, goal.title, "it serves this goal") for goal in goals]
        facts = facts_of(self, item)
        found += [(decision, decision.title, "names it") for decision in facts.decisions]
        found += self._items(item.depends_on, "it waits for this")
        found += [(other, other.title, "waits for it") for other in facts.held_up]
        if item.verdict is not None and item.verdict.of is not None:
            found += self._items([item.verdict.of], "it is a duplicate of this")
        return {workspace.name_of(record): (record, words, remark) for record, words, remark in found}

    def _items(self, numbers: Sequence[int] | frozenset[int], remark: str) -> list[Link]:
        items = self.workspace.items
        return [(items[number], items[number].title, remark) for number in sorted(numbers) if number in items]

    # Turning pages

    def neighbour(self, step: int) -> int | None:
        """The item before or after this one in the list the page was opened from."""
        ids = self._listed()
        if self.item_id not in ids:
            return None
        at = ids.index(self.item_id) + step
        return ids[at] if 0 <= at < len(ids) and ids[at] in self.workspace.items else None

    def turn(self, step: int) -> None:
        """Show the neighbour, and let the cursor of the list below go along."""
        number = self.neighbour(step)
        records = self._list_below()
        if number is not None and records is not None:
            self.item_id = number
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
