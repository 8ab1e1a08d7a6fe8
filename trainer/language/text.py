"""Texts by language, and messages of the program that are worded only when shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from string import Formatter
from typing import Any


class Language(StrEnum):
    """A language the program speaks."""

    EN = "en"
    ZH = "zh"


@dataclass(frozen=True, slots=True)
class Text:
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


@dataclass(frozen=True, slots=True)
class Message:
    """Something the program has to say: a key of the catalogues and its values.

    The part of `key` before the first dot names the catalogue file. Values may be
    texts and messages themselves.
    """

    key: str
    values: Mapping[str, object]

    def in_language(self, language: Language) -> str:
        """Word the message."""
        return say(language, self.key, **self.values)


def message(key: str, **values: object) -> Message:
    """Make a message; see `Message`."""
    return Message(key, values)


def say(language: Language, key: str, **values: object) -> str:
    """Word a message of the catalogues in a language.

    A count chooses its noun in the template: `{n} {n:plural card/cards}`.
    Values are data: braces in them mean nothing.
    """
    template = catalogue(language, key.partition(".")[0])[key]
    worded = {name: _worded(language, value) for name, value in values.items()}
    return _FORMATTER.vformat(template, (), worded)


@cache
def catalogue(language: Language, part: str) -> Mapping[str, str]:
    """Return one part of a language's messages by key, loaded when first needed."""
    module = import_module(f"trainer.language.catalogues.{language.value}.{part}")
    messages: Mapping[str, str] = module.MESSAGES
    return messages


def _worded(language: Language, value: object) -> object:
    return value.in_language(language) if isinstance(value, Text | Message) else value


class _Plurals(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - str.format takes anything
        if format_spec.startswith("plural "):
            one, many = format_spec.removeprefix("plural ").split("/")
            return one if value == 1 else many
        return str(super().format_field(value, format_spec))


_FORMATTER = _Plurals()
