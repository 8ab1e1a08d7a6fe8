"""The JSON export holds everything, and the same data gives the same bytes."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from tests.decks import SHIPPED
from trainer.cards.card import CardId, Deck
from trainer.cards.reading import read_deck
from trainer.cards.record import load_card
from trainer.exchange.exporter import Wanted
from trainer.exchange.json_format import export_json
from trainer.exchange.snapshot import Snapshot
from trainer.grading.verdict import Outcome
from trainer.scheduling.defaults import PARAMETERS
from trainer.scheduling.marks import FLAGGED, Mark, MarkKind, make_mark, undo_mark
from trainer.scheduling.memory import Memory, State, advance, replay
from trainer.scheduling.parameters import Basis, Fit, make_fit
from trainer.scheduling.review import Mode, Noted, Rating, Retraction, Review, Stamp
from trainer.scheduling.settings import Settings
from trainer.study.quiz.question import Made
from trainer.study.quiz.record import QuizAnswer, QuizBegun, QuizMode

NOW = datetime(2026, 11, 23, 9, 30, 15, 250_000, timezone(timedelta(hours=8)))
INDIA = timezone(timedelta(hours=5, minutes=30))


def review(seq: int, card: str, at: datetime, response: str = "") -> Review:
    return Review(
        id=f"review-{seq}",
        stamp=Stamp("laptop", seq),
        at=at,
        card=CardId(card),
        rating=Rating.GOOD,
        outcome=Outcome.PARTIAL,
        response=response,
        took_ms=1234,
        mode=Mode.REVIEW,
    )


def shipped() -> list[Deck]:
    decks = [read_deck(path.read_bytes(), path.name).deck for path in SHIPPED]
    return [deck for deck in decks if deck]


REVIEWS = [
    review(1, "images/x", NOW, '"引号" </script> \\ \n\x1b[31m 👩\u200d💻'),
    review(2, "images/x", NOW.astimezone(INDIA) + timedelta(minutes=10)),
    review(4, "gone/y", NOW.astimezone(UTC).replace(microsecond=0)),
]
RETRACTED = [review(3, "images/z", NOW)]
RETRACTIONS = [
    Retraction("undo-review-3", Stamp("phone", 1), NOW + timedelta(days=1), "review-3")
]


MARKS = [
    make_mark(Stamp("laptop", 5), NOW, CardId("images/x"), MarkKind.FLAG, FLAGGED),
    make_mark(Stamp("laptop", 6), NOW, CardId("gone/y"), MarkKind.RESET),
]
MARKS.append(undo_mark(MARKS[1], Stamp("phone", 2), NOW.astimezone(INDIA)))


FITS = [
    make_fit(
        Stamp("laptop", 7),
        NOW,
        [0.1 + number / 3 for number in range(21)],
        Basis(70, 9, date(2026, 1, 2), date(2026, 11, 20)),
    ),
    make_fit(Stamp("phone", 3), NOW.astimezone(INDIA), PARAMETERS, None),
]


QUIZ = QuizBegun(
    *("quiz", Stamp("laptop", 8), NOW, QuizMode.EXAM, "7", "images", 2, 60_000, 80)
)
ANSWERS = [
    QuizAnswer(
        id=f"answer-{number}",
        stamp=Stamp("laptop", 8 + number),
        at=NOW.astimezone(INDIA),
        quiz="quiz",
        position=number,
        card=CardId(card),
        made=Made.CHOICES,
        outcome=Outcome.PARTIAL,
        points=50,
        response="docker ps -q",
        choice="`docker ps -a`",
        took_ms=900,
        findings=(Noted("wrong-option", "--all", ((10, 12),)),),
    )
    for number, card in enumerate(("images/x", "gone/y"), 1)
]


def memory() -> Memory:
    found = replay(REVIEWS[:2], Settings())
    assert found is not None
    return found


def snapshot(**changes: Any) -> Snapshot:  # noqa: ANN401 - any field of a snapshot
    whole: dict[str, Any] = {
        "decks": shipped(),
        "reviews": REVIEWS,
        "retracted": RETRACTED,
        "retractions": RETRACTIONS,
        "marks": MARKS,
        "fits": FITS,
        "memories": {CardId("images/x"): memory()},
        "quizzes": [QUIZ],
        "quiz_answers": ANSWERS,
    }
    return Snapshot(**(whole | changes))


def export(of: Snapshot) -> str:
    return "".join(export_json(of, Wanted(NOW)))


def exported(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of a snapshot
    data: dict[str, Any] = json.loads(export(snapshot(**changes)))
    return data


def instant(row: dict[str, Any]) -> datetime:
    """Return the moment that a row tells, as the learner's clock showed it."""
    at = datetime.fromisoformat(row["at"])
    assert at.tzinfo == UTC
    return at.astimezone(timezone(timedelta(seconds=row["offset"])))


