"""Why git refused, and what to do, in sentences of ours; known by git's own words."""

from typing import Final, NamedTuple


class Reason(NamedTuple):
    """A refusal as we tell it, and the words by which it is known."""

    message: str
    hint: str
    words: tuple[str, ...]


LONGEST: Final = 20_000
"""Characters that are looked through; the other side may say anything at any length."""

REASONS: Final = (
    Reason(
        "Git does not trust this repository, because it belongs to somebody else.",
        "If you trust it, run the `git config --global --add safe.directory` line that `git status` shows there.",
        ("detected dubious ownership",),
    ),
    Reason(
        "This is not inside a git repository.",
        "Start one with `git init`.",
        ("not a git repository",),
    ),
    Reason(
        "This repository has no files checked out.",
        "Use a clone of it.",
        ("must be run in a work tree",),
    ),
    Reason(
        "Git does not know who you are.",
        "Say it with `git config --global user.name` and `git config --global user.email`.",
        ("please tell me who you are", "empty ident name", "unable to auto-detect email"),
    ),
    Reason(
        "Another git command is at work in this repository, or was interrupted.",
        "Wait for it; if there is none, remove the lock file that `git status` names.",
        (".lock': file exists",),
    ),
    Reason(
        "The store is ignored by a .gitignore, so git will not take it.",
        "Take the line for it out of that file.",
        ("paths are ignored by one of your .gitignore",),
    ),
    Reason(
        "A merge, a cherry-pick or a rebase is under way, and git commits all of it together.",
        "Settle the conflicts, then finish it.",
        ("cannot do a partial commit during",),
    ),
    Reason(
        "A merge is not finished yet.",
        "Settle its conflicts, then finish it.",
        (
            "you have unmerged files",
            "unmerged paths",
            "you have not concluded your merge",
            "because of unfinished merge",
            "because of an unresolved conflict",
        ),
    ),
    Reason(
        "Git will not pull over changes that are not committed.",
        "Commit the store first; if other files are in the way, commit or stash those in a terminal.",
        (
            "local changes to the following files would be overwritten",
            "you have unstaged changes",
            "your index contains uncommitted changes",
            "untracked working tree files would be overwritten",
        ),
    ),
    Reason(
        "The other side has commits that are not here, so git did not push.",
        "Pull first, then push again.",
        ("(non-fast-forward)", "(fetch first)", "updates were rejected because the"),
    ),
    Reason(
        "Both sides have commits, and your git settings forbid to bring them together.",
        "Say how with `git config pull.rebase false` (merge) or `true` (rebase), and without `pull.ff only`.",
        ("need to specify how to reconcile divergent branches", "not possible to fast-forward"),
    ),
    Reason(
        "The other side does not take pushes to this branch.",
        "Push to a branch of your own and ask for it to be merged.",
        ("hook declined", "protected branch", "gh006", "branch is currently checked out"),
    ),
    Reason(
        "Git could not sign in on the other side.",
        "Run `git fetch` once in a terminal, where it can ask you; then try again here.",
        (
            "could not read username",
            "could not read password",
            "terminal prompts disabled",
            "authentication failed",
            "permission denied (",
            "host key verification failed",
        ),
    ),
    Reason(
        "The other side cannot be reached.",
        "Everything is safe here; try again when you are online.",
        (
            "could not resolve host",
            "could not connect",
            "couldn't connect",
            "connection timed out",
            "connection refused",
            "network is unreachable",
            "operation timed out",
        ),
    ),
    Reason(
        "The other side's repository is not where the settings say.",
        "Look at `git remote -v`.",
        ("does not appear to be a git repository", "repository not found", "' does not exist", "' not found"),
    ),
    Reason(
        "The branch is not on the other side any more.",
        "Push it again, or choose another with `git branch --set-upstream-to`.",
        ("couldn't find remote ref", "no such ref was fetched"),
    ),
    Reason(
        "This branch has no counterpart on another side yet.",
        "Push it once, or set one with `git branch --set-upstream-to`.",
        ("there is no tracking information", "has no upstream branch", "no configured push destination"),
    ),
    Reason(
        "The two sides have no common beginning.",
        "Is it the right remote? `git remote -v` lists them.",
        ("refusing to merge unrelated histories",),
    ),
    Reason(
        "The disk is full, so git stopped.",
        "Make room, then try again.",
        ("no space left on device",),
    ),
    Reason(
        "Git stopped at a conflict.",
        "Settle it, then finish the merge.",
        ("automatic merge failed", "could not apply", "merge conflict in"),
    ),
)
"""In the order in which they are looked for: what git says first may be followed by what it says always."""


def reason_in(talk: str) -> Reason | None:
    """The reason in what git said; None where we know no better words than its own."""
    said = talk[:LONGEST].casefold()
    return next((reason for reason in REASONS if any(words in said for words in reason.words)), None)
