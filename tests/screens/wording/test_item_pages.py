"""What a pane and a page say of an item."""

from datetime import date
from typing import Any

import pytest

from screens.wording.item_facts import Facts, days
from screens.wording.item_lines import text_of
from screens.wording.item_page import course_lines, score_lines, what_lines, why_lines
from screens.wording.item_peek import peek_lines
from screens.wording.rows import RowWords, id_width
from store.models import Blocked, GoalStatus, Horizon, Item, Ruling, Source, Stamp, Standing, Verdict, Workspace
from store.scoring import Scoreboard
from tests.store.samples import NOW, TODAY, a_decision, a_goal, a_workspace, ago, an_item

FLOW, ROOT, OVER = 100, 101, 102


def workspace(*items: Item) -> Workspace:
    return a_workspace(
        *items,
        a_goal(ROOT, "Nobody waits", weight=1, said_by="leadership"),
        a_goal(FLOW, "Analysts stay in flow", parent=ROOT),
        a_goal(OVER, "Old promise", status=GoalStatus.DROPPED),
        a_decision(500, "One grid widget", items=frozenset({1})),
        a_decision(501, "Not named"),
    )


def facts(item: Item, *others: Item) -> Facts:
    chosen = workspace(item, *others)
    return Facts(item, chosen, NOW, Scoreboard(chosen, TODAY))


def full(**fields: Any) -> Item:
    return an_item(
        1,
        "Results grid loses column widths",
        "doing",
        **{
            "since": ago(2),
            "past_moves": (
                Standing(stage="inbox", since=ago(12), by="ana"),
                Standing(stage="ready", since=ago(5), by="li"),
            ),
            "created": Stamp(at=ago(12), by="import"),
            "requester": "contoso",
            "serves": {FLOW: 2},
            "size": 2,
            "owner": "ana",
            "tags": frozenset({"grid", "ui"}),
            "horizon": Horizon.NOW,
            "due": date(2026, 11, 20),
            "verdict": Verdict(ruling=Ruling.NOW, reason="three customers in a week", at=ago(5), by="li"),
            "source": Source(system="github:a/b", key="#1893", url="https://example.com/1893"),
            "depends_on": frozenset({2}),
            "blocked": (
                Blocked(since=ago(4), until=ago(3), reason="no test data", by="ana"),
                Blocked(since=ago(1), reason="waits for a licence", by="ana"),
            ),
            "body": "Every time I run the query again.",
            **fields,
        },
    )


def test_a_peek_holds_all_that_matters() -> None:
    text = text_of(peek_lines(facts(full(), an_item(2, "Buy a licence")), 60, 40))
    for words in (
        "Results grid loses column widths",
        "⊘ doing since Sat 21 Nov, 2 days · ⊘ blocked since",
        "yesterday · ● now · feature · due Fri 20 Nov, late",
        "serves    Analysts stay in flow ■■□",
        "score     ",
        "#1 of 1 in now",
        "verdict   now, Wed 18 Nov by @li “three customers in a week”",
        "blocked   waits for a licence",
        "waits for ▷ LL-0002 Buy a licence  ready",
        "with      @ana · size 2 · #grid #ui",
        "by @contoso · github:a/b #1893",
        "Every time I run the query again.",
    ):
        assert words in text, text


def test_a_peek_keeps_to_its_lines_and_says_that_there_is_more() -> None:
    lines = peek_lines(facts(full(body="more\n" * 90)), 60, 20)
    assert len(lines) == 20
    assert text_of(lines).endswith("… enter shows all of it")


def test_what_serves_nothing_names_the_key_that_maps_it() -> None:
    text = text_of(peek_lines(facts(an_item(1)), 60, 20))
    assert "serves    nothing yet · m maps it to a goal" in text
    assert "score     no score: it serves no goal" in text
    assert "m maps" not in text_of(peek_lines(facts(an_item(1, stage="done")), 60, 20))


def test_the_page_says_what_it_is() -> None:
    text = text_of(what_lines(facts(full()), 70))
    assert "https://example.com/1893" in text
    assert "Every time I run the query again." in text
    assert "No text yet · E writes it" in text_of(what_lines(facts(full(body="")), 70))


def test_the_page_leads_from_the_item_to_the_priority_and_who_said_it() -> None:
    text = text_of(why_lines(facts(full()), 70))
    for words in (
        "Analysts stay in flow ■■□\n  for Nobody waits\n  a company priority, said by @leadership, 100 % of what is",
        "Score\n",
        "It serves “Analysts stay in flow”, 100 % of what is",
        "Its size is 2.",
        "Not known: urgency and confidence.",
        "now, Wed 18 Nov by @li\n  “three customers in a week”",
        "✓ D-00FM One grid widget  accepted Tue 3 Nov",
    ):
        assert words in text, text
    assert "Not named" not in text


def test_every_sum_stands_before_its_sentence() -> None:
    lines = text_of(score_lines(facts(full(due=None, ratings={"urgency": 4, "confidence": 50})), 90)).splitlines()
    assert lines[1:] == [
        "0.67 x 100 = 66.7  It serves “Analysts stay in flow”, 100 % of what is wanted (company).",
        "66.7 x 1.3 = 86.7  Urgency is 4 of 5.",
        "86.7 x 1 = 86.7    It has no due date.",
        "86.7 x 0.5 = 43.3  We are 50 % sure that it helps.",
        "43.3 / 2 = 21.7    Its size is 2.",
    ]


