"""The library: what changed is read, what did not is not."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.decks import card, deck, write_decks
from tests.learning import open_store
from tests.program import clean_environment
from trainer.cards.card import CardId
from trainer.cli.surroundings import tidy
from trainer.grading.grammar import Grammar
from trainer.language.text import Language, Text
from trainer.storage.library import FIND_CARD, CacheError, DeckFolderError, Library

WATCH = """
import json, sys
from trainer.storage.library import Library
opened, reads = [], []
def called(frame, event, argument):
    if event == "call" and frame.f_code.co_name == "read_cards":
        reads.append(frame.f_locals["path"])
sys.setprofile(called)
sys.addaudithook(lambda name, args: name == "open" and opened.append(str(args[0])))
found = Library(sys.argv[1], (sys.argv[2],))
cards = [found[name].content.sides("en")[1] for name in found]
print(json.dumps({
    "opened": sorted(p.rpartition("/")[2] for p in opened if p.endswith(".yaml")),
    "parsed": sorted(p.rpartition("/")[2] for p in reads),
    "cards": cards,
}))
"""


def looked(home: Path, folder: Path) -> dict[str, list[str]]:
    """Open a library in a process of its own; say which files it opened and parsed."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(home), str(folder)],
        capture_output=True,
        env=clean_environment(),
        check=True,
    )
    said: dict[str, list[str]] = json.loads(done.stdout)
    return said


def ids(home: Path, folder: Path) -> list[str]:
    library = Library(str(home), (str(folder),))
    try:
        return list(library)
    finally:
        library.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    decks = {"one": deck("one", "x", "y"), "two": deck("two", "z", order=2)}
    return write_decks(tmp_path / "decks", **decks)


def test_unchanged_decks_are_not_even_opened_again(home: Path, folder: Path) -> None:
    first, second = looked(home, folder), looked(home, folder)
    assert first["opened"] == first["parsed"] == ["one.yaml", "two.yaml"]
    assert second["opened"] == second["parsed"] == []
    assert second["cards"] == first["cards"] == ["echo x", "echo y", "echo z"]


def test_a_touched_but_equal_file_is_read_and_yet_kept(
    home: Path, folder: Path
) -> None:
    before = looked(home, folder)["cards"]
    os.utime(folder / "one.yaml", (1, 1))
    assert looked(home, folder) == {
        "opened": ["one.yaml"],
        "parsed": [],
        "cards": before,
    }
    assert looked(home, folder)["opened"] == []


def test_of_several_files_only_the_changed_one_is_read(
    home: Path, folder: Path
) -> None:
    looked(home, folder)
    write_decks(folder, two=deck("two", "z", "new", order=2))
    again = looked(home, folder)
    assert again["opened"] == again["parsed"] == ["two.yaml"]
    assert again["cards"] == ["echo x", "echo y", "echo z", "echo new"]


def test_an_edited_card_is_shown_as_edited(home: Path, folder: Path) -> None:
    ids(home, folder)
    text = (folder / "one.yaml").read_text(encoding="utf-8")
    (folder / "one.yaml").write_text(text.replace("echo x", "echo 二"), "utf-8")
    library = Library(str(home), (str(folder),))
    content = library[CardId("one/x")].content
    library.close()
    assert content.sides(Language.ZH) == ("说 x。", "echo 二")


def test_the_card_that_follows_is_at_hand_and_others_are_read(
    home: Path, folder: Path
) -> None:
    x, y, z = map(CardId, ("one/x", "one/y", "two/z"))
    with closing(Library(str(home), (str(folder),))) as library:
        library.expect((z, x, y))
        assert library[z].id == z
        ahead = library.look_ahead()
        assert library.look_ahead() is None
        assert library[y].id == y  # came in between
        assert library[x] is ahead
        assert library.look_ahead() is library[y]


def test_behind_the_last_card_and_without_an_order_nothing_is_at_hand(
    home: Path, folder: Path
) -> None:
    with closing(Library(str(home), (str(folder),))) as library:
        assert library.look_ahead() is None
        library.expect((CardId("one/x"),))
        assert library[CardId("one/x")].id == "one/x"
        assert library.look_ahead() is None


