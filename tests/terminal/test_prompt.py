"""The prompts on a pipe: what is written when, and what is asked of the journal."""

import io
import sys
from datetime import timedelta
from signal import SIGTERM, getsignal, raise_signal

import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input

from tests.terminal.sitting import (
    SETTINGS,
    MemoryJournal,
    RunningClock,
    deck_cards,
    desk_of,
    session_of,
)
from trainer.language.text import Language
from trainer.scheduling.marks import Mark
from trainer.scheduling.memory import Memory
from trainer.scheduling.review import Review
from trainer.study.loop import Learner, run
from trainer.study.session import Session
from trainer.terminal.ending import Ending, seated
from trainer.terminal.screen import ScreenLearner
from trainer.terminal.steady import SteadyOutput

RIGHT = "docker image ls -f dangling=true"
ERASE = "\x1b[J"


class Writes(io.StringIO):
    """A stream that remembers each write."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def write(self, text: str) -> int:
        """Remember a write."""
        self.pieces.append(text)
        return super().write(text)


class FullDiskError(Exception):
    """Nothing can be written any more."""


class FullJournal(MemoryJournal):
    """A log on a full disk."""

    def append(
        self, review: Review, memory: Memory | None, mark: Mark | None = None
    ) -> None:
        """Fail."""
        del review, memory, mark
        raise FullDiskError


class StruckJournal(MemoryJournal):
    """A log during whose writing the program is told to end."""

    def append(
        self, review: Review, memory: Memory | None, mark: Mark | None = None
    ) -> None:
        """Be struck before the review is kept."""
        raise_signal(SIGTERM)
        super().append(review, memory, mark)


def sit(
    keys: str, written: Writes, journal: MemoryJournal, guard: timedelta = timedelta(0)
) -> tuple[Session, ScreenLearner]:
    with create_pipe_input() as pipe:
        pipe.send_text(keys)
        with (
            seated(sys.stdin) as ending,
            screen_learner(pipe, written, guard, ending) as learner,
        ):
            checked: Learner = learner
            return run(
                session_of(deck_cards()), checked, journal, RunningClock()
            ), learner


def screen_learner(
    pipe: PipeInput, written: Writes, guard: timedelta, ending: Ending
) -> ScreenLearner:
    return ScreenLearner(
        desk_of({"images": "Images"}, RunningClock()),
        Language.EN,
        SETTINGS.rollover,
        guard=guard,
        input=pipe,
        output=SteadyOutput(written, lambda: Size(24, 80), enable_cpr=False),
        ending=ending,
    )


def test_a_page_is_erased_only_together_with_what_follows() -> None:
    written = Writes()
    sit(RIGHT + "\r3 4\x1f\x03", written, MemoryJournal())
    erasing = [piece for piece in written.pieces if ERASE in piece]
    assert all("Enter" in piece or "Space" in piece for piece in erasing[:-1])


def test_the_line_of_the_last_card_is_written_at_the_end() -> None:
    written = Writes()
    keys = RIGHT + "\r4 4镜像\r4q"
    session, learner = sit(keys, written, MemoryJournal())
    assert [done.review.rating.value for done in session.done] == [4, 4, 4]
    assert written.getvalue().count("→") == 3
    assert learner.ending.by is None


def test_no_line_is_left_for_what_is_not_on_disk() -> None:
    written = Writes()
    with pytest.raises(FullDiskError):
        sit(RIGHT + "\r3", written, FullJournal())
    assert "→" not in written.getvalue()
    assert "Enter" not in written.getvalue().rpartition(ERASE)[2]


def test_a_double_enter_after_rating_does_not_answer_the_next_card() -> None:
    journal = MemoryJournal()
    sit("\r\r" + RIGHT + "\r3\x03", Writes(), journal, timedelta(hours=1))
    assert [review.response for review in journal.log] == [RIGHT]


def test_history_keys_change_nothing_typed() -> None:
    journal = MemoryJournal()
    sit(f"{RIGHT}\x1b[A\x1b[B\r3\x03", Writes(), journal)
    assert [review.response for review in journal.log] == [RIGHT]


def test_a_closed_input_leaves_without_an_interrupt() -> None:
    with create_pipe_input() as pipe:
        learner = screen_learner(pipe, Writes(), timedelta(0), Ending())
        pipe.close()
        with learner:
            run(session_of(deck_cards()), learner, MemoryJournal(), RunningClock())
    assert learner.ending.by is None


def test_a_signal_waits_until_the_review_is_written() -> None:
    journal, before = StruckJournal(), getsignal(SIGTERM)
    written = Writes()
    _, learner = sit(RIGHT + "\r3", written, journal)
    assert learner.ending.by is SIGTERM
    assert len(journal.log) == written.getvalue().count("→") == 1
    assert getsignal(SIGTERM) is before
