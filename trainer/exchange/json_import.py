"""`json` back in: decks and log as `export_json` wrote them, checked throughout."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import Any

from trainer.cards.card import CardId
from trainer.cards.fields import author_fields
from trainer.cards.forms import FORMS
from trainer.cards.record import CARD_FIELDS
from trainer.cards.shapes import NAME, Json
from trainer.exchange.deckmerge import DEFAULT_ORDER
from trainer.exchange.imported import Given, Imported, ImportedDeck, ImportFileError
from trainer.exchange.json_format import SCHEMA_VERSION
from trainer.exchange.json_stream import Entry, json_entries
from trainer.exchange.textfile import MOST_BYTES
from trainer.grading.verdict import Outcome
from trainer.scheduling.marks import Mark, MarkKind, strength_of
from trainer.scheduling.model import are_possible, is_strength
from trainer.scheduling.parameters import Basis, Fit
from trainer.scheduling.review import (
    Mode,
    Noted,
    Rating,
    Retraction,
    Review,
    Stamp,
)
from trainer.study.log import LogRow
from trainer.study.quiz.question import Made
from trainer.study.quiz.record import QuizAnswer, QuizBegun, QuizMode

_NAME = re.compile(NAME)
_CARD_ID = re.compile(f"{NAME}/{NAME}")
_ID = re.compile(r"[!-~]{1,200}")
_DEVICE = re.compile(r"[A-Za-z0-9._-]{1,80}")
_HALF = re.compile("[\ud800-\udfff]")
MOST_ENTRIES = 1_500_000
"""So many cards, answers and whatever else a file may have in all."""
_LONGEST = 100_000
_LATEST = 1 << 52
_DAY = 24 * 60 * 60
_YEARS = range(1970, 2200)
"""When anyone studies; days of far other years cannot be reckoned with."""

_KNOWN = {
    one.name
    for fields in (CARD_FIELDS, *map(author_fields, FORMS.values()))
    for one in fields
}


class _WrongError(Exception):
    """A value is not what the format has there."""


def import_json(given: Given) -> Imported:
    """Return what an export holds. Raises `ImportFileError` on anything else.

    Memories are not taken over: they follow from the log.
    """
    return _imported(json_entries(given.path), given.path)


def imported_json(whole: Mapping[str, Json], path: str) -> Imported:
    """Return what an export holds that was in a file of another kind."""
    return _imported(_entries(whole), path)


def _entries(whole: Mapping[str, Json]) -> Iterator[Entry]:
    for name, value in whole.items():
        if isinstance(value, list):
            for number, item in enumerate(value):
                yield Entry(name, f"{name}[{number}]", item, 0)
        else:
            yield Entry(name, name, value, 0)


def _imported(entries: Iterable[Entry], path: str) -> Imported:
    found = _Found(path)
    try:
        for entry in entries:
            found.take(entry)
        decks = list(found.decks())
    except _WrongError as error:
        key = "import-not-ours" if found.version is None else "import-bad-json"
        raise ImportFileError(key, path=path, where=str(error)) from error
    if found.version is None:
        raise ImportFileError("import-not-ours", path=path)
    return Imported(decks, list(chain(*found.log.values())))


class _Found:
    """What was found in an export so far, whatever the order of its parts."""

    def __init__(self, path: str) -> None:
        self.version: int | None = None
        self.log: dict[str, list[LogRow]] = {name: [] for name in _ROWS}
        self._path = path
        self._heads: dict[str, tuple[str, Mapping[str, Json]]] = {}
        self._cards: dict[str, list[dict[str, Json]]] = {}
        self._size = 0
        self._count = 0

    def take(self, entry: Entry) -> None:
        """Take an entry; raises `_WrongError` where it is not what an export has."""
        name, place, value, size = entry
        self._count += 1
        if self._count > MOST_ENTRIES:
            said = {"path": self._path, "limit": MOST_ENTRIES}
            raise ImportFileError("import-json-masses", **said)
        if name == "schema_version":
            self._take_version(value)
        elif name in _ROWS:
            self.log[name].append(_ROWS[name](_mapping(value, place), place))
        elif name == "decks":
            head = _mapping(value, place)
            deck = _matching(head.get("id"), _NAME, f"{place}.id")
            self._heads.setdefault(deck, (place, head))
        elif name == "cards":
            self._take_card(_mapping(value, place), place, size)

    def _take_version(self, version: Json) -> None:
        if not isinstance(version, int):
            raise ImportFileError("import-not-ours", path=self._path)
        if version > SCHEMA_VERSION:
            known = {"version": version, "known": SCHEMA_VERSION}
            raise ImportFileError("import-newer", path=self._path, **known)
        self.version = version

    def _take_card(self, card: Mapping[str, Json], place: str, size: int) -> None:
        self._size += size
        if self._size > MOST_BYTES:
            limit = MOST_BYTES >> 20
            raise ImportFileError("import-too-large", path=self._path, limit=limit)
        full = _matching(card.get("id"), _CARD_ID, f"{place}.id")
        deck, _, name = full.partition("/")
        self._cards.setdefault(deck, []).append({**_fields(card, place), "id": name})

    def decks(self) -> Iterator[ImportedDeck]:
        """Yield the decks with their cards."""
        for name, (place, head) in self._heads.items():
            grammar, order = head.get("grammar"), head.get("order")
            yield ImportedDeck(
                name,
                _plain(head.get("title"), f"{place}.title"),
                self._cards.get(name, []),
                None if grammar is None else _text(grammar, f"{place}.grammar"),
                None
                if order is None or order == DEFAULT_ORDER
                else _whole(order, f"{place}.order", 0, 9999),
            )


def _fields(card: Mapping[str, Json], where: str) -> dict[str, Json]:
    """Return the author's fields of a card, with markers where values change."""
    template = card.get("template", {})
    if not isinstance(template, dict):
        raise _WrongError(f"{where}.template")
    return {
        name: _plain(value, f"{where}.{name}")
        for name, value in {**card, **template}.items()
        if name in _KNOWN
    }


