"""A deck that is imported, and the one that is there: what the file is to be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trainer.cards.card import Card, Deck, GrammarSource
from trainer.cards.problem import Problem, Severity
from trainer.cards.reading import read_cards, read_deck
from trainer.cards.record import DECK_FIELDS, dump_card
from trainer.cards.shapes import Json, TextShape
from trainer.cards.writing import LayoutError, card_text, with_card
from trainer.exchange.imported import ImportedDeck, imported_text
from trainer.exchange.languages import is_in_one_language, with_other_language
from trainer.exchange.tidy import tidied

DEFAULT_ORDER = DECK_FIELDS[2].default


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of a deck: its `text`, unless nothing changes, and counts of cards.

    `kept` cards differ from those imported and stay as they are, as their file was not
    written by the trainer. `problems` say why `left_out` cards are none.
    """

    deck: str
    text: str | None
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    left_out: int = 0
    problems: tuple[Problem, ...] = ()


def merge_deck(
    new: ImportedDeck, old: Deck | None, text: str | None, source: GrammarSource
) -> Merged:
    """Bring an imported deck together with the one of its id, and that file's text.

    A file that stands as the trainer writes it gets new and changed cards; in one
    that an author laid out only new cards are put at the end. Without a text the old
    deck stays as it is.
    """
    sound, left_out, problems = _sound(new, source)
    merged = _merged_with(sound, old, text, source)
    return replace(merged, left_out=left_out, problems=problems)


def _merged_with(
    new: ImportedDeck, old: Deck | None, text: str | None, source: GrammarSource
) -> Merged:
    """Bring a deck of sound cards together with the one that is there."""
    if old is None:
        count = len(new.cards)
        return Merged(new.id, imported_text(new) if count else None, count)
    have = {card["id"]: card for card in map(dump_card, old.cards)}
    if is_in_one_language(new.cards):
        new = _in_both_languages(new, old, have)
    fresh = [card for card in new.cards if card["id"] not in have]
    changed = [card for card in new.cards if have.get(card["id"], card) != card]
    same = len(new.cards) - len(fresh) - len(changed)
    if text is None:
        return Merged(new.id, None, 0, 0, same, len(fresh) + len(changed))
    if text == imported_text(as_imported(old)):
        merged = replace(new, cards=list(_merged(old, new)))
        made = imported_text(merged) if fresh or changed else None
        return Merged(new.id, made, len(fresh), len(changed), same)
    made = _with_cards(text, fresh, old, source) if fresh else None
    return Merged(new.id, made, len(fresh), 0, same, len(changed))


def as_imported(deck: Deck) -> ImportedDeck:
    """Return a deck as fields of the deck format."""
    return _with_head(deck, [dump_card(card) for card in deck.cards])


def _with_head(deck: Deck, cards: Sequence[Mapping[str, Json]]) -> ImportedDeck:
    title = TextShape().dump(deck.title)
    order = deck.order if deck.order != DEFAULT_ORDER else None
    return ImportedDeck(deck.id, title, cards, deck.grammar, order)


def _sound(
    deck: ImportedDeck, source: GrammarSource
) -> tuple[ImportedDeck, int, tuple[Problem, ...]]:
    """Leave out the cards that a deck file could not hold, and say why."""
    tidy = replace(deck, title=tidied(deck.title), cards=_tidy_cards(deck.cards))
    data = imported_text(tidy).encode()
    reading = read_cards(data, deck.id, source, lambda card, _: dump_card(card))
    errors = [one for one in reading.problems if one.severity is Severity.ERROR]
    head = reading.deck
    sound = _with_head(head, reading.kept) if head else replace(tidy, cards=[])
    return sound, len(deck.cards) - len(sound.cards), tuple(errors)


def _in_both_languages(
    new: ImportedDeck, old: Deck, have: Mapping[str, Mapping[str, Json]]
) -> ImportedDeck:
    """Return a deck that came in one language with the other as it was."""
    cards = [with_other_language(card, have.get(card["id"], {})) for card in new.cards]
    return replace(new, title=as_imported(old).title, cards=cards)


def _tidy_cards(cards: Iterable[Mapping[str, Json]]) -> list[Mapping[str, Json]]:
    return [{name: tidied(value) for name, value in card.items()} for card in cards]


def _merged(old: Deck, new: ImportedDeck) -> Iterator[Mapping[str, Json]]:
    """Yield the old cards, as imported where they were, then the new ones."""
    imported = {card["id"]: card for card in new.cards}
    for card in old.cards:
        name = _name(card)
        yield imported.pop(name) if name in imported else dump_card(card)
    yield from imported.values()


def _with_cards(
    text: str, cards: Sequence[Mapping[str, Json]], old: Deck, source: GrammarSource
) -> str:
    """Put cards at the end of a file, and make sure that the rest is read as it was."""
    made = text
    for card in cards:
        made = with_card(made, card_text(card), old.id).text
    after = read_deck(made.encode(), old.id, source).deck
    was = as_imported(old).cards
    if after is None or as_imported(after).cards[: len(was)] != was:
        raise LayoutError("deck-layout", path=old.id)
    return made


def _name(card: Card) -> str:
    return card.id.partition("/")[2]
