"""Whatever goes wrong: one sentence, the right exit code, nothing lost."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.learning import Sitting, open_store
from tests.program import Program, Ran

REVIEW, DUE, STATS = ["review"], ["due"], ["stats"]
EXPORT, UNDO = ["export", "json"], ["undo"]
ALL = [REVIEW, DUE, EXPORT, UNDO]
WITH_DECKS = [REVIEW, DUE, ["deck", "lint"]]
POOL = ThreadPoolExecutor(2)


def is_one_sentence(ran: Ran, code: int, *parts: str) -> bool:
    """Whether a run failed with one line on standard error that holds some parts."""
    assert (ran.code, ran.out) == (code, ""), ran
    assert ran.err.count("\n") == 1, ran.err
    assert ran.err.endswith((".\n", "。\n", "?\n", "？\n")), ran.err
    return all(part in ran.err for part in parts)


def in_both(program: Program, code: int, words: list[str], *parts: str) -> None:
    """Assert that a command fails with a sentence in either language."""
    english, chinese = POOL.map(
        lambda lang: program("--lang", lang, *words, given="x\n"), ("en", "zh")
    )
    assert is_one_sentence(english, code, *parts)
    assert is_one_sentence(chinese, code, *parts)
    assert english.err.isascii()
    assert any("\u4e00" <= char <= "\u9fff" for char in chinese.err)


@pytest.mark.parametrize("words", WITH_DECKS)
def test_a_missing_deck_folder(program: Program, words: list[str]) -> None:
    in_both(program, 2, [*words, "--decks", "nowhere"], "nowhere", "--decks")


@pytest.mark.parametrize("words", [REVIEW, DUE])
def test_a_deck_folder_that_is_a_file(program: Program, words: list[str]) -> None:
    program.home.parent.joinpath("file.yaml").touch()
    in_both(program, 2, [*words, "--decks", "file.yaml"], "file.yaml")


@pytest.mark.parametrize("words", [REVIEW, DUE])
def test_a_deck_folder_without_cards(program: Program, words: list[str]) -> None:
    program.home.parent.joinpath("empty").mkdir()
    in_both(program, 2, [*words, "--decks", "empty"], "empty", "trainer deck lint")


@pytest.mark.parametrize("words", [REVIEW, DUE])
def test_an_unknown_topic(program: Program, words: list[str]) -> None:
    in_both(program, 2, [*words, "friut"], "`friut`", "`fruit`")
    in_both(program, 2, [*words, "xyzzy"], "`xyzzy`", "fruit, trees")


def test_an_unknown_topic_is_named_before_anything_is_asked(program: Program) -> None:
    program("review", "fruit", "tree", given="x\n")
    assert program("stats", "--json").json["reviews"]["total"] == 0


def test_an_unknown_format_or_card(program: Program) -> None:
    in_both(program, 2, ["export", "jsn"], "`json`")
    in_both(program, 2, ["deck", "show", "fruit/aple"], "`fruit/apple`")
    in_both(program, 2, ["deck", "show", "fruits"], "`fruit`")


@pytest.mark.parametrize("now", ["yesterday", "2026-13-01", "0001-01-01", "1e9"])
@pytest.mark.parametrize("words", [REVIEW, DUE])
def test_an_instant_that_is_none(program: Program, now: str, words: list[str]) -> None:
    in_both(program.at(now), 2, words, now, "TRAINER_NOW", "2026-11-23T09:00")


@pytest.mark.parametrize("words", [REVIEW, DUE])
def test_options_with_wrong_or_missing_values(
    program: Program, words: list[str]
) -> None:
    in_both(program, 2, [*words, "--color", "blue"], "auto, always, never", "`blue`")
    for option in ("--home", "--decks"):
        in_both(program, 2, [*words, option], option)
        in_both(program, 2, [*words, f"{option}="], option)


def test_a_language_that_is_not_spoken(program: Program) -> None:
    ran = program("due", "--lang", "fr")
    assert is_one_sentence(ran, 2, "--lang", "en, zh", "`fr`")


def test_no_terminal_where_one_must_not_ask(program: Program) -> None:
    in_both(program, 2, ["review", "--no-input"], "--plain")


@pytest.mark.parametrize(
    "words", [["frobnicate"], ["review", "--limit", "x"], ["due", "--frob"], ["export"]]
)
def test_wrong_usage_is_explained_without_output(
    program: Program, words: list[str]
) -> None:
    ran = program(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


def damaged(path: Path) -> None:
    path.write_bytes(b"damaged" * 1000)


def of_a_newer_trainer(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 999")
    db.close()


def of_another_program(path: Path) -> None:
    path.unlink()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE reviews (x)")
    db.close()


@pytest.mark.parametrize(
    ("harm", "part"),
    [
        (damaged, "trainer.db"),
        (of_a_newer_trainer, "999"),
        (of_another_program, "--home"),
    ],
)
def test_a_database_that_is_not_ours_to_use(
    program: Program, harm: Callable[[Path], None], part: str
) -> None:
    with open_store(program.home) as store:
        Sitting(store).answer("fruit/apple", 3)
    path = program.home / "trainer.db"
    harm(path)
    before = path.read_bytes()
    for words in ALL:
        in_both(program, 4, words, part)
    assert path.read_bytes() == before


def test_a_home_that_cannot_be_a_folder(program: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for words in (REVIEW, DUE):
        in_both(program, 4, [*words, "--home", "file"], "file", "--home")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_held_database_stops_writing_and_not_reading(program: Program) -> None:
    program("review", given="echo apple\n")
    before = program("export", "json").json["reviews"]
    due = program("due", "--json").out
    holder = sqlite3.connect(program.home / "trainer.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    ran = program("review", given="echo pear\n")
    assert program("due", "--json").out == due
    holder.execute("ROLLBACK")
    holder.close()
    assert is_one_sentence(ran, 4, "trainer.db")
    assert program("export", "json").json["reviews"] == before


POWERS = "-dac_override,-dac_read_search"


def as_an_ordinary_user(program: Program, *words: str) -> Ran:
    """Run a command as someone whom permissions bind, which they do not bind root."""
    prefix: list[str] = []
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("permissions do not bind root, and setpriv is not there")
        prefix = [setpriv, f"--bounding-set={POWERS}", f"--inh-caps={POWERS}"]
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "trainer", *words],
        input=b"echo pear\n",
        capture_output=True,
        env=program.environment,
        check=False,
    )
    if b"setpriv" in done.stderr:
        pytest.skip("permissions do not bind root, and setpriv may not change that")
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_a_database_that_may_only_be_read(program: Program) -> None:
    program("review", given="echo apple\n")
    exported = program("export", "json").out
    path = program.home / "trainer.db"
    path.chmod(0o400)
    ran = as_an_ordinary_user(program, "review")
    assert is_one_sentence(ran, 4, "trainer.db", "--home")
    path.chmod(0o600)
    assert program("export", "json").out == exported


def test_a_folder_that_may_only_be_read(program: Program) -> None:
    program("review", given="echo apple\n")
    exported = program("export", "json").out
    program.home.chmod(0o500)
    try:
        ran = as_an_ordinary_user(program, "review")
    finally:
        program.home.chmod(0o700)
    assert is_one_sentence(ran, 4, "trainer.db", "--home")
    assert program("export", "json").out == exported


def test_a_deck_folder_that_may_not_be_read(program: Program) -> None:
    folder = Path(program.extra["TRAINER_DECKS"])
    folder.chmod(0)
    try:
        for words in (["due"], ["review"], ["deck", "lint"]):
            ran = as_an_ordinary_user(program, *words)
            assert is_one_sentence(ran, 2, str(folder))
    finally:
        folder.chmod(0o700)


def test_a_deck_file_that_may_not_be_read_costs_no_other(program: Program) -> None:
    path = Path(program.extra["TRAINER_DECKS"]) / "fruit.yaml"
    path.chmod(0)
    lint = as_an_ordinary_user(program, "deck", "lint")
    assert lint.code == 1
    assert "fruit.yaml:1:1" in lint.out
    shown = as_an_ordinary_user(program, "due", "--json").json["decks"]
    assert [one["deck"] for one in shown] == ["trees"]
    path.chmod(0o600)
    again = as_an_ordinary_user(program, "due", "--json").json["decks"]
    assert [one["deck"] for one in again] == ["fruit", "trees"]


ON_A_SMALL_DISK = """
mount -t tmpfs -o size=$1 trainer "$2" || exit 99
cp -r "$3/." "$2"
"$4" -m trainer review --home "$2"
code=$?
cp -r "$2/." "$3"
exit $code
"""


def on_a_small_disk(program: Program, size: str, answers: str) -> Ran:
    """Review with a home on a disk of its own, which is copied back afterwards."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("a small disk needs unshare")
    disk = program.home.parent / "disk"
    disk.mkdir()
    program.home.mkdir(exist_ok=True)
    script = ["sh", "-c", ON_A_SMALL_DISK, "sh", size, str(disk), str(program.home)]
    done = subprocess.run(
        [unshare, "--map-root-user", "--mount", *script, sys.executable],
        input=answers.encode(),
        capture_output=True,
        env=program.environment,
        check=False,
    )
    if done.returncode in {1, 99} and (
        b"unshare" in done.stderr or b"mount" in done.stderr
    ):
        pytest.skip("a small disk may not be mounted here")
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_a_disk_that_fills_up_keeps_every_answer_acknowledged(program: Program) -> None:
    long = "x" * 4000
    ran = on_a_small_disk(program, "320k", f"{long} =1\n" * 200)
    assert ran.code == 4
    assert ran.err.count("\n") == 1
    assert "disk is full" in ran.err
    assert ran.cards
    exported = program("export", "json").json
    assert len(exported["reviews"]) == len(ran.cards)
    assert program("review", given="echo x\n").code == 0


