"""A plain `trainer review` is read without typer, and alike."""

from pathlib import Path

import pytest

from tests.decks import deck, write_decks
from tests.program import Program
from trainer.cards.card import Kind
from trainer.cli.review import Wanted, read_words
from trainer.cli.selection import Selection


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("", Wanted()),
        ("images --cram", Wanted(Selection(("images",)), is_cram=True)),
        (
            "--limit 3 images --new=0 volumes --limit=5",
            Wanted(Selection(("images", "volumes")), limit=5, new=0),
        ),
        (
            "--tag a --kind flag --tag=b --kind=command",
            Wanted(Selection((), ("a", "b"), (Kind.FLAG, Kind.COMMAND))),
        ),
        (
            "--time 10m --ahead 365 --order due --mix last",
            Wanted(ahead=365, time="10m", order="due", mix="last"),
        ),
        (
            "--reviews 0 --learn-ahead 1h --no-spacing",
            Wanted(reviews=0, learn_ahead="1h", is_unspaced=True),
        ),
    ],
)
def test_a_plain_command_line_is_read(line: str, wanted: Wanted) -> None:
    assert read_words(line.split()) == wanted


@pytest.mark.parametrize(
    "line",
    [
        *("-h", "--help", "--", "-", "--limits 3", "--cram=yes", "--limit"),
        *("--limit 0", "--limit -1", "--limit ٣", "--limit x", "--new -1"),
        *("--ahead 366", "--kind odd", "--order risky", "--mix evenly"),
        *("--reviews -1", "--no-spacing=yes", "--learn-ahead"),
    ],
)
def test_all_else_is_left_to_typer(line: str) -> None:
    assert read_words(line.split()) is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "two --limit 1",
        "--kind command --new 1 two one",
        "--cram --order oldest --limit 2",
        "--tag odd",
        "three",
        "--time soon",
        "--reviews 1 --learn-ahead 2h --no-spacing",
        "--learn-ahead soon",
    ],
)
def test_what_is_read_at_once_does_what_typer_does(tmp_path: Path, line: str) -> None:
    texts = {name: deck(name, "a", "b", "c") for name in ("one", "two")}
    folder = write_decks(tmp_path / "decks", **texts)
    words = line.split()
    assert read_words(words)
    assert read_words([*words, "--"]) is None
    at_once, by_typer = (
        Program(tmp_path / home, {"TRAINER_DECKS": str(folder)})(
            "review", *words, *rest, given="echo a\necho b\n"
        )
        for home, rest in (("at-once", []), ("by-typer", ["--"]))
    )
    assert at_once == by_typer
