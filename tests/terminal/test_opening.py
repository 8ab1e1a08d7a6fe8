"""The first question is drawn before the screen is loaded, and drawn alike by both."""

import sys
from datetime import timedelta
from pathlib import Path
from signal import SIGTERM
from typing import Any

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input

from tests.terminal.emulator import Terminal
from tests.terminal.sitting import (
    DECK,
    SETTINGS,
    START,
    MemoryJournal,
    RunningClock,
    deck_cards,
    desk_of,
    recall_card,
    session_of,
)
from tests.terminal.test_prompt import Writes
from trainer.cards.card import Card
from trainer.language.text import Language
from trainer.study.loop import run
from trainer.study.session import Asking
from trainer.study.view import view_of
from trainer.terminal.asked import asked
from trainer.terminal.ending import seated
from trainer.terminal.look import Look
from trainer.terminal.opening import Opening, opening
from trainer.terminal.preferences import Preferences
from trainer.terminal.screen import ScreenLearner
from trainer.terminal.signs import signs_for
from trainer.terminal.steady import SteadyOutput

SIZES = [(30, 10), (60, 20), (80, 24), (200, 50)]
CARDS = [*deck_cards(), *deck_cards("forms")]
TITLES = {"images": "Images 镜像", "forms": "Forms"}
TEXTS = st.text("ab\n 容器，`-→é\u200b", max_size=200).map("Q{}".format)
Drawn = dict[str, Any]


def by_opening(
    card: Card, look: Look, preferences: Preferences, *, color: bool
) -> Opening:
    session = session_of([card])
    assert isinstance(session.phase, Asking)
    title = TITLES.get(card.id.partition("/")[0], "")
    view = view_of(session, START)
    shown = asked(session.phase, view, title, preferences, look.language)
    return opening(shown, look, color=color)


def by_screen(card: Card, look: Look, preferences: Preferences, *, color: bool) -> str:
    """Return what the screen writes up to when it first waits for keys."""
    written, clock = Writes(), RunningClock()
    size = Size(look.rows, look.columns)
    with create_pipe_input() as pipe, seated(sys.stdin) as ending:
        pipe.send_text("\x03")
        learner = ScreenLearner(
            desk_of(TITLES, clock),
            look.language,
            SETTINGS.rollover,
            color=color,
            ascii=look.signs == signs_for(ascii_only=True),
            preferences=preferences,
            guard=timedelta(0),
            input=pipe,
            output=SteadyOutput(written, lambda: size, enable_cpr=False),
            ending=ending,
        )
        with learner:
            run(session_of([card]), learner, MemoryJournal(), clock)
    first = next(
        n for n, piece in enumerate(written.pieces) if look.signs.rule in piece
    )
    return "".join(written.pieces[: first + 1])


def drawn(look: Look, *texts: str) -> Drawn:
    """Return what a terminal shows after some writes."""
    screen: Any = pyte.Screen(look.columns, look.rows)
    stream: Any = pyte.Stream(screen)
    for text in texts:
        stream.feed(text)
    cells = {
        (row, column): (cell.data, cell.fg, cell.bold, cell.underscore)
        for row, line in screen.buffer.items()
        for column, cell in line.items()
        if cell.data.strip()
    }
    hidden = screen.cursor.hidden
    place = None if hidden else (screen.cursor.y, screen.cursor.x)
    return {"cells": cells, "hidden": hidden, "place": place}


def check_alike(
    card: Card, look: Look, preferences: Preferences, *, color: bool
) -> None:
    early = by_opening(card, look, preferences, color=color)
    late = by_screen(card, look, preferences, color=color)
    assert drawn(look, early.page) == drawn(look, late)
    above = "\r\n" * (look.rows - 3)  # so that drawing scrolls
    assert drawn(look, above, early.page) == drawn(look, above, late)
    assert drawn(look, above, early.page, early.back, late) == drawn(look, above, late)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_every_form_of_question_is_drawn_alike(
    card: Card, size: tuple[int, int]
) -> None:
    for language in Language:
        look = Look(language, signs_for(ascii_only=False), SETTINGS.rollover)
        check_alike(card, look.sized(*size), Preferences(), color=True)


