"""Two logs as one: each row once, chains whole, and the caches as the log says."""

from pathlib import Path

import pytest

from tests.learning import MONDAY, Sitting, chain_is_whole, open_store, replayed
from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.scheduling.marks import MarkKind, make_mark
from trainer.scheduling.review import Retraction, Stamp
from trainer.storage.memories import Memories
from trainer.storage.store import Store
from trainer.study.log import LogRow
from trainer.study.quiz.question import Made
from trainer.study.quiz.record import QuizAnswer, QuizBegun, QuizMode


def log_of(store: Store) -> list[LogRow]:
    return [
        *store.log.reviews(),
        *store.log.retracted(),
        *store.log.retractions(),
        *store.log.marks(),
        *store.log.fits(),
    ]


def studied(home: Path) -> list[LogRow]:
    """Answer some cards, take an answer back and reset a card; return the log."""
    with open_store(home) as store:
        sitting = Sitting(store)
        for card, rating in (("a/x", 3), ("a/y", 1), ("a/x", 3), ("a/y", 3)):
            sitting.answer(card, rating)
        store.take_back(sitting.now, 1)
        reset = make_mark(store.stamp(), sitting.now, CardId("a/x"), MarkKind.RESET)
        store.mark(reset)
        return log_of(store)


def test_a_log_comes_over_as_it_is_and_only_once(tmp_path: Path) -> None:
    rows = studied(tmp_path / "one")
    with open_store(tmp_path / "two") as store:
        assert len(store.lacks(rows)) == len(rows) == 6
        assert len(store.unite(reversed(rows))) == 6
        assert store.unite(rows) == []
        assert log_of(store) == rows
        assert chain_is_whole(tmp_path / "two")
        assert store.memories() == replayed(store)
        assert store.has_written
    with open_store(tmp_path / "one") as store:
        assert store.memories() == replayed(store)


def test_an_open_sitting_learns_what_was_imported_of_cards_new_to_it(
    tmp_path: Path,
) -> None:
    rows, card = studied(tmp_path / "one"), CardId("a/y")
    with open_store(tmp_path / "two") as store:
        memories = Memories(store.memory)
        assert memories.get(CardId("a/x")) is None
        with open_store(tmp_path / "two") as another:
            another.unite(rows)
        assert memories.get(card) == store.memories()[card]


def test_rows_whose_numbers_are_taken_or_leave_gaps_get_others(tmp_path: Path) -> None:
    rows = studied(tmp_path / "one")
    with open_store(tmp_path / "two") as store:
        own = Sitting(store, MONDAY.replace(hour=12)).answer("a/z", 3)
        store.unite(rows[1:])
        places = {row.id: row.stamp for row in log_of(store)}
        assert places[own.id] == Stamp("device-of-tests", 1)
        assert places.keys() == {own.id, *(row.id for row in rows[1:])}
        assert len(set(places.values())) == len(rows)
        assert chain_is_whole(tmp_path / "two")
        store.unite(rows)
        assert {row.id for row in log_of(store)} == {own.id, *(row.id for row in rows)}
        assert chain_is_whole(tmp_path / "two")
        assert store.memories() == replayed(store)
    with open_store(tmp_path / "two") as store:
        taken = store.take_back(MONDAY, 9)
        assert own in [one.entry for one in taken]


def test_a_retraction_of_an_answer_that_nobody_has_is_left_out(tmp_path: Path) -> None:
    lost = Retraction("undo-x", Stamp("phone", 1), MONDAY, "x")
    with open_store(tmp_path) as store:
        assert store.unite([lost]) == []


def test_a_quiz_comes_over_with_its_answers(tmp_path: Path) -> None:
    quiz = QuizBegun("q", Stamp("m", 2), MONDAY, QuizMode.EXAM, "7", "", 1, 0, 0)
    answer = QuizAnswer(
        id="q1",
        stamp=Stamp("m", 1),
        at=MONDAY,
        quiz="q",
        position=1,
        card=CardId("a/x"),
        made=next(iter(Made)),
        outcome=Outcome.CORRECT,
        points=100,
        response="x",
        choice="",
        took_ms=1,
        findings=(),
    )
    with open_store(tmp_path) as store:
        assert store.unite([answer]) == []
        assert len(store.unite([answer, quiz])) == 2
        assert [store.log.quizzes(), store.log.quiz_answers()] == [[quiz], [answer]]
        assert chain_is_whole(tmp_path)


@pytest.mark.parametrize("device", ["a", "z"])
def test_what_is_taken_back_elsewhere_stands_in_any_order(
    device: str, tmp_path: Path
) -> None:
    review = next(iter(studied(tmp_path / "one")))
    elsewhere = review._replace(stamp=Stamp("m", 1))
    undo = Retraction("undo", Stamp(device, 1), MONDAY, review.id)
    with open_store(tmp_path / "two") as store:
        assert len(store.unite([undo, elsewhere])) == 2
        assert store.log.reviews() == []
        assert chain_is_whole(tmp_path / "two")
