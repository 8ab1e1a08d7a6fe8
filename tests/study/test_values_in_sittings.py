"""Values that change, in a sitting: what is asked, and what the log tells later."""

from collections.abc import Sequence
from datetime import timedelta

from tests.study.test_sitting import (
    DEFAULT,
    NOW,
    Clock,
    Diary,
    Script,
)
from trainer.cards.card import Card, CardId
from trainer.cards.reading import read_deck
from trainer.grading.verdict import Outcome
from trainer.language.text import Language
from trainer.scheduling.history import Logged, repetitions
from trainer.scheduling.marks import MarkKind, make_mark
from trainer.scheduling.queue import Allowance, Known, build_queue
from trainer.scheduling.review import Mode, Rating, Review, Stamp
from trainer.study.loop import Answered, Wish, run
from trainer.study.recap import sum_up
from trainer.study.session import Asking, Session, answer, begin, edited, rate

DECK = """deck: d
title: T
cards:
- id: run
  kind: command
  vars: {port: [8080, 9090, 3000], name: [web, api]}
  ask: Run @name@ on @port@.
  answer: run @name@ @port@
"""
ID = CardId("d/run")


def card() -> Card:
    deck = read_deck(DECK.encode(), "d.yaml").deck
    assert deck is not None
    return deck.cards[0]


def begun() -> Session:
    queue = build_queue(Known([ID], {}), {}, Allowance(9, 9), NOW, DEFAULT)
    return begin(queue, {ID: card()}, {}, DEFAULT, NOW)


def question(session: Session) -> str:
    assert isinstance(session.phase, Asking)
    return session.phase.card.content.prompt(Language.EN).question


def right(session: Session) -> str:
    """Return the right answer to the question shown."""
    return question(session).removesuffix(".").replace("Run", "run").replace(" on", "")


def test_an_answer_leads_to_other_values_and_undo_back_to_the_same() -> None:
    diary = Diary()
    session = begun()
    first = right(session)
    session, _ = rate(answer(session, first, NOW, 0), Rating.GOOD, NOW, diary.stamp())
    second = right(session)
    assert set(first.split()) & set(second.split()) == {"run"}
    judged = answer(session, first, NOW, 0)
    assert judged.phase.verdict.outcome is not Outcome.CORRECT  # type: ignore[union-attr]
    script = Script([Answered(first), Rating.GOOD, Wish.UNDO], diary.events)
    again = run(begun(), script, diary, Clock())
    assert right(again) == first


def test_an_edited_card_keeps_the_values_of_its_repetition() -> None:
    session = begun()
    before = question(session)
    assert question(edited(session, card(), NOW)) == before


def test_what_the_summary_remarks_is_of_the_question_it_names() -> None:
    session, diary = begun(), Diary()
    failed = question(session)
    for response, rating in (("run a b", Rating.AGAIN), ("", Rating.GOOD)):
        given = response or right(session)
        session, done = rate(answer(session, given, NOW, 0), rating, NOW, diary.stamp())
        diary.append(done.review, done.memory)
    (hard,) = sum_up(session, NOW, 0, 0, ()).hardest
    assert hard.card.content.prompt(Language.EN).question == failed
    assert hard.findings


def reviews(*modes: Mode) -> list[Review]:
    """Return right answers, a minute each, as they were to the card when asked."""
    found: list[Review] = []
    count = 0
    for number, mode in enumerate(modes):
        dealt = card().deal(count)
        at = NOW + timedelta(minutes=number)
        response = dealt.content.sides(Language.EN)[1]
        kept = (f"{number}", Stamp("laptop", number), at, ID, Rating.GOOD)
        found.append(Review(*kept, Outcome.CORRECT, response, 0, mode))
        count += mode.schedules
    return found


def verdicts(history: Sequence[Logged]) -> list[Outcome]:
    """Judge the log again."""
    asked = repetitions(history)
    return [
        card().deal(asked[one.entry.id]).content.grade(one.entry.response).outcome
        for one in history
        if isinstance(one.entry, Review)
    ]


def test_the_log_can_be_judged_again_with_the_values_of_each_repetition() -> None:
    given = reviews(Mode.REVIEW, Mode.REVIEW, Mode.CRAM, Mode.CRAM, Mode.REVIEW)
    history = [Logged(one, taken_back=False) for one in given]
    assert verdicts(history) == [Outcome.CORRECT] * 5
    assert [*repetitions(history).values()] == [0, 1, 2, 2, 2]


def test_what_was_taken_back_is_no_repetition_and_a_reset_begins_anew() -> None:
    one, two = reviews(Mode.REVIEW, Mode.REVIEW)
    at = NOW + timedelta(hours=1)
    reset = make_mark(Stamp("laptop", 7), at, ID, MarkKind.RESET)
    suspended = make_mark(Stamp("laptop", 8), at, ID, MarkKind.SUSPEND)
    for taken_back, counts in ((False, [0, 1]), (True, [0, 0])):
        history = [Logged(one, taken_back=taken_back), Logged(two, taken_back=False)]
        assert [*repetitions(history).values()] == counts
    for mark, taken_back, count in (
        (reset, False, 0),
        (reset, True, 1),
        (suspended, False, 1),
    ):
        history = [
            Logged(one, taken_back=False),
            Logged(mark, taken_back=taken_back),
            Logged(two, taken_back=False),
        ]
        assert repetitions(history)[two.id] == count
