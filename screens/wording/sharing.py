"""How the file stands in git, in one sentence."""

from screens.wording.counting import counted
from screens.wording.item_lines import Words


def summary_words(waiting: int, state: Words | None, width: int) -> tuple[Words, ...]:
    """The summary line: what waits, then how the file stands.

    Args:
        waiting: how many conflicts wait.
        state: how the file stands in git; None as long as nobody has looked.
        width: the cells there are.
    """
    del width
    words: list[Words] = [("Sharing  ", "strong")]
    if waiting:
        words.append((f"{counted(waiting, 'conflict')} to settle  ", "warning"))
    if state is not None:
        words.append(state)
    return tuple(words)
