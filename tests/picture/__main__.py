"""Makes the picture of the README from the running program: `python -m tests.picture`.

The demo plays on a fixed day and in a fixed time zone, so that the picture changes only when the program does.
"""

import asyncio
import os
import re
import time
from datetime import datetime
from pathlib import Path

PICTURE = Path(__file__).with_name("leadline.svg")
NOW = datetime.fromisoformat("2026-11-23T10:02:00+00:00")
SIZE = (128, 32)
STEPS = ("g", "t", "m", "b", "enter", "2", "2", "2", "2", "2")
"""From the first screen to the one that is shown: triage in full swing, where leadline is most itself."""

# Textual names fonts on other people's servers; a picture in a README must not call anybody.
_FONT_FACE = re.compile(r"\s*@font-face\s*\{.*?\}", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNIQUE = re.compile(r"terminal-\d+")


async def picture() -> str:
    """The screen as SVG, without anything from the network."""
    from store.disk import Identity
    from store.exchange.demo import demo_workspace
    from store.workbench import Workbench
    from tui.app import LeadlineApp
    from tui.preferences import Preferences

    bench = Workbench.in_memory(demo_workspace(NOW), now=lambda: NOW, who=Identity("ana"))
    app = LeadlineApp(bench, Preferences(), now=lambda: NOW)
    async with app.run_test(size=SIZE) as pilot:
        for step in STEPS:
            await pilot.press(step)
            await pilot.pause(0.3)
        svg = app.export_screenshot(title="leadline")
    return still(svg)


def still(svg: str) -> str:
    """The picture without fonts from elsewhere, and the same each time it is made."""
    svg = _COMMENT.sub("", _UNIQUE.sub("terminal", _FONT_FACE.sub("", svg)))
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def main() -> None:
    """Write the picture beside this file."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    PICTURE.write_text(asyncio.run(picture()), encoding="utf-8")
    print(f"{PICTURE}: {PICTURE.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
