"""Deck files that are changed between sittings and during them."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same changes each time

from tests.decks import card, deck, write_decks
from tests.faults.stage import Child, become_program, load_program
from tests.learning import MONDAY, chain_is_whole, open_store, replayed
from trainer.language.errors import Exit
from trainer.storage.library import Library

NAMES = ("one", "two", "three")
CARDS = tuple(f"c{number}" for number in range(4))
FIRST = {f"{name}/{one}" for name in NAMES for one in CARDS}
LOOKING = (("due",), ("deck", "list"), ("stats",), ("card", "list"), ("log",))

Change = Callable[[Random, Path], object]


def edit(chance: Random, path: Path) -> None:
    """Give the cards another answer."""
    text = path.read_text(encoding="utf-8", errors="replace")
    path.write_text(text.replace("answer: echo", f"answer: ls {chance.random()}"))


def add(chance: Random, path: Path) -> None:
    """Add a card."""
    with path.open("a", encoding="utf-8") as stream:
        stream.write(card(f"new-{chance.randrange(99)}"))


def cut(chance: Random, path: Path) -> None:
    """Cut the file off anywhere."""
    data = path.read_bytes()
    path.write_bytes(data[: chance.randint(0, len(data))])


def rename(chance: Random, path: Path) -> None:
    """Give the file another name."""
    path.rename(path.with_name(f"renamed-{chance.random()}.yaml"))


def rename_deck(chance: Random, path: Path) -> None:
    """Give the deck another id, so that its cards are others."""
    text = path.read_text(encoding="utf-8", errors="replace")
    path.write_text(text.replace("deck: ", f"deck: x{chance.randrange(9)}", 1))


def copy(chance: Random, path: Path) -> None:
    """Have the deck twice."""
    path.with_name(f"copy-{chance.random()}.yaml").write_bytes(path.read_bytes())


def empty(_chance: Random, path: Path) -> None:
    """Leave nothing in the file."""
    path.write_bytes(b"")


def garble(chance: Random, path: Path) -> None:
    """Overwrite some bytes."""
    data = bytearray(path.read_bytes() or b"-")
    for _ in range(5):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)


def delete(_chance: Random, path: Path) -> None:
    """Delete the file."""
    path.unlink()


def make_folder(_chance: Random, path: Path) -> None:
    """Put a folder in place of the file."""
    path.unlink()
    path.mkdir()


def put_back(_chance: Random, path: Path) -> None:
    """Write the decks as they were."""
    write(path.parent)


CHANGES: tuple[Change, ...] = (
    *(edit, add, cut, rename, rename_deck, copy, empty, garble, delete, make_folder),
    *(put_back, put_back, put_back),
)


def write(folder: Path) -> None:
    """Write the decks as they are at first."""
    texts = {name: deck(name, *CARDS) for name in NAMES}
    for name in NAMES:
        if (folder / f"{name}.yaml").is_dir():
            (folder / f"{name}.yaml").rmdir()
    write_decks(folder, **texts)


def change(chance: Random, folder: Path) -> None:
    """Change a deck file."""
    files = sorted(path for path in folder.glob("*.yaml") if path.is_file())
    if files:
        chance.choice(CHANGES)(chance, chance.choice(files))
    else:
        write(folder)


def play_scripts(folder: str, begin: int, count: int) -> dict[str, int]:
    """Play scripts of chance, each in a home of its own; count the answers."""
    load_program()
    counts = {"scripts": count, "answers": 0, "parked": 0}
    for seed in range(begin, begin + count):
        chance = Random(seed)  # noqa: S311 - as above
        home = Path(folder) / str(seed)
        write(home / "decks")
        kept: list[str] = []
        for day in range(4):
            kept += _sit(home, chance, f"{seed}.{day}", day)
            _check(home, kept, seed)
            for _ in range(chance.randint(1, 3)):
                change(chance, home / "decks")
            _look(home, chance.choice(LOOKING), day)
        counts["answers"] += len(kept)
        counts["parked"] += _park_all_and_put_back(home)
    return counts


def _sit(home: Path, chance: Random, name: str, day: int) -> list[str]:
    """Answer some cards while their decks change; return what was acknowledged."""
    theirs, mine = os.pipe()

    def act(mouth: int) -> None:
        os.close(mine)  # or its input would never end
        _run(home, ("review",), day, theirs, mouth)

    child = Child(act)
    os.close(theirs)
    said: list[str] = []
    for number in range(chance.randint(1, 5)):
        said.append(f"{name}.{number}")
        try:
            os.write(mine, f"{said[-1]} ={chance.randint(1, 4)}\n".encode())
        except BrokenPipeError:
            break
        while child.heard.decode(errors="ignore").count("→") < len(said):
            if not child.hear():
                break
        if chance.random() < 0.5:
            change(chance, home / "decks")
    os.close(mine)
    assert child.end() in set(Exit), name
    told = (home / "errors").read_text(encoding="utf-8")
    assert "Traceback" not in told, told
    return said[: child.heard.decode().count("→")]


def _look(home: Path, words: tuple[str, ...], day: int) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    child = Child(lambda mouth: _run(home, words, day, nothing, mouth))
    os.close(nothing)
    assert child.end() in set(Exit), words
    told = (home / "errors").read_text(encoding="utf-8")
    assert "Traceback" not in told, told


def _run(home: Path, words: tuple[str, ...], day: int, given: int, mouth: int) -> None:
    """Run the program in this process, which ends with it."""
    errors = os.open(home / "errors", os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    code = become_program(
        words,
        (given, mouth, errors),
        TRAINER_HOME=str(home),
        TRAINER_DECKS=str(home / "decks"),
        TRAINER_NOW=(MONDAY + timedelta(days=day)).isoformat(),
    )
    os._exit(code)


def _check(home: Path, kept: list[str], seed: int) -> None:
    """Check that the log holds what was answered, and each id has its history."""
    with open_store(home) as store:
        assert [one.response for one in store.log.reviews()] == kept, seed
        assert chain_is_whole(home), seed
        memories = store.memories()
        assert memories == replayed(store), seed
        for name in memories:
            own = [one for one in store.log.reviews() if one.card == name]
            assert len(store.log.history(name)) == len(own), seed


def _park_all_and_put_back(home: Path) -> int:
    """Delete all decks but one card, then put them back; count the parked cards."""
    folder = home / "decks"
    for path in folder.glob("*.yaml"):
        path.rmdir() if path.is_dir() else path.unlink()
    write_decks(folder, other=deck("other", "alone"))
    with open_store(home) as store:
        before = store.memories()
    parked = before.keys() - _known(home)
    _look(home, ("due",), 5)
    write(folder)
    known = _known(home)
    with open_store(home) as store:
        assert store.memories() == before
    assert parked & FIRST <= known
    return len(parked)


def _known(home: Path) -> set[str]:
    library = Library(str(home), (str(home / "decks"),))
    try:
        return set(library)
    finally:
        library.close()
