"""Notes as the text that Anki exports, with its headers or without any."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trainer.exchange.anki_notes import media_in, note_fields
from trainer.exchange.gathering import Gathering
from trainer.exchange.imported import Given, Imported
from trainer.exchange.tables import likely_delimiter, read_rows
from trainer.exchange.textfile import decoded

_SEPARATORS = {
    "tab": "\t",
    "comma": ",",
    "semicolon": ";",
    "space": " ",
    "pipe": "|",
    "colon": ":",
}
_SPECIAL = ("guid", "deck", "notetype", "tags")


@dataclass(frozen=True, slots=True)
class _Headers:
    """What stands above the notes: `places` are columns that hold no field."""

    said: Mapping[str, str]

    @property
    def is_html(self) -> bool:
        return self.said.get("html", "").lower() == "true"

    @property
    def places(self) -> dict[str, int]:
        found = ((name, self.said.get(f"{name} column", "")) for name in _SPECIAL)
        return {
            name: int(at) - 1
            for name, at in found
            if re.fullmatch("[1-9][0-9]{0,3}", at)
        }

    def delimiter(self, text: str) -> str:
        said = self.said.get("separator", "")
        sign = _SEPARATORS.get(said.lower(), said)
        is_sign = len(sign) == 1 and sign not in '\r\n"'
        return sign if is_sign else likely_delimiter(text, "\t")


def import_anki_text(given: Given) -> Imported:
    """Return the notes; those with a guid are known by it, others by their front."""
    whole, guess = decoded(given)
    headers, text = _headers(whole)
    gathering = Gathering(given)
    places = headers.places
    media = 0
    for row in read_rows(text, headers.delimiter(text), given.path):
        special = {name: row[at] for name, at in places.items() if at < len(row)}
        fields = _fields(row, places)
        media += media_in(fields)
        tags = f"{headers.said.get('tags', '')} {special.get('tags', '')}"
        found = note_fields(fields, tags, is_html=headers.is_html)
        if found is None:
            gathering.skip("no-question")
            continue
        deck = special.get("deck", "") or headers.said.get("deck", "")
        gathering.add(found, deck.strip(), special.get("guid", "").strip())
    if media:
        gathering.skip("media", media)
    return replace(gathering.imported(), guess=guess)


def _fields(row: Sequence[str], places: Mapping[str, int]) -> list[str]:
    special = frozenset(places.values())
    return [cell for at, cell in enumerate(row) if at not in special]


def _headers(text: str) -> tuple[_Headers, str]:
    """Return the headers, and the text below them without other lines of `#`."""
    said, at = {}, 0
    while text.startswith("#", at):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        name, colon, value = text[at + 1 : end].strip("\r").partition(":")
        if colon:
            said[name.strip().lower()] = value.strip() or value
        at = end + 1
    return _Headers(said), text[at:]
