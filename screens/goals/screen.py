"""The goals: the tree at the left, the goal under the cursor and the work that serves it at the right."""

from collections.abc import Callable, Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import DescendantFocus, Resize

from screens.commands.command import AnyCommand
from screens.commands.everywhere import GoSharing
from screens.commands.item_command import ItemCommand
from screens.goals.commands import OWN_COMMANDS
from screens.goals.goal_command import GoalCommand
from screens.goals.goal_list import GoalList
from screens.goals.making import EditGoal
from screens.goals.served import Served
from screens.goals.tree import GAPS, WITHOUT_GOAL, WITHOUT_WORK, forest
from screens.office import Office
from screens.requests import Open
from screens.screen import LeadlineScreen
from screens.theme import TONES
from screens.widgets.hint_bar import Hint
from screens.widgets.item_rows import item_cells, item_columns
from screens.widgets.next_record import came_back, next_record
from screens.widgets.reader import Reader
from screens.widgets.record_list import RecordList
from screens.widgets.record_painter import Row
from screens.widgets.titles import entitle
from screens.wording.clean import clean
from screens.wording.goal_facts import GoalFacts
from screens.wording.goal_page import counted_items, example_lines, goal_lines, without_goal_lines, without_work_lines
from screens.wording.goal_summary import summary_words
from screens.wording.item_lines import Line
from screens.wording.rows import RowWords
from store.models import Goal, Item, Record

NO_GOALS = "No goals yet.\n\nn types the first one, a line"
NO_PROBLEMS = "Every goal has an owner, a measure and work that serves it.\n\n! shows all goals"
NOTHING_SERVES = "No open item serves it.\n\nm maps items to it · in any list m maps an item"


