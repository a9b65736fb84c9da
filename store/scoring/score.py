"""A score with everything it was made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from store.models import Origin


@dataclass(frozen=True, slots=True)
class Term:
    """One step of a score: `measure x coefficient = result`.

    Args:
        name: what the step is about, in a word or two.
        measure: what goes in: for a goal the strength (1/3 to 1), for every later step the result so far.
        coefficient: what it is multiplied with, or divided by.
        result: what comes out.
        sentence: the step in words.
        operator: `x` or `/`.
        is_assumed: whether the input is not known and a neutral value stands for it.
        goal: the goal of a goal step.
    """

    name: str
    measure: float
    coefficient: float
    result: float
    sentence: str
    operator: str = "x"
    is_assumed: bool = False
    goal: int | None = None

    @property
    def sum(self) -> str:
        """`measure x coefficient = result` in figures."""
        return f"{figure(self.measure)} {self.operator} {figure(self.coefficient)} = {figure(self.result)}"


@dataclass(frozen=True, slots=True)
class Score:
    """What an item scores and why.

    Args:
        value: the score; None where there can be none, then `reason` says why.
        terms: the steps, in order.
        missing: inputs that are not known; their steps are marked as assumed.
        reason: why there is no score; empty where there is one.
        parts: how much of the goal value serves priorities of the company, of customers, of the team.
        inherited_from: the item whose higher score this one takes because it blocks it.
    """

    value: float | None
    terms: tuple[Term, ...] = ()
    missing: tuple[str, ...] = ()
    reason: str = ""
    parts: Mapping[Origin, float] = field(default_factory=dict)
    inherited_from: int | None = None

    @property
    def goal_value(self) -> float:
        """The sum of `parts`: how much of all that is wanted the item serves, in per cent."""
        return sum(self.parts.values())

    @property
    def line(self) -> str:
        """The whole sum on one line: `8.4 = value 19 x urgency 1.1 x sure 80 % / size 2`."""
        if self.value is None:
            return f"no score: {self.reason}"
        steps = [f"value {figure(self.goal_value)}"]
        for term in self.terms:
            if term.goal is None and term.name in _SHORT and not (term.name == "due" and term.coefficient == 1):
                mark = "?" if term.is_assumed else ""
                steps.append(f"{term.operator} {_SHORT[term.name].format(_coefficient(term))}{mark}")
        line = f"{figure(self.value)} = {' '.join(steps)}"
        return f"{line}, because it blocks another" if self.inherited_from is not None else line


_SHORT = {"urgency": "urgency {}", "due": "due {}", "confidence": "sure {} %", "size": "size {}"}


def _coefficient(term: Term) -> str:
    return figure(term.coefficient * 100) if term.name == "confidence" else figure(term.coefficient)


def figure(value: float) -> str:
    """A number for the eye: one decimal below ten, two below one, none above; no trailing zeros."""
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 1 else 2
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
