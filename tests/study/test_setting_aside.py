"""Cards set aside, skipped, and brought back in a sitting."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from tests.learning import all_dated
from trainer.cards.card import Card, CardId
from trainer.cards.reading import read_deck
from trainer.scheduling.marks import FLAGGED, Mark, MarkKind, Standing, make_mark
from trainer.scheduling.memory import Memory, advance
from trainer.scheduling.queue import Allowance, Known, build_queue, queue_of
from trainer.scheduling.review import Rating, Stamp
from trainer.scheduling.settings import Settings
from trainer.study.session import (
    Asking,
    Finished,
    Judged,
    Session,
    TakenBack,
    answer,
    begin,
    go_over,
    rate,
    set_aside,
    skip,
    take_back,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=8)))
DAY = timedelta(days=1)
DEFAULT = Settings()
A = CardId("d/a")


def cards(names: str) -> dict[CardId, Card]:
    rows = "".join(
        f"- id: {name}\n  kind: command\n  ask: {name}?\n  answer: {name.upper()}\n"
        for name in names.split()
    )
    deck = read_deck(f"deck: d\ntitle: T\ncards:\n{rows}".encode(), "d.yaml").deck
    assert deck is not None
    return {card.id: card for card in deck.cards}


def start(names: str, memories: dict[CardId, Memory] | None = None) -> Session:
    known, memories = cards(names), memories or {}
    queue = build_queue(
        Known(known, all_dated(memories)), {}, Allowance(99, 99), NOW, DEFAULT
    )
    return begin(queue, known, memories, DEFAULT, NOW)


def asked(session: Session) -> str:
    """Answer all cards easily, and return which were asked."""
    order = []
    while not isinstance(session.phase, Finished):
        order.append(session.phase.card.id.removeprefix("d/"))
        stamp = Stamp("laptop", len(order))
        session, _ = rate(answer(session, "", NOW, 0), Rating.EASY, NOW, stamp)
    return " ".join(order)


def undone(
    kind: MarkKind,
    memory: Memory | None = None,
    standing: Standing | None = None,
    card: CardId = A,
) -> TakenBack:
    mark: Mark = make_mark(Stamp("laptop", 1), NOW, card, kind, FLAGGED)
    return TakenBack(mark, memory, standing or Standing())


def known(days: int) -> Memory:
    """Return the memory of a card that is due in some days."""
    memory = advance(None, Rating.EASY, NOW - 30 * DAY, DEFAULT, CardId("d/x"))
    return replace(memory, due_day=NOW.date() + days * DAY)


def test_a_card_set_aside_does_not_come_back_and_nothing_was_answered() -> None:
    session = set_aside(start("a b c"), NOW)
    assert session.done == ()
    assert session.left(NOW).total == 2
    assert asked(session) == "b c"


def test_a_card_can_be_set_aside_when_its_answer_was_judged() -> None:
    session = set_aside(answer(start("a b"), "x", NOW, 0), NOW)
    assert isinstance(session.phase, Asking)
    assert asked(session) == "b"


def test_setting_the_last_card_aside_ends_the_sitting() -> None:
    assert set_aside(start("a"), NOW).phase == Finished(None)


def test_a_skipped_card_comes_last() -> None:
    session = skip(start("a b c"), NOW)
    assert session.left(NOW).new == 3
    assert asked(session) == "b c a"
    assert asked(skip(skip(start("a b c"), NOW), NOW)) == "c a b"


def test_the_only_card_can_be_skipped_and_is_asked_again() -> None:
    assert asked(skip(start("a"), NOW)) == "a"


def test_a_skipped_step_comes_last_too_and_once() -> None:
    step = advance(
        None, Rating.AGAIN, NOW - timedelta(minutes=9), DEFAULT, CardId("d/x")
    )
    session = start("a b c", {A: step})
    assert isinstance(session.phase, Asking)
    assert session.phase.card.id == A
    assert asked(skip(session, NOW)) == "b c a"


def test_without_a_card_there_is_nothing_to_set_aside_or_skip() -> None:
    for leave in (set_aside, skip):
        with pytest.raises(TypeError, match="no card is shown"):
            leave(start(""), NOW)


@pytest.mark.parametrize("kind", [MarkKind.SUSPEND, MarkKind.BURY])
def test_a_card_whose_suspension_is_taken_back_is_asked_next(kind: MarkKind) -> None:
    session = set_aside(start("a b c"), NOW)
    session = take_back(session, undone(kind), NOW)
    assert session.left(NOW).new == 3
    assert asked(session) == "a b c"


@pytest.mark.parametrize(
    ("taken", "order"),
    [
        (undone(MarkKind.SUSPEND, known(0)), "a b c"),
        (undone(MarkKind.SUSPEND, known(-9)), "a b c"),
        (undone(MarkKind.SUSPEND, known(5)), "b c"),
        (undone(MarkKind.SUSPEND, None, Standing(suspended=True)), "b c"),
        (undone(MarkKind.BURY, None, Standing(suspended=True)), "b c"),
        (undone(MarkKind.SUSPEND, None, Standing(buried_on=NOW.date())), "b c"),
        (undone(MarkKind.SUSPEND, card=CardId("gone/x")), "a b c"),
        (undone(MarkKind.RESUME, None, Standing(suspended=True)), "b c"),
        (undone(MarkKind.RESET, known(5)), "b c"),
        (undone(MarkKind.RESET, known(0)), "a b c"),
        (undone(MarkKind.FLAG), "a b c"),
    ],
)
def test_only_a_card_that_is_wanted_today_comes_back(
    taken: TakenBack, order: str
) -> None:
    assert asked(take_back(start("a b c"), taken, NOW)) == order


def test_taking_back_a_flag_leaves_the_answer_that_is_open() -> None:
    session = answer(start("a b"), "x", NOW, 0)
    after = take_back(session, undone(MarkKind.FLAG), NOW)
    assert isinstance(after.phase, Judged)
    assert after == session


def test_what_a_reset_hid_is_remembered_again_when_it_is_taken_back() -> None:
    memory = known(0)
    session = take_back(start("a b"), undone(MarkKind.RESET, memory), NOW)
    assert session.memory(A) == memory
    assert session.left(NOW).review == 1


def forgotten(chosen: Settings) -> tuple[Session, bool]:
    """Forget a card of two once more, and return what follows."""
    memory = replace(known(0), lapses=chosen.leech_lapses - 1)
    queue = queue_of([A, CardId("d/b")], NOW, chosen)
    session = begin(queue, cards("a b"), {A: memory}, chosen, NOW)
    judged = answer(session, "", NOW, 0)
    after, done = rate(judged, Rating.AGAIN, NOW, Stamp("laptop", 1))
    return after, done.is_leech


def test_a_leech_comes_back_unless_leeches_are_to_be_suspended() -> None:
    session, is_leech = forgotten(Settings())
    assert is_leech
    assert session.queue.next_step() is not None
    session, is_leech = forgotten(Settings(leech_suspends=True))
    assert is_leech
    assert (asked(session), session.queue.next_step()) == ("b", None)


def test_gone_over_outside_of_the_schedule_nothing_becomes_a_leech() -> None:
    session, _ = forgotten(DEFAULT)
    again = go_over(session, NOW)
    judged = answer(again, "", NOW, 0)
    _, done = rate(judged, Rating.AGAIN, NOW, Stamp("laptop", 2))
    assert (done.card.id, done.is_leech) == (A, False)
