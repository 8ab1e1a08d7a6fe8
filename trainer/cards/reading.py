"""Cards and decks out of a tree of strings."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from trainer.cards import node as nodes
from trainer.cards.card import (
    Card,
    CardId,
    Check,
    Context,
    Deck,
    Flaw,
    GrammarSource,
    Kind,
    Template,
    shipped_grammar,
)
from trainer.cards.collection import DeckReading
from trainer.cards.deckfile import MOST_BYTES, Parsed, parse_file
from trainer.cards.fields import FieldTable, collect_fields, field_table, read_fields
from trainer.cards.forms import DEFAULT_FORM
from trainer.cards.node import Mark, Node, place_of
from trainer.cards.pieces import Layout
from trainer.cards.problem import Place, Problem, Severity
from trainer.cards.record import (
    CARDS,
    DECK_FIELDS,
    FORMAT,
    Form,
    build_card,
    card_fields,
)
from trainer.cards.report import Report
from trainer.cards.shapes import ChoiceShape, UnreadableError, refuse
from trainer.cards.values import markers
from trainer.language.errors import TrainerError
from trainer.language.nearest import nearest
from trainer.language.text import Text, message

_LAYOUT = Layout(
    items=CARDS,
    head=tuple(field.name for field in DECK_FIELDS),
    mark="deck",
    foreign="not-a-deck",
)


_DECK_TABLE = field_table(DECK_FIELDS)

T = TypeVar("T")

Keep = Callable[[Card, nodes.Mapping], T]
"""What to keep of a card, given also its fields as the author wrote them."""


class CardsReading(NamedTuple, Generic[T]):
    """A deck file as far as it could be read, and what was kept of its cards.

    The deck itself is without cards.
    """

    deck: Deck | None
    kept: list[T]
    problems: tuple[Problem, ...]


def read_deck(
    data: bytes,
    path: str,
    source: GrammarSource = shipped_grammar,
    check: Check = lambda _: iter(()),
) -> DeckReading:
    """Read a deck file. A bad card is left out; it costs no other card.

    `check` may find more flaws in a card than its fields show.
    """
    report = Report(path)
    way = _Way(source, check, _itself, notes_places=True)
    deck, cards, places = _read(data, way, report)
    whole = deck and deck._replace(cards=tuple(cards))
    return DeckReading(whole, in_file_order(report.problems), places)


def read_cards(
    data: bytes, path: str, source: GrammarSource, keep: Keep[T]
) -> CardsReading[T]:
    """Read a deck file as `read_deck` does, and keep what is wanted of each card.

    So a large file never stands in memory as cards.
    """
    report = Report(path)
    way = _Way(source, lambda _: iter(()), keep, notes_places=False)
    deck, kept, _ = _read(data, way, report)
    return CardsReading(deck, kept, in_file_order(report.problems))


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort the problems of one file as they stand in it."""
    return tuple(sorted(problems, key=lambda one: (one.place.line, one.place.column)))


class _Places(Mapping[CardId, Mapping[str, Place]]):
    """Where the fields of cards stand, worked out for those that are asked for."""

    def __init__(self) -> None:
        self._packed: dict[CardId, tuple[tuple[str, ...], array[int]]] = {}
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}

    def note(self, card: CardId, marks: Mapping[str, tuple[Mark, Mark]]) -> None:
        """Note where the fields of a card stand; many cards have the same ones."""
        names = tuple(marks)
        names = self._names.setdefault(names, names)
        starts = (mark.start_mark for mark, _ in marks.values())
        packed = (start.line * MOST_BYTES + start.column for start in starts)
        self._packed[card] = names, array("Q", packed)

    def __getitem__(self, card: CardId) -> Mapping[str, Place]:
        names, packed = self._packed[card]
        places = (divmod(one, MOST_BYTES) for one in packed)
        return {
            name: Place(line + 1, column + 1)
            for name, (line, column) in zip(names, places, strict=True)
        }

    def __iter__(self) -> Iterator[CardId]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class _Way(NamedTuple, Generic[T]):
    """How cards are read, and what is kept of them and their places."""

    source: GrammarSource
    check: Check
    keep: Keep[T]
    notes_places: bool


def _itself(card: Card, _: nodes.Mapping) -> Card:
    return card


