"""The figures of the proofs: what each one ran and found, as one table at the end of the run."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

Figure = str | int | float
Figures = Mapping[str, Figure]
Report = Callable[[str, Figures], None]
"""What the fixture `report` gives: `report("Power cut", {"states": 51_204, "violations": 0})`."""

PROPERTY: Final = "figures"
"""The name under which a test's report carries them, also from one process to another."""


def line_of(name: str, figures: Figures) -> str:
    """`Power cut: 51,204 states, 0 violations`."""
    return f"{name}: " + ", ".join(f"{_shown(value)} {unit}" for unit, value in figures.items())


def lines_of(properties: Iterable[tuple[str, object]]) -> list[str]:
    """The lines among the properties of a test's report."""
    return [str(value) for name, value in properties if name == PROPERTY]


def _shown(value: Figure) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.4g}" if isinstance(value, float) else value
