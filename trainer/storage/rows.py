"""The store's rows: the log, memories and standings as SQLite keeps them.

Instants are milliseconds since 1970 in UTC with the zone offset in seconds beside
them; study days are ordinals (day 1 is 0001-01-01).
"""

import json
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.scheduling.defaults import parameters_text
from trainer.scheduling.marks import Mark, MarkKind, Standing
from trainer.scheduling.memory import Memory, State
from trainer.scheduling.parameters import Basis, Fit
from trainer.scheduling.queue import dated
from trainer.scheduling.review import (
    Mode,
    Noted,
    Rating,
    Retraction,
    Review,
    Stamp,
)
from trainer.scheduling.settings import Settings
from trainer.scheduling.wholelog import Known, Places
from trainer.study.quiz.question import Made
from trainer.study.quiz.record import QuizAnswer, QuizBegun, QuizMode

Row = tuple[Any, ...]

REVIEW_COLUMNS = (
    "id, device, seq, at, zone, card, rating, outcome, response, took_ms, mode, "
    "findings"
)
RETRACTION_COLUMNS = "id, device, seq, at, zone, review"
MARK_COLUMNS = "id, device, seq, at, zone, card, kind, value"
FIT_COLUMNS = "id, device, seq, at, zone, parameters, basis"
QUIZ_COLUMNS = (
    "id, device, seq, at, zone, mode, seed, selection, questions, limit_ms, pass_mark"
)
QUIZ_ANSWER_COLUMNS = (
    "id, device, seq, at, zone, quiz, position, card, made, outcome, points, response, "
    "choice, took_ms, findings"
)
MEMORY_COLUMNS = (
    "card, state, step, stability, difficulty, due_day, due_at, first_day, last_day, "
    "last_at, zone, reps, lapses"
)
STANDING_COLUMNS = "card, suspended, buried_on, flagged, reset_at, zone"


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_NO_FINDINGS = "[]"
_rating_of, _outcome_of, _mode_of = cache(Rating), cache(Outcome), cache(Mode)
"""Looking a member up in an enum costs more than all else of a row."""
_STATES = {state.value: state for state in State}


@cache
def put(table: str, columns: str) -> str:
    """Return the statement that puts a card's row in the place of its old one."""
    values = ", ".join("?" * (columns.count(",") + 1))
    news = ", ".join(f"{one} = excluded.{one}" for one in columns.split(", ")[1:])
    return (
        f"INSERT INTO {table} ({columns}) VALUES ({values}) "
        f"ON CONFLICT (card) DO UPDATE SET {news}"
    )


def review_row(review: Review) -> Row:
    """Return a review as a row of `REVIEW_COLUMNS`."""
    return (
        *_stamp_row(review),
        review.card,
        review.rating.value,
        review.outcome.value,
        review.response,
        review.took_ms,
        review.mode.value,
        _findings_text(review.findings),
    )


def review_of(row: Row) -> Review:
    """Return the review that a row holds."""
    id_, device, seq, at, zone, card, rating, outcome, response, *rest = row
    took_ms, mode, findings = rest
    return Review(
        id=id_,
        stamp=Stamp(device, seq),
        at=_instant(at, zone),
        card=CardId(card),
        rating=_rating_of(rating),
        outcome=_outcome_of(outcome),
        response=response,
        took_ms=took_ms,
        mode=_mode_of(mode),
        findings=_findings_of(findings),
    )


def retraction_row(retraction: Retraction) -> Row:
    """Return a retraction as a row of `RETRACTION_COLUMNS`."""
    return (*_stamp_row(retraction), retraction.review)


def retraction_of(row: Row) -> Retraction:
    """Return the retraction that a row holds."""
    id_, device, seq, at, zone, review = row
    return Retraction(id_, Stamp(device, seq), _instant(at, zone), review)


def mark_row(mark: Mark) -> Row:
    """Return a mark as a row of `MARK_COLUMNS`."""
    return (*_stamp_row(mark), mark.card, mark.kind.value, mark.value)


def mark_of(row: Row) -> Mark:
    """Return the mark that a row holds."""
    id_, device, seq, at, zone, card, kind, value = row
    stamp, instant = Stamp(device, seq), _instant(at, zone)
    return Mark(id_, stamp, instant, CardId(card), MarkKind(kind), value)


def fit_row(fit: Fit) -> Row:
    """Return a fit as a row of `FIT_COLUMNS`."""
    parameters = parameters_text(fit.parameters)
    return (*_stamp_row(fit), parameters, _basis_text(fit.basis))


def fit_of(row: Row) -> Fit:
    """Return the fit that a row holds."""
    id_, device, seq, at, zone, parameters, basis = row
    chosen = parameters_of(parameters)
    stamp, instant = Stamp(device, seq), _instant(at, zone)
    return Fit(id_, stamp, instant, chosen, _basis_of(basis))


def quiz_row(quiz: QuizBegun) -> Row:
    """Return a quiz as a row of `QUIZ_COLUMNS`."""
    return (
        *_stamp_row(quiz),
        quiz.mode.value,
        quiz.seed,
        quiz.selection,
        quiz.questions,
        quiz.limit_ms,
        quiz.pass_mark,
    )


def quiz_of(row: Row) -> QuizBegun:
    """Return the quiz that a row holds."""
    id_, device, seq, at, zone, mode, *rest = row
    stamp, instant = Stamp(device, seq), _instant(at, zone)
    return QuizBegun(id_, stamp, instant, QuizMode(mode), *rest)


