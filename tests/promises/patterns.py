"""Every regular expression of the source, as text, and what makes one slow."""

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

from tests.promises.sources import Source, last_name, sources

TAKERS: Final = {"compile", "_compiled", "search", "match", "fullmatch", "sub", "subn", "findall", "finditer", "split"}
"""What takes a pattern as its first argument, when it is called as `re.…`."""

SEARCHING: Final = {"search", "sub", "subn", "findall", "finditer", "split"}

REPEATS: Final = {codes.MAX_REPEAT, codes.MIN_REPEAT}


def pattern_calls() -> Iterator[tuple[Source, ast.Call]]:
    """Every call that takes a regular expression."""
    for source in sources():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and _takes_pattern(node.func) and node.args:
                yield source, node


def _takes_pattern(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        return isinstance(called.value, ast.Name) and called.value.id == "re" and called.attr in TAKERS
    return isinstance(called, ast.Name) and called.id == "_compiled"


def loose_names(node: ast.expr) -> list[str]:
    """The names in a pattern that are no constants and are not escaped: what may be data."""
    if isinstance(node, ast.Call) and last_name(node.func) == "escape":
        return []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return [name for argument in node.args for name in loose_names(argument)]
    if isinstance(node, ast.IfExp):
        return [*loose_names(node.body), *loose_names(node.orelse)]
    if isinstance(node, ast.Name):
        return [] if node.id.strip("_").isupper() else [node.id]
    return [name for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr) for name in loose_names(child)]


def searched_places() -> frozenset[str]:
    """Where a pattern stands that is looked for anywhere in a text, by the call itself or by the name it is given."""
    found = set()
    for source, call in pattern_calls():
        if last_name(call.func) in SEARCHING:
            found.add(source.place(call))
    for source in sources():
        for name, call in _named_patterns(source.tree):
            attributes = (node for node in ast.walk(source.tree) if isinstance(node, ast.Attribute))
            if any(node.attr in SEARCHING and _is(node.value, name) for node in attributes):
                found.add(source.place(call))
    return frozenset(found)


def _named_patterns(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.Call) and _takes_pattern(value.func):
            yield target.id, value


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def patterns() -> Mapping[str, str]:
    """Every pattern that is made of constants alone, and where it stands."""
    found: dict[str, str] = {}
    for source, call in pattern_calls():
        names = {each.id for each in ast.walk(call.args[0]) if isinstance(each, ast.Name)}
        if any(not name.strip("_").isupper() and name != "re" for name in names):
            continue
        text = eval(  # noqa: S307 - an expression of our own source, made of its own constants
            compile(ast.Expression(call.args[0]), source.name, "eval"), dict(vars(import_module(source.module)))
        )
        found.setdefault(text.decode("latin-1") if isinstance(text, bytes) else text, source.place(call))
    return found


def nested(pattern: str) -> bool:
    """Whether something that may be repeated without end is itself repeated: `(a+)+` takes for ever."""
    return any(_holds_endless(part) for part in _endless(parser.parse(pattern)))


def begins_endless(pattern: str) -> bool:
    """Whether it begins with an endless repeat that something must follow: a search tries it from every place."""
    items = list(parser.parse(pattern))
    if not items or items[0][0] not in REPEATS or items[0][1][1] is not codes.MAXREPEAT:
        return False
    return any(_must(item) for item in items[1:])


def _must(item: tuple[Any, Any]) -> bool:
    return not (item[0] in REPEATS and item[1][0] == 0)


def _endless(tree: Any) -> Iterator[Any]:
    for code, arguments in tree:
        for part in _parts(code, arguments):
            if code in REPEATS and arguments[1] is codes.MAXREPEAT:
                yield part
            yield from _endless(part)


def _holds_endless(tree: Any) -> bool:
    return any(
        (code in REPEATS and arguments[1] is codes.MAXREPEAT) or any(map(_holds_endless, _parts(code, arguments)))
        for code, arguments in tree
    )


def _parts(code: Any, arguments: Any) -> list[Any]:
    if code in {*REPEATS, codes.POSSESSIVE_REPEAT}:
        return [arguments[2]]
    if code is codes.SUBPATTERN:
        return [arguments[3]]
    if code is codes.BRANCH:
        return list(arguments[1])
    if code in {codes.ASSERT, codes.ASSERT_NOT}:
        return [arguments[1]]
    return [arguments] if code is codes.ATOMIC_GROUP else []