def test_a_disk_without_any_room(program: Program) -> None:
    ran = on_a_small_disk(program, "4k", "x\n")
    assert is_one_sentence(ran, 4, "disk")


def test_a_limit_on_the_size_of_files(program: Program) -> None:
    program("review", given="echo apple\n")
    before = program("export", "json").json["reviews"]
    # else the limit would cut the bytecode that other tests load
    environment = {**program.environment, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "trainer", "review"],
        input=b"x\n",
        capture_output=True,
        env=environment,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        check=False,
    )
    assert done.returncode == 4
    assert done.stderr.count(b"\n") == 1
    assert program("export", "json").json["reviews"] == before


@pytest.mark.parametrize("words", [DUE, EXPORT, ["-h"]])
def test_an_output_without_room(program: Program, words: list[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    program("due")
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "trainer", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            env=program.environment,
            check=False,
        )
    assert done.returncode == 4
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("words", "en", "zh"),
    [
        (
            "review --limt 3",
            "There is no option `--limt`, did you mean `--limit`?",
            "没有选项 `--limt`，是否想写 `--limit`？",
        ),
        ("due --zzz", "There is no option `--zzz`.", "没有选项 `--zzz`。"),
        (
            "deck lnt",
            "There is no command `lnt`, did you mean `lint`?",
            "没有命令 `lnt`，是否想写 `lint`？",
        ),
        (
            "review --limit x",
            "`--limit` cannot be `x`; it is a number from 1 on.",
            "`--limit` 不能是 `x`；应为不小于 1 的数。",
        ),
        (
            "review --order up",
            "`--order` cannot be `up`; it is one of risk, due, oldest.",
            "`--order` 不能是 `up`；可用的有 risk, due, oldest。",
        ),
        (
            "review --ahead 400",
            "`--ahead` cannot be `400`; it is a number from 0 to 365.",
            "`--ahead` 不能是 `400`；应为 0 到 365 的数。",
        ),
        (
            "notes coverage my ps web",
            "`ps web` is not expected here; what has blanks in it goes in quotes.",
            "这里不需要 `ps web`；含空格的内容要加引号。",
        ),
        ("card show", "`DECK/CARD` is missing.", "缺少 `DECK/CARD`。"),
        ("review --limit", "`--limit` needs a value.", "`--limit` 后面要有值。"),
    ],
)
def test_a_wrong_command_line_is_told_in_the_learners_language(
    program: Program, words: str, en: str, zh: str
) -> None:
    for language, said in (("en", en), ("zh", zh)):
        ran = program(*words.split(), "--lang", language)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(said)
        assert " -h` " in ran.err
