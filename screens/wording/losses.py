"""What merges made elsewhere have lost, in sentences."""

from collections.abc import Iterator
from datetime import date

from screens.wording.counting import counted
from screens.wording.differences import told
from screens.wording.field_values import Names
from store.clock import day_words, local_day
from store.disk.git.replaying import Replayed
from store.models import Workspace


def loss_sentences(replayed: Replayed, present: Workspace, today: date) -> Iterator[str]:
    """One sentence for each record that lost something: by whom it was changed, and what it should be."""
    names = Names(present, replayed.found, today=today)
    for loss, author in zip(replayed.lost, replayed.authors, strict=True):
        for each in told((loss,), names, author):
            who = f"what {each.by} did" if each.by else "a change"
            yield f"{merge_words(replayed, today)} lost {who}: {each.sentence}."


def merge_words(replayed: Replayed, today: date) -> str:
    """`Merge 3f2c1ab7 of Mon 2 Mar by bo`."""
    commit = replayed.commit
    return f"Merge {commit.short} of {day_words(local_day(commit.at), today)} by {commit.by}"


def problem_sentence(replayed: Replayed, today: date) -> str:
    """That a merge could not be compared, and why."""
    return f"{merge_words(replayed, today)} cannot be compared: {replayed.problem}"


def losses_in_short(replays: tuple[Replayed, ...]) -> str:
    """The one line that a person sees when the store opens: `A merge lost changes of 3 records`; empty for nothing."""
    lost = [each for each in replays if each.lost]
    if not lost:
        return ""
    records = {(loss.table, loss.record.id) for each in lost for loss in each.lost}
    merges = "A merge made elsewhere" if len(lost) == 1 else f"{counted(len(lost), 'merge')} made elsewhere"
    return (
        f"{merges} lost changes of {counted(len(records), 'record')}; `leadline check --merges --fix` puts them back."
    )