def test_a_goal_that_is_over_is_marked() -> None:
    text = text_of(why_lines(facts(an_item(1, serves={OVER: 1, 999: 3})), 70))
    assert "Old promise ■□□  dropped" in text
    assert "a goal that is gone ■■■" in text
    assert "No score: no goal it serves is pursued any more." in text


def test_the_page_tells_how_it_went() -> None:
    waiting = an_item(3, "Share a layout", depends_on=frozenset({1}))
    text = text_of(course_lines(facts(full(), an_item(2, "Buy a licence"), waiting), 70))
    for words in (
        "Waits for\n▷ LL-0002 Buy a licence  ready",
        "Holds up\n▷ LL-0003 Share a layout  ready",
        "was blocked for 1 day, from Thu 19 Nov: no test data",
        "blocked since yesterday: waits for a licence",
        "▽ inbox  7 days  from Wed 11 Nov by @ana",
        "▷ ready  3 days  from Wed 18 Nov by @li",
        "▶ doing  2 days  since Sat 21 Nov by @ana",
    ):
        assert words in text, text


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict(ruling=Ruling.LATER, until=date(2026, 12, 1), at=ago(1)), "later, not before Tue 1 Dec, yesterday"),
        (Verdict(ruling=Ruling.DUPLICATE, of=2, at=ago(1)), "duplicate of LL-0002, yesterday"),
        (Verdict(ruling=Ruling.DUPLICATE, of=77, at=ago(1)), "duplicate of an item that is gone, yesterday"),
        (
            Verdict(ruling=Ruling.DECLINE, reason="too dear", at=ago(1), by="li"),
            "declined, yesterday by @li “too dear”",
        ),
        (Verdict(ruling=Ruling.ASK, reason="which grid?", at=ago(1)), "asked, yesterday “which grid?”"),
    ],
)
def test_a_verdict_is_said_with_what_it_needs(verdict: Verdict, words: str) -> None:
    found = facts(an_item(1, verdict=verdict), an_item(2))
    assert "".join(text for text, _ in found.verdict) == words


@pytest.mark.parametrize(("count", "words"), [(0, "less than a day"), (1, "1 day"), (1200, "1,200 days")])
def test_days_are_counted_in_words(count: int, words: str) -> None:
    assert days(count) == words


def test_a_row_tells_the_same_by_sign_word_and_tone() -> None:
    items = (
        an_item(1, serves={FLOW: 2, OVER: 1}, size=3, owner="ana", horizon=Horizon.NOW),
        an_item(2, stage="doing", blocked=(Blocked(since=ago(1)),)),
        an_item(3, stage="done", archived=Stamp(at=ago(1))),
    )
    chosen = workspace(*items)
    words = RowWords(chosen, NOW, lambda item: 8.44 if item.id == 1 else None)
    ready, blocked, archived = (words.of(item) for item in items)
    assert ready["goals"] == (("analysts  ", "muted"), ("■■□", ""), ("+", "muted"))
    assert (ready["stage"], ready["horizon"], ready["score"]) == (("ready", "muted"), ("● now", ""), ("8.4", ""))
    assert (blocked["state"], blocked["stage"]) == (("⊘", "warning"), ("blocked", "warning"))
    assert (blocked["goals"], blocked["score"], blocked["size"]) == ((), ("-", "muted"), ("-", "muted"))
    assert (archived["stage"], archived["title"][1]) == (("archived", "muted"), "muted")


def test_ids_get_one_cell_more_where_there_are_thousands() -> None:
    few, many = a_workspace(an_item(1)), a_workspace(*(an_item(number) for number in range(1, 1002)))
    assert (id_width(few), id_width(many)) == (7, 8)


def test_nothing_from_data_reaches_the_terminal_as_it_came() -> None:
    evil = "[b]x\x1b]52;c;!\x07\u202e\x9b2J"
    item = an_item(
        1,
        evil,
        "doing",
        body=f"# {evil}\n- {evil}\n```\n{evil}\n```\n> {evil}\n[{evil}](http://{evil})\n![{evil}](x)",
        owner=evil,
        requester=evil,
        tags=frozenset({evil}),
        serves={FLOW: 1},
        source=Source(system=evil, key=evil, url=evil),
        verdict=Verdict(ruling=Ruling.ASK, reason=evil, at=ago(1), by=evil),
        blocked=(Blocked(since=ago(1), reason=evil, by=evil),),
        past_moves=(Standing(stage=evil, since=ago(12), by=evil),),
        depends_on=frozenset({2}),
    )
    chosen = a_workspace(
        item,
        an_item(2, evil),
        an_item(3, evil, depends_on=frozenset({1})),
        a_goal(FLOW, evil, said_by=evil),
        a_decision(500, evil, items=frozenset({1})),
    )
    found = Facts(item, chosen, NOW, Scoreboard(chosen, TODAY))
    for lines in (peek_lines(found, 40, 99), what_lines(found, 40), why_lines(found, 40), course_lines(found, 40)):
        text = text_of(lines)
        assert "[b]x" in text
        assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(text)
