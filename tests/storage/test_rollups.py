"""The roll-ups of the store are what the log comes to, however it came about."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.learners import STEADY
from tests.learning import MONDAY, STRENGTHS, Sitting, open_store
from tests.statistics.remembered import remembered
from tests.statistics.rolled import roll_up
from trainer.scheduling.marks import MarkKind
from trainer.scheduling.parameters import make_fit
from trainer.scheduling.review import Mode, Noted, Rating, Stamp
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.statistics.daily import Daily
from trainer.storage.chain import add_row
from trainer.storage.rows import review_row
from trainer.storage.store import Store

CARDS = ("one/a", "one/b", "two/c")
NOTED = {
    "": (),
    "hint": (Noted("hinted", "1", ()), Noted("language", "zh", ())),
    "over": (Noted("overruled", "wrong", ()), Noted("differs", "x", ((0, 1),))),
    "en": (Noted("language", "en", ()),),
}


def obvious(store: Store, decks: Sequence[str], now: datetime) -> Daily:
    """Return the log by day as the obvious fold has it."""
    settings = store.settings
    reviews = [
        one
        for one in store.log.reviews()
        if not decks or one.card.partition("/")[0] in decks
    ]
    marks = [
        one
        for one in store.log.marks()
        if not decks or one.card.partition("/")[0] in decks
    ]
    today = study_day(now, settings.rollover)
    return roll_up(reviews, marks, today, settings)


def rows(daily: Daily, *, whole: bool) -> dict[object, list[float]]:
    """Return rows by their keys, those that tell nothing left out; decks if `whole`."""
    found: dict[object, list[float]] = {}
    tables: list[tuple[int, Iterable[tuple[object, ...]]]] = [
        (4, zip(*daily.answers, strict=True)),
        (6, zip(*daily.asked, strict=True)),
        (2, daily.notes),
        (3, daily.foretold),
        (2, daily.held),
    ]
    for number, (length, table) in enumerate(tables):
        for row in table:
            deck = 0 if number == 3 else 1
            key = [number, *row[:length]]
            key[deck + 1] = "" if whole else key[deck + 1]
            values = found.setdefault(tuple(key), [0.0] * (len(row) - length))
            for at, value in enumerate(row[length:]):
                values[at] += value  # type: ignore[operator]
    return {key: values for key, values in found.items() if any(values)}


def assert_agree(store: Store, now: datetime) -> None:
    """Compare what the store keeps with the log."""
    today = study_day(now, store.settings.rollover)
    remembering = remembered(store.memories(), today, store.settings)
    assert list(map(list, store.recalled(today))) == list(map(list, remembering))
    for decks in ((), ("one",), ("one", "two"), ("none",)):
        kept = rows(store.daily(decks, today), whole=not decks)
        wanted = rows(obvious(store, decks, now), whole=not decks)
        assert kept.keys() == wanted.keys()
        for key, values in wanted.items():
            assert kept[key] == pytest.approx(values, abs=1e-9), key


class Script:
    """Carries out steps on two stores of one database, and beside them."""

    def __init__(self, home: Path, settings: Settings) -> None:
        self.store = open_store(home, settings)
        self.sitting = Sitting(self.store)
        self.settings = settings
        self.others = 0

    def do(self, what: str, card: str, rating: int, minutes: int, noted: str) -> None:
        """Carry out one step."""
        sitting = self.sitting
        sitting.now += timedelta(minutes=minutes)
        match what:
            case "answer" | "cram":
                mode = Mode.REVIEW if what == "answer" else Mode.CRAM
                review = sitting.review(card, rating)
                review = review._replace(mode=mode, findings=NOTED[noted])
                self.store.append(review, None)
            case "undo":
                sitting.undo()
            case "reset" | "flag":
                value = "on" if what == "flag" else ""
                sitting.mark(card, MarkKind(what), value)
            case "start":
                sitting.mark(card, MarkKind.START, STRENGTHS[rating - 1])
            case "other":
                self.other(card, rating, noted)
            case "west" | "east":
                hours = 8 if what == "east" else -4
                zone = timezone(timedelta(hours=hours))
                sitting.now = sitting.now.astimezone(zone)
            case _:
                assert_agree(self.store, sitting.now)

    def other(self, card: str, rating: int, noted: str) -> None:
        """Let an answer of another device arrive, given some hours ago."""
        self.others += 1
        review = self.sitting.review(card, rating)._replace(
            id=f"other-{self.others}",
            stamp=Stamp("another-device", self.others),
            at=self.sitting.now - timedelta(hours=30),
            rating=Rating(rating),
            findings=NOTED[noted],
        )
        self.store.unite([review])
        self.sitting = Sitting(self.store, self.sitting.now)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["answer"] * 8
            + ["cram", "undo", "undo", "reset", "flag", "other", "west", "east", "look"]
            + ["start", "start"]
        ),
        st.sampled_from(CARDS),
        st.integers(1, 4),
        st.sampled_from([0, 1, 11, 60, 60 * 9, 60 * 24, 60 * 24 * 9, 60 * 24 * 40]),
        st.sampled_from(sorted(NOTED)),
    ),
    max_size=25,
)
DAY = 24 * 60
FORGOTTEN = [
    ("answer", "one/a", 4, 0, "hint"),
    ("look", "one/a", 1, 0, ""),
    ("answer", "one/a", 1, 40 * DAY, "en"),
    ("look", "one/a", 1, 9 * DAY, ""),
    ("undo", "one/a", 1, 1, ""),
    ("look", "one/a", 1, 0, ""),
    ("reset", "one/a", 1, DAY, ""),
    ("look", "one/a", 1, 0, ""),
    ("undo", "one/a", 1, 1, ""),
]
LONG = [
    ("answer", "one/b", 4, 0, "hint"),
    ("cram", "one/b", 1, 60, "over"),
    ("answer", "one/b", 3, 9 * DAY, "en"),
    ("answer", "one/b", 1, 40 * DAY, "hint"),
    ("answer", "one/b", 3, 11, ""),
    ("other", "two/c", 4, 9 * DAY, "hint"),
    ("look", "one/a", 1, 40 * DAY, ""),
    ("reset", "one/b", 1, 9 * DAY, ""),
]


STARTED = [
    ("start", "one/a", 3, 0, ""),
    ("start", "two/c", 4, 0, ""),
    ("look", "one/a", 1, 9 * DAY, ""),
    ("answer", "one/a", 3, 9 * DAY, "hint"),
    ("look", "one/a", 1, 9 * DAY, ""),
    ("start", "one/a", 2, 40 * DAY, ""),
    ("undo", "one/a", 1, 1, ""),
]


@given(
    STEPS,
    st.sampled_from(
        [Settings(), Settings(learning_steps=(), spread=False, leech_lapses=1)]
    ),
)
@example(FORGOTTEN, Settings())
@example(STARTED, Settings())
def test_roll_ups_are_what_the_log_comes_to(
    steps: list[tuple[str, str, int, int, str]], settings: Settings
) -> None:
    with TemporaryDirectory() as name:
        script = Script(Path(name), settings)
        with script.store:
            for step in steps:
                script.do(*step)
            assert_agree(script.store, script.sitting.now)


def test_the_reviews_since_a_day_and_the_cards_answered_before(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store, MONDAY - timedelta(days=9))
        sitting.answer("one/a", 3)
        sitting.answer("one/b", 3)
        sitting.undo()
        sitting.now = MONDAY
        late = [sitting.answer(card, 3) for card in CARDS]
        assert list(store.log.reviews_since(MONDAY.date())) == late
        assert store.log.answered_before(MONDAY.date()) == {"one/a"}
        assert list(store.log.reviews_since(date.min)) == store.log.reviews()


def test_other_settings_and_parameters_make_roll_ups_anew(tmp_path: Path) -> None:
    early = Settings(rollover=timedelta(hours=10))
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        for days in (0, 1, 5):
            sitting.now += timedelta(days=days)
            sitting.answer("one/a", 3)
        assert_agree(store, sitting.now)
    with open_store(tmp_path, early) as store:
        assert_agree(store, sitting.now)
        before = store.daily([], sitting.now.date()).foretold
        store.adopt(make_fit(store.stamp(), sitting.now, STEADY, None))
        assert_agree(store, sitting.now)
        assert store.daily([], sitting.now.date()).foretold != before


def test_very_many_answers_at_once_make_roll_ups_anew(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        sitting.answer("one/a", 3)
        assert_agree(store, sitting.now)
        with closing(sqlite3.connect(tmp_path / "trainer.db")) as db, db:
            for number in range(2100):
                review = sitting.review(f"many/{number}", 3)._replace(id=f"r{number}")
                add_row(db, "reviews", review_row(review))
        assert_agree(store, sitting.now)


def test_roll_ups_that_know_of_more_than_the_log_has_are_made_anew(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        sitting.answer("one/a", 3)
        assert_agree(store, sitting.now)
        with closing(sqlite3.connect(tmp_path / "trainer.db")) as db, db:
            db.execute(
                "UPDATE meta SET value = replace(value, ': 1}', ': 7}') "
                "WHERE key = 'rollups'"
            )
            db.execute("UPDATE rolled_answers SET count = 9")
        assert_agree(store, sitting.now)


def test_roll_ups_that_are_wrong_are_put_right_with_the_other_caches(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        sitting.answer("one/a", 3)
        assert_agree(store, sitting.now)
        with closing(sqlite3.connect(tmp_path / "trainer.db")) as db, db:
            db.execute("UPDATE rolled_answers SET count = 9")
        assert store.replay_caches(keep=True) == []
        assert_agree(store, sitting.now)


def test_crams_hints_and_years_away_are_rolled_up_whenever_one_looks(
    tmp_path: Path,
) -> None:
    script = Script(tmp_path, Settings())
    with script.store:
        for step in (*LONG, *FORGOTTEN):
            script.do(*step)
            assert_agree(script.store, script.sitting.now)
