"""What reaches the screen, and what an author may not write."""

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.language.clean import clean, clean_json, hostile_character, is_blank

SHOWN = {
    "docker ps": "docker ps",
    "镜像：“层”": "镜像：“层”",
    "a\nb\tc": "a\nb\tc",
    "👩\u200d💻": "👩\u200d💻",
    "می\u200cخواهم": "می\u200cخواهم",
    "\x1b[31mred": r"\x1b[31mred",
    "\0": r"\x00",
    "a\rb": r"a\x0db",
    "\x7f": r"\x7f",
    "\x9b1m": r"\x9b1m",
    "\x85": r"\x85",
    "rm \u202efr-": r"rm \u202efr-",
    "a\u2066b\u2069": r"a\u2066b\u2069",
    "zero\u200bwidth": r"zero\u200bwidth",
    "soft\xadhyphen": r"soft\xadhyphen",
    "\ufeffmark": r"\ufeffmark",
    "line\u2028paragraph\u2029": r"line\u2028paragraph\u2029",
    "\ue000": r"\ue000",
    "\uffff": r"\uffff",
    "\ud800": r"\ud800",
    "tag \U000e0041": r"tag \U000e0041",
}

HOSTILE = [
    *("\0", "\x1b", "\x07", "\x08", "\r", "\x7f", "\x85", "\x9b", "\ud800", "\udfff"),
    *("\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\uffff"),
]

HARMLESS = ["", "docker ps", "镜像　层", "a\n\tb", "👩\u200d💻", "é", "e\u0301", "\xa0"]


@pytest.mark.parametrize(("text", "shown"), SHOWN.items(), ids=ascii)
def test_what_cannot_be_seen_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert clean(text) == shown


@settings(deadline=None)
@given(st.text())
def test_a_cleaned_text_is_printable_and_stays_as_it_is_when_cleaned_again(
    text: str,
) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    for char in cleaned:
        assert char in "\n\t\u200c\u200d" or unicodedata.category(char) not in {
            *("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        }


@settings(deadline=None)
@given(st.text())
def test_what_is_not_hostile_cannot_reorder_or_command(text: str) -> None:
    found = hostile_character(text)
    if found is None:
        assert not set(text) & set(HOSTILE)
    else:
        assert found in text
        assert hostile_character(text.partition(found)[0]) is None


@pytest.mark.parametrize("char", HOSTILE, ids=ascii)
def test_the_first_hostile_character_is_found(char: str) -> None:
    assert hostile_character(f"one 中\u200d\n{char}two\x00") == char


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_ordinary_text_is_not_hostile(text: str) -> None:
    assert hostile_character(text) is None


@pytest.mark.parametrize(
    "text", ["", " ", "\t\n", "\u3000", "\u200b", "\xa0\u200d", "\ufeff", "\x00"]
)
def test_a_text_with_nothing_to_see_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", " a ", "。", "\u200b-", "0"])
def test_a_text_with_something_to_see_is_not_blank(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize("char", ["\x1b", "\x9b", "\u202e", "\U000e0041", "\ue000"])
def test_json_shows_no_invisible_character_and_means_the_same(char: str) -> None:
    shown = clean_json(json.dumps([f"a{char}b"], ensure_ascii=False))
    assert char not in shown
    assert json.loads(shown) == [f"a{char}b"]


@pytest.mark.parametrize("text", ["\u3000\u00a0", "\u200d", "plain", "\u4e2d\u6587"])
def test_json_leaves_alone_what_disturbs_nobody(text: str) -> None:
    assert clean_json(json.dumps([text], ensure_ascii=False)) == f'["{text}"]'
