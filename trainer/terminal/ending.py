"""Signals that end a sitting: heeded only where the learner is asked something."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from signal import SIGHUP, SIGINT, SIGTERM, Signals, signal
from types import FrameType
from typing import Any, Protocol, TextIO

from trainer.language.errors import Exit
from trainer.terminal.tty import keys_kept

_SIGNALLED = 128  # what shells add to the number of a signal


class Interruptible(Protocol):
    """A prompt that can be left from outside, such as one of prompt_toolkit."""

    loop: Any
    pre_run_callables: list[Callable[[], None]]

    @property
    def is_running(self) -> bool:
        """Whether it waits for keys."""
        ...

    @property
    def is_done(self) -> bool:
        """Whether it was left."""
        ...

    def exit(self, *, exception: type[BaseException]) -> None:
        """Leave it."""
        ...


@dataclass(slots=True)
class Ending:
    """Waits for a signal while answers are judged and written, then asks no more.

    `by` is the signal that ended the sitting, Ctrl-C among them.
    """

    by: Signals | None = None
    _asked: Interruptible | None = None

    @property
    def exit_code(self) -> int:
        """The exit code that tells a shell of the signal; 0 where none came."""
        return _SIGNALLED + self.by if self.by else Exit.OK

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Take signals in; at the end they do again what they did before."""
        before = {one: signal(one, self._note) for one in (SIGINT, SIGTERM, SIGHUP)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal(one, handler)

    @contextmanager
    def deaf_to_ctrl_c(self) -> Iterator[None]:
        """Leave Ctrl-C to another program for a while, such as an editor."""
        before = signal(SIGINT, _ignored)
        try:
            yield
        finally:
            signal(SIGINT, before)

    def attend(self, application: Interruptible) -> None:
        """Interrupt a prompt that is about to run as soon as a signal comes."""
        self._asked = application
        application.pre_run_callables.append(self._leave_if_noted)

    def _note(self, number: int, frame: FrameType | None) -> None:
        del frame
        self.by = Signals(number)
        loop = self._asked.loop if self._asked else None
        if loop:
            loop.call_soon_threadsafe(self._leave_if_noted)

    def _leave_if_noted(self) -> None:
        asked = self._asked
        if self.by and asked and asked.is_running and not asked.is_done:
            asked.exit(exception=KeyboardInterrupt)


@contextmanager
def seated(stream: TextIO) -> Iterator[Ending]:
    """Let keys wait for the pages of a sitting, and signals end it."""
    ending = Ending()
    with ending.heeded(), keys_kept(stream):
        yield ending


def _ignored(number: int, frame: FrameType | None) -> None:
    """Do nothing; unlike `SIG_IGN` a program that is started does not inherit it."""
    del number, frame
