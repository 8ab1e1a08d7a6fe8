"""Since when notes say what they say.

Anki takes over a note that was changed later than its own. So a note's time is that of
the export in which its text was first other than before, and later exports leave alone
what the learner has edited in Anki.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from trainer.cards.card import Card, CardId, Deck
from trainer.exchange.anki.notes import note_fields
from trainer.language.text import Language


class Edition(NamedTuple):
    """A digest of what a note says, and the instant since when, in seconds."""

    digest: str
    since: int


def editions_of(
    decks: Sequence[Deck],
    languages: Sequence[Language],
    now: int,
    before: Mapping[CardId, Edition],
) -> Iterator[tuple[CardId, Edition]]:
    """Yield the cards' editions at an export; `before` are those of earlier ones.

    One that differs is later than the one before, even if the clock went back.
    """
    for deck in decks:
        for card in deck.cards:
            digest, known = _digest(card, languages), before.get(card.id)
            if known is None or known.digest != digest:
                known = Edition(digest, max(now, known.since + 1) if known else now)
            yield card.id, known


def _digest(card: Card, languages: Sequence[Language]) -> str:
    """Sum up all that Anki shows of a card; what it has of its log does not count."""
    said = "\x1f".join((card.form, *card.tags, *note_fields(card, languages, "")))
    return sha256(said.encode(errors="surrogatepass")).hexdigest()[:16]
