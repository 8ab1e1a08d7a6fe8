"""`trainer review` itself, in a terminal: what needs the whole program."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.learning import open_store
from tests.terminal.emulator import Terminal
from tests.terminal.sitting import DECK
from trainer.scheduling.review import Mode

FORMS = DECK.with_name("forms.yaml")
ASK = {"en": "List only the dangling images.", "zh": "只列出悬空镜像。"}
RIGHT = "docker image ls -f dangling=true"
CTRL_C, CTRL_H, CTRL_O, CTRL_R, CTRL_Z = "\x03", "\x08", "\x0f", "\x12", "\x1a"
F2 = "\x1bOQ"
DELETE, ESCAPE = "\x7f", "\x1b"
DOWN, PAGE_UP, PAGE_DOWN = "\x1b[B", "\x1b[5~", "\x1b[6~"
Review = Callable[..., Terminal]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a home folder whose decks are one card of each form."""
    decks = tmp_path / "decks"
    decks.mkdir()
    shutil.copy(FORMS, decks)
    return tmp_path


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """Keep what is to be closed."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def review(home: Path, opened: ExitStack) -> Review:
    """Start reviews in terminals."""

    def begin(
        *words: str, columns: int = 80, rows: int = 24, before: str = "", **env: str
    ) -> Terminal:
        program = ["-m", "trainer", "review", *words, "--decks", str(home / "decks")]
        if before:
            words = (sys.executable, *program)
            program = ["-c", f"{before}\nos.execv({words[0]!r}, {words!r})"]
        terminal = Terminal(columns, rows, program, TRAINER_HOME=str(home), **env)
        opened.callback(terminal.close)
        return terminal

    return begin


def send_and_see(terminal: Terminal, keys: str, part: str) -> None:
    """Press keys and wait for something that they bring, whatever was there before."""
    before = len(terminal.raw)
    terminal.send(keys)
    terminal.wait(lambda _: part.encode() in terminal.raw[before:], repr(part))


def scroll(terminal: Terminal, key: str) -> str:
    """Press a key and return the screen when it has changed."""
    before = terminal.text()
    terminal.send(key)
    return terminal.wait(lambda text: text != before, "line scrolled")


def absent(terminal: Terminal, part: str) -> None:
    """Wait until something is no longer on the screen."""
    terminal.wait(lambda text: part not in text, f"end of {part!r}")


def test_hints_help_and_information_lie_over_the_card(review: Review) -> None:
    terminal = review("forms")
    terminal.see(ASK["en"], "^H hint")
    terminal.send(f"dox{DELETE}{CTRL_H}")
    assert "--f…" not in terminal.see("Hint  docker image ls …", "$ do")
    terminal.send(CTRL_H)
    assert "no further" not in terminal.see("--f…")
    terminal.send(f"{CTRL_H}{CTRL_H}")
    terminal.see("There is no further hint.")
    terminal.send(f"{RIGHT[2:]}\r")
    terminal.see("✓ Correct", "▸ 2 Hard", "Enter = Hard")
    terminal.send("?")
    terminal.see("Overrule the verdict", "any key: back")
    absent(terminal, "2 Hard")
    terminal.resize(30, 10)
    terminal.see("Keys", "↓")
    seen = terminal.text()
    while "taller" not in seen:
        seen += scroll(terminal, DOWN)
    assert all(key in seen for key in ("^_", "^S", "^T", "^X", "^P", "^O", "^R"))
    assert scroll(terminal, PAGE_UP) != scroll(terminal, PAGE_DOWN)
    terminal.send(ESCAPE)
    terminal.see("▸", "2 Hard")
    terminal.resize(80, 24)
    terminal.send("i")
    terminal.see("forms/command", "Source: image-operations", "State: new")
    terminal.send("i")
    absent(terminal, "any key: back")
    terminal.send("o")
    terminal.see("you overrule: it counts as wrong", "▸ 1 Again")
    terminal.send("o")
    terminal.see("▸ 2 Hard", "✓ Correct")
    terminal.send("\r\x11")
    assert terminal.exit_code() == 0


def test_where_ctrl_h_erases_it_deletes_a_character_and_f2_hints(
    review: Review,
) -> None:
    terminal = review("forms", before="import os, sys\nos.system('stty erase ^H')")
    terminal.see(ASK["en"])
    terminal.send(f"dx{CTRL_H}o")
    terminal.see("$ do")
    terminal.send(F2)
    terminal.see("docker image ls …")
    terminal.send(CTRL_C)
    assert terminal.exit_code() == 130


@pytest.fixture
def editor(tmp_path: Path) -> Callable[[str], None]:
    """Make an editor that puts in what the test says, and looks at its terminal."""
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\nstty -a > {tmp_path}/tty\ncp {tmp_path}/next "$1"\n')
    script.chmod(0o755)
    return lambda text: void((tmp_path / "next").write_text(text, encoding="utf-8"))


def void(_: object) -> None:
    """Return nothing."""


def test_a_card_is_edited_broken_mended_and_deleted(
    review: Review, editor: Callable[[str], None], home: Path
) -> None:
    terminal = review("forms", EDITOR=str(home / "editor"))
    terminal.see(ASK["en"])
    text = FORMS.read_text(encoding="utf-8")
    changed = text.replace(ASK["en"], "List the untagged images.")
    editor(changed)
    terminal.send("docker im" + CTRL_O)
    terminal.see("List the untagged images.", "$ docker im")
    modes = set((home / "tty").read_text().replace(";", " ").split())
    assert {"echo", "icanon", "isig", "icrnl"} <= modes
    assert not terminal.echoes()
    no_card = changed.replace("kind: command", "kind: commando")
    for broken in ("deck: [", no_card, "- a"):
        editor(broken)
        send_and_see(terminal, CTRL_O, "The file has a mistake")
        terminal.see("List the untagged images.", "$ docker im")
        terminal.send(CTRL_R)
        terminal.see("forms/command", "State: new", "any key: back")
        terminal.send("x")
        absent(terminal, "any key: back")
    head, _, rest = text.partition("- id: command")
    editor(head + "- id: words" + rest.partition("- id: words")[2])
    terminal.send(CTRL_O)
    terminal.see("forms/command is gone from its deck", "read-only template", "1/5")
    terminal.send("image\r4")
    terminal.see("What does an image consist of?")
    editor("deck: [")
    terminal.send("e")
    terminal.see("The file has a mistake", "What does an image consist of?")
    terminal.send(" 4")
    terminal.see("Done for now")  # the other cards cannot be read any more
    terminal.send("q")
    assert terminal.exit_code() == 0


def test_a_missing_editor_is_told_and_the_card_stays(review: Review) -> None:
    terminal = review("forms", EDITOR="/nowhere/vi")
    terminal.see(ASK["en"])
    terminal.send("docker" + CTRL_O)
    terminal.see("/nowhere/vi", "$ docker")
    terminal.send(CTRL_C)
    assert terminal.exit_code() == 130


def test_ctrl_z_stops_and_fg_goes_on_with_the_card(
    home: Path, opened: ExitStack
) -> None:
    run = f"{sys.executable} -m trainer review forms --decks {home}/decks"
    shell = "import os; os.execvp('bash', ['bash', '--norc', '--noprofile', '-i'])"
    terminal = Terminal(
        80, 24, ["-c", shell], TRAINER_HOME=str(home), RUN=run, PS1="shell> "
    )
    opened.callback(terminal.close)
    terminal.see("shell>")
    terminal.send("eval $RUN\r")
    terminal.see(ASK["en"])
    for typed in ("docker image", " ls"):
        terminal.send(typed)
        terminal.see(typed)
        terminal.send(CTRL_Z)
        terminal.wait(lambda text: text.endswith("shell>") or "Stopped" in text, "stop")
        terminal.send("echo $((40+2))\r")
        terminal.see("42")
        terminal.send("clear; fg\r")
        terminal.see(ASK["en"], "$ docker image")
    terminal.send(" -f dangling=true\r")
    terminal.see("Correct", "▸ 3 Good")
    terminal.send(CTRL_Z)
    terminal.see("Stopped")
    terminal.send("clear; fg\r")
    terminal.see("▸ 3 Good", "4 Easy")
    terminal.send("4\x11")
    terminal.see("1 card, 1 answer")
    terminal.send("echo left with $?\r")
    terminal.see("left with 0")
    terminal.send("exit\r")
    terminal.exit_code()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Welcome.", "5 easy cards", "1/5"]), ("zh", ["欢迎", "5 张简单", "1/5"])],
)
def test_the_first_sitting_greets_and_asks_five_easy_cards(
    review: Review, home: Path, language: str, words: list[str]
) -> None:
    terminal = review("--lang", language, columns=60, rows=30)
    terminal.see(*words, {"en": "the web's?", "zh": "哪个端口"}[language])
    terminal.send("14" + "latest\r4" + " 4" + RIGHT + "\r4" + "--rm\r4")
    terminal.see({"en": "Done for now", "zh": "暂告一段落"}[language])
    terminal.send("q")
    assert terminal.exit_code() == 0
    with open_store(home) as store:
        cards = [one.card for one in store.log.reviews()]
    assert cards == [
        *("forms/choose", "forms/cloze", "forms/recall"),
        *("forms/command", "forms/flag"),
    ]
    terminal = review("--lang", language, columns=60)
    assert words[0] not in terminal.see("1/2")


def test_the_summary_leads_over_the_failures_and_the_schedule_stays(
    review: Review, home: Path
) -> None:
    terminal = review("forms", "--kind", "flag")
    terminal.see("docker run: remove")
    terminal.send("-rm\r1" + "--rm\r4")
    terminal.see("Done for now", "1 card, 2 answers", "r failures again", "Hardest")
    with open_store(home) as store:
        before = store.memories()
    terminal.send("r")
    terminal.see("docker run: remove", "3/3 · outside the schedule")
    terminal.send("x\r")
    assert "→" not in terminal.see("1 Again").rpartition("─")[2]
    terminal.send("1--rm\r3")
    terminal.see("Done for now", "1 card, 4 answers", "r failures again")
    with open_store(home) as store:
        assert store.memories() == before
        modes = [one.mode for one in store.log.reviews()]
    assert modes == [Mode.REVIEW] * 2 + [Mode.CRAM] * 2
    terminal.send("u")
    terminal.see("Taken back: forms/flag (Good)", "docker run: remove", "^H")
    terminal.send("--rm\r4")
    terminal.see("Done for now")
    terminal.send("\x04")
    assert terminal.exit_code() == 0


@pytest.mark.parametrize("words", [["--plain"], []], ids=["plain", "dumb"])
def test_line_mode_at_a_terminal_asks_for_ratings_and_takes_wishes(
    review: Review, home: Path, words: list[str]
) -> None:
    terminal = review("forms", *words, TERM="xterm" if words else "dumb", rows=60)
    terminal.see(f"Question: {ASK['en']}", "$")
    for line, said in (
        (":?", ":u undo"),
        (":x", ":u undo"),
        (":h", "docker image ls …"),
        (":h", "docker image ls --f…"),
        (":h", "There is no further hint."),
        (RIGHT, "[2]:"),
        (":o", "[1]:"),
        ("９", "[1]:"),
        ("：ｏ", "[2]:"),
        ("", "Hard → "),
        (":f", "flagged: forms/flag"),
        (":s", "read-only template"),
        (":u", "Taken back"),
        (":!", "suspended: forms/words"),
        ("", "[3]:"),
        (":o", "[3]:"),
        (":b", "buried: forms/recall"),
        ("9", "Type a number from 1 to 3"),
        ("", "Rate: 1 Again, 2 Hard, 3 Good, 4 Easy [1]:"),
        ("＝４", "Easy →"),
    ):
        send_and_see(terminal, line + "\r", said)
    terminal.send(":q\r")
    assert terminal.exit_code() == 0
    assert b"\x1b" not in terminal.raw
    with open_store(home) as store:
        assert [one.rating.value for one in store.log.reviews()] == [2, 4]


def test_two_grades_are_asked_for_in_line_mode_too(review: Review, home: Path) -> None:
    (home / "config.toml").write_text("[review]\ntwo-grades = true\n")
    terminal = review("forms", "--plain")
    terminal.see(ASK["en"])
    send_and_see(terminal, "docker images\r", "Rate: 1 Again, 2 Good [1]:")
    send_and_see(terminal, "3\r", "Rate: 1 Again, 2 Good [1]:")
    send_and_see(terminal, ":o\r", "Rate: 1 Again, 2 Good [2]:")
    send_and_see(terminal, "\r", "Good → ")
    send_and_see(terminal, "--rm\r", "[2]:")
    send_and_see(terminal, "1\r", "Again → ")
    terminal.send(":q\r")
    assert terminal.exit_code() == 0


def test_ctrl_c_in_line_mode_keeps_what_was_rated(review: Review, home: Path) -> None:
    terminal = review("forms", "--plain")
    terminal.see(ASK["en"])
    terminal.send(RIGHT + " =4\r")
    terminal.see("Easy →")
    terminal.send(CTRL_C)
    assert terminal.exit_code() == 130
    with open_store(home) as store:
        assert len(store.log.reviews()) == 1


def test_an_encoding_without_our_signs_gets_ascii(review: Review) -> None:
    terminal = review("forms", PYTHONIOENCODING="iso-8859-1")
    terminal.see(ASK["en"], "^H hint")
    terminal.send(CTRL_H)
    terminal.see("docker image ls ...")
    terminal.send(RIGHT + "\r")
    terminal.see("+ Correct", "> 2 Hard")
    terminal.send("4\x11")
    assert terminal.exit_code() == 0
    terminal.see("+ List only", "->")
    assert terminal.raw.isascii()


def test_chinese_is_typed_and_shown_in_gbk(review: Review, home: Path) -> None:
    terminal = review(
        "forms", "--lang", "zh", "--kind", "concept", PYTHONIOENCODING="gbk"
    )

    def shows(part: str) -> None:
        data = part.encode("gbk")
        terminal.wait(lambda _: data in terminal.raw, part)

    shows("打包应用的只读模板叫什么？")
    terminal.send_bytes(b"\xff" + "镜象".encode("gbk") + b"\x7f")
    terminal.send_bytes("像".encode("gbk") + b"\x01\x04\r")
    shows("+ 正确")
    terminal.send("4\x11")
    assert terminal.exit_code() == 0
    shows("->")
    with open_store(home) as store:
        assert [one.response for one in store.log.reviews()] == ["镜像"]
