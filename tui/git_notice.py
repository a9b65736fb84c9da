"""What git brings to tell some time after a store was opened: that this clone lacks something, that a merge lost it."""

from typing import Final

from textual import work
from textual.app import App

from store.workbench import Workbench

TELL_SECONDS: Final = 2.0
"""After the first frame, so that nobody waits for git."""
WORDS: Final = (
    "Git merges this store by lines in this clone. S on the sharing screen, g s, has it merge record by record."
)


class GitNoticeApp(App[str]):
    """Tells, some time after a store was opened, what the clone lacks, and what merges made elsewhere have lost."""

    def tell(self, sentence: str, *, is_warning: bool = False) -> None:
        """One sentence in a toast."""
        raise NotImplementedError

    def tell_of_git_later(self, workbench: Workbench) -> None:
        """Find out, when the person has seen the first screen, whether there is something to tell."""
        if workbench.path is not None:
            self.set_timer(TELL_SECONDS, lambda: self._find_out(workbench))

    @work(thread=True, group="git-notice", exclusive=True)
    def _find_out(self, workbench: Workbench) -> None:
        from screens.wording.losses import losses_in_short  # late: together they bring git and the merge of records
        from store.workbench.sharing import Sharing

        sharing = Sharing(workbench)
        if sentence := losses_in_short(sharing.new_losses()):
            self.call_from_thread(self.tell, sentence, is_warning=True)
        elif sharing.is_news_that_git_merges_by_lines():
            self.call_from_thread(self.tell, WORDS)