def _plain(value: Json, where: str, depth: int = 3) -> Json:
    """Return texts, numbers, and lists and mappings of them."""
    match value:
        case str() if len(value) <= _LONGEST:
            return value
        case bool() | None:
            pass
        case int():
            return value
        case list() if depth:
            return [_plain(one, where, depth - 1) for one in value]
        case dict() if depth:
            return {
                _matching(name, _ID, where): _plain(one, where, depth - 1)
                for name, one in value.items()
            }
    raise _WrongError(where)


def _review(row: Mapping[str, Json], where: str) -> Review:
    id_, stamp, at = _stamped(row, where)
    return Review(
        id=id_,
        stamp=stamp,
        at=at,
        card=_card(row, where),
        rating=_member(Rating, row, "rating", where),
        outcome=_member(Outcome, row, "outcome", where),
        response=_text(row.get("response"), f"{where}.response"),
        took_ms=_whole(row.get("took_ms"), f"{where}.took_ms", 0, _LATEST),
        mode=_member(Mode, row, "mode", where),
        findings=_findings(row, where),
    )


def _findings(row: Mapping[str, Json], where: str) -> tuple[Noted, ...]:
    return tuple(
        Noted(
            _text(one.get("code"), place),
            _text(one.get("subject"), place),
            _spans(one.get("spans"), place),
        )
        for place, one in _items(row, "findings", where)
    )


def _spans(value: Json, where: str) -> tuple[tuple[int, int], ...]:
    match value:
        case list() if all(isinstance(one, list) and len(one) == 2 for one in value):  # noqa: PLR2004 - a pair
            return tuple(
                (_whole(first, where, 0, _LATEST), _whole(last, where, 0, _LATEST))
                for first, last in value
            )
    raise _WrongError(where)


def _retraction(row: Mapping[str, Json], where: str) -> Retraction:
    review = _matching(row.get("review"), _ID, f"{where}.review")
    return Retraction(*_stamped(row, where), review)


def _mark(row: Mapping[str, Json], where: str) -> Mark:
    kind = _member(MarkKind, row, "kind", where)
    value = _text(row.get("value"), f"{where}.value")
    if kind is MarkKind.START and not _is_strength(value):
        raise _WrongError(f"{where}.value")
    return Mark(*_stamped(row, where), _card(row, where), kind, value)


def _is_strength(value: str) -> bool:
    try:
        return is_strength(*strength_of(value))
    except ValueError:
        return False


def _fit(row: Mapping[str, Json], where: str) -> Fit:
    values = row.get("parameters")
    if not isinstance(values, list) or not all(map(_is_number, values)):
        raise _WrongError(f"{where}.parameters")
    parameters = tuple(map(float, values))
    if not are_possible(parameters):
        raise _WrongError(f"{where}.parameters")
    basis = _basis(row.get("basis"), f"{where}.basis")
    return Fit(*_stamped(row, where), parameters, basis)


def _quiz(row: Mapping[str, Json], where: str) -> QuizBegun:
    numbers = (
        _whole(row.get(name), f"{where}.{name}", 0, _LATEST)
        for name in ("questions", "limit_ms", "pass_mark")
    )
    return QuizBegun(
        *_stamped(row, where),
        _member(QuizMode, row, "mode", where),
        _text(row.get("seed"), f"{where}.seed"),
        _text(row.get("selection"), f"{where}.selection"),
        *numbers,
    )


