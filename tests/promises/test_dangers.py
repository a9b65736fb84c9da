"""Nothing in the source can run what a store says, and every fault is caught by its name."""

import ast

from tests.promises.sources import calls, keyword, sources

FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "yaml", "code", "imp"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input", "system", "popen"}
LAST_NET = "tui/cli/running.py"
"""The one place that may catch everything, because it says what to do with it."""


def test_no_module_that_runs_data_is_imported() -> None:
    found = []
    for source in sources():
        for node in ast.walk(source.tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [source.place(node) for name in names if name.partition(".")[0] in FORBIDDEN_MODULES]
    assert found == []


def test_nothing_is_evaluated_and_no_shell_is_asked() -> None:
    found = [
        source.place(node)
        for source, node, name in calls()
        if (name in FORBIDDEN_CALLS and not _is_re_compile(node)) or keyword(node, "shell") is not None
    ]
    assert found == []


def test_faults_are_caught_by_their_names() -> None:
    found = []
    for source in sources():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ExceptHandler):
                names = {each.id for each in ast.walk(node.type) if isinstance(each, ast.Name)} if node.type else {""}
                if names & {"", "Exception", "BaseException"} and source.name != LAST_NET:
                    found.append(source.place(node))
    assert found == []


def test_only_the_crash_report_prints() -> None:
    found = [source.place(node) for source, node, name in calls() if name == "print"]
    assert [place for place in found if not place.startswith("tui/failures.py")] == []


def test_only_disk_clock_and_shell_touch_the_world() -> None:
    """Time, chance and files arrive as arguments everywhere else in the store."""
    worldly = {"utcnow", "today", "random", "randint", "token_hex", "getenv", "open", "read_text", "write_text"}
    allowed = ("store/disk/", "store/clock/", "store/exchange/")
    found = [
        source.place(node)
        for source, node, name in calls()
        if source.name.startswith("store/") and not source.name.startswith(allowed)
        if name in worldly or (name == "now" and not node.args and _root(node.func) in {"datetime", "date"})
        if not (isinstance(node.func, ast.Attribute) and _root(node.func) in {"self", "context"})
    ]
    assert [place for place in found if not place.startswith("store/workbench/")] == []


def _is_re_compile(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and _root(node.func) == "re"


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
