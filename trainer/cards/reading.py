"""Cards and decks out of a tree of strings, and to and from JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from trainer.cards import node as nodes
from trainer.cards.card import Card, CardId, Context, Deck, Flaw, Kind, Notes, Source
from trainer.cards.deckfile import CARDS, Report, parse_tree
from trainer.cards.forms import DEFAULT_FORM, FORMS
from trainer.cards.node import Node
from trainer.cards.problem import Place, Problem, Severity
from trainer.cards.shapes import (
    AuthorField,
    ChoiceShape,
    Json,
    ListShape,
    NameShape,
    NumberShape,
    RecordShape,
    TextShape,
    UnreadableError,
    author,
    author_fields,
    collect_fields,
    dump_fields,
    load_fields,
    read_fields,
    refuse,
)
from trainer.language.text import Text, message

FORMAT = 1
"""The version of the deck format that this program reads and writes."""

Form = StrEnum("Form", {name.upper(): name for name in FORMS})  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class CardFields:
    """What every card has, whatever its form."""

    id: str = author(NameShape(), "Permanent: the card's history hangs on it.")
    kind: Kind = author(ChoiceShape(Kind), "What the card is about.")
    form: str | None = author(
        ChoiceShape(Form), "How it is asked; by default the kind decides.", default=None
    )
    source: Source | None = author(
        RecordShape(Source), "Where in the notes it comes from.", default=None
    )
    why: Text | None = author(
        TextShape(), "One to three sentences that explain the answer.", default=None
    )
    notes: Notes | None = author(
        RecordShape(Notes),
        "What the notes had, where that is not what is true today.",
        default=None,
    )
    tags: tuple[str, ...] = author(
        ListShape(NameShape()), "Words to select by.", default=()
    )


@dataclass(frozen=True, slots=True)
class DeckFields:
    """What stands above the cards."""

    deck: str = author(NameShape(), "The deck's permanent id.")
    title: Text = author(TextShape(limit=120), "The deck's name.")
    order: int = author(
        NumberShape(0, 9999), "Its place in the order of study.", default=1000
    )
    grammar: str | None = author(
        NameShape(),
        "The command-line grammar that judges its commands.",
        default=None,
    )
    format: int = author(
        NumberShape(1, 999_999), "The version of the format.", default=FORMAT
    )


CARD_FIELDS = author_fields(CardFields)
DECK_FIELDS = author_fields(DeckFields)


@dataclass(frozen=True, slots=True)
class DeckReading:
    """A deck file as far as it could be read, and what is wrong with it."""

    deck: Deck | None
    problems: tuple[Problem, ...]


def read_deck(data: bytes, path: str) -> DeckReading:
    """Read a deck file. A bad card is left out; it costs no other card."""
    report = Report(path)
    tree = parse_tree(data, [field.name for field in DECK_FIELDS], report)
    deck = _deck(tree, report) if tree is not None else None
    if tree is None and not report.problems:
        report(Place(1, 1), "empty-file")
    in_order = sorted(
        report.problems, key=lambda one: (one.place.line, one.place.column)
    )
    return DeckReading(deck, tuple(in_order))


def _deck(tree: Node, report: Report) -> Deck | None:
    if not isinstance(tree, nodes.Mapping):
        refuse(report, tree, "not-a-deck")
        return None
    cards = tree.entries.pop(CARDS, None)
    if _is_newer(tree, report):
        return None
    head, _ = collect_fields(DECK_FIELDS, tree, report, also=(CARDS,))
    if "deck" not in head or cards is None:
        if cards is None:
            report(tree.place, "missing-field", name=CARDS)
        return None
    name, grammar = head["deck"], head.get("grammar")
    return Deck(
        name,
        head.get("title", Text.same(name)),
        head.get("order", DECK_FIELDS[2].default),
        grammar,
        tuple(_cards(cards, name, grammar, report)),
    )


def _is_newer(tree: nodes.Mapping, report: Report) -> bool:
    node = tree.entries.get("format")
    if not isinstance(node, nodes.Scalar) or not node.value.isdecimal():
        return False
    newer = len(node.value) > 6 or int(node.value) > FORMAT  # noqa: PLR2004 - no more digits than the field takes
    if newer:
        report(node.place, "newer-format", version=node.value[:12], known=FORMAT)
    return newer


def _cards(
    node: Node, deck: str, grammar: str | None, report: Report
) -> Iterator[Card]:
    if not isinstance(node, nodes.Sequence):
        refuse(report, node, "cards-not-list")
        return
    seen: dict[str, Place] = {}
    for item in node.items:
        try:
            card = _card(item, deck, grammar, report)
        except UnreadableError:
            continue
        if first := seen.get(card.id):
            report(item.place, "duplicate-card", id=card.id, line=first.line)
        else:
            seen[card.id] = item.place
            yield card


def _card(node: Node, deck: str, grammar: str | None, report: Report) -> Card:
    if not isinstance(node, nodes.Mapping):
        raise refuse(report, node, "card-not-mapping")
    form = _form_of(node, report)
    form_fields = author_fields(FORMS[form])
    values = read_fields((*CARD_FIELDS, *form_fields), node, report)
    card = build_card(values, form, Context(values["kind"], grammar), deck, node.place)
    sound = True
    for flaw in card_flaws(card):
        place = node.keys.get(flaw.field, node.place)
        report.add(Problem(report.path, place, flaw.message, flaw.severity))
        sound = sound and flaw.severity is not Severity.ERROR
    if not sound:
        raise UnreadableError
    return card


def card_flaws(card: Card) -> Iterator[Flaw]:
    """Yield what is wrong with a card's fields taken together."""
    if card.notes and card.notes.lacks_quotation:
        yield Flaw("notes", message("problems.notes-without-said"))
    yield from card.content.problems()


