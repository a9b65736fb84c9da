"""Git at work beside the screen: its lines as they come, and how it ended, as messages."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message
from textual.message_pump import MessagePump

from store.disk.git.running import Listener
from store.errors import LeadlineError

Doing = Callable[[Listener], object]
"""Runs git and gives what came of it; raises LeadlineError where git refused."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Something git is sent to do.

    Args:
        name: what it is called, such as `pull`.
        doing: runs it.
        done: the sentence for when it worked; is given what came of it.
    """

    name: str
    doing: Doing
    done: Callable[[object], str]


class Talked(Message):
    """Git said a line; not clean."""

    def __init__(self, line: str) -> None:
        super().__init__()
        self.line = line


class Ended(Message):
    """Git came to an end: with a sentence, or with what was in the way."""

    def __init__(self, errand: Errand, sentence: str, problem: LeadlineError | None = None) -> None:
        super().__init__()
        self.errand = errand
        self.sentence = sentence
        self.problem = problem


def send(errand: Errand, where: MessagePump) -> Listener:
    """Run an errand beside everything else; what is returned can stop it.

    In a thread of its own, not in a worker: a pull that waits for a network must not keep the program from leaving.
    """
    listener = Listener(lambda line: _post(where, Talked(line)))

    def run() -> None:
        try:
            sentence = errand.done(errand.doing(listener))
        except LeadlineError as error:
            _post(where, Ended(errand, "", error))
        else:
            _post(where, Ended(errand, sentence))

    threading.Thread(target=run, name=f"git {errand.name}", daemon=True).start()
    return listener


def _post(where: MessagePump, message: Message) -> None:
    """Tell, if there is still somebody to be told."""
    if where.is_running:
        where.post_message(message)
