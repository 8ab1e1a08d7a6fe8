"""`json`: everything, without loss. The same data gives the same bytes."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from trainer.cards.card import Card, CardId, Deck
from trainer.cards.record import show_card
from trainer.cards.shapes import TextShape
from trainer.exchange.exporter import Wanted
from trainer.exchange.snapshot import Snapshot
from trainer.language.clean import clean_json
from trainer.scheduling.marks import Mark
from trainer.scheduling.memory import Memory
from trainer.scheduling.parameters import Basis, Fit
from trainer.scheduling.review import Noted, Retraction, Review
from trainer.study.quiz.record import QuizAnswer, QuizBegun

SCHEMA_VERSION = 1
_AT_ONCE = 1000


def export_json(snapshot: Snapshot, wanted: Wanted) -> Iterator[str]:
    """Yield cards, log and memory as JSON.

    `reviews` are those that count; `retracted` holds the others, with the
    `retractions` that took them back. A mark whose kind is `undo` has as its value
    the id of the mark that it takes back, one of kind `start` stability and
    difficulty. Of the `fits` of FSRS's parameters the last one is in force. Texts are
    there in every language, whatever was wanted.
    """
    del wanted
    return map(clean_json, _text(snapshot))


def _text(snapshot: Snapshot) -> Iterator[str]:
    """Yield the text in parts: as a whole, a long log would fill the memory."""
    yield f'{{\n "schema_version": {SCHEMA_VERSION}'
    for name, items in _lists(snapshot).items():
        before = f',\n "{name}": ['
        while some := list(islice(items, _AT_ONCE)):
            yield before + ",".join(map(_item, some))
            before = ","
        yield "\n ]" if before == "," else f"{before}]"
    yield "\n}\n"


def _item(item: dict[str, Any]) -> str:
    """Return an item of a list as JSON with its members on lines of their own."""
    if any(value and isinstance(value, _NESTED) for value in item.values()):
        text = json.dumps(item, ensure_ascii=False, indent=1).replace("\n", "\n  ")
        return f"\n  {text}"
    return f"\n  {{\n   {_flat(item)[1:-1]}\n  }}"


_NESTED = (dict, list, tuple)
_flat = json.JSONEncoder(ensure_ascii=False, separators=(",\n   ", ": ")).encode
"""Six times as fast as what indents, which is not compiled."""


def _lists(snapshot: Snapshot) -> dict[str, Iterator[dict[str, Any]]]:
    memories = sorted(snapshot.memories.items())
    return {
        "decks": map(deck_json, snapshot.decks),
        "cards": (
            card_json(card, deck) for deck in snapshot.decks for card in deck.cards
        ),
        "reviews": map(review_json, snapshot.reviews),
        "retracted": map(review_json, snapshot.retracted),
        "retractions": map(_retraction, snapshot.retractions),
        "marks": map(mark_json, snapshot.marks),
        "fits": map(fit_json, snapshot.fits),
        "memory": (memory_json(card, memory) for card, memory in memories),
        "quizzes": map(quiz_json, snapshot.quizzes),
        "quiz_answers": map(quiz_answer_json, snapshot.quiz_answers),
    }


def log_json(snapshot: Snapshot) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the log that are about cards as JSON, by their kind."""
    return {
        "reviews": [review_json(review) for review in snapshot.reviews],
        "retracted": [review_json(review) for review in snapshot.retracted],
        "retractions": [_retraction(one) for one in snapshot.retractions],
        "marks": [mark_json(one) for one in snapshot.marks],
    }


def whole_log_json(snapshot: Snapshot) -> dict[str, list[dict[str, Any]]]:
    """Return the other rows of the log as JSON, by their kind."""
    return {
        "fits": [fit_json(one) for one in snapshot.fits],
        "quizzes": [quiz_json(one) for one in snapshot.quizzes],
        "quiz_answers": [quiz_answer_json(one) for one in snapshot.quiz_answers],
    }


def deck_json(deck: Deck) -> dict[str, Any]:
    """Return what stands above a deck's cards as JSON."""
    title = TextShape().dump(deck.title)
    return {
        "id": deck.id,
        "title": title,
        "order": deck.order,
        "grammar": deck.grammar,
    }


