"""Running git so that a repository of strangers, or a strange name, cannot make it do something else.

- Arguments are a list, never a shell; paths stand behind `--` and mean themselves.
- The environment says who a person is and nothing about another repository.
- Commands that only read start no hook, no file monitor, no pager, no signature check and no network.
- Commands that act are the person's own git: their hooks, credentials and settings count. None can ask a question on
  the terminal, which belongs to the screen.
- All have a time-out, and what is read has a size.
"""

import os
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from store.disk.files import MAX_BYTES
from store.disk.git.reasons import reason_in
from store.errors import GitError

READING_SECONDS: Final = 20
ACTING_SECONDS: Final = 300
GRACE_SECONDS: Final = 3
"""So long git, and what it started, may take away locks after being told to end, before they are killed."""
GLANCE_SECONDS: Final = 0.1
"""How often it is looked whether git is to be stopped."""
LONGEST_TALK: Final = 2**20
"""Bytes of what git says that are kept; the rest is noise."""
_PIECE: Final = 2**16

PERSONAL: Final = frozenset({
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_EMAIL",
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
})
"""Git's own variables that say who somebody is. The others may name another repository, or a program to start."""

REACHING: Final = frozenset({"GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_ASKPASS", "GIT_PROXY_COMMAND"})
"""Those that say how a person reaches other machines; only for pulling and pushing."""

_QUIET: Final = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "log.showSignature=false"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
    *("-c", "core.quotePath=false"),
)
_OWN: Final = ("--no-pager", "--literal-pathspecs", "-c", "i18n.commitEncoding=UTF-8")


class Listener:
    """Hears what git says, and can have it stopped, from any thread.

    Args:
        told: gets each line, as git says it; not clean.
    """

    def __init__(self, told: Callable[[str], None] = lambda _line: None) -> None:
        self.told = told
        self._stop = threading.Event()

    @property
    def is_stopping(self) -> bool:
        """Whether git is to end."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Has git end soon, whatever it waits for; what it has done by then stays done."""
        self._stop.set()


