"""Ids for imported cards: the same at each import, so that history stays with them."""

import unicodedata
from dataclasses import dataclass, field
from hashlib import sha256

from trainer.cards.outline import Slugs

_HASHED = 8


@dataclass(slots=True)
class StableIds:
    """Makes the ids of one deck; `prefix` begins those that no text lends words to."""

    prefix: str = "card"
    taken: dict[str, int] = field(default_factory=dict)

    def of_text(self, text: str) -> str:
        """Return an id made of a text's Latin words.

        Unless they are all of the text, a hash of it follows. Where a text comes
        again, a number does.
        """
        plain = " ".join(text.split())
        slug = Slugs().make(plain)
        letters = unicodedata.normalize("NFKD", plain).casefold()
        whole = "".join(filter(str.isalnum, letters))
        if not any(map(str.isascii, whole)):
            return self._free(f"{self.prefix}-{_hash(plain)}")
        is_whole = whole == "".join(filter(str.isalnum, slug))
        return self._free(slug if is_whole else f"{slug}-{_hash(plain)}")

    def of_guid(self, guid: str) -> str:
        """Return an id made of what another program knows a card by."""
        return self._free(f"g-{_hash(guid)}")

    def _free(self, name: str) -> str:
        count = self.taken[name] = self.taken.get(name, 0) + 1
        return name if count == 1 else self._free(f"{name}-{count}")


def deck_id(name: str) -> str:
    """Return the id of a deck of this name."""
    return StableIds("deck").of_text(name)


def _hash(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:_HASHED]
