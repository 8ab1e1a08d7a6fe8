"""Decks of one's own: `trainer deck new`, `add` and `edit`."""

import json
import os
import sys
from pathlib import Path

import pytest

import trainer
from tests.decks import deck, write_decks
from tests.program import ROOT, Program
from tests.terminal.emulator import Terminal
from trainer.cards.reading import read_deck
from trainer.language.text import Language
from trainer.storage.deckwriting import DeckFileError, check_own
from trainer.terminal.card_text import card_lines

CARD = (
    *("--kind", "command", "--ask-en", "List branches.", "--ask-zh", "列出分支。"),
    *("--answer", "git branch", "--why-en", "So: it is.", "--why-zh", "就是这样。"),
)


@pytest.fixture
def own(tmp_path: Path) -> Program:
    """`trainer` with a deck of the learner's own, and no others."""
    folder = write_decks(tmp_path / "mine", git=deck("git", "status"))
    return Program(tmp_path / "home", {"TRAINER_DECKS": str(folder)})


def usual_mask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def text_of(program: Program) -> str:
    return (program.home.parent / "mine" / "git.yaml").read_text(encoding="utf-8")


def test_what_lies_at_a_path_is_linted_alone(tmp_path: Path) -> None:
    broken = deck("broken", "say").replace("kind: command", "kind: nonsense")
    folder = write_decks(tmp_path / "mine", git=deck("git", "status"), broken=broken)
    program = Program(tmp_path / "home")
    whole = program("deck", "lint", folder)
    assert whole.code == 1
    assert "broken.yaml:" in whole.out
    assert whole.out.endswith("2 decks, 1 card, 1 problem.\n")
    sound = program("deck", "lint", f"../{tmp_path.name}/mine/git.yaml")
    assert (sound.code, sound.out) == (0, "1 deck, 1 card, 0 problems.\n")
    for other in ("nowhere", tmp_path / "home"):
        assert program("deck", "lint", other).code == 2
    other = tmp_path / "mine" / "notes.txt"
    other.write_text("no deck", encoding="utf-8")
    refused = program("deck", "lint", other)
    assert (refused.code, refused.out) == (2, "")
    assert "notes.txt is no deck file" in refused.err


def test_the_list_of_decks_fits_a_narrow_terminal(tmp_path: Path) -> None:
    words = ["-m", "trainer", "deck", "list", "--decks", str(ROOT / "decks")]
    terminal = Terminal(50, 30, words, TRAINER_HOME=str(tmp_path))
    assert terminal.exit_code() == 0
    terminal.see("then-and-now   Then and now: what changed…      63")
    terminal.close()


def test_a_card_is_shown_in_as_many_columns_as_there_are() -> None:
    reading = read_deck(deck("git", "status").encode(), "git.yaml")
    assert reading.deck
    shown = card_lines(reading.deck.cards[0], Language.EN, 22)
    assert list(shown)[1:] == [
        "  Question: Say",
        "    status.",
        "  Answer: echo",
        "    status",
        "  Why: It prints",
        "    status.",
    ]


def test_a_new_deck_stands_with_the_learners_data(tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    made = program("deck", "new", "git", "--title-en", "Git: it", "--title-zh", "版本")
    path = tmp_path / "home" / "decks" / "git.yaml"
    assert (made.code, made.out) == (0, f"{path}\n")
    assert "trainer deck add git" in made.err
    assert path.with_name("deck.schema.json").is_file()
    assert path.stat().st_mode & 0o777 == 0o666 & ~usual_mask()
    added = program("deck", "add", "git", *CARD, "--lang", "zh")
    assert (added.code, added.out) == (0, "")
    assert "`git/git-branch`" in added.err
    assert program("deck", "lint").out.endswith("0 problems.\n")
    for name in ("git", "images"):
        again = program("deck", "new", name)
        assert again.code == 2
        assert f"`{name}`" in again.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Git"], "no name for a deck"),
        (["../git"], "no name for a deck"),
        (["outline"], "no name for a deck"),
        (["git", "--grammar", "gti"], "There is no grammar `gti`"),
    ],
)
def test_a_deck_that_cannot_be_is_not_made(
    tmp_path: Path, words: list[str], said: str
) -> None:
    ran = Program(tmp_path / "home")("deck", "new", *words, "--decks", tmp_path / "new")
    assert ran.code != 0
    assert said in ran.err
    assert not (tmp_path / "new").exists()


def test_a_card_goes_behind_the_others(own: Program) -> None:
    before = text_of(own)
    more = ["--id", "branches", "--section", "s", "--lines", "3", "--tag", "a"]
    ran = own("deck", "add", "git", *CARD, *more, "--accept", "git branch --list")
    assert (ran.code, ran.out) == (0, "")
    assert "Added `git/branches` at" in ran.err
    assert "one language only" not in ran.err
    assert text_of(own) == before + (
        "- id: branches\n"
        "  kind: command\n"
        "  source: {section: s, lines: 3}\n"
        "  ask:\n"
        '    en: "List branches."\n'
        '    zh: "列出分支。"\n'
        '  answer: "git branch"\n'
        '  accept: ["git branch --list"]\n'
        "  why:\n"
        '    en: "So: it is."\n'
        '    zh: "就是这样。"\n'
        "  tags: [a]\n"
    )
    (shown,) = own("deck", "show", "git/branches", "--json").json["cards"]
    assert shown["why"]["en"] == "So: it is."