def test_a_card_at_hand_that_is_edited_is_read_again(home: Path, folder: Path) -> None:
    x, y = CardId("one/x"), CardId("one/y")
    with closing(Library(str(home), (str(folder),))) as library:
        library.expect((x, y))
        assert library[x].id == x
        assert library.look_ahead() is library[y]
        write_decks(folder, one=deck("one", "x") + card("y", "echo other"))
        library.refresh()
        assert library[y].content.sides(Language.EN)[1] == "echo other"


def test_a_card_is_found_without_a_look_at_the_others_of_its_deck(
    home: Path, folder: Path
) -> None:
    ids(home, folder)
    with closing(sqlite3.connect(home / "decks.cache")) as db:
        plan = db.execute(f"EXPLAIN QUERY PLAN {FIND_CARD}", ["one/x", "one.yaml"])
        assert [row[3] for row in plan] == [
            "SEARCH cards USING INDEX cards_by_name (id=?)"
        ]


def test_cards_read_at_once_are_those_read_one_by_one(home: Path, folder: Path) -> None:
    with closing(Library(str(home), (str(folder),))) as library:
        chosen = [CardId("two/z"), CardId("one/x")]
        assert library.picked(chosen) == {card: library[card] for card in chosen}
        assert library.picked([]) == {}


def test_what_is_wrong_with_the_next_card_disturbs_no_reader(
    home: Path, folder: Path
) -> None:
    text = deck("one", "x", "y").replace("order", "grammar: none-such\norder")
    write_decks(folder, one=text)

    def none_such(name: str) -> Grammar:
        raise DeckFolderError("deck-folder-missing", path=name)

    with (
        closing(Library(str(home), (str(folder),), none_such)) as library,
        open_store(home) as store,
    ):
        library.expect((CardId("one/x"), CardId("one/y"), CardId("gone/z")))
        for name in ("one/x", "one/y"):
            assert library[CardId(name)].id == name
            tidy(library, store)


def test_the_cards_of_a_deleted_file_are_gone(home: Path, folder: Path) -> None:
    ids(home, folder)
    (folder / "one.yaml").unlink()
    assert ids(home, folder) == ["two/z"]


def test_a_renamed_file_keeps_its_cards(home: Path, folder: Path) -> None:
    before = ids(home, folder)
    (folder / "one.yaml").rename(folder / "zzz.yml")
    assert ids(home, folder) == before


def test_of_two_files_with_one_deck_the_first_counts_until_it_goes(
    home: Path, folder: Path
) -> None:
    write_decks(folder, later=deck("one", "other"))
    assert ids(home, folder) == ["one/other", "two/z"]
    (folder / "later.yaml").unlink()
    assert ids(home, folder) == ["one/x", "one/y", "two/z"]
    write_decks(folder, zlater=deck("one", "other"))
    assert ids(home, folder) == ["one/x", "one/y", "two/z"]
    (folder / "one.yaml").unlink()
    assert ids(home, folder) == ["one/other", "two/z"]


def test_one_bad_card_costs_no_other_and_is_counted(home: Path, folder: Path) -> None:
    text = deck("one", "x") + card("bad").replace("answer", "anwser") + card("y")
    write_decks(folder, one=text)
    library = Library(str(home), (str(folder),))
    cards, errors = list(library), library.errors
    library.close()
    assert cards == ["one/x", "one/y", "two/z"]
    assert errors > 0


def test_hidden_files_and_other_files_are_no_decks(home: Path, folder: Path) -> None:
    (folder / ".one.yaml.swp").write_text("x")
    (folder / ".hidden.yaml").write_text("x")
    (folder / "notes.md").write_text("x")
    (folder / "folder.yaml").mkdir()
    (folder / "gone.yaml").symlink_to(folder / "nowhere")
    assert ids(home, folder) == ["one/x", "one/y", "two/z"]


def scrambled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * len(data[4096:])
    path.write_bytes(data)


def no_database(path: Path) -> None:
    path.write_bytes(b"this is not SQLite" * 100)


