"""The two colour themes: navy for the dark, paper for the light. The only file that holds a colour.

Widgets name Textual's own variables (`$foreground`, `$text-muted`, `$block-cursor-background`); both themes give them
our values. So a widget also looks right, if not ours, under any other theme a person may choose.

One accent, brass, marks the cursor and the live key. Coral warns, teal says well done, muted is finished or less
important. Coral and teal lie on the orange-blue axis, which colour-blind eyes keep apart.
"""

from typing import Final

from textual.theme import Theme

TONES: Final = {
    "": "$foreground",
    "strong": "bold $foreground",
    "muted": "$text-muted",
    "accent": "bold $text-accent",
    "good": "$text-success",
    "warning": "$text-warning",
}
"""What the words for tones mean, as styles of `textual.content.Content`. Used by every cell, part and sentence."""

_INKS: Final = ("foreground", "text-muted", "text-accent", "text-success", "text-warning", "text-error")
_GROUNDS: Final = (
    "background",
    "surface",
    "panel",
    "block-cursor-background",
    "block-cursor-blurred-background",
    "block-hover-background",
)
READABLE_PAIRS: Final = (
    *((ink, ground) for ink in _INKS for ground in _GROUNDS),
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
    ("button-color-foreground", "primary"),
    ("button-color-foreground", "success"),
    ("button-color-foreground", "warning"),
    ("button-color-foreground", "error"),
    ("link-color", "background"),
)
"""Every text on every ground it may stand on, by variable: each reaches a contrast of 4.5 to 1 (WCAG AA)."""


def _theme(name: str, *, dark: bool, colours: dict[str, str]) -> Theme:
    """A theme in which every variable our widgets name has one of the few colours given."""
    ink, paper, accent = colours["ink"], colours["paper"], colours["accent"]
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=colours["muted"],
        accent=accent,
        warning=colours["warning"],
        error=colours["error"],
        success=colours["good"],
        foreground=ink,
        background=paper,
        surface=colours["surface"],
        panel=colours["panel"],
        variables={
            "text": ink,
            "text-muted": colours["muted"],
            "text-disabled": colours["muted"],
            "foreground-muted": colours["muted"],
            "text-primary": accent,
            "text-secondary": colours["muted"],
            "text-accent": accent,
            "text-success": colours["good"],
            "text-warning": colours["warning"],
            "text-error": colours["error"],
            "block-cursor-foreground": ink,
            "block-cursor-background": colours["cursor"],
            "block-cursor-text-style": "none",
            "block-cursor-blurred-foreground": ink,
            "block-cursor-blurred-background": colours["cursor-blurred"],
            "block-hover-background": colours["selected"],
            "border": colours["line-focused"],
            "border-blurred": colours["line"],
            "scrollbar": colours["line"],
            "scrollbar-hover": colours["line-focused"],
            "scrollbar-active": accent,
            "scrollbar-background": paper,
            "scrollbar-background-hover": paper,
            "scrollbar-background-active": paper,
            "scrollbar-corner-color": paper,
            "footer-background": paper,
            "footer-foreground": ink,
            "footer-key-foreground": accent,
            "footer-description-foreground": ink,
            "input-cursor-background": accent,
            "input-cursor-foreground": paper,
            "input-selection-background": colours["cursor"],
            "input-selection-foreground": ink,
            "screen-selection-background": colours["cursor"],
            "screen-selection-foreground": ink,
            "button-foreground": ink,
            "button-color-foreground": paper,
            "link-color": accent,
            "link-color-hover": ink,
            "link-background-hover": colours["cursor"],
            "markdown-h1-color": accent,
            "markdown-h2-color": accent,
            "markdown-h3-color": ink,
            "markdown-h6-color": colours["muted"],
        },
    )


DARK: Final = _theme(
    "leadline-dark",
    dark=True,
    colours={
        "paper": "#0e1726",
        "surface": "#132033",
        "panel": "#1a2a41",
        "ink": "#d9e2ee",
        "muted": "#94a4bb",
        "accent": "#e0b057",
        "good": "#5cc9b8",
        "warning": "#ff967f",
        "error": "#ff8585",
        "cursor": "#22385a",
        "cursor-blurred": "#1a2b45",
        "selected": "#172539",
        "line": "#2f4463",
        "line-focused": "#55719b",
    },
)

LIGHT: Final = _theme(
    "leadline-light",
    dark=False,
    colours={
        "paper": "#faf6ec",
        "surface": "#f4eedf",
        "panel": "#ece4d0",
        "ink": "#1f2d3d",
        "muted": "#546070",
        "accent": "#7a5407",
        "good": "#0b6459",
        "warning": "#a83a22",
        "error": "#a32035",
        "cursor": "#ecdcb4",
        "cursor-blurred": "#efe6cf",
        "selected": "#f3ead2",
        "line": "#d8ccb0",
        "line-focused": "#a8966a",
    },
)

THEMES: Final = (DARK, LIGHT)
"""The themes an app registers; the first is where it starts."""
