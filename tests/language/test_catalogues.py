"""Both languages say the same things."""

import re
from pkgutil import iter_modules
from string import Formatter

import pytest

from trainer.language.catalogue import catalogue
from trainer.language.catalogues import en, zh

PARTS = sorted(module.name for module in iter_modules(en.__path__))


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_the_languages_have_the_same_parts() -> None:
    assert sorted(module.name for module in iter_modules(zh.__path__)) == PARTS


@pytest.mark.parametrize("part", PARTS)
def test_each_message_exists_in_both_languages_with_the_same_placeholders(
    part: str,
) -> None:
    english, chinese = catalogue("en", part), catalogue("zh", part)
    assert english.keys() == chinese.keys()
    for key, template in english.items():
        assert placeholders(template) == placeholders(chinese[key]), key


@pytest.mark.parametrize("part", PARTS)
def test_each_key_starts_with_the_name_of_its_part(part: str) -> None:
    assert all(key.startswith(f"{part}.") for key in catalogue("en", part))


@pytest.mark.parametrize("part", PARTS)
def test_chinese_messages_are_in_chinese(part: str) -> None:
    for key, template in catalogue("zh", part).items():
        words = re.sub(r"\{[^}]*\}", "", template)
        assert not re.search(r"\w", words) or re.search(r"[\u4e00-\u9fff]", words), key
