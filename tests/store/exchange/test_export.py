"""Items, goals and decisions on their way out: exact for programs, harmless for spreadsheets, literal on a page."""

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store.errors import ExportFailedError
from store.exchange import (
    COLUMNS,
    EXPORTS,
    decision_madr,
    decision_shape,
    decisions_list,
    document,
    goal_shape,
    goals_list,
    item_shape,
    items_csv,
    items_json,
    items_list,
    items_table,
    items_text,
    json_text,
)
from store.exchange.escaping import armed, defused, fenced, inline, told, untold, visible
from store.hidden import revealed, with_few_marks
from store.models import (
    Blocked,
    Decision,
    DecisionRuled,
    DecisionStatus,
    Expectation,
    Goal,
    Horizon,
    Item,
    KeyResult,
    Option,
    Ruling,
    Serves,
    Source,
    Stamp,
    Standing,
    Supersedes,
    Team,
    Verdict,
    Workspace,
)

AT = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
STAMP = Stamp(at=AT, by="ana")
ONE, TWO = 1 << 40, (1 << 40) + 1
HOSTILE = "a\x1b]52;c;eA==\x07\x9b31m\u202ereversed\u2028z\x7f"


def item(number: int = ONE, **fields: object) -> Item:
    standing = Standing(stage="inbox", since=AT, by="ana")
    return Item.model_validate({"id": number, "title": "Slow start", "created": STAMP, "stage": standing} | fields)


def workspace(*items: Item) -> Workspace:
    goals = {
        3: Goal(
            id=3,
            title="Analysts stay in flow",
            created=STAMP,
            key_results=(KeyResult(title="p95", target=2, unit="s"),),
        ),
        4: Goal(id=4, title="Search | answers", created=STAMP, parent=3, owner="li", due=date(2026, 9, 30)),
    }
    teams = {9: Team(id=9, title="Platform", created=STAMP)}
    return Workspace(items={one.id: one for one in items}, goals=goals, teams=teams)


def full() -> Item:
    return item(
        kind="bug", horizon=Horizon.NOW, goals=(Serves(goal=4, strength=1), Serves(goal=3, strength=3)), size=3, team=9,
        ratings={"urgency": 2}, owner="ana", requester="sam", tags=frozenset({"b", "a"}), due=date(2026, 5, 1),
        depends_on=frozenset({TWO}), blocked=(Blocked(since=AT, reason="waits"),), body="first\nsecond",
        verdict=Verdict(ruling=Ruling.NOW, reason="soon", at=AT, by="ana"),
        source=Source(system="github:a/b", key="7", url="https://github.com/a/b/issues/7", seen="title:123456"),
        past_moves=(Standing(stage="ready", since=AT),),
    )  # fmt: skip


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


LETTERS = st.characters(min_codepoint=32, max_codepoint=0x2000, exclude_categories=("Cc", "Cf", "Zs")) | st.just(" ")


