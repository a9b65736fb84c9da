"""Which decisions the list shows, in which order, under which headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from screens.widgets.record_lines import Group
from screens.wording.decision_rows import HEADINGS
from store.decisions import Band, Standing


@dataclass(frozen=True, slots=True)
class Listing:
    """Ids in order, and headings."""

    ids: tuple[int, ...]
    groups: tuple[Group, ...]


def listing(standings: Sequence[Standing], *, with_past: bool) -> Listing:
    """What waits first, then what is in force, what was put off, and at last what is past.

    Without `with_past` the past is a heading that counts it; a list of nothing but past shows it all the same.
    """
    past = [each for each in standings if each.band is Band.PAST]
    shown = [each for each in standings if with_past or each.band is not Band.PAST] or past
    counts: dict[str, int] = {}
    for each in shown:
        counts[HEADINGS[each.band]] = counts.get(HEADINGS[each.band], 0) + 1
    groups: list[Group] = []
    for number, each in enumerate(shown):
        heading = HEADINGS[each.band]
        if not groups or groups[-1].heading != heading:
            groups.append(Group(number, heading, str(counts[heading])))
    if past and HEADINGS[Band.PAST] not in counts:
        groups.append(Group(len(shown), HEADINGS[Band.PAST], f"{len(past):,} more   f shows them"))
    return Listing(tuple(each.decision.id for each in shown), tuple(groups))
