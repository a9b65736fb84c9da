"""Merges made without leadline: every one that lost something is found, and no other is reported."""

import subprocess
from collections import Counter
from pathlib import Path
from random import Random

from store.disk.git.commits import commits_by_id
from store.disk.git.finding import repository_of
from store.disk.git.replaying import Replay
from store.disk.reading.versions import Version, version_of
from store.errors import UnreadableStoreError
from store.models import Workspace
from tests.proofs.figures import Report
from tests.proofs.foreign import Case, cases, is_lossy
from tests.proofs.sizes import size
from tests.store.disk.git.repositories import git

SEED = 20_261_123
WRONG = size(500, 10_000)
RIGHT = size(300, 6_000)


def test_wrong_merges_are_found_and_right_ones_are_not_reported(tmp_path: Path, report: Report) -> None:
    (tmp_path / "files").mkdir()
    wrong: list[Case] = []
    right: list[Case] = []
    random = Random(SEED)  # noqa: S311 - the same merges every time
    for case in cases(random, tmp_path / "files"):
        chosen, most = (wrong, WRONG) if is_lossy(case) else (right, RIGHT)
        if len(chosen) < most:
            chosen.append(case)
        if len(wrong) == WRONG and len(right) == RIGHT:
            break
    found = _reported(wrong, tmp_path / "wrong")
    reported = _reported(right, tmp_path / "right")
    missed = Counter(case.kind for case, is_told in zip(wrong, found, strict=True) if not is_told)
    needless = Counter(case.kind for case, is_told in zip(right, reported, strict=True) if is_told)
    report(
        "Foreign merges",
        {
            "wrong": len(wrong),
            "missed": missed.total(),
            "right": len(right),
            "needlessly reported": needless.total(),
            "kinds": len({case.kind for case in (*wrong, *right)}),
        },
    )
    assert (missed, needless) == (Counter(), Counter())


def _reported(made: list[Case], folder: Path) -> list[bool]:
    """Whether a merge is reported that was committed with each result, in one repository of real commits."""
    folder.mkdir()
    git(folder, "init", "--quiet")
    stream = b"".join(part for number, case in enumerate(made) for part in _imported(number, case))
    command = ("git", "fast-import", "--quiet")
    subprocess.run(command, cwd=folder, input=stream, check=True)
    ids = git(folder, "rev-parse", *(f"refs/heads/m{number}" for number in range(len(made))))
    repository = repository_of(folder / "leadline.json")
    assert repository is not None
    told = []
    for commit, case in zip(commits_by_id(repository, tuple(ids.split())), made, strict=True):
        (replayed,) = Replay(repository, _present(case)).replayed([commit])
        told.append(bool(replayed.lost or replayed.problem))
    return told


def _present(case: Case) -> Version:
    """The store as the merge left it; where that is none, what its author had before."""
    try:
        return version_of(case.result, "leadline.json", {})
    except UnreadableStoreError:
        return Version(case.ours, Workspace(), None)


def _imported(number: int, case: Case) -> list[bytes]:
    """The commits of a case for `git fast-import`: the base, both sides, and the merge on a branch of its own."""
    parts = []
    for mark, (content, parents) in enumerate(
        ((case.base, ()), (case.ours, (1,)), (case.theirs, (1,)), (case.result, (2, 3))), start=1
    ):
        marks = [number * 4 + parent for parent in parents]
        heads = [f"{word} :{parent}\n" for word, parent in zip(("from", "merge"), marks, strict=False)]
        lines = (
            f"commit refs/heads/{'m' if mark == 4 else 'x'}{number}{'' if mark == 4 else f'-{mark}'}\n",
            f"mark :{number * 4 + mark}\ncommitter ana <ana@example.com> {1_770_000_000 + mark} +0000\ndata 0\n",
            *heads,
            f"M 100644 inline leadline.json\ndata {len(content)}\n",
        )
        parts += ["".join(lines).encode(), content, b"\n"]
    return parts
