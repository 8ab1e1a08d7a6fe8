"""Quizzes in the store: rows of the log that no schedule follows from."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.decks import SHIPPED
from tests.learning import ASKED, GIVEN, MONDAY, Sitting, chain_is_whole, open_store
from trainer.cards.reading import read_deck
from trainer.language.text import Language
from trainer.scheduling.marks import MarkKind
from trainer.storage.pages import candidates
from trainer.storage.recovery import recover
from trainer.storage.store import Store
from trainer.study.quiz.composing import Manner, compose
from trainer.study.quiz.loop import Assessed, Decided, Move, Responded, Said, hold
from trainer.study.quiz.paper import (
    Again,
    Answered,
    Asking,
    Judging,
    Offering,
    Paper,
    Quiz,
)
from trainer.study.quiz.record import HALF, QuizMode


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with a log of two reviews and a quiz."""
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        sitting.answer("a/x", 3)
        sitting.answer("a/y", 1)
        write(store)
    return tmp_path


def write(store: Store) -> None:
    """Write a quiz and its answer."""
    store.begin_quiz(ASKED)
    store.add_answer(GIVEN)


def dump(home: Path, *tables: str) -> list[str]:
    """Return the rows of tables as SQL."""
    with closing(sqlite3.connect(home / "trainer.db")) as db:
        lines = list(db.iterdump())
    begins = tuple(f'INSERT INTO "{table}"' for table in tables)
    return [one for one in lines if one.startswith(begins)]


def test_a_quiz_comes_back_as_it_was_written(home: Path) -> None:
    with open_store(home) as store:
        assert store.log.quizzes() == [ASKED]
        assert store.log.quiz_answers() == [GIVEN]
        assert chain_is_whole(home)


def test_a_quiz_leaves_reviews_and_memories_as_they_are(home: Path) -> None:
    tables = ("reviews", "retractions", "marks", "fits", "memory", "standing")
    before = dump(home, *tables)
    assert len(before) == 4
    with open_store(home) as store:
        answer_again(store)
        assert store.replay_caches(keep=True) == []
    assert dump(home, *tables) == before
    assert len(dump(home, "quiz_answers")) == 2


class StillClock:
    """Stands still."""

    def now(self) -> datetime:
        """Return the instant."""
        return MONDAY + timedelta(days=1)

    def ticks(self) -> int:
        """Return no time."""
        return 0


class Anyone:
    """Takes a quiz in any mode: right and wrong in turn, and leaves before its end."""

    def attend(self, quiz: Quiz, left_ms: int | None) -> Said:
        """Answer what is shown."""
        del left_ms
        is_even = len(quiz.answers) % 2 == 0
        match quiz.phase:
            case Asking(item) | Again(item):
                if len(quiz.answers) == LEFT_AFTER:
                    return Move.LEAVE
                answer = item.card.content.sides(Language.EN)[1]
                return Responded(answer if is_even else "docker ps")
            case Offering():
                return Decided(takes=is_even)
            case Judging():
                return Assessed(HALF)
            case _:
                return Move.GO_ON

    def recorded(self, quiz: Quiz, answered: Answered) -> None:
        """Hear that an answer is kept."""


LEFT_AFTER = 12
STATES = ("reviews", "retractions", "marks", "fits", "memory", "standing")


@pytest.mark.parametrize("mode", QuizMode)
def test_no_mode_of_a_quiz_changes_a_byte_of_what_the_schedule_is(
    tmp_path: Path, mode: QuizMode
) -> None:
    cards = {
        card.id: card
        for path in SHIPPED[:2]
        if (deck := read_deck(path.read_bytes(), path.name).deck)
        for card in deck.cards
    }
    asked = compose(cards.values(), cards, Manner(mode, "7"), LEFT_AFTER + 2)
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        for place, one in enumerate(asked.items):
            sitting.answer(one.question.of, 1 + place % 4)
        sitting.mark(asked.items[0].question.of, MarkKind.FLAG)
    before = dump(tmp_path, *STATES)
    assert len(before) > 2 * len(asked.items)
    with open_store(tmp_path) as store:
        due = store.memories()
        paper = Paper(mode, "7", asked.items)
        quiz, _ = hold(paper, "", Anyone(), store, StillClock())
        assert store.memories() == due
        assert store.replay_caches(keep=True) == []
    assert dump(tmp_path, *STATES) == before
    kept = dump(tmp_path, "quiz_answers")
    assert len(kept) == len(quiz.answers) >= LEFT_AFTER


def answer_again(store: Store) -> None:
    """Write another quiz with the same answer."""
    store.begin_quiz(ASKED._replace(id="quiz-2", stamp=store.stamp()))
    answer = GIVEN._replace(id="answer-2", quiz="quiz-2", stamp=store.stamp())
    for _ in range(2):
        store.add_answer(answer)


@pytest.mark.parametrize("table", ["quizzes", "quiz_answers"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET seq = 9"])
def test_what_was_answered_is_never_changed(
    home: Path, table: str, change: str
) -> None:
    with (
        closing(sqlite3.connect(home / "trainer.db")) as db,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        db.execute(change.format(table))


def test_an_answer_that_was_tampered_with_breaks_the_chain(home: Path) -> None:
    with closing(sqlite3.connect(home / "trainer.db")) as db:
        db.execute("DROP TRIGGER quiz_answers_no_update")
        db.execute("UPDATE quiz_answers SET points = 100")
        db.execute(
            "CREATE TRIGGER quiz_answers_no_update BEFORE UPDATE ON quiz_answers "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )
        db.commit()
    with open_store(home):
        assert not chain_is_whole(home)


def test_undo_takes_back_reviews_and_never_a_quiz(home: Path) -> None:
    with open_store(home) as store:
        taken = store.take_back(MONDAY + timedelta(hours=2), 9)
        assert [one.entry.card for one in taken] == ["a/y", "a/x"]
        assert store.log.quiz_answers() == [GIVEN]


def test_quizzes_are_recovered_from_a_damaged_file(home: Path) -> None:
    path = home / "trainer.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = {one.table for one in candidates(str(path))}
    assert {"quizzes", "quiz_answers", "reviews"} <= found
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    assert recover(str(home), MONDAY).rows == 4
    with open_store(home) as store:
        assert store.log.quizzes() == [ASKED]
        assert store.log.quiz_answers() == [GIVEN]
        assert chain_is_whole(home)
