"""A query as a frozen tree."""

from dataclasses import dataclass

from store.query.lexer import Value


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every item."""


@dataclass(frozen=True, slots=True)
class Term:
    """One field compared with one or, for `:`, any of several values.

    `operator` is one of `:`, `<`, `<=`, `>`, `>=`. `goals` are the ids that the values of a `goal` field mean.
    """

    field: str
    operator: str
    values: tuple[Value, ...]
    column: int
    goals: frozenset[int] = frozenset()

    @property
    def texts(self) -> tuple[str, ...]:
        """The values as written, without quotes."""
        return tuple(value.text for value in self.values)


@dataclass(frozen=True, slots=True)
class Not:
    """Matches what the part does not match."""

    part: "Expression"


@dataclass(frozen=True, slots=True)
class And:
    """Matches what every part matches."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Matches what at least one part matches."""

    parts: tuple["Expression", ...]


Expression = Everything | Term | Not | And | Or


@dataclass(frozen=True, slots=True)
class SortKey:
    """A field to sort by, smallest first unless `is_descending`; items without a value always come last."""

    field: str
    is_descending: bool = False


def terms_in(expression: Expression) -> list[Term]:
    """All terms, from left to right, negated or not."""
    if isinstance(expression, Term):
        return [expression]
    if isinstance(expression, Not):
        return terms_in(expression.part)
    if isinstance(expression, And | Or):
        return [term for part in expression.parts for term in terms_in(part)]
    return []