def of_another_version(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.execute("DROP TABLE cards")
    db.execute("CREATE TABLE cards (quite, other)")
    db.close()


def without_tables(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("DROP TABLE files")
    db.close()


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])


def with_bytes_for_text(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("UPDATE files SET digest = CAST(x'ff' AS TEXT)")
    db.execute("UPDATE files SET cards = NULL")
    db.commit()
    db.close()


@pytest.mark.parametrize(
    "damage",
    [
        scrambled,
        no_database,
        of_another_version,
        without_tables,
        truncated,
        with_bytes_for_text,
    ],
)
def test_an_unusable_cache_is_made_anew(
    home: Path, folder: Path, damage: object
) -> None:
    before = looked(home, folder)["cards"]
    assert callable(damage)
    damage(home / "decks.cache")
    after = looked(home, folder)
    assert after["cards"] == before
    assert after["opened"] == ["one.yaml", "two.yaml"]
    assert looked(home, folder)["opened"] == []


def test_a_card_that_the_cache_garbles_is_told(home: Path, folder: Path) -> None:
    assert ids(home, folder)
    with closing(sqlite3.connect(home / "decks.cache")) as db:
        db.execute("""UPDATE cards SET data = '{"id": "\\ux"}' WHERE id = 'one/x'""")
        db.commit()
    with closing(Library(str(home), (str(folder),))) as library:
        with pytest.raises(CacheError, match="delete it"):
            library[CardId("one/x")]
        assert library[CardId("one/y")]


def test_a_home_that_cannot_be_written_still_gives_the_cards(
    tmp_path: Path, folder: Path
) -> None:
    home = tmp_path / "file"
    home.write_text("no folder")
    assert ids(home, folder) == ["one/x", "one/y", "two/z"]
    assert home.read_text() == "no folder"


def test_a_cache_that_another_process_holds_is_left_alone(
    home: Path, folder: Path
) -> None:
    ids(home, folder)
    holder = sqlite3.connect(home / "decks.cache", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    inode = (home / "decks.cache").stat().st_ino
    assert ids(home, folder) == ["one/x", "one/y", "two/z"]
    holder.execute("ROLLBACK")
    holder.close()
    assert (home / "decks.cache").stat().st_ino == inode


def test_a_missing_folder_is_named(tmp_path: Path, home: Path) -> None:
    with pytest.raises(DeckFolderError, match="nowhere"):
        Library(str(home), (str(tmp_path / "nowhere"),))


def test_a_card_names_the_section_of_the_notes_it_cites(tmp_path: Path) -> None:
    outline = (
        "sections:\n- slug: ports\n  title: {en: Ports, zh: 端口}\n  heading: P\n"
        "  lines: 1-9\n  digest: 6bb4572503f7\n"
    )
    folder = write_decks(
        tmp_path / "decks",
        d=deck("d") + card("a") + "  source: {section: ports, lines: 3}\n" + card("b"),
        outline=outline,
    )
    for _ in range(2):  # read, then from the cache
        library = Library(str(tmp_path), (str(folder),))
        source = library[CardId("d/a")].source
        assert source is not None
        assert source.title == Text("Ports", "端口")
        assert library[CardId("d/b")].source is None
        library.close()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50 << 30)


@pytest.mark.parametrize("make", [pipe, loop, device, sparse, Path.mkdir])
@pytest.mark.parametrize("name", ["odd.yaml", "outline.yaml"])
def test_what_is_no_plain_file_is_never_waited_for(
    home: Path, tmp_path: Path, make: Callable[[Path], None], name: str
) -> None:
    cited = deck("a", "one") + "  source: {section: s}\n"
    folder = write_decks(tmp_path / "decks", a=cited)
    make(folder / name)
    assert ids(home, folder) == ["a/one"]


def test_a_file_whose_name_is_no_text_is_no_deck(home: Path, tmp_path: Path) -> None:
    folder = write_decks(tmp_path / "decks", a=deck("a", "one"))
    nameless = Path(os.fsdecode(os.fsencode(folder) + b"/\xff.yaml"))
    nameless.write_text(deck("b", "two"), encoding="utf-8")
    assert ids(home, folder) == ["a/one"]
