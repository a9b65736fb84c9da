"""The parser: tokens to a frozen tree, in time linear in the length of the text.

or-part   := and-part ("or" and-part)*
and-part  := not-part (["and"] not-part)*
not-part  := ("not" | "-") not-part | "(" or-part ")" | field | text
"""

from typing import NoReturn

from store.errors import QueryError
from store.models import Goal
from store.query.fields import (
    BARE_STATES,
    DIRECTIVE_BY_NAME,
    FIELD_BY_NAME,
    GROUPABLE,
    SORTABLE,
    Field,
    Takes,
)
from store.query.lexer import Sign, Token, Value, tokens_of
from store.query.nearest import nearest_name, quoted
from store.query.tree import And, Everything, Expression, Not, Or, SortKey, Term
from store.query.values import checked
from store.query.vocabulary import Vocabulary

MAX_NESTING = 32
MAX_VALUES = 64
"""Values that are looked for in one query, ids aside, which are looked up: the time for an item grows with them."""

KEYWORDS = ("and", "or", "not")


class Parser:
    """Reads one query; afterwards `sort` and `group` hold what the text said about order."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.sort: list[SortKey] = []
        self.group = ""
        self._vocabulary = vocabulary
        self._end = len(text)
        self._tokens = tokens_of(text)
        self._at = 0
        self._values = 0

    def tree(self) -> Expression:
        """The tree of the whole text.

        Raises:
            QueryError: the text is no query.
        """
        tree = self._or(0)
        token = self._peek()
        if token is not None:
            _fail("This parenthesis closes nothing.", token.column, "Put text with parentheses in quotes.")
        return tree

    def _or(self, depth: int) -> Expression:
        parts = [self._and(depth)]
        while (token := self._take("or")) is not None:
            right = self._and(depth)
            if isinstance(parts[-1], Everything) or isinstance(right, Everything):
                _fail("“or” needs something on both sides.", token.column, "For example stage:ready or stage:doing.")
            parts.append(right)
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _and(self, depth: int) -> Expression:
        parts: list[Expression] = []
        joint: Token | None = None
        while (token := self._peek()) is not None and token.sign is not Sign.CLOSE and not _is_word(token, "or"):
            found = self._take("and")
            if found is not None:
                if joint is not None or not parts:
                    _fail("“and” needs something on both sides.", found.column, "It can simply be left out.")
                joint = found
                continue
            part = self._not(depth)
            joint = None
            if not isinstance(part, Everything):
                parts.append(part)
        if joint is not None:
            _fail("“and” needs something on both sides.", joint.column, "It can simply be left out.")
        if not parts:
            return Everything()
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _not(self, depth: int) -> Expression:
        token = self._next()
        if depth > MAX_NESTING:
            _fail(f"The filter is nested deeper than {MAX_NESTING} levels.", token.column, "Leave a parenthesis out.")
        if token.sign is Sign.MINUS or _is_word(token, "not"):
            follower = self._peek()
            if follower is None or follower.sign is Sign.CLOSE or _is_word(follower, "or", "and"):
                shown = "-" if token.sign is Sign.MINUS else "not"
                _fail(f"“{shown}” needs something after it.", token.column, "For example -is:blocked.")
            part = self._not(depth + 1)
            if isinstance(part, Everything):
                _fail("An order cannot be negated.", token.column, "Write sort:-score to turn the order round.")
            return part.part if isinstance(part, Not) else Not(part)
        if token.sign is Sign.OPEN:
            part = self._or(depth + 1)
            closing = self._peek()
            if closing is None:
                _fail("This parenthesis is never closed.", token.column, "Put text with parentheses in quotes.")
            self._at += 1
            if isinstance(part, Everything):
                _fail("There is nothing between these parentheses.", token.column, "Put text with them in quotes.")
            return part
        return self._word(token)

    def _word(self, token: Token) -> Expression:
        if not token.operator:
            value = token.values[0]
            if not value.text:
                return Everything()
            self._count(token)
            if value.text.casefold() in BARE_STATES and not value.is_quoted:
                state = Value(value.text.casefold(), value.column)
                return Term("is", ":", (state,), token.column)
            return Term("text", ":", token.values, token.column)
        if token.name in DIRECTIVE_BY_NAME:
            self._order(token)
            return Everything()
        field = FIELD_BY_NAME.get(token.name)
        if field is None:
            nearest = nearest_name(token.name, (*FIELD_BY_NAME, *DIRECTIVE_BY_NAME))
            hint = f"Did you mean {nearest}:? " if nearest else ""
            _fail(f"There is no field {quoted(token.name)}.", token.column, f"{hint}Text with a colon goes in quotes.")
        return self._term(token, field)

    def _term(self, token: Token, field: Field) -> Expression:
        if not token.values:
            _fail(f"“{field.name}” needs a value.", token.column, f"For example {field.example}.")
        if field.name != "id":
            self._count(token)
        is_comparison = token.operator in {"<", "<=", ">", ">="}
        if is_comparison and not field.can_compare:
            message = f"“{field.name}” cannot be compared with {token.operator}."
            _fail(message, token.column, f"For example {field.example}.")
        if is_comparison and len(token.values) > 1:
            message = f"{token.operator} takes one value."
            _fail(message, token.values[1].column, f"For example {field.example}.")
        values = tuple(checked(value, field, self._vocabulary, is_comparison=is_comparison) for value in token.values)
        goals = frozenset(
            self._goal(value) for value in values if field.takes is Takes.GOAL and value.text not in {"none", "any"}
        )
        term = Term(field.name, token.operator if is_comparison else ":", values, token.column, goals)
        return Not(term) if token.operator == "!=" else term

    def _count(self, token: Token) -> None:
        self._values += len(token.values)
        if self._values > MAX_VALUES:
            _fail(f"A filter looks for at most {MAX_VALUES} values.", token.column, "Leave something out.")

    def _goal(self, value: Value) -> int:
        found = self._vocabulary.goals_named(value.text)
        if len(found) > 1:
            shown = ", ".join(quoted(goal.title) for goal in found[:3])
            more = f" and {len(found) - 3} more" if len(found) > 3 else ""
            hint = "Give a word that only one of them has, or an id."
            _fail(f"{quoted(value.text)} could be {shown}{more}.", value.column, hint)
        if found:
            return found[0].id
        words = {word: goal for goal in self._vocabulary.workspace.goals.values() for word in _words(goal)}
        nearest = nearest_name(value.text.casefold(), tuple(words))
        hint = (
            f"Did you mean {nearest}, as in {quoted(words[nearest].title)}?"
            if nearest
            else "goal:none finds the unmapped."
        )
        message = f"No goal is called {quoted(value.text)}."
        raise QueryError(message, value.column, hint)

    def _order(self, token: Token) -> None:
        example = DIRECTIVE_BY_NAME[token.name].example
        if token.operator not in {":", "="} or not token.values:
            _fail(f"“{token.name}” needs a field.", token.column, f"For example {example}.")
        allowed = SORTABLE if token.name == "sort" else GROUPABLE
        for value in token.values:
            name = value.text.removeprefix("-").casefold()
            if name not in allowed:
                nearest = nearest_name(name, allowed)
                hint = f"Did you mean {nearest}?" if nearest else f"Possible: {', '.join(allowed)}."
                _fail(f"Items cannot be {_DONE[token.name]} by {quoted(name)}.", value.column, hint)
            if token.name == "group":
                self.group = name
            elif all(key.field != name for key in self.sort):  # what is equal by a field stays equal by it
                self.sort.append(SortKey(name, is_descending=value.text.startswith("-")))

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _take(self, keyword: str) -> Token | None:
        token = self._peek()
        if token is None or not _is_word(token, keyword):
            return None
        self._at += 1
        return token


_DONE = {"sort": "sorted", "group": "grouped"}


def _is_word(token: Token, *keywords: str) -> bool:
    if token.sign is not Sign.WORD or token.operator or token.values[0].is_quoted:
        return False
    return token.values[0].text.casefold() in keywords


def _words(goal: Goal) -> list[str]:
    return [word for word in goal.title.casefold().split() if len(word) >= 3]


def _fail(message: str, column: int, hint: str) -> NoReturn:
    raise QueryError(message, column, hint)
