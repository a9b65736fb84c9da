"""Options of a decision as text that people write: a title on a line of its own, what speaks for and against it below.

Keep it until summer
+ No team has to hurry
~ Costs the same
- Ten days of upkeep
"""

from typing import Final

from store.errors import RuleError
from store.models import Option, made

GOOD: Final = "+"
NEUTRAL: Final = "~"
BAD: Final = "-"
MARKS: Final = {GOOD: "good", NEUTRAL: "neutral", BAD: "bad"}
"""The sign in front of an argument, and what it says."""

EXAMPLE: Final = "an option on a line of its own, below it + good, ~ neutral and - bad, one on each line"
PLAIN: Final = "\\"
"""In front of a title that would read as an argument."""


def options_text(options: tuple[Option, ...]) -> str:
    """The options as text; `read_options` gives the same options back."""
    return "\n\n".join(_text(option) for option in options)


def read_options(text: str) -> tuple[Option, ...]:
    """The options that the text describes, in order.

    Raises:
        RuleError: a line cannot be read; the sentence names the line.
    """
    found: list[dict[str, list[str]]] = []
    titles: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        mark, rest = words[:1], words[1:].strip()
        if not words:
            continue
        if mark not in MARKS:
            titles.append(_title(words.removeprefix(PLAIN).strip(), number))
            found.append({})
        elif not rest:
            message = f"Line {number} has a “{mark}” and nothing behind it."
            raise RuleError(message, "Say what speaks for or against the option.")
        elif not found:
            message = f"Line {number} is an argument, but no option stands above it."
            raise RuleError(message, "Put the title of the option on the line above.")
        else:
            found[-1].setdefault(MARKS[mark], []).append(rest)
    return tuple(
        made(Option, title=title, **{name: tuple(lines) for name, lines in arguments.items()})
        for title, arguments in zip(titles, found, strict=True)
    )


def options_words(text: str) -> str:
    """How the text is read: `2 options, 3 good, 1 neutral, 2 bad`.

    Raises:
        RuleError: as `read_options`.
    """
    options = read_options(text)
    counts = {name: sum(len(getattr(option, name)) for option in options) for name in MARKS.values()}
    said = [f"{count} {name}" for name, count in counts.items() if count]
    return ", ".join([f"{len(options)} option{'' if len(options) == 1 else 's'}", *said])


def _text(option: Option) -> str:
    title = option.title if option.title[:1] not in {*MARKS, PLAIN} else f"{PLAIN}{option.title}"
    lines = [f"{mark} {argument}" for mark, name in MARKS.items() for argument in getattr(option, name) if argument]
    return "\n".join([title, *lines])


def _title(words: str, number: int) -> str:
    if not words or len(words) > 500:
        message = f"The title of the option on line {number} {'is missing' if not words else 'is too long'}."
        raise RuleError(message, "Use 1 to 500 characters; put the reasons on lines of their own below.")
    return words
