"""Ctrl-H and the backspace key, told apart."""

import termios
from typing import TextIO

from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.keys import Keys

_CTRL_H = "\x08"


def tell_ctrl_h_apart(terminal: TextIO) -> None:
    """Read Ctrl-H as a key of its own where it is not what the backspace key sends."""
    try:
        erase = termios.tcgetattr(terminal)[6][termios.VERASE]
    except (termios.error, ValueError):
        return
    own = erase != _CTRL_H.encode()
    ANSI_SEQUENCES[_CTRL_H] = Keys.F24 if own else Keys.ControlH
