"""Nothing in the source can run what a store says, and every fault is caught by its name."""

import ast

from tests.promises.sources import calls, keyword, last_name, sources

FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "yaml", "code", "imp"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input", "system", "popen"}
WRITERS = {
    "store/disk/": "the store, its lock, its journal and its copies: each has a protocol of its own",
    "store/exchange/writing.py": "an export, which never replaces a store",
    "screens/dialogs/text.py": "a text for the person's editor, in a folder of its own",
    "tui/preferences.py": "the theme",
    "tui/leaving.py": "a new copy beside the journal, for edits that could not be saved",
    "tui/failures.py": "the details of a crash",
    "tui/cli/demo.py": "a demo that is thrown away",
    "tui/cli/streams.py": "standard output and standard error, and nowhere where those are closed",
}
"""Who may change files, and what for: nobody else, so that nothing goes past the protocol of the store."""

STARTERS = {
    "screens/dialogs/text.py": "the editor that the person set",
    "store/disk/": "git",
    "tui/cli/": "git",
    "tui/browsing.py": "what opens web addresses",
}
"""Who may start a program, and which."""

WRITING_CALLS = {"write_text", "write_bytes", "touch", "unlink", "rmdir", "rmtree", "mkstemp", "mkdtemp", "symlink_to"}
WRITING_FLAGS = {"O_WRONLY", "O_RDWR", "O_CREAT", "O_APPEND", "O_TRUNC"}
STARTING_CALLS = {"run", "Popen", "call", "check_call", "check_output"}
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


def test_only_those_who_say_why_change_files() -> None:
    found = {
        source.name
        for source in sources()
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Call) and _writes(node))
        or (isinstance(node, ast.Attribute) and node.attr in WRITING_FLAGS and _root(node) == "os")
    }
    assert [name for name in sorted(found) if not name.startswith(tuple(WRITERS))] == []


def test_only_those_who_say_which_start_programs_each_by_a_list_of_words() -> None:
    starting = [
        (source, node)
        for source, node, name in calls()
        if (name in STARTING_CALLS and _root(node.func) == "subprocess") or name.startswith("create_subprocess")
    ]
    assert [source.place(node) for source, node in starting if not source.name.startswith(tuple(STARTERS))] == []
    assert [source.place(node) for source, node in starting if not _is_a_list(node)] == []
    assert [source.place(node) for source, node in starting if keyword(node, "executable") is not None] == []
    names = {name for _, _, name in calls()}
    assert not names & {"execv", "execve", "execvp", "execl", "spawnv", "spawnl", "posix_spawn", "fork", "forkpty"}


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


def _writes(node: ast.Call) -> bool:
    name = last_name(node.func)
    if name == "open" and not (isinstance(node.func, ast.Attribute) and _root(node.func) in {"os", "self"}):
        mode = keyword(node, "mode") or next((each for each in node.args if isinstance(each, ast.Constant)), None)
        return isinstance(mode, ast.Constant) and bool(set(str(mode.value)) & set("wax+"))
    return name in WRITING_CALLS and _root(node.func) != "formatter"  # click writes its help with one


def _is_a_list(node: ast.Call) -> bool:
    """Whether the command is words one by one, or a name for them, and not one text for somebody to take apart."""
    return bool(node.args) and not isinstance(node.args[0], (ast.Constant, ast.JoinedStr, ast.BinOp))


def _is_re_compile(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and _root(node.func) == "re"


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
