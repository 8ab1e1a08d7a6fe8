"""Widths: what is known without asking wcwidth is what wcwidth says."""

from wcwidth import wcwidth

from trainer.language.width import char_width, text_width


def test_every_character_is_as_wide_as_wcwidth_says() -> None:
    odd = [
        hex(code)
        for code in range(0x11000)
        if char_width.__wrapped__(chr(code)) != max(0, wcwidth(chr(code)))
    ]
    assert odd == []


def test_a_text_is_as_wide_as_its_characters() -> None:
    assert text_width("docker 镜像，e\u0301") == 14