def card_json(card: Card, deck: Deck) -> dict[str, Any]:
    """Return a card as JSON, as it looks and as it was written."""
    return show_card(card) | {"id": card.id, "deck": deck.id, "form": card.form}


def review_json(review: Review) -> dict[str, Any]:
    """Return a review as JSON."""
    return {
        "id": review.id,
        "device": review.stamp.device,
        "seq": review.stamp.seq,
        **_moment(review.at),
        "card": review.card,
        "rating": review.rating.value,
        "response": review.response,
        "outcome": review.outcome.value,
        "took_ms": review.took_ms,
        "mode": review.mode.value,
        "findings": findings_json(review.findings),
    }


def _retraction(retraction: Retraction) -> dict[str, Any]:
    return {
        "id": retraction.id,
        "device": retraction.stamp.device,
        "seq": retraction.stamp.seq,
        **_moment(retraction.at),
        "review": retraction.review,
    }


def mark_json(mark: Mark) -> dict[str, Any]:
    """Return a mark as JSON."""
    return {
        "id": mark.id,
        "device": mark.stamp.device,
        "seq": mark.stamp.seq,
        **_moment(mark.at),
        "card": mark.card,
        "kind": mark.kind.value,
        "value": mark.value,
    }


def fit_json(fit: Fit) -> dict[str, Any]:
    """Return fitted parameters as JSON."""
    return {
        "id": fit.id,
        "device": fit.stamp.device,
        "seq": fit.stamp.seq,
        **_moment(fit.at),
        "parameters": fit.parameters,
        "basis": basis_json(fit.basis),
    }


def quiz_json(quiz: QuizBegun) -> dict[str, Any]:
    """Return a quiz as JSON; a limit or mark of 0 is none."""
    return {
        "id": quiz.id,
        "device": quiz.stamp.device,
        "seq": quiz.stamp.seq,
        **_moment(quiz.at),
        "mode": quiz.mode.value,
        "seed": quiz.seed,
        "selection": quiz.selection,
        "questions": quiz.questions,
        "limit_ms": quiz.limit_ms,
        "pass_mark": quiz.pass_mark,
    }


def quiz_answer_json(answer: QuizAnswer) -> dict[str, Any]:
    """Return an answer of a quiz as JSON; points are hundredths."""
    return {
        "id": answer.id,
        "device": answer.stamp.device,
        "seq": answer.stamp.seq,
        **_moment(answer.at),
        "quiz": answer.quiz,
        "position": answer.position,
        "card": answer.card,
        "made": answer.made.value,
        "outcome": answer.outcome.value,
        "points": answer.points,
        "response": answer.response,
        "choice": answer.choice,
        "took_ms": answer.took_ms,
        "findings": findings_json(answer.findings),
    }


def findings_json(findings: Iterable[Noted]) -> list[dict[str, Any]]:
    """Return what is kept of findings as JSON."""
    return [
        {"code": one.code, "subject": one.subject, "spans": one.spans}
        for one in findings
    ]


def basis_json(basis: Basis | None) -> dict[str, Any] | None:
    """Return what parameters were fitted on as JSON."""
    if basis is None:
        return None
    return {
        "reviews": basis.reviews,
        "cards": basis.cards,
        "first_day": basis.first_day.isoformat(),
        "last_day": basis.last_day.isoformat(),
    }


def memory_json(card: CardId, memory: Memory) -> dict[str, Any]:
    """Return what is remembered of a card as JSON."""
    return {
        "card": card,
        "state": memory.state.value,
        "step": memory.step,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "due_day": memory.due_day.isoformat(),
        "due_at": _utc(memory.due_at) if memory.due_at else None,
        "first_day": memory.first_day.isoformat(),
        "last": _utc(memory.last),
        "reps": memory.reps,
        "lapses": memory.lapses,
    }


def _moment(at: datetime) -> dict[str, Any]:
    """Return an instant in UTC, and the zone offset it was seen at, in seconds."""
    offset = at.utcoffset() or timedelta()
    return {"at": _utc(at), "offset": round(offset.total_seconds())}


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