def environment(env: Mapping[str, str], *, is_acting: bool, also: Collection[str] = ()) -> dict[str, str]:
    """What git gets to see of the environment.

    Args:
        env: all of it.
        is_acting: whether the command is one of the person's own, which may reach other machines.
        also: further variables of git's own that stay.
    """
    kept = PERSONAL.union(also, REACHING if is_acting else ())
    clean = {name: value for name, value in env.items() if not name.startswith("GIT_") or name in kept}
    # In the language whose words are looked for when git refuses.
    clean |= {"LC_ALL": "C", "LANGUAGE": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat"}
    if is_acting:
        # Nobody can type into an editor, or into a terminal that shows something else.
        return clean | {"GIT_EDITOR": "true", "GIT_SEQUENCE_EDITOR": "true", "GIT_MERGE_AUTOEDIT": "no"}
    return clean | {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}


def read(
    folder: Path,
    *arguments: str,
    most: int = MAX_BYTES,
    fine: Sequence[int] = (0,),
    asked: IO[bytes] | int = subprocess.DEVNULL,
    kept: Collection[str] = (),
) -> tuple[int, bytes]:
    """Runs a command that changes nothing.

    Args:
        folder: where git stands.
        arguments: the command and its arguments.
        most: how many bytes of output are taken.
        fine: the exit codes that are an answer; any other is an error.
        asked: what git reads on its standard input.
        kept: further variables of git's own that it gets to see.

    Returns:
        The exit code and the standard output.

    Raises:
        GitError: git is missing, refused, took too long or said too much.
    """
    with started(folder, arguments, asked, kept) as process:
        output, talk = _all_of(process, time.monotonic() + READING_SECONDS, most)
        code = process.wait()
    if code not in fine:
        raise refusal(code, talk.decode(errors="replace"), arguments[0])
    return code, output


def text(folder: Path, *arguments: str, fine: Sequence[int] = (0,)) -> str:
    """The output of a command that changes nothing as text without the last line break; see `read`.

    Raises:
        GitError: git is missing, refused, took too long or said too much.
    """
    return os.fsdecode(read(folder, *arguments, most=LONGEST_TALK, fine=fine)[1]).removesuffix("\n")


def act(folder: Path, *arguments: str, listener: Listener | None = None) -> tuple[int, str]:
    """Runs a command of the person's own git, line by line.

    Args:
        folder: where git stands.
        arguments: the command and its arguments.
        listener: hears each line, and may have git stopped.

    Returns:
        The exit code, and all it said.

    Raises:
        GitError: git is missing, took too long or was stopped.
    """
    listener = listener or Listener()
    with _process((*_OWN, *arguments), folder, environment(os.environ, is_acting=True)) as process:
        talk = b"".join(_told(process, time.monotonic() + ACTING_SECONDS, listener))
        return process.wait(), talk.decode(errors="replace")


@contextmanager
def started(
    folder: Path,
    arguments: Sequence[str],
    asked: IO[bytes] | int = subprocess.DEVNULL,
    kept: Collection[str] = (),
) -> Iterator[subprocess.Popen[bytes]]:
    """A command that changes nothing, running; it is ended with the block.

    Raises:
        GitError: git is missing.
    """
    env = environment(os.environ, is_acting=False, also=kept)
    with _process((*_QUIET, *arguments), folder, env, asked) as process:
        yield process


@contextmanager
def _process(
    arguments: Sequence[str], folder: Path, env: Mapping[str, str], asked: IO[bytes] | int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    try:
        process = subprocess.Popen(  # noqa: S603 - a list of arguments, and never a shell
            ["git", *arguments],  # noqa: S607 - git is where PATH says
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL if asked is None else asked,
            stdout=subprocess.PIPE,
            # What a person would see on a terminal comes in the order it was said.
            stderr=subprocess.STDOUT if asked is None else subprocess.PIPE,
            # Without a terminal of its own: ssh and the like would ask into the middle of the screen.
            start_new_session=True,
        )
    except FileNotFoundError as error:
        if not folder.is_dir():
            message = f"There is no folder {folder}."
            raise GitError(message) from error
        message = "Git was not found on this machine."
        raise GitError(message, "Install git, or put it on PATH; everything else works without.") from error
    except (OSError, ValueError) as error:
        message = f"Git could not be started: {error}."
        raise GitError(message) from error
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and what it started; nothing happens where it has ended."""
    if process.poll() is None:
        deadline = time.monotonic() + GRACE_SECONDS
        # Killed at once, git would leave its locks behind, and the next command would be refused.
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGTERM)
        # What git started may hold a lock and outlive git: all have ended once nobody is left who could say anything.
        with suppress(GitError):
            for _ in _pieces(process, deadline):
                pass
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with suppress(OSError):
                stream.close()


def refusal(code: int, talk: str, command: str) -> GitError:
    """What git said as an error, in its own words where we know no better ones."""
    known = reason_in(talk)
    if known is not None:
        return GitError(known.message, known.hint)
    said = next((line for line in map(_bare, talk.splitlines()) if line), "")
    ended = f"it was stopped by signal {-code}" if code < 0 else f"it ended with code {code}"
    return GitError(f"git {command} did not work: {said.rstrip('.') or ended}.")


def _bare(line: str) -> str:
    """A line of git without what it puts in front; hints are not the reason."""
    if line.startswith(("hint:", "warning:")):
        return ""
    return line.removeprefix("fatal: ").removeprefix("error: ").strip()[:300]


def _pieces(
    process: subprocess.Popen[bytes], deadline: float, listener: Listener | None = None
) -> Iterator[tuple[bool, bytes]]:
    """What a process says as it comes, and whether it is a complaint, until it closes.

    Raises:
        GitError: it took longer than the deadline, in seconds of the monotonic clock, or was stopped.
    """
    with selectors.DefaultSelector() as selector:
        for stream in filter(None, (process.stdout, process.stderr)):
            selector.register(stream, selectors.EVENT_READ, stream is process.stderr)
        while selector.get_map():
            left = deadline - time.monotonic()
            ready = selector.select(left if listener is None else min(left, GLANCE_SECONDS)) if left > 0 else []
            if listener is not None and listener.is_stopping:
                message = "Git was stopped."
                raise GitError(message, "What it had done by then stays done; the same key tries again.")
            if not ready and left <= 0:
                message = "Git took too long and was stopped."
                raise GitError(message, "Try it in a terminal; it may be waiting for another program.")
            for key, _ in ready:
                piece = os.read(key.fd, _PIECE)
                if piece:
                    yield key.data, piece
                else:
                    selector.unregister(key.fileobj)


def _all_of(process: subprocess.Popen[bytes], deadline: float, most: int) -> tuple[bytes, bytes]:
    """Everything on the standard output, and the beginning of the complaints."""
    output, talk = bytearray(), bytearray()
    for is_complaint, piece in _pieces(process, deadline):
        if not is_complaint:
            output += piece
        elif len(talk) < LONGEST_TALK:
            talk += piece
        if len(output) > most:
            message = f"Git gave more than {most:,} bytes, and was stopped."
            raise GitError(message)
    return bytes(output), bytes(talk)


def _told(process: subprocess.Popen[bytes], deadline: float, listener: Listener) -> Iterator[bytes]:
    """The output as it comes, each whole line told; what is beyond the limit is neither told nor kept."""
    rest = b""
    size = 0
    for _, piece in _pieces(process, deadline, listener):
        size += len(piece)
        if size > LONGEST_TALK:
            continue
        yield piece
        *lines, rest = (rest + piece).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for line in lines:
            listener.told(line.decode(errors="replace"))
    if rest:
        listener.told(rest.decode(errors="replace"))