class GoalsScreen(LeadlineScreen):
    """Goals as a tree, and what serves them."""

    TITLE_WORDS = "goals"
    OWN_COMMANDS = OWN_COMMANDS
    AUTO_FOCUS = "#tree"
    DEFAULT_CSS = """
    GoalsScreen {
        #tree { height: 40%; }
        #goal, #items {
            height: 1fr;
            padding: 0 1;
            border: round $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: round $border; border-title-color: $text-accent; }
        }
        #items { padding: 0; }
        &.-one-pane {
            #tree { height: 1fr; }
            #goal, #items { display: none; }
            &.-on-right #tree { display: none; }
            &.-on-right #goal, &.-on-right #items { display: block; }
        }
        &.-standard, &.-wide {
            #body { layout: grid; grid-size: 2 2; grid-columns: 3fr 2fr; grid-rows: 1fr 1fr; }
            #tree { row-span: 2; height: 1fr; padding: 1 1 0 0; }
        }
        &.-empty #items { display: none; }
        &.-empty #goal { row-span: 2; }
    }
    """

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.folded: frozenset[int] = frozenset()
        """Goals whose children are hidden."""
        self.only_problems = False
        """Whether only goals are shown that somebody should look at."""
        self.facts = GoalFacts(self.workspace, office.today)
        """What is true of the goals now."""
        self._wanted: int | None = None
        self._is_following = False
        self._item_cells: Callable[[int], Row] = lambda _: {}
        self._served = Served(self.facts, lambda _: None)

    def compose_body(self) -> ComposeResult:
        """The tree, the goal and its items."""
        yield GoalList(id="tree")
        yield Reader(id="goal")
        yield RecordList(item_columns(self.workspace), empty=NOTHING_SERVES, id="items")

    @property
    def goal_list(self) -> GoalList:
        """The list of goals."""
        return self.query_one("#tree", GoalList)

    @property
    def item_list(self) -> RecordList:
        """The list of items."""
        return self.query_one("#items", RecordList)

    # Showing

    def show_work(self) -> None:
        """Count anew and show the tree; the cursor stays on its goal, or goes to one that has come back."""
        if self._wanted is None and (back := self._came_back()) is not None:
            self._wanted = back
        self.facts = GoalFacts(self.workspace, self.office.today)
        score = self.office.context(self.workspace).score
        self._served = Served(self.facts, score)
        words = RowWords(self.workspace, self.office.now(), score)
        self._item_cells = item_cells(words, self.workspace.items)
        self.item_list.set_columns(item_columns(self.workspace, without=frozenset({"horizon", "goals", "size"})))
        self.show_tree()

    def show_tree(self) -> None:
        """Show the tree as it is folded now."""
        facts, tree = self.facts, self.goal_list
        wood = forest(facts, folded=self.folded, only_problems=self.only_problems)
        tree.only_problems = self.only_problems
        tree.fit_columns()
        tree.show_header = bool(wood.ids)
        tree.empty = NO_PROBLEMS if self.only_problems and self.workspace.goals else NO_GOALS
        wanted = self._heir(wood.ids) if self._wanted is None else self._wanted
        tree.set_rows(wood.ids, lambda number: wood.cells.get(number, {}), wood.groups)
        if wanted is not None and tree.move_to(wanted):
            self._wanted = None
        self.set_class(not wood.ids, "-empty")
        self._summarise()
        self._show_goal()

    def _heir(self, now: Sequence[int]) -> int | None:
        """The goal that the cursor goes to when its own has left the tree."""
        tree = self.goal_list
        number = tree.cursor_id
        if number is None or number in GAPS or number in now:
            return None
        return next_record(tree.ids, tree.cursor_row, set(now) - GAPS)

    def _came_back(self) -> int | None:
        """The goal that was archived a moment ago and is not any more; of several the one that stands highest."""
        back = came_back(self.facts.workspace.goals, self.workspace.goals)
        return next((number for number in back if self.workspace.goals[number].parent not in back), None)

    def _summarise(self) -> None:
        words = summary_words(self.facts, self.size.width - 2, only_problems=self.only_problems)
        self.summarise(Content.assemble(*((clean(text), TONES[tone]) for text, tone in words)))

    def on_resize(self, event: Resize) -> None:
        """The summary goes with the width."""
        del event
        self._summarise()

    def _show_goal(self) -> None:
        """Show what is under the cursor of the tree, and what serves it."""
        pane, number, facts = self.query_one("#goal", Reader), self.goal_list.cursor_id, self.facts
        sharing = self.office.key_of(GoSharing())

        def lines(width: int) -> list[Line]:
            if number == WITHOUT_GOAL:
                return without_goal_lines(facts, width)
            if number == WITHOUT_WORK:
                return without_work_lines(facts, width)
            goal = None if number is None else facts.workspace.goals.get(number)
            return example_lines(width) if goal is None else goal_lines(facts, goal, width, sharing=sharing)

        goal = self.goal
        entitle(pane, self.workspace.name_of(goal) if goal is not None else "")
        pane.show(lines)
        self._show_items()

    def _show_items(self) -> None:
        number, records = self.goal_list.cursor_id, self.item_list
        served = self._served.by(number)
        records.empty = NOTHING_SERVES if self.goal is not None else ""
        records.set_rows(served.ids, self._item_cells, served.groups)
        title = "Serves nothing" if number == WITHOUT_GOAL else "" if number is None else "Serves it"
        entitle(records, title, counted_items(len(served.ids)) if served.ids else "")

    @on(RecordList.Highlighted, "#tree")
    def follow_cursor(self, event: RecordList.Highlighted) -> None:
        """The panes follow the cursor."""
        event.stop()
        if not self._is_following:
            # The cursor is painted first: the panes are most of the screen, and take longer than a key may.
            self._is_following = True
            self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        if self._is_following:
            self._is_following = False
            self._show_goal()
            self.show_hints()

    @on(RecordList.Chosen, "#tree")
    def edit_goal(self, event: RecordList.Chosen) -> None:
        """Enter edits the goal; on a gap it goes to what is in it."""
        event.stop()
        if event.record_id == WITHOUT_GOAL:
            self.item_list.focus()
        elif event.record_id != WITHOUT_WORK:
            self.run_command(self.commands[EditGoal.id])
        elif not self.only_problems:
            self.toggle_problems()

    @on(RecordList.Chosen, "#items")
    def open_item(self, event: RecordList.Chosen) -> None:
        """Enter opens the item."""
        event.stop()
        item = self.workspace.items.get(event.record_id)
        if item is not None:
            self.post_message(Open(item))

    # Under the cursor

    @property
    def goal(self) -> Goal | None:
        """The goal under the cursor of the tree."""
        number = self.goal_list.cursor_id
        return None if number is None else self.workspace.goals.get(number)

    @property
    def is_on_items(self) -> bool:
        """Whether keys go to the items."""
        return self.focused is not None and self.focused.id == "items"

    def target_items(self) -> tuple[Item, ...]:
        """The items selected in the list of items, else the one under its cursor; none while the tree has the keys."""
        if not self.is_on_items:
            return ()
        found = (self.workspace.items.get(number) for number in self.item_list.targets)
        return tuple(item for item in found if item is not None)

    def target_record(self) -> Record | None:
        """The item or goal under the cursor that has the keys."""
        return next(iter(self.target_items()), None) if self.is_on_items else self.goal

    # Panes and their keys

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The keys that matter depend on the pane."""
        where = event.widget.id
        self.set_class(where in {"items", "goal"}, "-on-right")
        self.show_hints()

    def has_key(self, command: AnyCommand) -> bool:
        """Whether the key of a command belongs to the pane that is in use: goals and items share their letters."""
        if isinstance(command, ItemCommand):
            return self.is_on_items
        return not (isinstance(command, GoalCommand) and self.is_on_items)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key go to the command of the pane that is in use."""
        if parameters and (command := self.commands.get(str(parameters[0]))) is not None and not self.has_key(command):
            return False
        return super().check_action(action, parameters)

    def hints(self) -> Iterator[Hint]:
        """The hints of the pane that is in use."""
        return (hint for hint in super().hints() if self.has_key(self.commands[hint.action]))

    # What commands do here

    def go_to_goal(self, number: int) -> None:
        """Bring a goal under the cursor, now or as soon as it is there."""
        above = set(self.facts.tree.above(number)) if number in self.workspace.goals else set()
        self._wanted = number
        if above & self.folded or (self.only_problems and number in self.workspace.goals):
            self.folded -= above
            self.only_problems = False
            self.show_tree()
        elif self.goal_list.move_to(number):
            self._wanted = None

    def arrive(self, *, query: str | None = None, record: int | None = None) -> None:
        """Bring a goal under the cursor; a filter asks for the work without a goal."""
        del query
        if record is not None:
            self.go_to_goal(record)

    def fold(self, goal: int, *, is_folded: bool) -> None:
        """Hide or show the goals below one."""
        self.folded = self.folded | {goal} if is_folded else self.folded - {goal}
        self.show_tree()

    def toggle_problems(self) -> None:
        """Show only what somebody should look at, or everything again."""
        self.only_problems = not self.only_problems
        self.show_tree()

    def switch_pane(self) -> None:
        """Give the keys to the next pane: tree, items, and the goal where it is longer than its pane."""
        self._follow()
        pane = self.query_one("#goal", Reader)
        stops = [self.goal_list, self.item_list]
        at = self.focused
        if at is self.item_list and pane.max_scroll_y > 0:
            pane.focus()
            return
        (stops[1] if at is self.goal_list else stops[0]).focus()

    def step_back(self) -> None:
        """One layer back: the selection, the pane, then showing problems only."""
        if self.is_on_items and self.item_list.selected:
            self.item_list.clear_selection()
        elif self.focused is not self.goal_list:
            self.goal_list.focus()
        elif self.goal_list.selected:
            self.goal_list.clear_selection()
        elif self.only_problems:
            self.toggle_problems()
