"""Due days follow from the log alone, not from when or in which order it grew."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learning import (
    MONDAY,
    STRENGTHS,
    Sitting,
    all_dated,
    chain_is_whole,
    open_store,
    replayed,
)
from trainer.cards.card import Card, CardId
from trainer.cards.reading import read_deck
from trainer.grading.verdict import Outcome
from trainer.scheduling.marks import Mark, MarkKind, make_mark
from trainer.scheduling.memory import Memory, advance
from trainer.scheduling.queue import Allowance, Known, build_queue
from trainer.scheduling.review import Mode, Rating, Review, Stamp
from trainer.scheduling.settings import Settings
from trainer.storage.store import Store
from trainer.study.session import Asking, Session, answer, begin, rate, take_back

CARDS = [f"deck/card-{number}" for number in range(8)]
DAY = 24 * 60
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(
            ["answer"] * 12
            + ["undo", "reset", "other", "back", "cram", "reopen", "gone", "elsewhere"]
            + ["start"]
        ),
        st.sampled_from(CARDS),
        st.sampled_from([1, 2, 3, 3, 4, 4, 4]),
        st.sampled_from([0, 1, 30, DAY, 4 * DAY, 9 * DAY]),
    ),
    max_size=30,
)


def rows_of(home: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(home / "trainer.db")) as db:
        return db.execute("SELECT * FROM memory ORDER BY card").fetchall()


def do(
    store: Store, other: Store, sitting: Sitting, deed: tuple[str, str, int]
) -> None:
    """Do one thing of those that may happen while a sitting is open."""
    kind, card, rating = deed
    match kind:
        case "answer":
            sitting.answer(card, rating)
        case "undo":
            sitting.undo(1 + rating % 2)
        case "gone" | "elsewhere" as what:
            sitting.mark(card, MarkKind.RESET if what == "gone" else MarkKind.BURY)
            other.take_back(sitting.now, rating)
        case "reset":
            sitting.mark(card, MarkKind.RESET)
        case "start":
            sitting.mark(card, MarkKind.START, STRENGTHS[rating - 1])
        case "other":
            Sitting(other, sitting.now).answer(card, rating)
        case "back":
            sitting.now -= timedelta(days=3)
            sitting.answer(card, rating)
            sitting.now += timedelta(days=3)
        case "cram":
            store.append(sitting.review(card, rating)._replace(mode=Mode.CRAM), None)
        case _:
            sitting.loads = store.loads()
            sitting.memories = {**store.memories()}


@settings(max_examples=80, deadline=None)
@given(DEEDS)
def test_whatever_happens_due_days_are_those_of_the_log(
    deeds: list[tuple[str, str, int, int]],
) -> None:
    with TemporaryDirectory() as name:
        home = Path(name)
        with open_store(home) as store, open_store(home) as other:
            sitting = Sitting(store)
            for kind, card, rating, minutes in deeds:
                sitting.now += timedelta(minutes=minutes + 1)
                do(store, other, sitting, (kind, card, rating))
            assert store.memories() == replayed(store)
            assert store.replay_caches(keep=False) == []
            assert chain_is_whole(home)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["laptop", "phone"]),
        st.sampled_from(CARDS),
        st.sampled_from([-3, -1, 0, 1, 3, 4, 4, 4]),
        st.sampled_from([0, 0, 1, 30, DAY, 4 * DAY, 9 * DAY]),
    ),
    min_size=2,
    max_size=25,
)


def rows_from(given_: list[tuple[str, str, int, int]]) -> list[Review | Mark]:
    """Return answers of two devices, resets where the rating is 0, starts below."""
    seqs, at, rows = {"laptop": 0, "phone": 0}, MONDAY, list[Review | Mark]()
    for device, card, rating, minutes in given_:
        at += timedelta(minutes=minutes)
        seqs[device] += 1
        stamp = Stamp(device, seqs[device])
        if rating < 1:
            kind = MarkKind.START if rating else MarkKind.RESET
            value = STRENGTHS[-rating - 1] if rating else ""
            rows.append(make_mark(stamp, at, CardId(card), kind, value))
            continue
        review = Review(
            id=f"{device}-{stamp.seq}",
            stamp=stamp,
            at=at,
            card=CardId(card),
            rating=Rating(rating),
            outcome=Outcome.UNJUDGED,
            response="",
            took_ms=1,
            mode=Mode.REVIEW,
        )
        rows.append(review)
    return rows


def led_to(home: Path, rows: list[Review | Mark]) -> dict[CardId, Memory]:
    """Write rows as they arrive; return what they lead to."""
    home.mkdir(exist_ok=True)
    with open_store(home) as store:
        for row in rows:
            if isinstance(row, Review):
                store.append(row, None)
            else:
                store.mark(row)
        assert store.memories() == replayed(store)
        return store.memories()


@settings(max_examples=40, deadline=None)
@given(ROWS, st.data())
def test_the_same_rows_lead_to_the_same_days_in_any_order_of_arrival(
    given_: list[tuple[str, str, int, int]], data: st.DataObject
) -> None:
    rows = rows_from(given_)
    # on one device numbers only grow, but a row of the other may come at any time
    turns = data.draw(st.permutations([row.stamp.device for row in rows]))
    waiting = {
        device: iter([row for row in rows if row.stamp.device == device])
        for device in ("laptop", "phone")
    }
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        in_order = led_to(Path(one), rows)
        mixed = led_to(Path(other), [next(waiting[device]) for device in turns])
        assert in_order == mixed
        assert rows_of(Path(one)) == rows_of(Path(other))


def test_of_two_answers_at_one_instant_the_device_decides(tmp_path: Path) -> None:
    """The two cards want the same day, so the second one has to give way."""
    alone = {
        card: advance(None, Rating.EASY, MONDAY, Settings(), CardId(card)).due_day
        for card in CARDS
    }
    first, second = next(
        pair for pair in combinations(CARDS, 2) if alone[pair[0]] == alone[pair[1]]
    )
    rows = rows_from([("laptop", first, 4, 0), ("phone", second, 4, 0)])
    in_order = led_to(tmp_path / "one", rows)
    assert led_to(tmp_path / "other", rows[::-1]) == in_order
    assert in_order[CardId(first)].due_day == alone[first]
    assert in_order[CardId(second)].due_day != alone[second]


def test_an_answer_taken_back_leaves_all_days_as_they_were(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        for card in CARDS:
            sitting.answer(card, 4)
        sitting.now += timedelta(days=8)
        before = store.memories()
        for card in CARDS[:3]:
            sitting.answer(card, 3)
        sitting.undo(2)
        sitting.undo()
        assert store.memories() == before == replayed(store)
        sitting.answer(CARDS[5], 3)
        assert store.memories() == replayed(store)


def test_newest_answers_and_resets_are_taken_back_without_the_rest_of_the_log(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        for card in CARDS[:3]:
            sitting.answer(card, 4)
        sitting.now += timedelta(days=8)
        before = rows_of(tmp_path)
        for card in [CARDS[1], CARDS[1], CARDS[7]]:
            sitting.answer(card, 3)
        sitting.mark(CARDS[2], MarkKind.RESET)
    with closing(sqlite3.connect(tmp_path / "trainer.db")) as db, db:
        db.execute("UPDATE memory SET lapses = 77 WHERE card = ?", [CARDS[0]])
    for count in (1, 2, 1):
        with open_store(tmp_path) as store:
            store.take_back(sitting.now, count)
    assert [row[10] for row in rows_of(tmp_path)] == [77, 0, 0]
    assert rows_of(tmp_path)[1:] == before[1:]


def test_of_how_cards_were_no_more_is_kept_than_of_some_hundred_answers(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        for number in range(450):
            sitting.answer(f"deck/{number % 9}", 3)
        with closing(sqlite3.connect(tmp_path / "trainer.db")) as db:
            kept = db.execute("SELECT count(*) FROM trail").fetchone()
        assert kept == (250,)


def test_cards_learned_in_one_sitting_come_back_in_equal_portions(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        for number in range(30):
            sitting.answer(f"deck/{number}", 4)
        days = [one.due_day for one in store.memories().values()]
    counts = [days.count(day) for day in set(days)]
    assert (len(counts), max(counts) - min(counts)) == (5, 0)


def test_easy_days_chosen_later_move_what_was_placed_before(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        for card in CARDS:
            sitting.answer(card, 4)
        was = store.memories()
    chosen = Settings(easy_days=(1, 1, 1, 0, 1, 1, 0))
    with open_store(tmp_path, chosen) as store:
        moved = store.memories()
        assert moved == replayed(store, chosen) != was
        assert {one.due_day.weekday() for one in moved.values()} == {0, 1, 2}
    with open_store(tmp_path) as store:
        assert store.memories() == was


def cards_of_a_deck() -> dict[CardId, Card]:
    rows = "".join(
        f"- {{id: card-{number}, kind: command, ask: '{number}?', answer: docker ps}}\n"
        for number in range(8)
    )
    reading = read_deck(f"deck: deck\ntitle: T\ncards:\n{rows}".encode(), "deck.yaml")
    assert reading.deck is not None
    return {card.id: card for card in reading.deck.cards}


def begun(store: Store, now: datetime) -> Session:
    """Begin a sitting as the program does."""
    loads, cards, chosen = store.loads(), cards_of_a_deck(), Settings()
    memories = store.memories()
    known = Known(cards, all_dated(memories))
    allowed = Allowance(new=9, reviews=9, ahead=2)
    queue = build_queue(known, {}, allowed, now, chosen)
    return begin(queue, cards, memories, chosen, now, loads)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([1, 2, 3, 4, 4, 4, "undo"]), max_size=14),
        min_size=1,
        max_size=4,
    )
)
def test_what_a_sitting_offers_is_what_is_kept(days: list[list[int | str]]) -> None:
    with TemporaryDirectory() as home, open_store(Path(home)) as store:
        now = MONDAY
        for deeds in days:
            now += timedelta(days=5)
            session = begun(store, now)
            for deed in deeds:
                now += timedelta(minutes=1)
                if isinstance(deed, str):
                    for taken in store.take_back(now, 1):
                        session = take_back(session, taken, now)
                elif isinstance(session.phase, Asking):
                    judged = answer(session, "", now, 1)
                    session, done = rate(judged, Rating(deed), now, store.stamp())
                    store.append(done.review, done.memory)
                    assert store.memory(done.card.id) == done.memory
            assert store.memories() == replayed(store)
