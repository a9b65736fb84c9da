"""Filters that were made to be slow, and filters by chance, on 10,000 items: `python -m tests.bench.bench_query`."""

import sys
from random import Random
from time import perf_counter

from store.clock import local_day, utc_now
from store.errors import QueryError
from store.query import FIELDS, Context, Query, Vocabulary, parse
from store.scoring import Scoreboard
from tests.bench.stores import SEED, WORDS, made_up

ITEMS = 10_000
BY_CHANCE = 500
PEER = "is:any text:zzzz"
BOUND = 64
"""Times the peer, which looks for one text in every item: no filter looks for more than 64 values."""

SLOW = (
    "is:any size:" + ",".join(str(number) for number in range(63)),
    "is:any age:" + ",".join(f"{number}d" for number in range(63)),
    "is:any closed:" + ",".join(f"{number}d" for number in range(63)),
    "is:any due:" + ",".join(f"+{number}d" for number in range(63)),
    "is:any score:" + ",".join(f"{number}" for number in range(63)),
    "is:any text:" + ",".join(f"q{number}" for number in range(63)),
    "is:any tag:" + ",".join(f"*{number}*z*" for number in range(63)),
    "is:any tag:" + "*a" * 400,
    "is:any source:" + ",".join(f"z{number}" for number in range(63)),
    "is:any " + "or ".join(f"z{number} " for number in range(63)),
    "is:any " + " ".join("-" * 13 + f"z{number}" for number in range(50)),
    "is:any " + " ".join(f"-is:blocked(-size<{number})" for number in range(31)),
    "is:any sort:" + "score,-age," * 85,
)


def main() -> int:
    """Print the slowest; the exit code says whether all stay within the bound."""
    now = utc_now()
    workspace = made_up(ITEMS, now)
    vocabulary, board = Vocabulary(workspace), Scoreboard(workspace, local_day(now))
    context = Context(workspace, now, "ana", board.value)
    taken = [(_seconds(parse(text, vocabulary), context), text) for text in (*SLOW, *_by_chance(vocabulary))]
    for seconds, text in sorted(taken, reverse=True)[:12]:
        print(f"{seconds * 1000:7.1f} ms  {text[:90]}")
    peer, worst = _seconds(parse(PEER, vocabulary), context), max(seconds for seconds, _ in taken)
    print(
        f"{len(taken)} filters on {ITEMS:,} items: worst {worst * 1000:.0f} ms, {worst / peer:.0f} times one text "
        f"({peer * 1000:.1f} ms), bound {BOUND} times"
    )
    return worst > BOUND * peer


def _seconds(query: Query, context: Context) -> float:
    def once() -> float:
        begun = perf_counter()
        query.select(context.workspace, context)
        return perf_counter() - begun

    # The best of a few: a machine that does something else in between says nothing about a filter.
    return min(once() for _ in range(4))


def _by_chance(vocabulary: Vocabulary) -> list[str]:
    random = Random(SEED)  # noqa: S311 - the same filters every time
    values = (*WORDS, "none", "any", "@me", "30d", "3", "fri", "ready,done", "open", "blocked", "*a*", '"two words"')
    found: list[str] = []
    while len(found) < BY_CHANCE:
        pieces = []
        for _ in range(random.randint(1, 20)):
            field, value = random.choice(FIELDS), random.choice(values)
            operator = random.choice((":", ":", ":", "<=", ">", "!="))
            word = f"{field.name}{operator}{value}" if random.random() < 0.7 else value
            pieces.append(random.choice(("", "-", "or ", "not ")) + word)
        text = "is:any " + " ".join(pieces)
        try:
            parse(text, vocabulary)
        except QueryError:
            continue
        found.append(text)
    return found


if __name__ == "__main__":
    sys.exit(main())
