"""Colours are promises too: readable for everybody, also for those who see no red."""

import re
from itertools import product
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

import screens
from screens.theme import READABLE_PAIRS, THEMES, TONES

Rgb = tuple[float, float, float]

# Viénot, Brettel and Mollon (1999): what linear red, green and blue look like to an eye without middle cones.
DEUTERANOPIA = ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0))
TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.072175), (0.0193339, 0.119192, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)


def colour(theme: Theme, variable: str) -> Color:
    variables = {**theme.to_color_system().generate(), **theme.variables}
    return Color.parse(variables[variable])


def times(matrix: tuple[Rgb, Rgb, Rgb], vector: Rgb) -> Rgb:
    red, green, blue = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return red, green, blue


def linear(seen: Color) -> Rgb:
    def channel(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return channel(seen.r), channel(seen.g), channel(seen.b)


def luminance(seen: Color) -> float:
    red, green, blue = linear(seen)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(light: Rgb) -> Rgb:
    def bent(value: float) -> float:
        return float(value ** (1 / 3)) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116

    x, y, z = (bent(max(0.0, part) / white) for part, white in zip(times(TO_XYZ, light), WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: Rgb, other: Rgb) -> float:
    """ΔE of 1976: 2.3 is just to be noticed."""
    return float(sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5)


def _name(value: Theme | tuple[str, str]) -> str:
    return value.name if isinstance(value, Theme) else " on ".join(value)


@pytest.mark.parametrize(("theme", "pair"), list(product(THEMES, READABLE_PAIRS)), ids=_name)
def test_every_text_can_be_read_on_its_ground(theme: Theme, pair: tuple[str, str]) -> None:
    text, ground = (colour(theme, variable) for variable in pair)
    assert text.a == ground.a == 1, "a see-through colour has no contrast of its own"
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_good_and_warning_differ_also_without_middle_cones(theme: Theme) -> None:
    good, warning = (linear(colour(theme, name)) for name in ("text-success", "text-warning"))
    assert difference(times(DEUTERANOPIA, good), times(DEUTERANOPIA, warning)) > 30
    assert difference(good, warning) > 40


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_cursor_and_selection_stand_out_from_the_ground(theme: Theme) -> None:
    ground = linear(colour(theme, "background"))
    cursor, selected = (linear(colour(theme, f"block-{name}-background")) for name in ("cursor", "hover"))
    assert difference(cursor, ground) > 10
    assert difference(selected, ground) > 3
    assert difference(cursor, selected) > 5


def test_every_tone_names_a_readable_ink() -> None:
    inks = {text for text, _ in READABLE_PAIRS}
    assert {style.split("$")[1] for style in TONES.values()} <= inks


def test_only_the_theme_holds_colours() -> None:
    root = Path(screens.__file__).parent
    sources = [path for kind in ("py", "tcss") for path in root.rglob(f"*.{kind}") if path.name != "theme.py"]
    found = {
        str(path) for path in sources if re.search(r"#(?:[0-9a-fA-F]{3}){1,2}\b(?=[\"';\s])", path.read_text("utf-8"))
    }
    assert not found
