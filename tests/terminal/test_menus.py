"""Menus on the terminal: one key each, or arrows where there are too many."""

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from trainer.language.text import Language
from trainer.terminal.menus import CancelledError, cancellable, choose

DOWN = "\x1b[B"


def chosen(count: int, keys: str) -> str:
    """Return what is chosen of so many offers with some keys."""
    offers = [(f"Title {number}", f"value {number}") for number in range(count)]
    with create_pipe_input() as pipe, create_app_session(pipe, DummyOutput()):
        pipe.send_text(keys)
        with cancellable():
            return choose("Which?", offers, Language.EN, color=False)


@pytest.mark.parametrize("count", [3, 36, 37, 100])
def test_any_number_of_offers_can_be_chosen_from(count: int) -> None:
    assert chosen(count, DOWN + DOWN + "\r") == "value 2"


def test_an_offer_has_a_key_of_its_own() -> None:
    assert chosen(12, "a\r") == "value 10"


def test_ctrl_c_cancels() -> None:
    with pytest.raises(CancelledError):
        chosen(3, "\x03")