def review_in(row: dict[str, Any]) -> Review:
    return Review(
        id=row["id"],
        stamp=Stamp(row["device"], row["seq"]),
        at=instant(row),
        card=CardId(row["card"]),
        rating=Rating(row["rating"]),
        outcome=Outcome(row["outcome"]),
        response=row["response"],
        took_ms=row["took_ms"],
        mode=Mode(row["mode"]),
    )


def fit_in(row: dict[str, Any]) -> Fit:
    basis = row["basis"]
    return Fit(
        id=row["id"],
        stamp=Stamp(row["device"], row["seq"]),
        at=instant(row),
        parameters=tuple(row["parameters"]),
        basis=basis
        and Basis(
            basis["reviews"],
            basis["cards"],
            date.fromisoformat(basis["first_day"]),
            date.fromisoformat(basis["last_day"]),
        ),
    )


def memory_in(row: dict[str, Any]) -> Memory:
    return Memory(
        state=State(row["state"]),
        step=row["step"],
        stability=row["stability"],
        difficulty=row["difficulty"],
        due_day=date.fromisoformat(row["due_day"]),
        due_at=datetime.fromisoformat(row["due_at"]) if row["due_at"] else None,
        first_day=date.fromisoformat(row["first_day"]),
        last=datetime.fromisoformat(row["last"]),
        reps=row["reps"],
        lapses=row["lapses"],
    )


def test_the_export_names_its_version_and_its_parts() -> None:
    data = exported()
    assert data["schema_version"] == 1
    assert list(data) == [
        *("schema_version", "decks", "cards"),
        *("reviews", "retracted", "retractions", "marks", "fits", "memory"),
        *("quizzes", "quiz_answers"),
    ]


def test_each_card_can_be_made_again_from_the_export() -> None:
    data = exported()
    grammars = {deck["id"]: deck["grammar"] for deck in data["decks"]}
    cards = [card for deck in shipped() for card in deck.cards]
    assert len(data["cards"]) == len(cards) > 0
    for row, card in zip(data["cards"], cards, strict=True):
        assert row["id"] == card.id
        name = {"id": card.id.removeprefix(f"{row['deck']}/")}
        made = load_card(row | name, row["deck"], grammars[row["deck"]], card.line)
        assert made == card


def test_the_decks_are_named_with_their_titles() -> None:
    for row, deck in zip(exported()["decks"], shipped(), strict=True):
        assert row == {
            "id": deck.id,
            "title": {"en": deck.title.en, "zh": deck.title.zh},
            "order": deck.order,
            "grammar": deck.grammar,
        }


def test_each_fit_can_be_made_again_from_the_export() -> None:
    assert [fit_in(row) for row in exported()["fits"]] == FITS


def test_each_review_can_be_made_again_from_the_export() -> None:
    data = exported()
    assert [review_in(row) for row in data["reviews"]] == REVIEWS
    assert [review_in(row) for row in data["retracted"]] == RETRACTED
    offsets = [one.at.utcoffset() for one in REVIEWS]
    assert [instant(row).utcoffset() for row in data["reviews"]] == offsets


def test_each_mark_can_be_made_again_from_the_export() -> None:
    made = [
        Mark(
            id=row["id"],
            stamp=Stamp(row["device"], row["seq"]),
            at=instant(row),
            card=CardId(row["card"]),
            kind=MarkKind(row["kind"]),
            value=row["value"],
        )
        for row in exported()["marks"]
    ]
    assert made == MARKS


