"""`trainer import`: what lands, what stays, and what is said of it."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.decks import deck, write_decks
from tests.program import Program, Ran
from tests.terminal.emulator import Terminal


@pytest.fixture
def other(tmp_path: Path) -> Program:
    """Another machine, with no deck of its own yet."""
    folder = write_decks(tmp_path / "other-decks")
    return Program(tmp_path / "other", {"TRAINER_DECKS": str(folder)})


def brought(ran: Ran) -> dict[str, int]:
    """Return how many cards were new, changed and so on."""
    assert ran.code == 0, ran.err
    names = ("added", "updated", "unchanged", "kept", "left_out")
    decks = ran.json["decks"]
    counts = {name: sum(one[name] for one in decks) for name in names}
    return {name: count for name, count in counts.items() if count}


def test_json_out_and_in_is_identical_and_in_again_changes_nothing(
    program: Program, other: Program, tmp_path: Path
) -> None:
    program("review", given="echo apple\nx\n:u\nx\necho plum\n")
    program("card", "flag", "fruit/apple")
    program("card", "suspend", "trees/oak")
    file, back = tmp_path / "all.json", tmp_path / "back.json"
    program("export", "json", "-o", file)
    dry = other("import", file, "--dry-run", "--json")
    assert dry.json["dry_run"]
    assert brought(dry) == {"added": 5}
    assert not other.home.exists()
    ran = other("import", file, "--json")
    assert brought(ran) == {"added": 5}
    assert ran.json["log"] == dry.json["log"]
    assert ran.json["log"]["reviews"] > 2
    assert ran.json["backup"] is None
    other("export", "json", "-o", back)
    assert back.read_bytes() == file.read_bytes()
    again = other("import", file, "--json")
    assert brought(again) == {"unchanged": 5}
    assert [again.json["log"][name] for name in ("reviews", "others")] == [0, 0]
    assert other("doctor").code == 0
    told = other("import", file, "--lang", "zh").out
    assert told.startswith("2 个牌组没有变化。\n日志：新增 0 个回答")


def test_cards_go_on_from_what_anki_knows_unless_they_are_remembered_here(
    program: Program, tmp_path: Path
) -> None:
    program("review", given="echo apple\n")
    file = tmp_path / "all.apkg"
    program("export", "anki", "--no-schedule", "-o", file)
    with zipfile.ZipFile(file) as package:
        raw = package.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(raw)
        db.execute("UPDATE cards SET type = 2, queue = 2, ivl = 30, due = -9")
        db.commit()
        raw = db.serialize()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("collection.anki2", raw)
    dry = program("import", file, "--dry-run")
    assert "4 cards go on from what another program knew of them" in dry.out
    assert program("import", file, "--json").json["log"]["starts"] == 4
    due = program("due", "--json").json
    assert sum(deck["due"] for deck in due["decks"]) == 4
    again = program("import", file, "--json").json["log"]
    assert again == {"reviews": 0, "others": 0, "starts": 0, "known": 5}
    assert program("doctor").code == 0
    assert "沿用记忆" in program("log", "--lang", "zh").out


def test_an_edited_table_updates_cards_after_a_backup(
    other: Program, tmp_path: Path
) -> None:
    table = tmp_path / "Words 1.csv"
    table.write_text("Front,Back\none,1\n两,2\n,3\n", encoding="utf-8")
    ran = other("import", table)
    assert "words-1: 2 new" in ran.out
    assert "1 entry has no question" in ran.err
    other("review", given="\n\n")
    table.write_text("Front,Back\none,uno\n两,2\n三,3\n", encoding="utf-8")
    ran = other("import", table, "--json")
    assert brought(ran) == {"added": 1, "updated": 1, "unchanged": 1}
    backups = sorted(path.name for path in (other.home / "backups").iterdir())
    assert ran.json["backup"] in backups
    assert any(name.endswith("-import-words-1.yaml") for name in backups)
    assert other("backup", "list").code == 0
    assert other("due").code == 0
    assert brought(other("import", table, "--deck", "mine", "--json")) == {"added": 3}


def test_decks_laid_out_by_hand_keep_what_their_author_wrote(
    program: Program, tmp_path: Path
) -> None:
    path = tmp_path / "own-decks" / "fruit.yaml"
    before = path.read_text()
    file = tmp_path / "all.csv"
    program("export", "csv", "fruit", "--lang", "both", "-o", file)
    text = file.read_text().replace("Say apple.", "Tell apple.")
    file.write_text(text)
    ran = program("import", file)
    assert ran.code == 0
    assert "1 card differs" in ran.err
    assert path.read_text() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["none.csv"], 4, "No such file"),
        (["x.xyz"], 2, "--format"),
        (["x.csv", "--format", "cvs"], 2, "`csv`"),
        (["x.csv"], 2, "--map"),
        (["x.csv", "--map", "a"], 2, "question=Front"),
        (["x.csv", "--map", "question=a,answer=b", "--deck", "A B"], 2, "`A B`"),
        (["x.json", "--deck", "mine"], 2, "--deck"),
        (["x.json", "--map", "question=a"], 2, "--map"),
        (["x.json"], 4, "not JSON"),
        ([".", "--format", "csv"], 4, "directory"),
    ],
)
def test_what_cannot_be_imported_is_refused_and_leaves_nothing(
    words: list[str], code: int, said: str, other: Program, tmp_path: Path
) -> None:
    (tmp_path / "x.csv").write_text("a,b\nc,d\n")
    (tmp_path / "x.json").write_text("{")
    ran = other("import", *words)
    assert ran.code == code
    assert said in ran.err
    assert not ran.out
    assert not other.home.exists()
    assert list((tmp_path / "other-decks").iterdir()) == []


def test_a_deck_that_would_lie_elsewhere_is_left_out(
    other: Program, tmp_path: Path
) -> None:
    table = tmp_path / "bad.csv"
    table.write_text("deck,id,kind,ask,answer\n../../evil,a,concept,b,c\n")
    ran = other("import", table)
    assert "left out" in ran.err
    assert not list(tmp_path.rglob("*evil*"))


def test_parameters_that_no_schedule_could_use_are_refused(
    program: Program, other: Program, tmp_path: Path
) -> None:
    program("review", given="x\n")
    whole = program("export", "json").json
    whole["fits"] = [
        {
            "id": "f",
            "device": "d",
            "seq": 1,
            "offset": 0,
            "at": "2026-01-01T00:00:00Z",
            "parameters": [0] * 21,
            "basis": None,
        }
    ]
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(whole))
    ran = other("import", file)
    assert ran.code == 4
    assert "`fits[0].parameters`" in ran.err
    assert not other.home.exists()


def test_on_a_terminal_unknown_columns_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Wort,Sinn,Art\nHund,狗,n\n", encoding="utf-8")
    folder = write_decks(tmp_path / "decks", fruit=deck("fruit", "apple"))
    words = ["-m", "trainer", "import", str(tmp_path / "x.csv"), "--lang", "zh"]
    terminal = Terminal(
        *(100, 30, [*words, "--decks", str(folder)]),
        TRAINER_HOME=str(tmp_path / "home"),
        PROMPT_TOOLKIT_NO_CPR="1",
    )
    try:
        for asked, keys in (
            ("哪一列是问题？", "\r"),
            ("哪一列是答案？", "\x1b[B\r"),
            ("哪一列是解释？", "\x1b[A\r"),
            ("哪一列是标签？", "\x1b[B\x1b[B\r"),
            ("哪一列能始终区分", "\x1b[A\r"),
            ("哪一列是牌组名？", "\x1b[A\r"),
        ):
            terminal.see(asked)
            terminal.send(keys)
        terminal.see("x：新增 1 张")
        assert terminal.exit_code() == 0
    finally:
        terminal.close()
    written = (folder / "x.yaml").read_text(encoding="utf-8")
    assert 'ask: "Hund"\n  answer: "狗"\n  tags: ["n"]' in written
