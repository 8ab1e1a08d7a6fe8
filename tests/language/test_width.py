"""Widths: those of common characters are known without wcwidth, and are the same."""

import pytest
from wcwidth import wcwidth

from trainer.language.width import char_width, text_width


@pytest.mark.parametrize("block", range(0x20, 0x1_1000, 0x400))
def test_a_character_is_as_wide_as_wcwidth_says(block: int) -> None:
    chars = map(chr, range(block, block + 0x400))
    other = [char for char in chars if char_width(char) != max(0, wcwidth(char))]
    assert not other


def test_a_text_is_as_wide_as_its_characters_together() -> None:
    assert text_width("ab 容器，→") == 10
