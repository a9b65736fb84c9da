"""What items belong to: goals, tags and decisions."""

from collections.abc import Iterable

from screens.commands.item_command import ItemCommand, ids_of, picked
from screens.dialogs.picker import Choice, Picker
from screens.screen import LeadlineScreen
from screens.wording import glyphs
from store.change import mapped, tagged
from store.models import Goal, GoalStatus, Item


class SetGoals(ItemCommand):
    """Says which goals items serve, and how strongly."""

    id = "item.goals"
    title = "Goals"
    help = "Which goals it serves; picking one asks how strongly, 0 to 3."
    key = "m"
    hint = "goals"

    def unavailable(self, where: LeadlineScreen) -> str | None:
        """Needs an item and a goal."""
        if not where.workspace.goals:
            return f"There are no goals yet. Press {where.office.keys.get('go.goals', 'g m')} to make the first."
        return super().unavailable(where)

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Pick a goal, then the strength."""
        workspace = where.workspace
        choices = [_goal_choice(where, goal, items) for goal in _live_goals(workspace.goals.values())]
        current = {str(link.goal) for item in items for link in item.goals}
        for chosen in await picked(where, "Serves which goal?", choices, current):
            goal = workspace.goals[int(chosen)]
            now = {str(item.strength(goal.id)) for item in items}
            strengths = [
                Choice("3", "3  is what the goal is about", glyph=glyphs.strength(3)),
                Choice("2", "2  serves it", glyph=glyphs.strength(2)),
                Choice("1", "1  helps a little", glyph=glyphs.strength(1)),
                Choice("0", "0  does not serve it", glyph=glyphs.strength(0)),
            ]
            title = f"How strongly? {goal.title}"
            for strength in await picked(where, title, strengths, now - {"0"} or {"2"}, by_value=True):
                change = mapped(
                    workspace, ids_of(items), goal.id, int(strength), now=where.office.now(), by=where.office.me
                )
                where.do(change)


class SetTags(ItemCommand):
    """Adds and takes away tags."""

    id = "item.tags"
    title = "Tags"
    help = "Tab marks several; a new tag is made by typing it."
    key = "t"
    hint = "tags"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Pick the tags that all of them shall have."""
        uses: dict[str, int] = {}
        for item in where.workspace.open_items:
            for tag in item.tags:
                uses[tag] = uses.get(tag, 0) + 1
        common = frozenset.intersection(*(item.tags for item in items))
        some = frozenset.union(*(item.tags for item in items))
        names = sorted({*uses, *some}, key=lambda tag: (tag not in common, -uses.get(tag, 0), tag))
        choices = [Choice(tag, tag, _uses(uses.get(tag, 0), in_part=tag in some - common)) for tag in names]
        answer = await where.ask(Picker("Tags", choices, current=sorted(common), many=True, new="new tag"))
        if answer is None:
            return
        wanted = frozenset(answer)
        change = tagged(
            where.workspace,
            ids_of(items),
            add=wanted - common,
            remove=common - wanted,
            now=where.office.now(),
            by=where.office.me,
        )
        where.do(change)


class LogDecision(ItemCommand):
    """Logs a decision that is already linked."""

    id = "item.decision"
    title = "Log a decision"
    help = "Makes a decision that is linked to the item."
    key = "L"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Ask for the decision."""
        from screens.decisions.logging import log_decision  # late: a screen of its own

        await log_decision(where, items=[item.id for item in items], goals=())


def _live_goals(goals: Iterable[Goal]) -> list[Goal]:
    live = [g for g in goals if g.archived is None and g.status in {GoalStatus.ACTIVE, GoalStatus.PROPOSED}]
    return sorted(live, key=lambda goal: goal.title.lower())


def _goal_choice(where: LeadlineScreen, goal: Goal, items: tuple[Item, ...]) -> Choice:
    strengths = {item.strength(goal.id) for item in items}
    shown = glyphs.strength(strengths.pop()) if len(strengths) == 1 else "■?□"
    return Choice(str(goal.id), goal.title, where.workspace.name_of(goal), shown)


def _uses(count: int, *, in_part: bool) -> str:
    words = f"{count} open" if count else ""
    return f"{words}, on some of these".lstrip(", ") if in_part else words