def test_a_warning_is_told_and_the_card_written(own: Program) -> None:
    ran = own(
        "deck", "add", "git", "--ask-en", "What is HEAD?", "--answer", "A pointer"
    )
    assert ran.code == 0
    assert "missing in the language `zh`" in ran.out
    assert "`trainer deck edit git/a-pointer` adds what is missing." in ran.err
    assert "a-pointer" in text_of(own)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--answer", "x"], "`ask` is missing"),
        ([*CARD, "--form", "chose"], "did you mean `choose`?"),
        ([*CARD, "--id", "status"], "stands already in line"),
        ([*CARD, "--id", "No Name"], "is no name"),
        ([*CARD, "--lines", "3"], "`section` is missing"),
        ([*CARD, "--why-en", "a\x1b[2J"], "is invisible"),
    ],
)
def test_a_card_with_errors_is_shown_and_not_written(
    own: Program, words: list[str], said: str
) -> None:
    before = text_of(own)
    ran = own("deck", "add", "git", *words)
    assert ran.code == 1
    assert said in ran.out
    assert ran.out.startswith("mine/git.yaml:")
    assert "- id: " in ran.err
    assert "\x1b" not in ran.out + ran.err
    assert text_of(own) == before


def test_what_cannot_be_added_to_is_left_alone(own: Program, tmp_path: Path) -> None:
    path = tmp_path / "mine" / "flow.yaml"
    path.write_text("deck: flow\ntitle: T\ncards: [{id: a, kind: concept}]\n")
    for words, said in (
        (["git"], "--ask-en"),
        (["gti", *CARD], "did you mean `git`?"),
        (["flow", *CARD], "trainer deck edit"),
    ):
        ran = own("deck", "add", *words)
        assert ran.code in {2, 4}
        assert said in ran.err
    assert "list-branches" not in path.read_text()


def editing(own: Program, code: str) -> Program:
    """Return the program with an editor that is a few lines of Python."""
    script = own.home.parent / "editor.py"
    script.write_text(f"import sys\nfrom pathlib import Path\n{code}\n")
    return own.having(EDITOR=f"{sys.executable} {script}", VISUAL="")


def test_an_edited_deck_is_checked(own: Program, tmp_path: Path) -> None:
    change = "p = Path(sys.argv[1]); p.write_text(p.read_text().replace({!r}, {!r}))"
    broken = editing(own, change.format("answer:", "anwser:"))("deck", "edit", "git")
    assert broken.code == 1
    assert "mine/git.yaml:8:3: unknown field `anwser`" in broken.out
    assert "problem" in broken.err
    mended = editing(own, change.format("anwser:", "answer:"))
    ran = mended("deck", "edit", "git/status")  # the card is found though it is broken
    assert (ran.code, ran.out) == (0, "")
    write_decks(tmp_path / "mine", odd="cards: [\n")
    assert editing(own, "")("deck", "edit", "odd").code == 1


def test_an_editor_is_told_the_line_of_the_card(own: Program, tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    editor = folder / "vi"
    editor.write_text('#!/bin/sh\necho "$1" > "$2.line"\n')
    editor.chmod(0o755)
    write_decks(tmp_path / "mine", two=deck("two", "one", "two"))
    assert (
        own.having(EDITOR=str(editor), VISUAL="")("deck", "edit", "two/two").code == 0
    )
    line = (tmp_path / "mine" / "two.yaml.line").read_text()
    assert deck("two", "one", "two").splitlines()[int(line) - 1] == "- id: two"


def test_what_cannot_be_edited_is_explained(own: Program) -> None:
    for words, said in (
        (["git/stauts"], "did you mean `git/status`?"),
        (["gti"], "did you mean `git`?"),
        (["git", "--no-input"], "--no-input forbids"),
    ):
        ran = editing(own, "")("deck", "edit", *words)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err
    failed = editing(own, "sys.exit(3)")("deck", "edit", "git")
    assert failed.code == 2
    assert "exit code 3" in failed.err


def test_a_deck_that_is_installed_stays_as_it_is() -> None:
    installed = Path(trainer.__file__).parent / "decks" / "images.yaml"
    with pytest.raises(DeckFileError, match="trainer deck new NAME") as raised:
        check_own(str(installed))
    assert "--decks" in raised.value.in_language(Language.ZH)


def test_lint_shows_an_author_what_quizzes_make_of_a_card(tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    ran = program("deck", "lint", "--preview", "containers/delete-stopped")
    assert ran.code == 0
    assert "containers/delete-stopped  (generated: multiple choice)\n" in ran.out
    assert (
        "Which of these tasks does this line carry out?\n    `docker rm lab`" in ran.out
    )
    assert "  Answer: `docker rm lab`\n" in ran.out
    assert ran.out.endswith("0 problems.\n")
    again = program("deck", "lint", "--preview", "containers", "--json", "--seed", "2")
    made = json.loads(again.out)["preview"]
    assert {one["made"] for one in made} == {
        *("choices", "effect", "command", "missing", "slip", "meaning")
    }
    assert all(one["answer"] in one["choices"] for one in made if one["choices"])


def test_a_preview_of_what_there_is_not_says_so(tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    ran = program(
        "deck", "lint", "--preview", "containers/delete-stoped", "--lang", "zh"
    )
    assert ran.code == 2
    assert "containers/delete-stopped" in ran.err