class _Cards(Generic[T]):
    """Takes the cards of a deck one by one; without a deck, none."""

    def __init__(self, deck: Deck | None, way: _Way[T], report: Report) -> None:
        self.deck = deck
        self.kept: list[T] = []
        self.places = _Places()
        self._way = way
        self._report = report
        self._lines: dict[CardId, int] = {}
        grammar = deck and deck.grammar
        self._contexts = {kind: Context(kind, grammar, way.source) for kind in Kind}

    def take(self, item: Node, at: Mark) -> None:
        """Keep a card unless it is bad or has the id of another one."""
        deck = self.deck
        if deck is None:
            return
        if not isinstance(item, nodes.Mapping):
            refuse(self._report, item, at, "card-not-mapping")
            return
        try:
            card = self._card(item, at, deck.id)
        except UnreadableError:
            return
        if first := self._lines.get(card.id):
            name = card.id
            self._report(place_of(at), "duplicate-card", id=name, line=first)
        else:
            self._lines[card.id] = card.line
            self.kept.append(self._way.keep(card, item))

    def _card(self, item: nodes.Mapping, at: Mark, deck: str) -> Card:
        report, way = self._report, self._way
        if way.notes_places and isinstance(name := item.get("id"), str):
            self.places.note(CardId(f"{deck}/{name}"), item.marks)
        form = _form_of(item, report)
        values = read_fields(_table(form), item, at, report)
        context = self._contexts[values["kind"]]
        card = build_card(values, form, context, deck, at.start_mark.line + 1)
        is_sound = True
        for flaw in (*card_flaws(card), *way.check(card)):
            mark = item.marks[flaw.field][0] if flaw.field in item else at
            found = Problem(report.path, place_of(mark), flaw.message, flaw.severity)
            report.add(found)
            is_sound = is_sound and flaw.severity is not Severity.ERROR
        if not is_sound:
            raise UnreadableError
        return card


@cache
def _table(form: str) -> FieldTable:
    return field_table(card_fields(form))


def _read(
    data: bytes, way: _Way[T], report: Report
) -> tuple[Deck | None, list[T], _Places]:
    """Return a deck without its cards, and what is kept of these and their places."""

    def begin(head: nodes.Mapping, at: Mark, found: Report) -> _Cards[T]:
        newer = _is_newer(head, found)
        deck = None if newer else _deck(head, at, way.source, found)
        return _Cards(deck, way, found)

    parsed = parse_file(data, _LAYOUT, begin, report)
    if cards := parsed.taker:
        return cards.deck, cards.kept, cards.places
    return _without_cards(parsed, way.source, report), [], _Places()


def _without_cards(
    parsed: Parsed[Any], source: GrammarSource, report: Report
) -> Deck | None:
    """Return the deck of a file that has no list of cards."""
    root, at = parsed.root, parsed.at
    if root is None:
        if not report.problems:
            report(Place(1, 1), "empty-file")
        return None
    if not isinstance(root, nodes.Mapping):
        refuse(report, root, at, "not-a-deck")
        return None
    if _is_newer(root, report):
        return None
    deck = _deck(root, at, source, report)
    if CARDS not in root:
        report(place_of(at), "missing-field", name=CARDS)
        return None
    if deck:
        refuse(report, root[CARDS], root.marks[CARDS][1], "cards-not-list")
    return deck


def _deck(
    head: nodes.Mapping, at: Mark, source: GrammarSource, report: Report
) -> Deck | None:
    """Return a deck without its cards."""
    read, _ = collect_fields(_DECK_TABLE, head, at, report, also=(CARDS,))
    if "deck" not in read:
        return None
    name = read["deck"]
    grammar = _known_grammar(head, read["grammar"], source, report)
    title = read.get("title", Text.same(name))
    return Deck(name, title, read["order"], grammar, ())


def _is_newer(head: nodes.Mapping, report: Report) -> bool:
    text = head.get("format")
    if not isinstance(text, str) or not text.isdecimal():
        return False
    newer = len(text) > 6 or int(text) > FORMAT  # noqa: PLR2004 - no more digits than the field takes
    if newer:
        place = place_of(head.marks["format"][1])
        report(place, "newer-format", version=text[:12], known=FORMAT)
    return newer


def _known_grammar(
    head: nodes.Mapping, name: str | None, source: GrammarSource, report: Report
) -> str | None:
    """Return a grammar's name if there is such a grammar; words judge without one."""
    try:
        if name:
            source(name)
    except TrainerError as error:
        place = place_of(head.marks["grammar"][1])
        report(place, "bad-grammar", reason=error.message)
        return None
    return name


def card_flaws(card: Card) -> Iterator[Flaw]:
    """Yield what is wrong with a card's fields taken together."""
    if card.notes and card.notes.lacks_quotation:
        yield Flaw("notes", message("problems.notes-without-said"))
    if card.template:
        yield from _marker_flaws(card.template)
    yield from card.content.problems()


def _marker_flaws(template: Template) -> Iterator[Flaw]:
    """Yield markers without values, and values without a marker."""
    names = [one.name for one in template.variables]
    used = set()
    for field, written in template.fields():
        for name in dict.fromkeys(markers(written)):
            used.add(name)
            if name not in names:
                near = nearest(name, names)
                key = "unknown-marker-near" if near else "unknown-marker"
                yield Flaw(field, message(f"problems.{key}", name=name, near=near))
    for name in names:
        if name not in used:
            said = message("problems.unused-var", name=name)
            yield Flaw("vars", said, Severity.WARNING)


def _form_of(item: nodes.Mapping, report: Report) -> str:
    """Return the form's name, by default from the kind; reports a bad one."""
    if "form" in item:
        form = ChoiceShape(Form).read(item["form"], item.marks["form"][1], report)
        return str(form)
    kind = item.get("kind")
    word = kind if isinstance(kind, str) else None
    return _FORM_OF_KIND.get(word, DEFAULT_FORM[Kind.COMMAND])


_FORM_OF_KIND: Mapping[str | None, str] = {
    kind.value: form for kind, form in DEFAULT_FORM.items()
}
