"""Cards and decks out of a tree of strings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

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
from trainer.cards.deckfile import Layout, Report, parse_tree
from trainer.cards.forms import DEFAULT_FORM
from trainer.cards.node import Node
from trainer.cards.problem import Place, Problem, Severity
from trainer.cards.record import (
    CARDS,
    DECK_FIELDS,
    FORMAT,
    Form,
    build_card,
    card_fields,
)
from trainer.cards.shapes import (
    ChoiceShape,
    UnreadableError,
    collect_fields,
    read_fields,
    refuse,
)
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


@dataclass(frozen=True, slots=True)
class _Origin:
    """What the cards of one file have in common."""

    deck: str
    contexts: Mapping[Kind, Context]
    check: Check


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
    tree = parse_tree(data, _LAYOUT, report)
    cards = _items(tree)
    deck = None if tree is None else _deck(tree, source, check, report)
    if tree is None and not report.problems:
        report(Place(1, 1), "empty-file")
    places = _Places(deck.id, cards) if deck else {}
    return DeckReading(deck, in_file_order(report.problems), places)


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort the problems of one file as they stand in it."""
    return tuple(sorted(problems, key=lambda one: (one.place.line, one.place.column)))


def _items(tree: Node | None) -> list[Node]:
    """Return the cards of a file as they stand there."""
    found = tree.entries.get(CARDS) if isinstance(tree, nodes.Mapping) else None
    return found.items if isinstance(found, nodes.Sequence) else []


class _Places(Mapping[CardId, Mapping[str, Place]]):
    """Where the fields of cards stand, worked out for those that are asked for."""

    def __init__(self, deck: str, items: list[Node]) -> None:
        self._deck = deck
        self._items = items

    @cached_property
    def _marks(self) -> dict[CardId, dict[str, nodes.Mark]]:
        return {
            CardId(f"{self._deck}/{name.value}"): item.marks
            for item in self._items
            if isinstance(item, nodes.Mapping)
            and isinstance(name := item.entries.get("id"), nodes.Scalar)
        }

    def __getitem__(self, card: CardId) -> Mapping[str, Place]:
        return {name: nodes.place_of(at) for name, at in self._marks[card].items()}

    def __iter__(self) -> Iterator[CardId]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)


def _deck(
    tree: Node, source: GrammarSource, check: Check, report: Report
) -> Deck | None:
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
    name = head["deck"]
    grammar = _known_grammar(tree, head.get("grammar"), source, report)
    contexts = {kind: Context(kind, grammar, source) for kind in Kind}
    origin = _Origin(name, contexts, check)
    return Deck(
        name,
        head.get("title", Text.same(name)),
        head.get("order", DECK_FIELDS[2].default),
        grammar,
        tuple(_cards(cards, origin, report)),
    )


def _is_newer(tree: nodes.Mapping, report: Report) -> bool:
    node = tree.entries.get("format")
    if not isinstance(node, nodes.Scalar) or not node.value.isdecimal():
        return False
    newer = len(node.value) > 6 or int(node.value) > FORMAT  # noqa: PLR2004 - no more digits than the field takes
    if newer:
        report(node.place, "newer-format", version=node.value[:12], known=FORMAT)
    return newer


def _known_grammar(
    tree: nodes.Mapping, name: str | None, source: GrammarSource, report: Report
) -> str | None:
    """Return a grammar's name if there is such a grammar; words judge without one."""
    try:
        if name:
            source(name)
    except TrainerError as error:
        report(tree.entries["grammar"].place, "bad-grammar", reason=error.message)
        return None
    return name


def _cards(node: Node, origin: _Origin, report: Report) -> Iterator[Card]:
    if not isinstance(node, nodes.Sequence):
        refuse(report, node, "cards-not-list")
        return
    seen: dict[str, Node] = {}
    for item in node.items:
        try:
            card = _card(item, origin, report)
        except UnreadableError:
            continue
        if first := seen.get(card.id):
            report(item.place, "duplicate-card", id=card.id, line=first.place.line)
        else:
            seen[card.id] = item
            yield card


def _card(node: Node, origin: _Origin, report: Report) -> Card:
    if not isinstance(node, nodes.Mapping):
        raise refuse(report, node, "card-not-mapping")
    form = _form_of(node, report)
    values = read_fields(card_fields(form), node, report)
    context = origin.contexts[values["kind"]]
    card = build_card(values, form, context, origin.deck, node.mark.line + 1)
    sound = True
    for flaw in (*card_flaws(card), *origin.check(card)):
        place = node.place_of(flaw.field)
        report.add(Problem(report.path, place, flaw.message, flaw.severity))
        sound = sound and flaw.severity is not Severity.ERROR
    if not sound:
        raise UnreadableError
    return card


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


def _form_of(node: nodes.Mapping, report: Report) -> str:
    """Return the form's name, by default from the kind; reports a bad one."""
    if (form := node.entries.get("form")) is not None:
        return str(ChoiceShape(Form).read(form, report))
    kind = node.entries.get("kind")
    word = kind.value if isinstance(kind, nodes.Scalar) else None
    return _FORM_OF_KIND.get(word, DEFAULT_FORM[Kind.COMMAND])


_FORM_OF_KIND: Mapping[str | None, str] = {
    kind.value: form for kind, form in DEFAULT_FORM.items()
}
