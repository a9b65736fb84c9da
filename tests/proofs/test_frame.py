"""The frame of the proofs itself."""

from tests.proofs.figures import PROPERTY, line_of, lines_of
from tests.proofs.sizes import is_long, size


def test_a_run_is_short_unless_it_is_said_to_be_long() -> None:
    assert size(2, 3) == (3 if is_long() else 2)


def test_figures_read_as_one_line() -> None:
    line = line_of("Power cut", {"states": 51_204, "lost": 0, "% clean": 98.7654, "median": "3 ms"})
    assert line == "Power cut: 51,204 states, 0 lost, 98.77 % clean, 3 ms median"
    assert lines_of([("other", 1), (PROPERTY, line)]) == [line]
