"""The list that shows the goal tree."""

from screens.goals.tree import COLUMNS, tree_columns
from screens.widgets.record_list import RecordList


class GoalList(RecordList):
    """A record list whose columns go with its own width, which the screen around it does not know."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  every widget calls it so
        super().__init__(COLUMNS, show_header=True, id=id)
        self.only_problems = False
        """Whether the columns are those that say what to look at."""

    def on_resize(self) -> None:
        """Take the columns for the new width."""
        self.fit_columns()

    def fit_columns(self) -> None:
        """Take the columns for the width and for what is shown."""
        self.set_columns(tree_columns(self.size.width, only_problems=self.only_problems))
