"""Whatever shows text from a store, from git or from a file, one line each. A new screen or command is a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

ITEM: Final = "{item}"
GOAL: Final = "{goal}"
DECISION: Final = "{decision}"
TEXT: Final = "{text}"
IMPORTED: Final = "{imported}"
STORE: Final = "{store}"
BASE: Final = "{base}"
OURS: Final = "{ours}"
THEIRS: Final = "{theirs}"
"""Words of a command that stand for what is in the hostile place."""


@dataclass(frozen=True, slots=True)
class Surface:
    """Something on the full screen.

    Args:
        name: what it is.
        keys: how one gets there from the overview; `=text` is pasted.
        shows: words by which one knows that it is there.
    """

    name: str
    keys: Sequence[str]
    shows: str = ""


def _at(screen: str, *surfaces: tuple[str, str, str]) -> list[Surface]:
    """Surfaces of one screen: the name, the keys after `g` and the letter of the screen, and what shows them."""
    return [Surface(name, ("g", screen, *keys.split()), shows) for name, keys, shows in surfaces]


SCREENS: Final[Sequence[Surface]] = (
    Surface("overview", (), "On top now"),
    Surface("help", ("?",), "Help"),
    Surface("palette", (":", "=t"), "t a"),
    Surface("go to", ("g",), "Go to"),
    Surface("open by id", ("g", "i"), "id"),
    Surface("a key that leads nowhere", ("g", "%"), "leads nowhere"),
    Surface("capture", ("c", "=@{text} #{text} ^{text} due:{text}"), "Capture"),
    Surface("captured", ("c", "={text}", "enter"), "Captured"),
    Surface("undone", ("c", "=x {text}", "enter", "esc", "u")),
    *_at(
        "b",
        ("backlog", "", "Backlog"),
        ("peek", "space", "serves"),
        ("filter", "/ =text:{text}", "filter"),
        ("filter that is wrong", "/ =stage:{text}", "is not a stage"),
        ("completion", "/ =tag:g", "tag:"),
        ("grouped by goal", "O", "Group"),
        ("order", "o", "Sort by"),
        ("item", "enter", "Item  "),
        ("next item", "enter ]", "Item  "),
        ("why", "w", "Why"),
        ("follow", "enter f", "Follow"),
        ("stage", "s", "Stage"),
        ("horizon", "h", "Horizon"),
        ("goals of an item", "m", "Goals"),
        ("tags", "t", "Tags"),
        ("owner", "a", "Owner"),
        ("title", "e", "Title"),
        ("size", "S ={text}", "Size"),
        ("ratings", "i", "Rate"),
        ("due", "D ={text}", "Due"),
        ("kind", "K", "Kind"),
        ("long text", "E", "ctrl+s"),
        ("blocked", "b", "Blocked"),
        ("decision of an item", "L", "ecision"),
        ("archived", "A", "rchived"),
        ("clipboard", "y", "clipboard"),
        ("address", "ctrl+o", "possible"),
    ),
    *_at(
        "t",
        ("triage", "", "Triage"),
        ("later", "3", "Later"),
        ("decline", "4", "Decline"),
        ("duplicate", "5", "Duplicate"),
        ("ask", "6", "Ask"),
        ("goals of a card", "m", "enter accepts"),
        ("item of a card", "enter", "Item  "),
        ("verdict", "1", ""),
        ("pause", "esc", ""),
        ("end of triage", "j j j j j j", ""),
    ),
    *_at(
        "m",
        ("goals", "", "Goals"),
        ("goal form", "E", "ctrl+s"),
        ("goal title", "e", "Title"),
        ("goal status", "s", "Status"),
        ("goal weight", "W ={text}", "Weight"),
        ("goal owner", "a", "Owner"),
        ("goal parent", "r", ""),
        ("map items", "m", ""),
        ("key result", "+ ={text}", "result"),
        ("measure", "= ={text}", ""),
        ("edit a key result", ".", ""),
        ("new goal", "n", ""),
    ),
    *_at(
        "d",
        ("decisions", "", "Decisions"),
        ("find a decision", "/ ={text}", ""),
        ("peek at a decision", "space", ""),
        ("decision", "enter", ""),
        ("status of a decision", "s", ""),
        ("decision form", "E", "ctrl+s"),
        ("what it replaces", "r", ""),
        ("link items", "l", ""),
        ("link goals", "m", ""),
        ("no longer in force", "f", ""),
    ),
    *_at(
        "s",
        ("sharing", "", "Sharing"),
        ("pane of a conflict", "tab down", "Sharing"),
        ("record of a conflict", "enter", ""),
        ("own value of a conflict", "e", ""),
        ("first side of a conflict", "1", "ettled"),
        ("second side of a conflict", "n 2", "ettled"),
        ("what was there before", "n 0", ""),
        ("both sides", "n 3", ""),
        ("the side that is left", "2", ""),
        ("settled conflicts", "h", ""),
        ("what came and what changed", "end", ""),
        ("setting up", "S", "It will write"),
        ("commit", "C", "Commit"),
        ("commit that a hook refuses", "C =x ctrl+s", ""),
        ("pull", "p", ""),
        ("push", "P", ""),
        ("fetch", "f", ""),
        ("merging the marks", "M", ""),
    ),
)

COMMANDS: Final[Sequence[Sequence[str]]] = (
    ("list", "is:any"),
    ("list", "is:any", "--json"),
    ("list", TEXT),
    ("list", f"stage:{TEXT}"),
    ("list", f'goal:"{TEXT}"'),
    ("show", ITEM),
    ("show", ITEM, "--json"),
    ("show", GOAL),
    ("show", GOAL, "--json"),
    ("show", DECISION),
    ("show", DECISION, "--json"),
    ("show", TEXT),
    ("export", "is:any", "--format", "json"),
    ("export", "is:any", "--format", "csv"),
    ("export", "is:any", "--format", "csv", "--raw"),
    ("export", "is:any", "--format", "md"),
    ("export", "is:any", "--format", "list"),
    ("export", "is:any", "--format", "md", "--output", f"{TEXT}/x"),
    ("export", "--format", TEXT),
    ("import", IMPORTED, "--dry-run"),
    ("import", IMPORTED, "--map", f"title={TEXT}", "--dry-run"),
    ("import", IMPORTED, "--encoding", TEXT),
    ("import", IMPORTED),
    ("import", TEXT),
    ("check",),
    ("check", "--json"),
    ("check", "--staged"),
    ("check", "--fix"),
    ("check", "--merges"),
    ("check", "--merges", "--json"),
    ("check", "--merges", "--fix"),
    ("check", "--merges", TEXT),
    ("conflicts",),
    ("conflicts", "--all", "--json"),
    ("settle", TEXT, "first"),
    ("settle", ITEM, TEXT),
    ("settle", ITEM, "--field", TEXT, "first"),
    ("settle", ITEM, "--field", "owner", "--value", TEXT),
    ("settle", ITEM, "--field", "owner", "base"),
    ("add", TEXT),
    ("add", f"@{TEXT} #{TEXT} ^{TEXT} due:{TEXT}"),
    ("init", TEXT),
    ("init", "x", "--team", TEXT, "--prefix", TEXT),
    ("demo", "--keep", TEXT),
    ("diff",),
    ("diff", "--json"),
    ("diff", "HEAD~1"),
    ("diff", TEXT),
    ("log",),
    ("log", "--json"),
    ("log", ITEM),
    ("log", TEXT),
    ("log", "--from", TEXT),
    ("git-setup",),
    ("git-setup", "--yes"),
    ("git-setup", "--remove"),
    ("textconv", STORE),
    ("textconv", IMPORTED),
    ("textconv", TEXT),
    ("merge", BASE, OURS, THEIRS, "--explain"),
    ("merge", BASE, OURS, THEIRS, "--explain", "--json", "--path", TEXT),
    ("merge", BASE, OURS, IMPORTED),
    ("merge", TEXT, TEXT, TEXT),
    ("merge", BASE, OURS, THEIRS, "--path", TEXT),
    ("recover",),
    ("recover", "--json"),
    ("recover", "1"),
    ("recover", "1", "--restore"),
    ("recover", TEXT),
    ("--at", "HEAD", "list", "is:any"),
    ("--at", "HEAD~1", "show", ITEM),
    ("--at", "HEAD", "check"),
    ("--at", TEXT, "list"),
    ("--at", "HEAD", "add", TEXT),
    ("--store", TEXT, "list"),
    (TEXT,),
    (f"--{TEXT}",),
)
"""Command lines; each is also run with variables of the environment that hold the payloads."""

MARKED_COMMANDS: Final[Sequence[Sequence[str]]] = (
    ("list",),
    ("show", ITEM),
    ("check",),
    ("check", "--json"),
    ("diff",),
    ("textconv", STORE),
    ("check", "--fix"),
    ("check", "--fix", "--yes"),
)
"""Command lines on a store with the marks of a merge in it; the last one mends it."""

START_KEYS: Final[Sequence[str]] = ("?", "1")
"""On the start screen: what leadline is, and a store in this folder."""

COPYING: Final = frozenset({"clipboard"})
"""Surfaces that put text on the clipboard, which is the one message to a terminal that holds data."""
