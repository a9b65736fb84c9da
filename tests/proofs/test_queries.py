"""Filters by chance: each is a query that can be run and told, or is refused with a sentence that says where."""

from collections import Counter
from random import Random
from typing import Final

from store.errors import QueryError
from store.query import DIRECTIVES, FIELDS, completions, describe, parse
from tests.proofs.figures import Report
from tests.proofs.sizes import size
from tests.store.query.test_query import CONTEXT, VOCABULARY, WORKSPACE

SEED: Final = 20_261_126
QUERIES: Final = size(20_000, 1_000_000)
MOST_PIECES: Final = 24
MOST_TOLD: Final = 10

_NAMES: Final = tuple(f"{field.name}:" for field in (*FIELDS, *DIRECTIVES))
_VALUES: Final = (
    "ready",
    "none",
    "any",
    "flow",
    "@me",
    "30d",
    "3",
    "-1",
    "fri",
    "+9999y",
    "blocked",
    "score",
    "9" * 400,
)
_SIGNS: Final = ("(", ")", "-", '"', ",", "<", "<=", ">", "=", "!=", ":", "*", " and ", " or ", " not ", "\\", "/", "'")
_ODD: Final = (
    "ł",
    "٣",
    "\x00",
    "\x1b[2J",
    "\n",
    "\u202e",
    "\u200b",
    "\ud800",
    "👩‍👩‍👧",
    "ﬁ",
    "İ",
    "ß",
    "\N{TAG LATIN SMALL LETTER A}",
)


def test_a_filter_by_chance_is_run_or_refused_with_its_place(report: Report) -> None:
    ends: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(QUERIES):
        random = Random(f"{SEED} {number}")  # noqa: S311 - the same filters every time
        text = _by_chance(random)
        try:
            problem = _problem_with(text, random.randint(0, len(text)))
        except QueryError as error:
            ends["refused"] += 1
            is_place = 0 <= error.column <= len(text)
            problem = "" if is_place and error.message.endswith((".", "?")) else f"{error.column}: {error.message}"
        except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
            problem = f"{type(error).__name__}: {error}"
        else:
            ends["run"] += 1
        if problem:
            wrong.append(f"{number}, {text!r}: {problem}")
    report("Filters by chance", {"filters": QUERIES, **dict(sorted(ends.items())), "wrong": len(wrong)})
    assert wrong[:MOST_TOLD] == []
    assert min(ends["run"], ends["refused"]) > QUERIES // 20, "both ends are reached"


def _by_chance(random: Random) -> str:
    """Half of them nearly right, so that they are run, and half of them anything."""
    if random.random() < 1 / 2:
        words = (
            random.choice(("", "", "-", "not ", "or "))
            + (random.choice(_NAMES) + random.choice(("", "", "<=", ">", "!=")) if random.random() < 3 / 4 else "")
            + random.choice(_VALUES)
            for _ in range(random.randint(0, MOST_PIECES // 4))
        )
        return " ".join(words)
    pieces = (
        random.choice(random.choice((_NAMES, _VALUES, _SIGNS, _SIGNS, _ODD)))
        for _ in range(random.randint(0, MOST_PIECES))
    )
    return "".join(pieces)


def _problem_with(text: str, cursor: int) -> str:
    """What is wrong with the answer to a filter; empty for nothing.

    Raises:
        QueryError: it is no filter.
    """
    for proposal in completions(text, cursor, VOCABULARY):
        if not 0 <= proposal.start <= proposal.end <= len(text):
            return f"a proposal for {proposal.start} to {proposal.end}"
    query = parse(text, VOCABULARY)
    query.groups(WORKSPACE, CONTEXT)
    strange = {item.id for item in query.select(WORKSPACE, CONTEXT)} - set(WORKSPACE.items)
    if strange:
        return f"found {strange}"
    return "" if describe(query, WORKSPACE) else "it is not told in words"
