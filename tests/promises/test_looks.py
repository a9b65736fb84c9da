"""Colours have one home, so that both themes and contrast tests cover every one of them."""

import ast
import re

from tests.promises.sources import FLOORS, ROOT, sources

THEME = "screens/theme.py"
_HEX = re.compile(r"(?<![\w&])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6})\b|\brgba?\(|\bhsla?\(")
_SHORT = re.compile(r":\s*#[0-9a-fA-F]{3,4}\b")


def test_no_colour_stands_outside_the_theme() -> None:
    found = [
        source.place(node)
        for source in sources()
        if source.name != THEME
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _has_colour(node.value)
    ]
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.tcss"):
            lines = path.read_text(encoding="utf-8").splitlines()
            found += [f"{path.name}:{number}" for number, line in enumerate(lines, 1) if _has_colour(line)]
    assert found == []


def _has_colour(text: str) -> bool:
    return bool(_HEX.search(text) or _SHORT.search(text))
