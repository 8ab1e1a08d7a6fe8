"""Cards and decks out of a tree of strings."""

from collections.abc import Iterator

from trainer.cards import node as nodes
from trainer.cards.card import Card, Context, Deck, Flaw, Kind
from trainer.cards.collection import DeckReading
from trainer.cards.deckfile import CARDS, Report, parse_tree
from trainer.cards.forms import DEFAULT_FORM, FORMS
from trainer.cards.node import Node
from trainer.cards.problem import Place, Problem, Severity
from trainer.cards.record import CARD_FIELDS, DECK_FIELDS, FORMAT, build_card
from trainer.cards.shapes import (
    UnreadableError,
    author_fields,
    collect_fields,
    read_fields,
    refuse,
)
from trainer.language.text import Text, message


def read_deck(data: bytes, path: str) -> DeckReading:
    """Read a deck file. A bad card is left out; it costs no other card."""
    report = Report(path)
    tree = parse_tree(data, report)
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