@settings(deadline=None, max_examples=40)
@given(
    TEXTS,
    st.sampled_from(SIZES),
    st.sampled_from(Language),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_any_question_is_drawn_alike(
    text: str,
    size: tuple[int, int],
    language: Language,
    ascii_only: bool,  # noqa: FBT001 - hypothesis fills it in
    color: bool,  # noqa: FBT001 - as above
    hints: bool,  # noqa: FBT001 - as above
) -> None:
    look = Look(language, signs_for(ascii_only=ascii_only), SETTINGS.rollover)
    card = recall_card("any", text, "A")
    check_alike(card, look.sized(*size), Preferences(hints=hints), color=color)


AT_FIRST_PAINT = """
import io, sys
path = sys.argv.pop(1)
def note(name):
    with open(f"{path}-{name}", "w") as file:
        file.write("\\n".join(sys.modules))
class Watched(io.TextIOWrapper):
    def write(self, text):
        if "List only" in text:
            note("painted")
        return super().write(text)
sys.stdout = Watched(sys.stdout.detach(), encoding="utf-8")
from trainer.__main__ import main
main()
note("left")
"""
SLOW = {
    *("typer", "click", "rich", "pydantic", "questionary", "prompt_toolkit"),
    *("sqlite_utils", "fsrs", "yaml", "tomllib", "asyncio", "wcwidth"),
    *("difflib", "secrets", "shutil", "pathlib", "subprocess"),
    *("trainer.cards.deckfile", "trainer.grading.answers", "trainer.grading.explain"),
    *("trainer.study.loop", "trainer.terminal.screen", "trainer.terminal.desk"),
    *("hashlib", "pkgutil", "unicodedata", "trainer.grading.grammar"),
    *("trainer.cards.forms.choose", "trainer.cards.forms.order"),
    *("trainer.cli.due", "trainer.cli.prompt", "trainer.cli.grammars"),
}


def write_deck(folder: Path) -> None:
    (folder / "decks").mkdir()
    (folder / "decks" / "images.yaml").write_bytes(DECK.read_bytes())


def environment(folder: Path) -> dict[str, str]:
    return {"TRAINER_HOME": str(folder), "TRAINER_DECKS": str(folder / "decks")}


def test_the_first_question_is_shown_without_what_is_slow(tmp_path: Path) -> None:
    names = tmp_path / "modules"
    program = ["-c", AT_FIRST_PAINT, str(names), "review", "images"]
    write_deck(tmp_path)
    for _ in range(2):  # what the decks are read with the first time is not meant
        terminal = Terminal(80, 24, program, **environment(tmp_path))
        terminal.see("List only", "$")
        terminal.send("q")
        terminal.see("$ q")  # the page is whole, and was written once more
        terminal.send("\x11")
        assert terminal.exit_code() == 0
        terminal.close()
    painted, left = (
        set(Path(f"{names}-{name}").read_text(encoding="utf-8").split())
        for name in ("painted", "left")
    )
    assert "trainer.terminal.opening" in painted
    assert not painted & SLOW
    assert "trainer.grading.answers" in left  # though nothing was answered


def test_a_signal_while_the_screen_is_loaded_ends_the_sitting(tmp_path: Path) -> None:
    write_deck(tmp_path)
    program = ["-m", "trainer", "review", "images"]
    terminal = Terminal(80, 24, program, **environment(tmp_path))
    terminal.see("List only", "$")
    terminal.signal(SIGTERM)
    assert terminal.exit_code() == 143
    assert terminal.echoes()
    assert not terminal.screen.cursor.hidden
    assert "Enter submit" not in terminal.text()
    terminal.close()
