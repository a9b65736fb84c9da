"""Records of every kind as people and other programs may have made them, for property tests."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from store.clock import FIRST_DAY, LAST_DAY
from store.models import (
    Blocked,
    Conflict,
    Decision,
    DecisionRuled,
    DecisionStatus,
    Deviation,
    Expectation,
    Goal,
    GoalStatus,
    Horizon,
    Item,
    KeyResult,
    Kind,
    Option,
    Record,
    Ruling,
    Serves,
    Session,
    SessionRuled,
    Source,
    Stamp,
    Standard,
    StandardStatus,
    Standing,
    Supersedes,
    Team,
    Verdict,
)

IDS = st.integers(min_value=1, max_value=2**53 - 1)
NASTY = st.sampled_from([
    "\x00",
    "\x1b]0;x\x07",
    "\x7f",
    "\x85",
    "\u2028",
    "\u202e",
    "\ufeff",
    "\U000e0041",
    "\ufffe",
    "👩‍👧",
    '"',
    "\\",
])
WORDS = st.text(min_size=1, max_size=12).filter(str.strip)
LINES = st.one_of(WORDS, st.builds(str.__add__, NASTY, WORDS)).map(lambda text: "".join(text.split("\n")) or "x")
TITLES = LINES.filter(lambda text: bool(text.strip()))
PEOPLE = st.sampled_from(["", "ana", "bo", "li"])
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31)).map(  # noqa: DTZ001 - made aware right here
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
DAYS = st.dates(FIRST_DAY, LAST_DAY)
TEXTS = st.lists(st.one_of(st.just(""), LINES), max_size=5).map("\n".join)
STAMPS = st.builds(Stamp, at=MOMENTS, by=PEOPLE)
STANDINGS = st.builds(Standing, stage=TITLES, since=MOMENTS, by=PEOPLE)
SCALARS = st.one_of(
    st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), st.floats(allow_nan=False, allow_infinity=False), LINES
)
UNKNOWN_VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(LINES, inner, max_size=3)),
    max_leaves=6,
)
UNKNOWN_FIELDS = st.dictionaries(WORDS.map(lambda word: f"x-{word}"), UNKNOWN_VALUES, max_size=2)

ITEMS = st.builds(
    Item,
    id=IDS,
    title=TITLES,
    kind=st.sampled_from(Kind),
    created=STAMPS,
    stage=STANDINGS,
    source=st.none() | st.builds(Source, system=LINES, key=LINES),
    goals=st.lists(st.builds(Serves, goal=IDS, strength=st.integers(1, 3)), max_size=3).map(tuple),
    horizon=st.none() | st.sampled_from(Horizon),
    verdict=st.none()
    | st.builds(
        Verdict,
        ruling=st.sampled_from(Ruling),
        reason=LINES,
        until=st.none() | DAYS,
        of=st.none() | IDS,
        at=MOMENTS,
        by=PEOPLE,
    ),
    blocked=st.lists(
        st.builds(Blocked, since=MOMENTS, until=st.none() | MOMENTS, reason=LINES, by=PEOPLE), max_size=2
    ).map(tuple),
    archived=st.none() | STAMPS,
    size=st.none() | st.integers(1, 1000),
    ratings=st.dictionaries(WORDS, st.integers(0, 100), max_size=3),
    tags=st.frozensets(LINES, max_size=3),
    due=st.none() | DAYS,
    depends_on=st.frozensets(IDS, max_size=3),
    past_moves=st.lists(STANDINGS, max_size=4).map(tuple),
    body=TEXTS,
)
GOALS = st.builds(
    Goal,
    id=IDS,
    title=TITLES,
    created=STAMPS,
    status=st.sampled_from(GoalStatus),
    parent=st.none() | IDS,
    key_results=st.lists(
        st.builds(KeyResult, title=TITLES, start=st.floats(-1e15, 1e15), target=st.floats(-1e15, 1e15)), max_size=3
    ).map(tuple),
    body=TEXTS,
)
TEAMS = st.builds(
    Team,
    id=IDS,
    title=TITLES,
    created=STAMPS,
    disciplines=st.frozensets(LINES, max_size=3),
    decision_rights=st.lists(LINES, max_size=3).map(tuple),
)

DECISIONS = st.builds(
    Decision,
    id=IDS,
    title=TITLES,
    created=STAMPS,
    status=st.builds(DecisionRuled, status=st.sampled_from(DecisionStatus), since=MOMENTS, by=PEOPLE, reason=LINES),
    decide_by=st.none() | DAYS,
    is_reversible=st.none() | st.booleans(),
    deciders=st.frozensets(LINES, max_size=2),
    items=st.frozensets(IDS, max_size=2),
    supersedes=st.lists(st.builds(Supersedes, decision=IDS, part=st.just("") | LINES), max_size=2).map(tuple),
    drivers=st.lists(LINES, max_size=2).map(tuple),
    options=st.lists(st.builds(Option, title=TITLES, good=st.lists(LINES, max_size=2).map(tuple)), max_size=2).map(
        tuple
    ),
    expectation=st.none() | st.builds(Expectation, text=LINES, confidence=st.integers(0, 100)),
    because=TEXTS,
)
STANDARDS = st.builds(
    Standard,
    id=IDS,
    title=TITLES,
    created=STAMPS,
    status=st.sampled_from(StandardStatus),
    checklist=st.lists(LINES, max_size=2).map(tuple),
    deviations=st.lists(st.builds(Deviation, item=st.none() | IDS, reason=LINES, at=MOMENTS), max_size=2).map(tuple),
)
SESSIONS = st.builds(
    Session,
    id=IDS,
    started=STAMPS,
    ended=st.none() | MOMENTS,
    people=st.frozensets(LINES, max_size=2),
    verdicts=st.lists(
        st.builds(SessionRuled, item=IDS, ruling=st.sampled_from(Ruling), seconds=st.integers(0, 9999), at=MOMENTS),
        max_size=3,
    ).map(tuple),
)
CONFLICTS = st.builds(
    Conflict,
    id=IDS,
    table=LINES,
    record=IDS,
    field=LINES,
    base=UNKNOWN_VALUES,
    sides=st.lists(UNKNOWN_VALUES, max_size=2).map(tuple),
)


def with_unknown(records: st.SearchStrategy[Record]) -> st.SearchStrategy[Record]:
    """The same records with fields that this version does not know."""
    return st.builds(
        lambda record, unknown: type(record).model_validate({**dict(record), **unknown}), records, UNKNOWN_FIELDS
    )


STORES = st.fixed_dictionaries({
    table: st.lists(with_unknown(records), max_size=2, unique_by=lambda record: record.id)
    for table, records in {
        "conflicts": CONFLICTS,
        "goals": GOALS,
        "decisions": DECISIONS,
        "standards": STANDARDS,
        "teams": TEAMS,
        "sessions": SESSIONS,
        "items": ITEMS,
    }.items()
})
