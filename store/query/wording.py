"""A query in words, for the line that an empty list shows."""

from collections.abc import Iterable

from store.models import Workspace
from store.query.query import Query
from store.query.tree import And, Everything, Expression, Not, Or, Term

_COMPARED = {"<": "under", "<=": "at most", ">": "over", ">=": "at least"}
_AGES = {"<": "younger than", "<=": "at most", ">": "older than", ">=": "at least"}
_DAYS = {"<": "before", "<=": "by", ">": "after", ">=": "from"}


def describe(query: Query, workspace: Workspace) -> str:
    """Says that nothing was found, for example “Nothing is ready, of size at most 3 and for “Fewer hours”.”."""
    phrase = phrase_of(query, workspace)
    return f"Nothing is {phrase}." if phrase else "There is nothing here."


def phrase_of(query: Query, workspace: Workspace) -> str:
    """What the query looks for, to be read after “is”; empty where it looks for everything."""
    return _phrase(query.tree, workspace)


def _phrase(expression: Expression, workspace: Workspace) -> str:
    if isinstance(expression, Everything):
        return ""
    if isinstance(expression, Term):
        return _term(expression, workspace)
    if isinstance(expression, Not):
        inner = _phrase(expression.part, workspace)
        if isinstance(expression.part, And | Or):
            return f"not ({inner})"
        return inner.removeprefix("not ") if inner.startswith("not ") else f"not {inner}"
    parts = []
    for part in expression.parts:
        inner = _phrase(part, workspace)
        parts.append(f"({inner})" if isinstance(part, Or) else inner)
    return joined(parts, "and" if isinstance(expression, And) else "or")


def joined(parts: Iterable[str], word: str) -> str:
    """`a, b and c`."""
    listed = list(parts)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {word} {listed[-1]}"


def _term(term: Term, workspace: Workspace) -> str:
    return joined((_value(term, text, workspace) for text in _texts(term, workspace)), "or")


def _texts(term: Term, workspace: Workspace) -> list[str]:
    if term.field != "goal":
        return list(term.texts)
    named = [goal.title for goal in workspace.goals.values() if goal.id in term.goals]
    return [text for text in term.texts if text in {"none", "any"}] + named


def _value(term: Term, text: str, workspace: Workspace) -> str:  # noqa: PLR0911 - one line for each way of speaking
    name, operator = term.field, term.operator
    if text in {"none", "any"} and name in _WITHOUT:
        return _WITHOUT[name] if text == "none" else _WITH[name]
    if name in {"owner", "requester"}:
        who = "you" if text.casefold() == "@me" else f"@{text.removeprefix('@')}"
        return f"owned by {who}" if name == "owner" else f"asked for by {who}"
    if name == "size":
        return f"of size {_COMPARED.get(operator, '')} {text}".replace("  ", " ")
    if name == "score":
        return f"scored {_COMPARED.get(operator, '')} {text}".replace("  ", " ")
    if name == "age":
        return f"{_AGES.get(operator, 'exactly')} {_span(text)}{'' if operator in {'<', '>'} else ' old'}"
    if name == "moved":
        return f"{_COMPARED.get(operator, 'exactly')} {_span(text)} in its stage"
    if name == "closed":
        return f"closed {_COMPARED.get(operator, 'exactly')} {_span(text)} ago"
    if name == "due":
        return f"due {_DAYS.get(operator, 'on')} {text}"
    if name == "id":
        return f"called {text if '-' in text else f'{workspace.settings.prefix}-{text}'.upper()}"
    return _PATTERNS[name].format(text=text)


def _span(text: str) -> str:
    number = text.rstrip("dwmyDWMY")
    unit = {"w": "week", "m": "month", "y": "year"}.get(text[len(number) :].casefold(), "day")
    return f"{number} {unit}{'' if number == '1' else 's'}"


_PATTERNS = {
    "stage": "{text}",
    "goal": "for “{text}”",
    "tag": "tagged {text}",
    "kind": "a {text}",
    "horizon": "meant for {text}",
    "text": "about “{text}”",
    "source": "from {text}",
    "team": "with team {text}",
    "verdict": "ruled {text}",
    "is": "{text}",
}

_WITHOUT = {
    "goal": "without a goal",
    "tag": "without a tag",
    "owner": "without an owner",
    "horizon": "without a horizon",
    "size": "without a size",
    "closed": "open",
    "due": "without a due date",
    "score": "without a score",
    "source": "captured here",
    "requester": "asked for by nobody",
    "team": "without a team",
    "verdict": "without a verdict",
}

_WITH = {
    "goal": "for any goal",
    "tag": "tagged",
    "owner": "owned",
    "horizon": "given a horizon",
    "size": "sized",
    "closed": "closed",
    "due": "due",
    "score": "scored",
    "source": "imported",
    "requester": "asked for by somebody",
    "team": "with a team",
    "verdict": "ruled",
}
