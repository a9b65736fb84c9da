"""What could stand where the cursor is."""

from collections.abc import Iterable
from typing import NamedTuple

from store.query.fields import DIRECTIVES, FIELD_BY_NAME, FIELDS, GROUPABLE, SORTABLE, STATES, Field, Takes
from store.query.lexer import OPERATORS
from store.query.vocabulary import Vocabulary

MOST = 12
_KEYWORDS = (("and", "both sides"), ("or", "either side"), ("not", "the opposite of what follows"))
_DAYS = (("7d", "a week"), ("30d", "a month"), ("90d", "a quarter"), ("365d", "a year"))
_DUE = (("today", ""), ("tomorrow", ""), ("fri", "the next Friday"), ("+2w", "in two weeks"), ("eom", "end of month"))
_NUMBERS = tuple((str(number), "") for number in (1, 2, 3, 5, 8, 13))


class Completion(NamedTuple):
    """One proposal: put `replacement` in place of the text from `start` to `end`."""

    replacement: str
    description: str
    start: int
    end: int


def completions(text: str, cursor: int, vocabulary: Vocabulary) -> list[Completion]:
    """Proposals for the word the cursor is in or behind, at most twelve, best first.

    In a field's values its values are proposed, elsewhere fields. What is already written as proposed is left out.
    """
    cursor = max(0, min(cursor, len(text)))
    start = _start_of_word(text, cursor)
    word = text[start:cursor]
    signs = len(word) - len(word.lstrip("-"))
    start, word = start + signs, word[signs:]
    name, operator = _split(word)
    if not operator:
        return _fitting(word, _fields(), start, cursor)
    piece = max(word.rfind(",") + 1, len(name) + len(operator))
    typed = word[piece:]
    if name.casefold() in {"sort", "group"} and typed.startswith("-"):
        piece, typed = piece + 1, typed[1:]
    written = {value.strip('"').casefold() for value in word[len(name) + len(operator) : piece].split(",")}
    values = _values(name.casefold(), typed, vocabulary)
    return _fitting(typed, [pair for pair in values if pair[0] not in written], start + piece, cursor)


def _start_of_word(text: str, cursor: int) -> int:
    start, is_inside = 0, False
    for at in range(cursor):
        if text[at] == '"':
            is_inside = not is_inside
        elif not is_inside and (text[at].isspace() or text[at] in "()"):
            start = at + 1
    return start


def _split(word: str) -> tuple[str, str]:
    at = 0
    while at < len(word) and word[at].isalpha():
        at += 1
    return word[:at], next((sign for sign in OPERATORS if at and word.startswith(sign, at)), "")


def _fitting(typed: str, proposals: Iterable[tuple[str, str]], start: int, end: int) -> list[Completion]:
    """Those that begin with what is typed before those that only contain it."""
    wanted = typed.replace('"', "").casefold()
    begun, within = [], []
    for replacement, description in proposals:
        folded = replacement.strip('"').casefold()
        if folded == wanted or replacement == typed:
            continue
        if folded.startswith(wanted):
            begun.append(Completion(replacement, description, start, end))
        elif wanted and any(word.startswith(wanted) for word in (*folded.split(), *description.casefold().split())):
            within.append(Completion(replacement, description, start, end))
    return (begun + within)[:MOST]


def _fields() -> list[tuple[str, str]]:
    named = [(f"{field.name}:", field.help) for field in (*FIELDS, *DIRECTIVES)]
    return [*named, *_KEYWORDS]


def _values(name: str, typed: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    if name in {"sort", "group"}:
        return [(field, "") for field in (SORTABLE if name == "sort" else GROUPABLE)]
    field = FIELD_BY_NAME.get(name)
    if field is None:
        return []
    values = _of_field(field, typed, vocabulary)
    if field.can_be_none:
        values += [("none", f"without {'an' if name == 'owner' else 'a'} {name}"), ("any", f"with any {name}")]
    return values


def _of_field(field: Field, typed: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    if field.takes is Takes.GOAL:
        begun = typed.strip('"').casefold()
        goals = [
            goal
            for goal in vocabulary.workspace.goals.values()
            if goal.archived is None and any(word.startswith(begun) for word in goal.title.casefold().split())
        ]
        goals.sort(key=lambda goal: -vocabulary.tree.shares.get(goal.id, -1.0))
        # Finding the word that names a goal alone takes a look at all the others.
        goals = goals[:MOST]
        return [(_quoted(vocabulary.goal_word(goal, typed.strip('"'))), goal.title) for goal in goals]
    names: dict[str, tuple[str, ...]] = {
        "tag": vocabulary.tags,
        "owner": ("@me", *(f"@{owner}" for owner in vocabulary.owners)),
        "requester": tuple(f"@{name}" for name in vocabulary.requesters),
        "team": vocabulary.teams,
        "source": vocabulary.sources,
        "stage": vocabulary.stages,
        "kind": vocabulary.kinds,
        "horizon": vocabulary.horizons,
        "verdict": vocabulary.verdicts,
    }
    if field.name in names:
        return [(_quoted(str(name)), "") for name in names[field.name]]
    by_kind: dict[Takes, Iterable[tuple[str, str]]] = {
        Takes.STATE: STATES.items(),
        Takes.DAYS: _DAYS,
        Takes.DAY: _DUE,
        Takes.NUMBER: _NUMBERS,
    }
    return list(by_kind.get(field.takes, ()))


def _quoted(text: str) -> str:
    is_plain = text and not any(letter.isspace() or letter in '(),"' for letter in text)
    return text if is_plain else '"{}"'.format(text.replace('"', ""))
