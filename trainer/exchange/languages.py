"""Cards that come back in one language, while the deck has them in two."""

import re
from collections.abc import Iterable, Mapping

from trainer.cards.shapes import Json
from trainer.exchange.cells import VARS
from trainer.language.text import Language

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LANGUAGES = frozenset(language.value for language in Language)
_OTHER_FIELDS = frozenset((VARS, "source", "notes"))


def is_in_one_language(cards: Iterable[Mapping[str, Json]]) -> bool:
    """Whether no text of some cards says which language it is in."""
    values = (
        value
        for card in cards
        for name, value in card.items()
        if name not in _OTHER_FIELDS
    )
    return not any(_names_languages(value) for value in values)


def with_other_language(
    new: Mapping[str, Json], old: Mapping[str, Json]
) -> dict[str, Json]:
    """Return a card's fields with the texts of the other language as they were.

    A text that is as the old one was in a language leaves both as they are; a changed
    one takes the place of that language which it is written in.
    """
    return {
        name: value if name in _OTHER_FIELDS else _merged(value, old.get(name))
        for name, value in new.items()
    }


def _merged(new: Json, old: Json) -> Json:
    match new, old:
        case list(), list() if len(new) == len(old):
            return [_merged(*pair) for pair in zip(new, old, strict=True)]
        case str(), dict():
            if new in old.values():
                return old
            written = Language.ZH if _CHINESE.search(new) else Language.EN
            return {**old, written.value: new}
        case _:
            return new


def _names_languages(value: Json) -> bool:
    if isinstance(value, list):
        return any(map(_names_languages, value))
    return isinstance(value, dict) and value.keys() <= _LANGUAGES