def test_an_instant_is_written_in_utc_with_its_zone_beside_it() -> None:
    rows = exported()["reviews"]
    assert [(row["at"], row["offset"]) for row in rows] == [
        ("2026-11-23T01:30:15.250Z", 28_800),
        ("2026-11-23T01:40:15.250Z", 19_800),
        ("2026-11-23T01:30:15.000Z", 0),
    ]


def test_what_was_taken_back_is_told_apart_from_what_counts() -> None:
    assert exported()["retractions"] == [
        {
            "id": "undo-review-3",
            "device": "phone",
            "seq": 1,
            "at": "2026-11-24T01:30:15.250Z",
            "offset": 28_800,
            "review": "review-3",
        }
    ]


@pytest.mark.parametrize("rating", Rating)
def test_each_memory_can_be_made_again_from_the_export(rating: Rating) -> None:
    found = advance(
        memory(), rating, NOW + timedelta(days=2), Settings(), CardId("d/x")
    )
    (row,) = exported(memories={CardId("images/x"): found})["memory"]
    assert row["card"] == "images/x"
    assert memory_in(row) == found


def test_the_same_data_gives_the_same_bytes_whatever_the_order_of_memories() -> None:
    one = {CardId("a/x"): memory(), CardId("b/y"): memory()}
    other = dict(reversed(one.items()))
    assert export(snapshot(memories=one)) == export(snapshot(memories=other))


def test_chinese_stays_legible_and_the_file_ends_with_a_line_end() -> None:
    text = export(snapshot())
    assert "引号" in text
    assert text.endswith("}\n")
    assert "\x1b" not in text


def test_each_quiz_can_be_made_again_from_the_export() -> None:
    data = exported()
    (row,) = data["quizzes"]
    stamp, at, mode = Stamp(row["device"], row["seq"]), instant(row), row["mode"]
    kept = [row[name] for name in QUIZ._fields[4:]]
    assert QuizBegun(row["id"], stamp, at, QuizMode(mode), *kept) == QUIZ
    rows = data["quiz_answers"]
    assert [quiz_answer_in(one) for one in rows] == ANSWERS


def quiz_answer_in(row: dict[str, Any]) -> QuizAnswer:
    names = ("id", "quiz", "position", "points", "response", "choice", "took_ms")
    return QuizAnswer(
        **{name: row[name] for name in names},
        stamp=Stamp(row["device"], row["seq"]),
        at=instant(row),
        card=CardId(row["card"]),
        made=Made(row["made"]),
        outcome=Outcome(row["outcome"]),
        findings=tuple(
            Noted(one["code"], one["subject"], tuple(map(tuple, one["spans"])))
            for one in row["findings"]
        ),
    )


def test_an_empty_log_can_be_exported() -> None:
    data = exported(
        decks=[],
        reviews=[],
        retracted=[],
        retractions=[],
        marks=[],
        fits=[],
        memories={},
        quizzes=[],
        quiz_answers=[],
    )
    assert data == {
        "schema_version": 1,
        "decks": [],
        "cards": [],
        "reviews": [],
        "retracted": [],
        "retractions": [],
        "marks": [],
        "fits": [],
        "memory": [],
        "quizzes": [],
        "quiz_answers": [],
    }


def test_of_some_cards_only_what_belongs_to_them_is_left() -> None:
    whole = snapshot()
    chosen = whole.decks[0].cards[0].id
    part = replace(whole, marks=[*whole.marks], memories={chosen: memory()}).of_cards(
        frozenset({chosen, CardId("images/x")})
    )
    assert [one.id for deck in part.decks for one in deck.cards] == [chosen]
    assert {one.card for one in part.reviews} == {"images/x"}
    assert not part.retracted
    assert not part.retractions
    assert {one.card for one in part.marks} == {"images/x"}
    assert list(part.memories) == [chosen]
    assert (part.quizzes, part.quiz_answers) == ([QUIZ], ANSWERS[:1])
    assert not whole.of_cards(frozenset({chosen})).quizzes
