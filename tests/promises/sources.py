"""The source of the project, for tests that read it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("tui", "screens", "store")


@dataclass(frozen=True)
class Source:
    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        return self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def place(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file of the three floors."""
    paths = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))
    texts = ((path, path.read_text(encoding="utf-8")) for path in paths)
    return tuple(Source(path, text, ast.parse(text)) for path, text in texts)


def calls() -> Iterator[tuple[Source, ast.Call, str]]:
    """Every call with the last part of what is called: `notify` of `self.notify(...)`."""
    for source in sources():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call):
                yield source, node, last_name(node.func)


def last_name(node: ast.expr) -> str:
    """`notify` of `self.notify`, `Static` of `Static`; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """The value of a keyword of a call."""
    return next((each.value for each in call.keywords if each.arg == name), None)


def is_made_up(node: ast.expr | None) -> bool:
    """Whether a text is put together or comes from somewhere, rather than standing there as it is."""
    if isinstance(node, ast.Call):
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        if isinstance(owner, ast.Call) and last_name(owner.func) in {"Content", "Text"}:
            return False  # styled pieces joined, never read as markup
        return last_name(node.func) in {"format", "join", "clean", "clean_block", "str", "fit"}
    return isinstance(node, (ast.JoinedStr, ast.BinOp))
