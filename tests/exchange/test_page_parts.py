"""What pages are made of: words, colours, code in texts."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from trainer.exchange.pages.rendering import pieces
from trainer.language.catalogue import catalogue

FOLDER = Path(str(files("trainer.exchange.pages") / "templates"))
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}


def test_what_stands_in_backticks_is_code() -> None:
    assert list(pieces("`a` and `b c`, not `d")) == [
        ("a", True),
        (" and ", False),
        ("b c", True),
        (", not `d", False),
    ]


def test_what_cannot_be_seen_is_shown() -> None:
    assert list(pieces("a\u202eb")) == [("a\\u202eb", False)]


@pytest.mark.parametrize("part", ["page", "paper"])
def test_each_message_of_the_pages_is_said_somewhere(part: str) -> None:
    programs = "".join(text for name, text in SOURCES.items() if name[-4:] != ".css")
    quoted = set(re.findall(r"[\"'`]([\w.-]+)(?=[\"'`${])", programs))
    for key in catalogue("en", part):
        name = key.removeprefix(f"{part}.")
        begun = f"{name.partition('-')[0]}-"
        assert quoted & {key, name, begun}, key


def rgb(colour: str) -> list[float]:
    """Return the light of red, green and blue, as WCAG 2.2 weighs contrast."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in parts
    ]


def luminance(colour: str) -> float:
    red, green, blue = rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", SOURCES["look.css"]
    )
}


@pytest.mark.parametrize("theme", [0, 1])
def test_texts_stand_out_from_what_is_behind_them(theme: int) -> None:
    pairs = [
        *(
            (ink, on)
            for ink in ("ink", "soft", "accent")
            for on in ("paper", "card", "well")
        ),
        *(
            ("soft", "trough"),
            ("on-accent", "accent"),
            ("right", "card"),
            ("wrong", "card"),
        ),
        *(("ink", "right-well"), ("ink", "wrong-well"), ("right", "right-well")),
        ("wrong", "wrong-well"),
    ]
    for ink, on in pairs:
        assert contrast(COLOURS[ink][theme], COLOURS[on][theme]) >= 4.5, (ink, on)
    assert contrast(COLOURS["edge"][theme], COLOURS["card"][theme]) >= 3