def shown(markdown: str) -> str:
    """What a reader of the rendered page sees."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    inner = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inner} <= {"text", "text_special"}, markdown
    return "".join(child.content for child in inner)


class TestJson:
    def test_an_item_has_every_field_with_names_beside_ids(self) -> None:
        shape = item_shape(workspace(full(), item(TWO, title="Other")), full())

        assert shape["goals"] == [
            {"id": 4, "short": "G-0004", "title": "Search | answers", "strength": 1},
            {"id": 3, "short": "G-0003", "title": "Analysts stay in flow", "strength": 3},
        ]
        assert shape["depends_on"] == [{"id": TWO, "short": "LL-0001", "title": "Other"}]
        assert shape["team"] == {"id": 9, "short": "T-0009", "title": "Platform"}
        assert shape["stage"] == {"is": "inbox", "since": "2026-03-04T09:00:00Z", "by": "ana", "kind": "inbox"}
        assert shape["source"] == {"system": "github:a/b", "key": "7", "url": "https://github.com/a/b/issues/7"}
        assert [move["is"] for move in shape["moves"]] == ["ready", "inbox"]
        assert (shape["id"], shape["short"], shape["due"], shape["is_blocked"]) == (ONE, "LL-0000", "2026-05-01", True)

    def test_an_empty_item_has_the_same_fields_as_a_full_one(self) -> None:
        assert item_shape(workspace(item()), item()).keys() == item_shape(workspace(full()), full()).keys()

    def test_the_fields_of_schema_1_are_these(self) -> None:
        assert list(item_shape(workspace(item()), item())) == [
            "id", "short", "title", "kind", "stage", "horizon", "goals", "ratings", "size", "team", "owner",
            "requester", "tags", "due", "depends_on", "is_blocked", "blocked", "verdict", "source", "created",
            "aliases", "archived", "moves", "body",
        ]  # fmt: skip
        assert list(goal_shape(workspace(), workspace().goals[3])) == [
            "id", "short", "title", "origin", "status", "parent", "weight", "share", "said_by", "owner", "due", "teams",
            "guideline", "key_results", "created", "aliases", "archived", "body",
        ]  # fmt: skip
        assert list(decision_shape(decided(), decided().decisions[5])) == [
            "id", "short", "title", "status", "owner", "decide_by", "default", "is_reversible", "review_on", "trigger",
            "deciders", "consulted", "informed", "items", "goals", "standards", "supersedes", "superseded_by",
            "drivers", "options", "chosen", "expectation", "outcome_seen", "source", "created",
            "aliases", "archived", "context", "because", "consequences", "confirmation", "more",
        ]  # fmt: skip

    def test_a_document_carries_the_schema_number_and_the_items_in_their_order(self) -> None:
        here = workspace(item(), item(TWO))
        told = json.loads(json_text(items_json(here, [here.items[TWO], here.items[ONE]])))

        assert told["schema"] == 1
        assert [one["id"] for one in told["items"]] == [TWO, ONE]
        assert document(goals=[]) == {"schema": 1, "goals": []}

    def test_a_reference_to_what_is_not_here_keeps_its_id(self) -> None:
        lost = item(goals=(Serves(goal=12345),))

        assert item_shape(workspace(lost), lost)["goals"] == [
            {"id": 12345, "short": None, "title": None, "strength": 2}
        ]

    def test_nothing_a_terminal_would_act_on_is_in_the_text_and_everything_is_in_the_value(self) -> None:
        nasty = item(title=f"{HOSTILE}\U000e0041", body=HOSTILE)
        text = json_text(items_json(workspace(nasty), [nasty]))

        assert all(char == "\n" or char.isprintable() for char in text)
        told = json.loads(text)["items"][0]
        assert (told["title"], told["body"]) == (nasty.title, nasty.body)

    @pytest.mark.parametrize(
        "text", ["z" + "\u0301" * 9 + "!", "ก" + "\u0e47" * 90, "é漢字漢字漢字", "e" + "\u0301" * 4]
    )
    def test_no_letter_carries_a_tower_of_marks_and_the_value_has_all_of_them(self, text: str) -> None:
        told = json_text({"a": text})

        assert with_few_marks(told) == told
        assert json.loads(told) == {"a": text}

    def test_progress_of_a_key_result_is_told(self) -> None:
        goal = Goal(id=3, title="x", created=STAMP, key_results=(KeyResult(title="a", start=10, now=5, target=0),))

        assert goal_shape(workspace(), goal)["key_results"][0]["progress"] == 0.5


class TestCsv:
    def test_a_row_has_names_instead_of_ids(self) -> None:
        (row,) = rows(items_csv(workspace(full(), item(TWO)), [full()]))

        assert tuple(row) == COLUMNS
        assert row == {
            "id": "LL-0000", "title": "Slow start", "kind": "bug", "stage": "inbox", "horizon": "now",
            "goals": "Analysts stay in flow; Search | answers", "size": "3", "team": "Platform", "owner": "ana",
            "requester": "sam", "tags": "a, b", "due": "2026-05-01", "created": "2026-03-04 09:00:00",
            "moved": "2026-03-04 09:00:00", "closed": "", "verdict": "now", "reason": "soon", "blocked": "waits",
            "depends_on": "LL-0001", "system": "github:a/b", "key": "7", "url": "https://github.com/a/b/issues/7",
            "body": "first\nsecond",
        }  # fmt: skip

    def test_text_is_quoted_and_numbers_are_not(self) -> None:
        line = items_csv(workspace(full()), [full()]).splitlines()[1]

        assert '"Slow start"' in line
        assert ",3," in line

    @pytest.mark.parametrize("start", list("=+-@\t\r\0＝＋－＠"))
    def test_a_text_that_looks_like_a_formula_is_defused(self, start: str) -> None:
        nasty = item(title=f"x{start}", body=f"{start}HYPERLINK(1)", owner=f"{start}x")
        (row,) = csv.reader(StringIO(items_csv(workspace(nasty), [nasty]).split("\n", 1)[1], newline=""))
        cells = dict(zip(COLUMNS, row, strict=True))

        assert untold(cells["body"]) == f"'{start}HYPERLINK(1)"
        assert cells["body"].startswith("'")
        assert cells["title"].startswith("x")
        assert cells["owner"][:1] in {"'", "x"}

    def test_raw_defuses_nothing(self) -> None:
        nasty = item(title="=1+1", body="'=1")
        (row,) = rows(items_csv(workspace(nasty), [nasty], raw=True))

        assert (row["title"], row["body"]) == ("=1+1", "'=1")

    def test_every_first_character_survives_defusing_and_arming(self) -> None:
        for code in range(0x10000):
            for text in (chr(code), f"{chr(code)}1", f"'{chr(code)}1", f"''{chr(code)}"):
                assert armed(defused(text)) == text
                assert defused(text)[:1] not in set("=+-@\t\r\0＝＋－＠")

    def test_every_character_is_told_and_comes_back(self) -> None:
        for code in (code for code in range(0x110000) if not 0xD800 <= code < 0xE000):
            char = chr(code)
            assert untold(told(f"a{char}b")) == f"a{char}b"
        for text in ("\\u{1b}", "\\\\u{1b}", "\\u{", "\\u{5c}u{1b}", "\\", "c:\\users"):
            assert untold(told(text)) == text

    def test_a_cell_holds_no_character_that_acts_or_hides(self) -> None:
        nasty = item(title=HOSTILE, body=f"one\n{HOSTILE}", owner=HOSTILE)
        out = items_csv(workspace(nasty), [nasty])
        assert all(char == "\n" or char.isprintable() for char in out)
        assert "\\u{1b}]52;c;" in out

    def test_a_quote_in_front_of_anything_else_stays(self) -> None:
        assert armed("'tis") == "'tis"
        assert armed("''tis") == "''tis"
        assert armed("'=1") == "=1"
        assert armed("''=1") == "'=1"


class TestMarkdown:
    @pytest.mark.parametrize(
        "text",
        [
            "[x](javascript:alert(1))", "<img src=x>", "a | b", "**bold**", "`code`", "~~gone~~", "&lt;", "a\\",
            "<!-- -->", "![i](x)", "[ref]: x", "a_b_c", "<https://example.org>", "\\*", "``` fence", "x  ", "*",
            "&#33;",
        ],
    )  # fmt: skip
    def test_a_title_is_shown_as_it_is_written(self, text: str) -> None:
        assert shown(f"- {inline(text)}\n") == text.strip()
        assert inline(text) in items_table(workspace(item(title=text)), [item(title=text)])
        assert inline(text) in items_list(workspace(item(title=text)), [item(title=text)])

    @given(
        st.text(
            st.characters(min_codepoint=32, max_codepoint=0x2000, exclude_categories=("Cc", "Cf", "Zs")) | st.just(" ")
        )
    )
    def test_any_text_is_shown_as_it_is_written(self, text: str) -> None:
        assert shown(inline(text)) == revealed(" ".join(text.split()))

    @pytest.mark.parametrize(
        ("text", "literal"),
        [
            ("# head", "\\# head"),
            ("- dash", "\\- dash"),
            ("1. one", "1\\. one"),
            ("1) one", "1\\) one"),
            ("---", "\\---"),
            ("+ plus", "\\+ plus"),
            ("a - b", "a - b"),
            ("C# is", "C# is"),
            ("v1.2", "v1.2"),
            ("two\nlines", "two lines"),
            ("#tag", "#tag"),
            ("=====", "\\====="),
        ],
    )
    def test_what_opens_something_at_the_start_of_a_line_is_held(self, text: str, literal: str) -> None:
        assert inline(text) == literal

    def test_hidden_characters_are_shown(self) -> None:
        nasty = item(title=HOSTILE, body=HOSTILE, owner=HOSTILE, tags=frozenset({HOSTILE}))
        for wanted in ("markdown", "list"):
            out = items_text(workspace(nasty), [nasty], wanted)
            assert all(char == "\n" or char.isprintable() for char in out)
            assert "␛" in out
        assert visible("tab\tand\nline") == "tab\tand\nline"

    def test_a_row_of_the_table_stays_one_row(self) -> None:
        nasty = item(title="a|b", tags=frozenset({"x|y"}), owner="l|i")
        header, rule, row, *rest = items_table(workspace(nasty), [nasty]).split("\n")

        assert rest == [""]
        bars = {line.replace("\\|", "").count("|") for line in (header, rule, row)}
        assert bars == {11}

    def test_the_title_links_to_its_tracker_only_where_the_address_is_plain(self) -> None:
        good = item(source=Source(system="s", key="1", url="https://example.org/1"))
        bad = item(source=Source(system="s", key="1", url="https://example.org/) [x](javascript:1"))
        worse = item(source=Source(system="s", key="1", url="javascript:alert(1)"))

        assert "[Slow start](https://example.org/1)" in items_list(workspace(good), [good])
        for one in (bad, worse):
            assert "](" not in items_list(workspace(one), [one])

    def test_a_long_text_cannot_leave_its_block(self) -> None:
        body = "```\n# out?\n````\n- [ ] no"
        out = items_list(workspace(item(body=body)), [item(body=body)], bodies=True)

        assert "`````markdown" in out
        assert fenced(body).count("`````") == 2

    def test_no_items_are_an_empty_list(self) -> None:
        assert items_list(workspace(), []) == ""

    def test_goals_are_nested_with_their_measures(self) -> None:
        here = workspace()
        assert goals_list(here, list(here.goals.values())) == (
            "- **G-0003** Analysts stay in flow (active · company)\n"
            "  - p95: 0 of 2 s\n"
            "  - **G-0004** Search \\| answers (active · @li · due 2026-09-30)\n"
        )

    def test_decisions_are_told_with_what_was_chosen_and_what_replaced_them(self) -> None:
        here = decided()
        assert decisions_list(here, here.decisions.values()) == (
            "- **D-0004** Use one big file (superseded since 2026-03-04 · superseded by D-0005)\n"
            "- **D-0005** Keep \\*records\\* apart "
            "(accepted since 2026-03-04 · chosen: Many files · review on 2027-01-01)\n"
        )

    def test_goals_in_a_circle_are_told_once_each(self) -> None:
        circle = [Goal(id=3, title="a", created=STAMP, parent=4), Goal(id=4, title="b", created=STAMP, parent=3)]
        here = Workspace(goals={goal.id: goal for goal in circle})

        assert goals_list(here, circle).count("- **G-") == 2


def decided() -> Workspace:
    older = Decision(id=4, title="Use one big file", created=STAMP, status=DecisionRuled(status="superseded", since=AT))
    newer = Decision(
        id=5,
        title="Keep *records* apart",
        created=STAMP,
        status=DecisionRuled(status=DecisionStatus.ACCEPTED, since=AT),
        deciders=frozenset({"li", "a: b"}),
        consulted=frozenset({"sam"}),
        drivers=("merges", "speed"),
        options=(
            Option(title="One file", good=("simple",), bad=("conflicts",)),
            Option(title="Many files", neutral=("more",)),
        ),
        chosen="Many files",
        because="merges are clean.\n\n# Numbers\n\n```\n# not a heading",
        context="Two leads edit.",
        consequences="* Good, because it works",
        confirmation="A test.",
        supersedes=(Supersedes(decision=4, part="storage"),),
        goals=frozenset({3}),
        items=frozenset({ONE, 999}),
        expectation=Expectation(text="no conflicts", confidence=70),
        review_on=date(2027, 1, 1),
        more="See the log.",
    )
    here = workspace(item())
    return Workspace(items=here.items, goals=here.goals, decisions={4: older, 5: newer})


class TestMadr:
    def test_a_decision_becomes_a_record_of_madr(self) -> None:
        here = decided()

        assert decision_madr(here, here.decisions[5]) == (
            '---\nstatus: "accepted"\ndate: 2026-03-04\ndecision-makers: ["a: b", "li"]\nconsulted: ["sam"]\n---\n\n'
            "# Keep \\*records\\* apart\n\n"
            "## Context and Problem Statement\n\nTwo leads edit.\n\n"
            "## Decision Drivers\n\n* merges\n* speed\n\n"
            "## Considered Options\n\n* One file\n* Many files\n\n"
            '## Decision Outcome\n\nChosen option: "Many files", because\n\n'
            "merges are clean.\n\n### Numbers\n\n```\n# not a heading\n```\n\n"
            "### Consequences\n\n* Good, because it works\n\n"
            "### Confirmation\n\nA test.\n\n"
            "## Pros and Cons of the Options\n\n"
            "### One file\n\n* Good, because simple\n* Bad, because conflicts\n\n"
            "### Many files\n\n* Neutral, because more\n\n"
            "## More Information\n\nSee the log.\n\n"
            "* Supersedes D-0004 Use one big file (storage)\n* Goal G-0003 Analysts stay in flow\n"
            "* Item LL-0000 Slow start\n* Expected, 70 % sure: no conflicts\n* To be reviewed on 2027-01-01\n"
        )

    def test_an_older_decision_names_the_newer_one(self) -> None:
        here = decided()

        assert 'status: "superseded by D-0005"' in decision_madr(here, here.decisions[4])

    def test_an_empty_decision_is_front_matter_and_a_title(self) -> None:
        bare = Decision(id=6, title="x", created=STAMP, status=DecisionRuled(since=AT))

        assert decision_madr(Workspace(), bare) == '---\nstatus: "proposed"\ndate: 2026-03-04\n---\n\n# x\n'

    def test_a_hostile_name_cannot_leave_its_line_of_the_front_matter(self) -> None:
        bare = Decision(
            id=6, title="x", created=STAMP, status=DecisionRuled(since=AT), deciders=frozenset({'li"]\n---\n# gone'})
        )

        assert 'decision-makers: ["li\\"]\\n---\\n# gone"]' in decision_madr(Workspace(), bare)


@pytest.mark.parametrize("wanted", EXPORTS)
def test_every_export_of_nothing_and_of_something_is_text(wanted: str) -> None:
    assert isinstance(items_text(workspace(), [], wanted), str)
    assert "Slow start" in items_text(workspace(full()), [full()], wanted)


def test_an_unknown_export_names_the_known_ones() -> None:
    with pytest.raises(ExportFailedError, match="“pdf” is not a format") as caught:
        items_text(workspace(), [], "pdf")
    assert all(name in caught.value.hint for name in EXPORTS)