def quiz_answer_row(answer: QuizAnswer) -> Row:
    """Return an answer of a quiz as a row of `QUIZ_ANSWER_COLUMNS`."""
    return (
        *_stamp_row(answer),
        answer.quiz,
        answer.position,
        answer.card,
        answer.made.value,
        answer.outcome.value,
        answer.points,
        answer.response,
        answer.choice,
        answer.took_ms,
        _findings_text(answer.findings),
    )


def quiz_answer_of(row: Row) -> QuizAnswer:
    """Return the answer of a quiz that a row holds."""
    id_, device, seq, at, zone, quiz, position, card, made, outcome, *rest = row
    points, response, choice, took_ms, findings = rest
    return QuizAnswer(
        id=id_,
        stamp=Stamp(device, seq),
        at=_instant(at, zone),
        quiz=quiz,
        position=position,
        card=CardId(card),
        made=Made(made),
        outcome=Outcome(outcome),
        points=points,
        response=response,
        choice=choice,
        took_ms=took_ms,
        findings=_findings_of(findings),
    )


def parameters_of(text: str) -> tuple[float, ...]:
    """Return the parameters that a text holds."""
    return tuple(map(float, text.split(",")))


def standing_row(card: CardId, standing: Standing) -> Row:
    """Return a standing as a row of `STANDING_COLUMNS`."""
    buried_on, reset_at = standing.buried_on, standing.reset_at
    return (
        card,
        int(standing.suspended),
        buried_on.toordinal() if buried_on else None,
        int(standing.flagged),
        milliseconds(reset_at) if reset_at else None,
        _zone(reset_at) if reset_at else 0,
    )


def standing_of_row(row: Row) -> Standing:
    """Return the standing that a row holds."""
    _, suspended, buried_on, flagged, reset_at, zone = row
    return Standing(
        suspended=bool(suspended),
        buried_on=None if buried_on is None else date.fromordinal(buried_on),
        flagged=bool(flagged),
        reset_at=None if reset_at is None else _instant(reset_at, zone),
    )


def memory_row(card: CardId, memory: Memory, settings: Settings) -> Row:
    """Return a memory as a row of `MEMORY_COLUMNS`."""
    when = dated(memory, settings)
    return (
        card,
        memory.state.value,
        memory.step,
        memory.stability,
        memory.difficulty,
        when.due_day,
        when.due_at,
        when.first_day,
        when.last_day,
        when.last_at,
        _zone(memory.last),
        memory.reps,
        memory.lapses,
    )


def known_row(card: CardId, known: Known, places: Places) -> Row:
    """Return what a replay of the log remembers as a row of `MEMORY_COLUMNS`."""
    state, step = places.places[known.place]
    return (
        card,
        state.value,
        step,
        known.stability,
        known.difficulty,
        known.due_day,
        known.due_at,
        known.first_day,
        known.last_day,
        known.last_at,
        known.zone,
        known.reps,
        known.lapses,
    )


def memory_of(row: Row) -> Memory:
    """Return the memory that a row holds."""
    _, state, step, stability, difficulty, due_day, due_at, *rest = row
    first_day, _, last_at, zone, reps, lapses = rest
    return Memory(
        state=_STATES[state],
        step=step,
        stability=stability,
        difficulty=difficulty,
        due_day=date.fromordinal(due_day),
        due_at=None if due_at is None else _instant(due_at, zone),
        first_day=date.fromordinal(first_day),
        last=_instant(last_at, zone),
        reps=reps,
        lapses=lapses,
    )


def _basis_text(basis: Basis | None) -> str:
    """Return what parameters were fitted on as JSON; of the defaults: nothing."""
    if basis is None:
        return ""
    days = basis.first_day.isoformat(), basis.last_day.isoformat()
    counts = {"reviews": basis.reviews, "cards": basis.cards}
    return json.dumps({**counts, "first_day": days[0], "last_day": days[1]})


def _basis_of(text: str) -> Basis | None:
    if not text:
        return None
    found = json.loads(text)
    days = (date.fromisoformat(found[name]) for name in ("first_day", "last_day"))
    return Basis(found["reviews"], found["cards"], *days)


def _findings_text(findings: tuple[Noted, ...]) -> str:
    """Return findings as JSON: a list of code, subject and spans for each."""
    if not findings:
        return _NO_FINDINGS
    rows = [(one.code, one.subject, one.spans) for one in findings]
    return _encode(rows)


def _findings_of(text: str) -> tuple[Noted, ...]:
    if text == _NO_FINDINGS:
        return ()
    return tuple(
        Noted(code, subject, tuple((start, end) for start, end in spans))
        for code, subject, spans in json.loads(text)
    )


def _stamp_row(
    one: Review | Retraction | Mark | Fit | QuizBegun | QuizAnswer,
) -> Row:
    return one.id, one.stamp.device, one.stamp.seq, milliseconds(one.at), _zone(one.at)


def milliseconds(at: datetime) -> int:
    """Return an instant in milliseconds since 1970."""
    return round(at.timestamp() * 1000)


def _zone(at: datetime) -> int:
    return round((at.utcoffset() or timedelta()).total_seconds())


def _instant(since_1970: int, zone: int) -> datetime:
    seconds, rest = divmod(since_1970, 1000)
    at = datetime.fromtimestamp(seconds, _offset(zone))
    return at.replace(microsecond=rest * 1000) if rest else at


@cache
def _offset(zone: int) -> timezone:
    return timezone(timedelta(seconds=zone))
