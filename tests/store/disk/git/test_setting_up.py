"""A clone is set up so that git merges the store as records, and set back."""

import os
import subprocess
from pathlib import Path

import pytest

from store.disk.git.installed import installation_in
from store.disk.git.own_lines import MARK
from store.disk.git.setting_up import OnConflict, attributes_pattern, removal_plan, setup_plan
from store.disk.git.setup_steps import SetupPlan, carry_out
from store.errors import GitError
from tests.store.disk.git.repositories import Clone, item, moved, new_clone

NAMES = [
    "leadline.json",
    "a b.json",
    "-x.json",
    "it's.json",
    'quo"ted.json',
    "back\\slash.json",
    "st*r?[a].json",
    "two\nlines.json",
    "#hash.json",
    "!not.json",
    "über\t.json",
    "teams/a b/leadline.json",
]


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return new_clone(tmp_path / "work", item(7))


def set_up(clone: Clone, program: str = "leadline", on_conflict: OnConflict = OnConflict.STOP) -> SetupPlan:
    plan = setup_plan(clone.repository, program, on_conflict)
    carry_out(clone.repository, plan)
    return plan


def everything(clone: Clone) -> dict[str, bytes]:
    """Every file that is not an object of git."""
    kept = {path for path in clone.folder.rglob("*") if path.is_file() and "objects" not in path.parts}
    return {str(path.relative_to(clone.folder)): path.read_bytes() for path in sorted(kept)}


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_handed_to_the_driver_and_no_other_file(name: str, tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", item(7), name=name)
    other = clone.store.with_name("other.json")
    other.write_text("{}")
    set_up(clone)
    assert installation_in(clone.repository).is_complete
    assert "merge: unspecified" in clone.git("check-attr", "merge", "--", str(other.relative_to(clone.folder)))
    beside = clone.store.with_name(f".{clone.store.name}.lock")
    beside.write_text("")
    assert clone.git("check-ignore", "-q", "--", str(beside.relative_to(clone.folder))) == ""


def test_twice_is_once(clone: Clone) -> None:
    assert len(set_up(clone).steps) == 6
    before = everything(clone)
    assert set_up(clone).steps == ()
    assert everything(clone) == before


def test_nothing_is_written_before_it_is_wanted(clone: Clone) -> None:
    before = everything(clone)
    setup_plan(clone.repository, "leadline", OnConflict.STOP)
    assert everything(clone) == before


@pytest.mark.parametrize(
    "there", [None, b"", b"\n", b"*.png binary", b"*.png binary\n", b"*.png binary\r\n", b"*.a b\r"]
)
def test_removing_leaves_everything_as_it_was(there: bytes | None, clone: Clone) -> None:
    if there is not None:
        for name in (".gitattributes", ".gitignore"):
            (clone.folder / name).write_bytes(there)
    clone.git("config", "merge.other.driver", "other %A")
    before = everything(clone)
    set_up(clone)
    assert (clone.folder / ".gitattributes").read_bytes().startswith(there or b"")
    assert installation_in(clone.repository).is_complete
    carry_out(clone.repository, removal_plan(clone.repository))
    assert everything(clone) == before
    assert removal_plan(clone.repository).steps == ()


def test_what_was_written_after_ours_stays_when_ours_goes(clone: Clone) -> None:
    attributes, hook = clone.folder / ".gitattributes", clone.folder / ".git" / "hooks" / "pre-commit"
    attributes.write_text("*.png binary")
    set_up(clone)
    for path, line in ((attributes, "*.jpg binary\n"), (hook, "make lint\n")):
        path.write_text(path.read_text() + line)
    set_up(clone, on_conflict=OnConflict.RECORD)
    carry_out(clone.repository, removal_plan(clone.repository))
    assert attributes.read_text() == "*.png binary\n*.jpg binary\n"
    assert hook.read_text() == "#!/bin/sh\nmake lint\n"


def test_lines_that_somebody_sorted_are_found(clone: Clone) -> None:
    attributes = clone.folder / ".gitattributes"
    attributes.write_text("*.png binary\n*.a b\n")
    set_up(clone)
    attributes.write_text("".join(sorted(attributes.read_text().splitlines(keepends=True))))
    assert set_up(clone).steps == ()
    carry_out(clone.repository, removal_plan(clone.repository))
    assert attributes.read_text() == "*.a b\n*.png binary\n"


@pytest.mark.parametrize("first_out", [0, 1])
@pytest.mark.parametrize("places", [("leadline.json", "other.json"), ("leadline.json", "teams/a/leadline.json")])
def test_two_stores_are_set_up_beside_each_other(places: tuple[str, str], first_out: int, tmp_path: Path) -> None:
    clones = [new_clone(tmp_path / "work", item(7), name=places[0])]
    (clones[0].folder / ".gitattributes").write_text("*.png binary")
    other = clones[0].folder / places[1]
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_bytes(clones[0].store.read_bytes())
    clones.append(Clone(clones[0].folder, places[1]))
    before = everything(clones[0])
    for clone in clones:
        set_up(clone)
    for clone in clones:
        assert set_up(clone).steps == ()
        assert set_up(clone).notes == ()
    both = everything(clones[0])
    assert all(f"--store ./{place} check".encode() in both[".git/hooks/pre-commit"] for place in places)
    out, stays = clones[first_out], clones[1 - first_out]
    plan = removal_plan(out.repository)
    assert "another store" in plan.notes[0]
    carry_out(out.repository, plan)
    assert installation_in(stays.repository).is_complete
    assert not installation_in(out.repository).has_merge
    assert set_up(stays).steps == ()
    carry_out(stays.repository, removal_plan(stays.repository))
    assert everything(clones[0]) == before


@pytest.mark.parametrize("name", [".gitattributes", ".gitignore"])
def test_nothing_is_read_or_written_through_a_link(name: str, clone: Clone, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("key\n")
    (clone.folder / name).symlink_to(secret)
    with pytest.raises(GitError, match="is a link"):
        setup_plan(clone.repository, "leadline", OnConflict.STOP)
    assert secret.read_text() == "key\n"


def test_a_hook_that_is_a_link_is_somebody_elses(clone: Clone, tmp_path: Path) -> None:
    hook = clone.folder / ".git" / "hooks" / "pre-commit"
    hook.symlink_to(tmp_path / "house")
    plan = set_up(clone)
    assert "was left alone" in plan.notes[0]
    assert hook.is_symlink()
    (tmp_path / "house").write_text(f"#!/bin/sh\n  {plan.notes[0].partition('add this line to it: ')[2]}\n")
    assert set_up(clone).notes == ()
    carry_out(clone.repository, removal_plan(clone.repository))
    assert hook.is_symlink()


def test_a_hook_of_ours_that_cannot_be_run_is_made_to(clone: Clone) -> None:
    set_up(clone)
    hook = clone.folder / ".git" / "hooks" / "pre-commit"
    hook.chmod(0o644)
    assert len(set_up(clone).steps) == 1
    assert hook.stat().st_mode & 0o777 == 0o755


def test_files_that_wait_where_ours_would_be_written_are_not_touched(clone: Clone, tmp_path: Path) -> None:
    bait = tmp_path / "bait"
    bait.write_text("mine\n")
    for number in range(3):
        (clone.folder / f"..gitattributes.tmp-{os.getpid() + number}").symlink_to(bait)
        (clone.folder / f".tmp-{os.getpid()}-{number}").symlink_to(bait)
    set_up(clone)
    assert bait.read_text() == "mine\n"
    assert len([*clone.folder.glob(".tmp-*")]) == 3


def test_without_leadline_git_shows_the_file_as_it_is(clone: Clone) -> None:
    set_up(clone, "/nowhere/leadline")
    clone.commit()
    clone.edit(7, moved("ready"))
    assert '"is": "ready"' in clone.git("diff")


def test_files_that_hold_nothing_else_go_away_again(clone: Clone) -> None:
    before = everything(clone)
    set_up(clone)
    carry_out(clone.repository, removal_plan(clone.repository))
    assert everything(clone) == before


def test_a_line_that_somebody_else_wrote_stays(clone: Clone) -> None:
    line = f"{attributes_pattern('leadline.json')} text eol=lf merge=leadline diff=leadline -whitespace\n"
    (clone.folder / ".gitattributes").write_text(line)
    set_up(clone)
    carry_out(clone.repository, removal_plan(clone.repository))
    assert (clone.folder / ".gitattributes").read_text() == line


def test_another_choice_replaces_the_first(clone: Clone) -> None:
    set_up(clone)
    assert "--on-conflict" not in installation_in(clone.repository).driver
    plan = set_up(clone, on_conflict=OnConflict.RECORD)
    assert len(plan.steps) == 2
    assert b"--let-conflicts-wait" in (clone.folder / ".git" / "hooks" / "pre-commit").read_bytes()
    assert "--conflict-exit 91 --on-conflict record || {" in installation_in(clone.repository).driver


def test_an_older_line_of_ours_is_replaced(clone: Clone) -> None:
    (clone.folder / ".gitattributes").write_text(f"*.a b\n{MARK}\n/leadline.json merge=leadline\n*.c d\n")
    set_up(clone)
    assert (clone.folder / ".gitattributes").read_text() == (
        f"*.a b\n*.c d\n{MARK}\n/leadline.json text eol=lf merge=leadline diff=leadline -whitespace\n"
    )


PROGRAMS = ["/opt/my tools/leadline", "/opt/100%/leadline", "/opt/$(touch x)/leadline", "/opt/it's/leadline"]


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_whole_path_of_the_program_is_one_word_for_the_shell(program: str, clone: Clone, tmp_path: Path) -> None:
    real = tmp_path / program.lstrip("/")
    real.parent.mkdir(parents=True)
    real.write_text('#!/bin/sh\ntest "$1" = merge || exit 0\nprintf "%s\\n" "$@" > "${0%/*}/arguments"; exit 91\n')
    real.chmod(0o755)
    set_up(clone, str(real))
    clone.commit()
    clone.git("switch", "--quiet", "--create", "side")
    for branch, stage in (("side", "ready"), ("main", "doing")):
        clone.git("switch", "--quiet", branch)
        clone.edit(7, moved(stage))
        clone.commit(branch)
    clone.git("merge", "side", check=False)
    arguments = (real.parent / "arguments").read_text().splitlines()
    assert (arguments[0], arguments[4:6]) == ("merge", ["--path", "leadline.json"])
    assert not (clone.folder / "x").exists()


def test_a_hook_that_is_there_stays_and_the_line_is_told(clone: Clone) -> None:
    hook = clone.folder / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nmake lint\n")
    plan = set_up(clone)
    assert hook.read_text() == "#!/bin/sh\nmake lint\n"
    (note,) = plan.notes
    line = note.partition("add this line to it: ")[2]
    assert "said=$(leadline --store ./leadline.json check --staged 2>&1)" in line
    hook.write_text(f"#!/bin/sh\nmake lint\n{line}\n")
    assert set_up(clone).notes == ()
    carry_out(clone.repository, removal_plan(clone.repository))
    assert "make lint" in hook.read_text()


def test_hooks_of_the_whole_house_are_left_alone(clone: Clone, tmp_path: Path) -> None:
    clone.git("config", "core.hooksPath", str(tmp_path / "house"))
    plan = set_up(clone)
    assert "The hooks are in" in plan.notes[0]
    assert not (tmp_path / "house").exists()
    assert not (clone.folder / ".git" / "hooks" / "pre-commit").exists()


@pytest.mark.parametrize(("code", "outcome"), [(0, 0), (1, 0), (4, 1), (70, 1)])
def test_the_hook_stops_a_commit_of_a_store_that_cannot_be_read(
    code: int,
    outcome: int,
    clone: Clone,
    tmp_path: Path,
) -> None:
    program = tmp_path / "leadline"
    program.write_text(
        f"#!/bin/sh\ntest \"$*\" = '--store ./leadline.json check --staged' || exit 99\necho words\nexit {code}\n"
    )
    program.chmod(0o755)
    set_up(clone, str(program))
    (clone.folder / "code.py").write_text("x = 1\n")
    clone.git("add", "code.py")
    clone.git("commit", "--quiet", "--message", "no store in it")
    clone.git("add", "leadline.json")
    done = subprocess.run(
        ("git", "commit", "--quiet", "--message", "the store"),  # noqa: S607 - git by name
        cwd=clone.folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == outcome
    assert done.stderr == (b"words\n" if outcome else b"")


def test_a_hook_whose_program_is_gone_stops_nothing(clone: Clone) -> None:
    set_up(clone, "/nowhere/leadline")
    clone.commit()


def test_a_worktree_shares_the_setup(clone: Clone, tmp_path: Path) -> None:
    clone.commit()
    clone.git("worktree", "add", "--quiet", "../side")
    side = Clone(tmp_path / "side")
    set_up(side)
    assert installation_in(side.repository).is_complete
    assert (clone.folder / ".git" / "hooks" / "pre-commit").exists()