def _form_of(node: nodes.Mapping, report: Report) -> str:
    """Return the form's name, by default from the kind; reports a bad one."""
    for field in CARD_FIELDS:
        if field.name == "form" and "form" in node.entries:
            return str(field.shape.read(node.entries["form"], report))
    match node.entries.get("kind"):
        case nodes.Scalar(value=kind) if kind in set(Kind):
            return DEFAULT_FORM[Kind(kind)]
        case _:
            return DEFAULT_FORM[Kind.COMMAND]


def build_card(
    values: dict[str, Any], form: str, context: Context, deck: str, place: Place
) -> Card:
    """Make a card from the values of its fields."""
    content = {field.name: values[field.name] for field in author_fields(FORMS[form])}
    return Card(
        id=CardId(f"{deck}/{values['id']}"),
        kind=context.kind,
        form=form,
        content=FORMS[form](context, **content),
        source=values["source"],
        why=values["why"],
        notes=values["notes"],
        tags=values["tags"],
        line=place.line,
    )


def dump_card(card: Card) -> dict[str, Json]:
    """Turn a card into JSON with the fields of the deck format."""
    head = CardFields(
        id=card.id.partition("/")[2],
        kind=card.kind,
        form=None if DEFAULT_FORM[card.kind] == card.form else Form(card.form),
        source=card.source,
        why=card.why,
        notes=card.notes,
        tags=card.tags,
    )
    return dump_fields(head) | dump_fields(card.content)  # type: ignore[arg-type]


def load_card(data: dict[str, Json], deck: str, grammar: str | None, line: int) -> Card:
    """Make the card again that `dump_card` was given."""
    form = data.get("form") or DEFAULT_FORM[Kind(data["kind"])]
    wanted: tuple[AuthorField, ...] = (*CARD_FIELDS, *author_fields(FORMS[form]))
    values = load_fields(wanted, data)
    context = Context(values["kind"], grammar)
    return build_card(values, form, context, deck, Place(line, 1))
