"""Figures as JSON has them: the fields of each type, and what follows from them."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from math import isinf
from typing import Any

from trainer.language.text import Language, Message, Text


def plain(value: object, language: Language) -> Any:  # noqa: ANN401 - JSON is anything
    """Return a figure in dicts, lists, texts and numbers; texts in one language.

    Properties stand beside fields. A bound that is not there is none.
    """
    match value:
        case Text() | Message():
            found: object = value.in_language(language)
        case date():
            found = value.isoformat()
        case float():
            found = None if isinf(value) else round(value, 4)
        case Mapping():
            found = {str(key): plain(one, language) for key, one in value.items()}
        case tuple():
            found = [plain(one, language) for one in value]
        case _ if is_dataclass(value):
            names = [*(one.name for one in fields(value)), *_properties(value)]
            found = {name: plain(getattr(value, name), language) for name in names}
        case _:
            found = value
    return found


def _properties(value: object) -> list[str]:
    found = vars(type(value)).items()
    return [name for name, one in found if isinstance(one, property)]
