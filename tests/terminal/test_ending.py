"""How a review ends that is not left with `q`: the program itself, in a terminal."""

from collections.abc import Iterator
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGTERM, Signals

import pytest

from tests.terminal.emulator import Terminal
from tests.terminal.sitting import DECK, SETTINGS
from trainer.scheduling.memory import Memory
from trainer.storage.store import Store

RIGHT = "docker image ls -f dangling=true"
ENDINGS = [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """Start a review of the tests' deck."""
    decks = tmp_path / "decks"
    decks.mkdir()
    (decks / "images.yaml").write_bytes(DECK.read_bytes())
    opened = Terminal(
        80,
        24,
        ["-m", "trainer", "review", "images", "--decks", str(decks)],
        TRAINER_HOME=str(tmp_path),
    )
    yield opened
    opened.close()


def rate_the_first(terminal: Terminal) -> None:
    terminal.see("List only", "$")
    terminal.send(RIGHT + "\r3")
    terminal.see("→", "What does an image")


def reviewed(home: Path) -> dict[str, Memory]:
    with Store(str(home), SETTINGS, lambda: "test") as store:
        return {str(card): memory for card, memory in store.memories().items()}


def check_all_is_well(terminal: Terminal, home: Path) -> None:
    check_terminal_is_back(terminal)
    assert list(reviewed(home)) == ["images/list-dangling"]
    text = terminal.text()
    assert "1 card, 1 answer" in text
    assert "What does an image" not in text


PHASES = {
    "asking": ("", "What does an image"),
    "judged": (" ", "Read-only layers"),
    "overlay": ("?", "Overrule the verdict"),
    "summary": ("!\x18\x18", "Enter leave"),  # the others are suspended
}


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize(("signal", "code"), ENDINGS)
def test_a_signal_keeps_all_ratings_and_gives_the_terminal_back(
    terminal: Terminal, tmp_path: Path, phase: str, signal: Signals, code: int
) -> None:
    rate_the_first(terminal)
    assert not terminal.echoes()
    keys, part = PHASES[phase]
    terminal.send(keys)
    terminal.see(part)
    terminal.signal(signal)
    assert terminal.exit_code() == code
    check_all_is_well(terminal, tmp_path)


@pytest.mark.parametrize("keys", ["\x03", " \x03"])
def test_ctrl_c_keeps_all_ratings_and_gives_the_terminal_back(
    terminal: Terminal, tmp_path: Path, keys: str
) -> None:
    rate_the_first(terminal)
    terminal.send(keys)
    assert terminal.exit_code() == 130
    check_all_is_well(terminal, tmp_path)


def test_a_closed_window_keeps_all_ratings(terminal: Terminal, tmp_path: Path) -> None:
    rate_the_first(terminal)
    assert terminal.hang_up() == 129
    assert list(reviewed(tmp_path)) == ["images/list-dangling"]


@pytest.mark.parametrize(("signal", "code"), [*ENDINGS, (None, 130)])
def test_leaving_before_the_screen_is_loaded_gives_the_terminal_back(
    terminal: Terminal, signal: Signals | None, code: int
) -> None:
    terminal.see("List only", "$")
    if signal:
        terminal.signal(signal)
    else:
        terminal.send("\x03")
    assert terminal.exit_code() == code
    check_terminal_is_back(terminal)
    assert "3 cards are left" in terminal.text()


def check_terminal_is_back(terminal: Terminal) -> None:
    assert terminal.echoes()
    assert not terminal.screen.cursor.hidden
    assert "Traceback" not in terminal.text()
    for on, off in ((b"\x1b[?2004h", b"\x1b[?2004l"), (b"\x1b[?7l", b"\x1b[?7h")):
        assert terminal.raw.rfind(off) > terminal.raw.rfind(on)
