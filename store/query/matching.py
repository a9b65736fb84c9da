"""From a tree to one function that says whether an item matches."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache, reduce
from operator import eq, ge, gt, le, lt

from store.models import Horizon, Item, Ruling, StageKind
from store.query.context import Context
from store.query.names import ids_test, name_test
from store.query.spans import in_spans
from store.query.states import STATES, Test
from store.query.tree import And, Everything, Expression, Not, Term
from store.query.values import day_of, number_of

_COMPARE: dict[str, Callable[[float, float], bool]] = {":": eq, "<": lt, "<=": le, ">": gt, ">=": ge}


def test_of(expression: Expression, context: Context) -> Test:
    """The function that tells whether an item matches; what does not depend on the item is worked out once."""
    if isinstance(expression, Term):
        return _MATCHERS[expression.field](expression, context)
    if isinstance(expression, Not):
        inner = test_of(expression.part, context)
        return lambda item: not inner(item)
    if isinstance(expression, Everything):
        return lambda _: True
    if isinstance(expression, And):
        return reduce(_both, [test_of(part, context) for part in _cheapest_first(expression.parts)])
    return reduce(_one, [test_of(part, context) for part in _cheapest_first(_texts_in_one(expression.parts))])


def _both(first: Test, second: Test) -> Test:
    return lambda item: first(item) and second(item)


def _one(first: Test, second: Test) -> Test:
    return lambda item: first(item) or second(item)


def _cheapest_first(parts: Iterable[Expression]) -> list[Expression]:
    """Text is looked for last: it costs the most."""
    return sorted(parts, key=lambda part: isinstance(part, Term) and part.field == "text")


def _texts_in_one(parts: tuple[Expression, ...]) -> list[Expression]:
    """The parts of an `or`, all that look for text as one that looks for any of their texts."""
    texts: list[Term] = []
    others: list[Expression] = []
    for part in parts:
        if isinstance(part, Term) and part.field == "text":
            texts.append(part)
        else:
            others.append(part)
    if len(texts) < 2:
        return list(parts)
    return [*others, replace(texts[0], values=tuple(value for term in texts for value in term.values))]


def _text(term: Term, context: Context) -> Test:
    wanted = list(dict.fromkeys(text.casefold() for text in term.texts))
    text_of = context.texts.of
    if len(wanted) == 1:
        only = wanted[0]
        return lambda item: only in text_of(item)

    def test(item: Item) -> bool:
        text = text_of(item)
        return any(each in text for each in wanted)

    return test


def _stage(term: Term, _: Context) -> Test:
    wanted = frozenset(term.texts)
    return lambda item: item.stage.stage in wanted


def _kind(term: Term, _: Context) -> Test:
    wanted = frozenset(term.texts)
    return lambda item: item.kind in wanted


def _horizon(term: Term, _: Context) -> Test:
    wanted: frozenset[str | None] = frozenset(None if text == "none" else text for text in term.texts)
    if "any" in wanted:
        wanted |= frozenset(Horizon)
    return lambda item: item.horizon in wanted


def _verdict(term: Term, _: Context) -> Test:
    wanted: frozenset[str | None] = frozenset(None if text == "none" else text for text in term.texts)
    if "any" in wanted:
        wanted |= frozenset(Ruling)
    return lambda item: (item.verdict.ruling if item.verdict else None) in wanted


def _goal(term: Term, context: Context) -> Test:
    tests: list[Test] = []
    if "none" in term.texts:
        tests.append(lambda item: not item.goals)
    if "any" in term.texts:
        tests.append(lambda item: bool(item.goals))
    if term.goals:
        # A goal deleted since the query was read has nothing below it and nothing that serves it.
        wanted = frozenset(below for goal in term.goals for below in context.tree.below(goal))
        tests.append(lambda item: any(link.goal in wanted for link in item.goals))
    return reduce(_one, tests)


def _names(of: Callable[[Item], Iterable[str]]) -> Callable[[Term, Context], Test]:
    def matcher(term: Term, context: Context) -> Test:
        fits = name_test(term.texts, context.me)
        return lambda item: fits(of(item))

    return matcher


def _source(term: Term, _: Context) -> Test:
    wanted = frozenset(text.casefold() for text in term.texts if text not in {"none", "any"})
    takes_none, takes_any = "none" in term.texts, "any" in term.texts

    @cache
    def is_system(name: str) -> bool:
        """Trackers are few, and each is looked at once."""
        folded = name.casefold()
        return any(text in folded for text in wanted)

    def test(item: Item) -> bool:
        source = item.source
        if source is None:
            return takes_none
        return takes_any or source.key.casefold() in wanted or is_system(source.system)

    return test


def _team(term: Term, context: Context) -> Test:
    fits = name_test(term.texts, context.me, by_beginning=True)
    titles = {team.id: team.title for team in context.workspace.teams.values()}
    return lambda item: fits([titles[item.team]] if item.team in titles else [])


def _number(of: Callable[[Item], float | None], wanted: Iterable[float], operator: str, *, takes_none: bool) -> Test:
    if operator == ":":
        values = frozenset(wanted)
        return lambda item: takes_none if (value := of(item)) is None else value in values
    compare = _COMPARE[operator]

    def reaches(bound: float) -> Test:
        def test(item: Item) -> bool:
            value = of(item)
            return value is not None and compare(value, bound)

        return test

    tests = [reaches(bound) for bound in wanted]
    if takes_none:
        tests.append(lambda item: of(item) is None)
    return reduce(_one, tests)


def _measure(of: Callable[[Item, Context], float | None]) -> Callable[[Term, Context], Test]:
    def matcher(term: Term, context: Context) -> Test:
        if "any" in term.texts:
            return lambda item: of(item, context) is not None
        bounds = [number_of(text) for text in term.texts if text != "none"]
        return _number(lambda item: of(item, context), bounds, term.operator, takes_none="none" in term.texts)

    return matcher


def _score(item: Item, context: Context) -> float | None:
    score = context.score(item)
    # As it is shown, so that score:8.4 finds what the eye finds.
    return None if score is None else round(score, 1)


def _days_since(of: Callable[[Item], datetime]) -> Callable[[Term, Context], Test]:
    return lambda term, context: in_spans(term, context.today, of)


def _closed_days(term: Term, context: Context) -> Test:
    """Days since it was finished, or, if it was not, dropped; whatever stages of that kind it went through since."""
    stages = context.workspace.settings.stages
    finished = {stage.name for stage in stages if stage.kind is StageKind.FINISHED}
    closed = {stage.name for stage in stages if not stage.kind.is_open}

    def closed_at(item: Item) -> datetime | None:
        return item.standing_since(finished if item.stage.stage in finished else closed)

    if "any" in term.texts:
        return lambda item: item.stage.stage in closed
    return in_spans(term, context.today, closed_at)


def _due(term: Term, context: Context) -> Test:
    if "any" in term.texts:
        return lambda item: item.due is not None
    bounds = [day_of(text, context.today).toordinal() for text in term.texts if text != "none"]
    return _number(
        lambda item: None if item.due is None else item.due.toordinal(),
        bounds,
        term.operator,
        takes_none="none" in term.texts,
    )


def _is(term: Term, context: Context) -> Test:
    return reduce(_one, [STATES[text](context) for text in dict.fromkeys(term.texts)])


def _id(term: Term, _: Context) -> Test:
    fits = ids_test(term.texts)
    return lambda item: fits(item.id)


_MATCHERS: dict[str, Callable[[Term, Context], Test]] = {
    "stage": _stage,
    "goal": _goal,
    "tag": _names(lambda item: item.tags),
    "owner": _names(lambda item: (item.owner,) if item.owner else ()),
    "kind": _kind,
    "horizon": _horizon,
    "text": _text,
    "size": _measure(lambda item, _: item.size),
    "age": _days_since(lambda item: item.created.at),
    "moved": _days_since(lambda item: item.stage.since),
    "closed": _closed_days,
    "due": _due,
    "score": _measure(_score),
    "id": _id,
    "source": _source,
    "requester": _names(lambda item: (item.requester,) if item.requester else ()),
    "team": _team,
    "verdict": _verdict,
    "is": _is,
}