def _quiz_answer(row: Mapping[str, Json], where: str) -> QuizAnswer:
    id_, stamp, at = _stamped(row, where)
    return QuizAnswer(
        id=id_,
        stamp=stamp,
        at=at,
        quiz=_matching(row.get("quiz"), _ID, f"{where}.quiz"),
        position=_whole(row.get("position"), f"{where}.position", 0, _LATEST),
        card=_card(row, where),
        made=_member(Made, row, "made", where),
        outcome=_member(Outcome, row, "outcome", where),
        points=_whole(row.get("points"), f"{where}.points", 0, _LATEST),
        response=_text(row.get("response"), f"{where}.response"),
        choice=_text(row.get("choice"), f"{where}.choice"),
        took_ms=_whole(row.get("took_ms"), f"{where}.took_ms", 0, _LATEST),
        findings=_findings(row, where),
    )


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and -_LATEST < value < _LATEST


def _basis(value: Json, where: str) -> Basis | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _WrongError(where)
    try:
        return Basis(
            _whole(value.get("reviews"), where, 0, _LATEST),
            _whole(value.get("cards"), where, 0, _LATEST),
            date.fromisoformat(_text(value.get("first_day"), where)),
            date.fromisoformat(_text(value.get("last_day"), where)),
        )
    except ValueError as error:
        raise _WrongError(where) from error


def _stamped(row: Mapping[str, Json], where: str) -> tuple[str, Stamp, datetime]:
    """Return what every row has: its id, its place in a device's log, its instant."""
    id_ = _matching(row.get("id"), _ID, f"{where}.id")
    device = _matching(row.get("device"), _DEVICE, f"{where}.device")
    seq = _whole(row.get("seq"), f"{where}.seq", 1, 1 << 39)
    offset = _whole(row.get("offset"), f"{where}.offset", 1 - _DAY, _DAY - 1)
    try:
        at = datetime.fromisoformat(_text(row.get("at"), f"{where}.at"))
        zone = _zone(offset)
        known = at.replace(tzinfo=at.tzinfo or UTC)
        seen = known.astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise _WrongError(f"{where}.at") from error
    if seen.year not in _YEARS:
        raise _WrongError(f"{where}.at")
    return id_, Stamp(intern(device), seq), seen


@lru_cache(1000)
def _zone(offset: int) -> timezone:
    return timezone(timedelta(seconds=offset))


def _items(
    whole: Mapping[str, Json], name: str, above: str = ""
) -> Iterator[tuple[str, dict[str, Json]]]:
    """Yield the mappings of a list, each with the place it stands at."""
    found = whole.get(name, [])
    place = f"{above}.{name}" if above else name
    if not isinstance(found, list):
        raise _WrongError(place)
    for number, one in enumerate(found):
        yield f"{place}[{number}]", _mapping(one, f"{place}[{number}]")


def _mapping(value: Json, where: str) -> dict[str, Json]:
    if isinstance(value, dict):
        return value
    raise _WrongError(where)


def _card(row: Mapping[str, Json], where: str) -> CardId:
    return CardId(intern(_matching(row.get("card"), _CARD_ID, f"{where}.card")))


def _member(words: Any, row: Mapping[str, Json], name: str, where: str) -> Any:  # noqa: ANN401 - a member of any enumeration
    value = row.get(name)
    try:
        if isinstance(value, str | int) and not isinstance(value, bool):
            return words(value)
    except ValueError:
        pass
    raise _WrongError(f"{where}.{name}")


def _text(value: Json, where: str) -> str:
    if isinstance(value, str) and len(value) <= _LONGEST and _has_characters(value):
        return value
    raise _WrongError(where)


def _has_characters(text: str) -> bool:
    """Whether a text has no halves of surrogate pairs, which no file can hold."""
    return text.isascii() or _HALF.search(text) is None


def _matching(value: Json, pattern: re.Pattern[str], where: str) -> str:
    if isinstance(value, str) and pattern.fullmatch(value) and len(value) <= 200:  # noqa: PLR2004 - longer than any id
        return value
    raise _WrongError(where)


def _whole(value: Json, where: str, least: int, most: int) -> int:
    if (
        isinstance(value, int)
        and not isinstance(value, bool)
        and least <= value <= most
    ):
        return value
    raise _WrongError(where)


_ROWS: Mapping[str, Callable[[Mapping[str, Json], str], LogRow]] = {
    "reviews": _review,
    "retracted": _review,
    "retractions": _retraction,
    "marks": _mark,
    "fits": _fit,
    "quizzes": _quiz,
    "quiz_answers": _quiz_answer,
}
"""What reads the rows of the log, by the lists they stand in."""
