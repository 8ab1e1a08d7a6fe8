"""Texts by language, and messages of the program that are worded only when shown."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from trainer.language.catalogue import say


class Language(StrEnum):
    """A language the program speaks."""

    EN = "en"
    ZH = "zh"


class Text(NamedTuple):
    """What an author wrote, by language; `None` where a language is missing."""

    en: str | None
    zh: str | None

    @classmethod
    def same(cls, text: str) -> "Text":
        """Make a text that reads alike in every language, such as a command."""
        return cls(text, text)

    @property
    def is_same(self) -> bool:
        """Whether it reads alike in every language."""
        return self.en == self.zh

    def missing(self) -> tuple[Language, ...]:
        """Return the languages it is not written in."""
        return tuple(lang for lang in Language if getattr(self, lang) is None)

    def in_language(self, language: Language) -> str:
        """Return it in a language, or in the other where that one is missing."""
        wanted, other = (
            (self.en, self.zh) if language is Language.EN else (self.zh, self.en)
        )
        return wanted or other or ""


class Message(NamedTuple):
    """Something the program has to say: a key of the catalogues and its values."""

    key: str
    values: Mapping[str, object]

    def in_language(self, language: Language) -> str:
        """Word the message."""
        return say(language, self.key, **self.values)


def message(key: str, **values: object) -> Message:
    """Make a message; see `say` for keys and values."""
    return Message(key, values)
