"""What leads do with git, step by step: each merge on the way is judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from tests.proofs.clones import FILE, MODES, WORKING, Clone
from tests.proofs.leads import Lead
from tests.proofs.stores import LEADS, made_store, text_of


@dataclass
class Team:
    """The clones of one store, and whether nobody takes a record out, which git by itself merges wrongly at times."""

    clones: list[Clone]
    random: Random
    is_mild: bool
    branches: int = 0


def team(folder: Path, random: Random) -> Team:
    """A store in a bare repository, and two or three clones of it."""
    folder.mkdir()
    count = 3 if random.random() < 0.25 else 2
    start = made_store(random, items=12, decisions=4, goals=3)
    modes = [random.choice(MODES) for _ in range(count)]
    if random.random() < 0.5:
        modes = [random.choice(sorted(WORKING)) for _ in modes]
    clones = [
        Clone(folder / name, Lead(name, start, random), mode, random) for name, mode in zip(LEADS, modes, strict=False)
    ]
    first, *others = clones
    first.folder.mkdir()
    first.git("init", "--quiet", "--initial-branch", "main")
    first.set_up()
    first.store.write_bytes(text_of(start))
    (first.folder / ".gitattributes").write_text(f"/{FILE} text eol=lf merge=leadline\n")
    first.git("add", "--all")
    first.git("commit", "--quiet", "--message", "the store")
    first.git("clone", "--quiet", "--bare", ".", "../hub.git")
    first.git("remote", "add", "origin", "../hub.git")
    first.git("fetch", "--quiet")
    first.git("branch", "--quiet", "--set-upstream-to", "origin/main")
    for clone in others:
        first.git("clone", "--quiet", "../hub.git", str(clone.folder))
        clone.set_up()
    return Team(
        clones, random, all(clone.mode not in {"on", "on, recording"} for clone in clones) or len(set(modes)) > 1
    )


def edit(group: Team, clone: Clone) -> None:
    clone.edit(group.random.randint(2, 6), is_mild=group.is_mild)
    clone.commit("some edits")


def merge(clone: Clone, revision: str, what: str) -> None:
    """Merges a revision into what is checked out, and settles what git cannot."""
    before, theirs = clone.git("rev-parse", "HEAD"), clone.git("rev-parse", revision)
    bases = clone.bases(before, theirs)
    clone.git("merge", "--quiet", "--no-edit", revision, check=False)
    if before in bases or theirs in bases:
        return
    clone.seen.update(merges=1, crossed=len(bases) > 1)
    if clone.repository.under_way:
        clone.settle_all(what, bases, before, theirs)
        clone.go_on()
    else:
        clone.seen.update(clean=1)
        clone.judge(what, bases, before, theirs, clone.text)
        clone.decide()
        clone.commit("settled")


def pull(_group: Team, clone: Clone) -> None:
    clone.git("fetch", "--quiet", "origin")
    merge(clone, "origin/main", "a pull")
    if clone.git("branch", "--show-current") == "main":
        clone.git("push", "--quiet", "origin", "main", check=False)


def pull_by_rebase(_group: Team, clone: Clone) -> None:
    """The commits that are only here, on top of what is there, one by one."""
    clone.git("fetch", "--quiet", "origin")
    if clone.git("rev-list", "--merges", "origin/main..HEAD"):
        return
    old = clone.git("rev-list", "--reverse", "origin/main..HEAD").split()
    start = clone.git("rev-parse", "origin/main")
    clone.git("rebase", "--quiet", "--empty=keep", "--reapply-cherry-picks", "origin/main", check=False)
    stopped: set[str] = set()
    while clone.repository.under_way:
        picked = clone.git("rev-parse", "REBASE_HEAD")
        if picked in stopped:
            clone.wrong.append("a rebase stops twice at one commit")
            clone.git("rebase", "--abort")
            return
        stopped.add(picked)
        clone.settle_all("a rebase", [f"{picked}^"], "HEAD", picked)
        clone.go_on()
    new = clone.git("rev-list", "--reverse", f"{start}..HEAD").split()
    if len(new) != len(old):
        clone.seen.update(shorter=1)
        return
    before = start
    for was, now in zip(old, new, strict=True):
        clone.seen.update(picks=1, clean_picks=was not in stopped)
        if was not in stopped:
            clone.judge("a rebase", [f"{was}^"], before, was, clone.at(now))
        before = now


def branch_off(group: Team, clone: Clone) -> None:
    group.branches += 1
    clone.git("switch", "--quiet", "--create", f"topic-{group.branches}")
    edit(group, clone)


def bring_back(_group: Team, clone: Clone) -> None:
    """Merges a branch into main."""
    now = clone.git("branch", "--show-current")
    clone.git("switch", "--quiet", "main")
    topics = [now] if now != "main" else clone.git("branch", "--format=%(refname:short)", "--no-merged").split()
    for topic in topics[:1]:
        merge(clone, topic, "a branch")


def pick(group: Team, clone: Clone) -> None:
    """Takes one commit of somewhere else."""
    clone.git("fetch", "--quiet", "origin")
    found = clone.git("rev-list", "--no-merges", "--all", "--not", "HEAD").split()
    _apply(clone, "cherry-pick", group.random.choice(found)) if found else None


def take_back(group: Team, clone: Clone) -> None:
    """Reverts one of the last commits."""
    found = clone.git("rev-list", "--no-merges", "--max-count=6", "HEAD").split()[:-1]
    _apply(clone, "revert", group.random.choice(found)) if found else None


def _apply(clone: Clone, how: str, commit: str) -> None:
    if not clone.git("rev-parse", "--verify", "--quiet", f"{commit}^", check=False):
        return
    before = clone.git("rev-parse", "HEAD")
    base, theirs = (f"{commit}^", commit) if how == "cherry-pick" else (commit, f"{commit}^")
    clone.git(how, *(("--no-edit",) if how == "revert" else ("--keep-redundant-commits",)), commit, check=False)
    clone.seen.update(picks=1)
    if clone.repository.under_way and clone.git("ls-files", "--unmerged"):
        clone.settle_all(f"a {how}", [base], before, theirs)
        clone.go_on()
    else:
        clone.seen.update(clean_picks=1)
        clone.judge(f"a {how}", [base], before, theirs, clone.text)
    if clone.repository.under_way:
        # Nothing was left to commit.
        clone.git(how, "--skip")
    clone.decide()
    clone.commit("settled")


def put_aside(group: Team, clone: Clone) -> None:
    """Edits that are not committed wait in a stash while others' work comes in."""
    clone.edit(group.random.randint(1, 3), is_mild=group.is_mild)
    if not clone.git("status", "--porcelain"):
        return
    clone.git("stash", "push", "--quiet")
    pull(group, clone)
    before, stash = clone.git("rev-parse", "HEAD"), clone.git("rev-parse", "stash")
    clone.git("stash", "pop", "--quiet", check=False)
    clone.seen.update(picks=1)
    if clone.git("ls-files", "--unmerged"):
        clone.settle_all("a stash", [f"{stash}^"], before, stash)
        clone.git("stash", "drop", "--quiet")
    else:
        clone.seen.update(clean_picks=1)
        clone.judge("a stash", [f"{stash}^"], before, stash, clone.text)
        clone.decide()
    clone.commit("from the stash")


