"""A program that is killed while it saves: what it called saved is there, and the file is whole."""

import random
import subprocess
import sys
import time
from pathlib import Path

from store.disk.database import Database
from tests.store.disk.records import item
from tests.store.disk.stores import read, text_of, written

SAVES_UNTIL_KILLED = """
import sys
from pathlib import Path
from store.disk.database import Database
from tests.store.disk.records import item

database = Database(Path(sys.argv[1]))
step = int(sys.argv[2])
while True:
    step += 1
    database.commit({"items": {5: item(5, f"step {step}"), 100 + step: item(100 + step)}})
    print(step, flush=True)
"""
KILLS = 8


def test_killed_at_any_moment_the_file_is_whole_and_has_what_was_called_saved(tmp_path: Path) -> None:
    path = written(tmp_path / "leadline.json", text_of({"items": [item(number) for number in range(1, 60)]}))
    chance = random.Random(7)  # noqa: S311 - the same moments in every run
    step = 0
    for _ in range(KILLS):
        program = subprocess.Popen(
            [sys.executable, "-c", SAVES_UNTIL_KILLED, str(path), str(step)], stdout=subprocess.PIPE, text=True
        )
        assert program.stdout is not None
        first = program.stdout.readline()
        time.sleep(chance.uniform(0, 0.03))
        program.kill()
        said = [int(line) for line in (first, *program.stdout) if line.endswith("\n")]
        program.wait()
        program.stdout.close()
        reading = read(path.read_bytes())
        assert reading.findings == ()
        items = reading.workspace.items
        assert set(range(101, 101 + said[-1])) <= set(items)
        # The last step may be in the file without having been told.
        step = int(items[5].title.removeprefix("step "))
        assert said[-1] <= step <= said[-1] + 1
        assert len(items) == 59 + step
    Database(path).commit({"items": {5: item(5)}})
    assert read(path.read_bytes()).workspace.items[5] == item(5)
