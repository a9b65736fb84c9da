from datetime import date

import pytest

from store.models import Ruling, Session, SessionRuled, Stamp, Verdict, Workspace
from store.triage import Pace, minutes_markdown, summary
from tests.store.samples import NOW, a_goal, a_workspace, an_item


@pytest.mark.parametrize(
    ("seconds", "per_card", "left", "spent"),
    [
        ((), 20, 8, 0),
        ((3, 4), 20, 8, 1),
        ((10, 20, 60), 20, 8, 2),
        ((10, 10, 10, 3000), 10, 4, 10),
        ((0, 0, 0), 1, 1, 1),
    ],
)
def test_the_pace_is_the_median_card(seconds: tuple[int, ...], per_card: float, left: int, spent: int) -> None:
    pace = Pace(seconds)
    assert pace.per_card == per_card
    assert pace.minutes_left(23) == left
    assert pace.minutes_spent == spent


def test_nothing_is_left_when_no_card_is() -> None:
    assert Pace((30, 30, 30)).minutes_left(0) == 0


def test_a_card_drags_after_three_times_the_usual_and_two_minutes_at_least() -> None:
    assert not Pace((5, 5, 5)).is_dragging(119)
    assert Pace((5, 5, 5)).is_dragging(120)
    assert not Pace((60, 60, 60)).is_dragging(179)
    assert Pace((60, 60, 60)).is_dragging(180)


def ruled(number: int, ruling: str, seconds: int = 30) -> SessionRuled:
    return SessionRuled(item=number, ruling=Ruling(ruling), seconds=seconds, at=NOW)


def sitting() -> tuple[Session, Workspace]:
    session = Session(
        id=600,
        started=Stamp(at=NOW, by="ana"),
        people={"li"},
        verdicts=(ruled(1, "next"), ruled(2, "decline"), ruled(3, "later"), ruled(1, "now"), ruled(4, "duplicate")),
    )

    def verdict(ruling: str, reason: str = "", until: date | None = None, of: int | None = None) -> Verdict:
        return Verdict(ruling=Ruling(ruling), reason=reason, until=until, of=of, at=NOW)

    return session, a_workspace(
        session,
        a_goal(100, "Flow"),
        an_item(1, "Copy *all*", serves={100: 2}, verdict=verdict("now")),
        an_item(2, "Dark mode", "declined", verdict=verdict("decline", "nobody [asked]")),
        an_item(3, "Parquet", "inbox", verdict=verdict("later", "no driver", date(2026, 12, 21))),
        an_item(4, "Copy everything", "declined", verdict=verdict("duplicate", "same", of=1)),
    )


def test_the_summary_counts_the_last_verdict_of_each_item() -> None:
    session, workspace = sitting()
    found = summary(session, workspace)
    assert {ruling.value: count for ruling, count in found.counts.items()} == {
        "now": 1,
        "next": 0,
        "later": 1,
        "decline": 1,
        "duplicate": 1,
        "ask": 0,
    }
    assert found.landed == {"inbox": 1, "ready": 1, "declined": 2}
    assert found.minutes == 2
    assert found.sentence == "4 triaged in 2 minutes: 1 now, 1 later, 1 declined, 1 duplicate"


def test_a_sitting_without_verdicts_says_so() -> None:
    session = Session(id=600, started=Stamp(at=NOW, by="ana"))
    assert summary(session, Workspace()).sentence == "Nothing was triaged"


def test_the_minutes_are_markdown_that_no_title_can_break() -> None:
    session, workspace = sitting()
    assert minutes_markdown(summary(session, workspace), workspace) == (
        "# Triage, 2026-11-23\n"
        "\n"
        "4 triaged in 2 minutes: 1 now, 1 later, 1 declined, 1 duplicate.\n"
        "Present: @ana, @li.\n"
        "\n"
        "## Now\n"
        "\n"
        "- **LL-0001** Copy \\*all\\*, for Flow\n"
        "\n"
        "## Later\n"
        "\n"
        "- **LL-0003** Parquet, until 2026-12-21, because no driver\n"
        "\n"
        "## Declined\n"
        "\n"
        "- **LL-0002** Dark mode, because nobody \\[asked\\]\n"
        "\n"
        "## Duplicate\n"
        "\n"
        "- **LL-0004** Copy everything, same as LL-0001, because same\n"
    )