def cross(group: Team, clone: Clone) -> None:
    """Two clones take over each other's main at the same time, from each other and not from the hub."""
    other = group.random.choice([each for each in group.clones if each is not clone])
    for each, beside in ((clone, other), (other, clone)):
        edit(group, each)
        each.git("fetch", "--quiet", str(beside.folder), "HEAD:refs/crossed/before", "--force")
    for each, beside in ((clone, other), (other, clone)):
        each.git("fetch", "--quiet", str(beside.folder), "HEAD:refs/crossed/now", "--force")
    tips = [each.git("rev-parse", "HEAD") for each in (clone, other)]
    clone.git("fetch", "--quiet", str(other.folder), tips[1], check=False)
    merge(clone, "refs/crossed/now", "a crossing")
    merge(other, "refs/crossed/now", "a crossing")


STEPS: Final[Mapping[Callable[[Team, Clone], None], int]] = {
    edit: 6,
    pull: 4,
    pull_by_rebase: 2,
    branch_off: 2,
    bring_back: 2,
    pick: 1,
    take_back: 1,
    put_aside: 1,
    cross: 1,
}
"""How often what is done, in parts."""


def walk(group: Team, steps: int) -> None:
    """So many steps, each in one of the clones; then every branch comes home and every clone has everything."""
    for _ in range(steps):
        clone = group.random.choice(group.clones)
        group.random.choices(list(STEPS), list(STEPS.values()))[0](group, clone)
    for clone in group.clones:
        while clone.git("branch", "--show-current") != "main" or clone.git("branch", "--no-merged"):
            bring_back(group, clone)
    for clone in (*group.clones, *group.clones):
        pull(group, clone)
