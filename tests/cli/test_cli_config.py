"""`trainer config`, and what the configuration does to the other commands."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.decks import deck, write_decks
from tests.learning import Sitting, open_store, replayed
from tests.program import Program, imported
from trainer.cards.card import CardId
from trainer.cli.options import Options
from trainer.scheduling.settings import Settings
from trainer.storage.configuration.keys import KEYS


def write(program: Program, text: str) -> Path:
    """Write the configuration by hand."""
    program.home.mkdir(exist_ok=True)
    path = program.home / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_set_holds_is_told_and_is_in_the_file(program: Program) -> None:
    path = program.home / "config.toml"
    assert program("config", "path").out == f"{path}\n"
    assert program("config", "get", "review.new-per-day").out == "20\n"
    assert not path.exists()
    told = program("config", "set", "ｒｅｖｉｅｗ．new-per-day", "３")
    assert (told.code, told.out) == (0, "")
    assert told.err == "`review.new-per-day` is now 3.\n"
    assert program("config", "get", "review.new-per-day").out == "3\n"
    assert tomllib.loads(path.read_text()) == {"review": {"new-per-day": 3}}
    assert program("due", "--json").json["new"] == 3
    assert program("review").out.count("3 new") == 1
    assert program("config", "unset", "review.new-per-day").code == 0
    assert program("due", "--json").json["new"] == 5


def test_several_words_and_none_are_values(program: Program) -> None:
    program("config", "set", "schedule.learning-steps", "５ｍ", "1h")
    program("config", "set", "schedule.relearning-steps", "")
    assert program("config", "get", "schedule.learning-steps").out == "5m 1h\n"
    assert program("config", "get", "schedule.relearning-steps").out == "\n"
    listed = map(str.split, program("config", "list").out.splitlines())
    assert ["schedule.relearning-steps", '""', "file"] in listed
    assert "5m" in program("review", given="echo apple =1\n").out


def test_the_list_says_where_each_value_comes_from(program: Program) -> None:
    path = write(program, 'language = "zh"\nterminal.color = "always"\n')
    having = program.having(TRAINER_LANG="en", NO_COLOR="1")
    said = having("config", "list", "--json").json
    assert (said["schema_version"], said["path"]) == (1, str(path))
    assert [one["key"] for one in said["keys"]] == list(KEYS)
    assert said["keys"][0] == {
        "key": "language",
        "value": "en",
        "origin": "environment",
    }
    origins = {one["key"]: (one["value"], one["origin"]) for one in said["keys"]}
    assert origins["terminal.color"] == ("never", "environment")
    assert origins["review.hints"] == (True, "default")
    shown = program("config", "list").out.splitlines()
    assert shown[0].split() == ["配置项", "值", "来自"]
    assert shown[1].split() == ["language", "zh", "文件"]
    assert shown[2].split() == ["review.new-per-day", "20", "默认"]
    kept = having("config", "set", "language", "zh")
    assert "the environment comes first" in kept.err
    assert having("config", "get", "language", "--json").json["value"] == "en"
    shown = having("config", "get", "language", "--lang", "zh", "--json").json
    assert (shown["value"], shown["origin"]) == ("zh", "option")


def test_what_comes_first_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TRAINER_LANG", "NO_COLOR", "FORCE_COLOR", "LC_ALL", "TRAINER_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("TERM", "xterm")

    def options(**said: str) -> Options:
        made = Options()
        made.home = str(tmp_path)
        for name, value in said.items():
            setattr(made, f"said_{name}", value)
        return made

    assert (options().lang, options().ascii) == ("en", False)
    (tmp_path / "config.toml").write_text(
        'language = "zh"\nterminal.ascii = true\nterminal.color = "always"\n'
    )
    assert (options().lang, options().ascii) == ("zh", True)
    assert options().colored(stream_is_terminal=False)
    assert not options(color="auto").colored(stream_is_terminal=False)
    monkeypatch.setenv("TRAINER_LANG", "en")
    monkeypatch.setenv("NO_COLOR", "1")
    assert options().lang == "en"
    assert not options().colored(stream_is_terminal=True)
    assert options(lang="zh").lang == "zh"
    assert options(color="always").colored(stream_is_terminal=False)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert options(color="auto").colored(stream_is_terminal=False)


def test_mistakes_of_the_command_line_are_explained(program: Program) -> None:
    for words, parts in (
        (["get", "review.new-per-dya"], ["`review.new-per-day`"]),
        (["set", "xyzzy", "1"], ["`xyzzy`", "trainer config list"]),
        (["set", "review.new-per-day", "-3"], ["0", "9999", "`-3`"]),
        (["set", "review.order", "riks"], ["risk, due, oldest", "`riks`"]),
        (["unset", "review.new"], ["review.new"]),
        (["edit", "--no-input"], ["--no-input", "trainer config set"]),
    ):
        for language in ("en", "zh"):
            ran = program("--lang", language, "config", *words)
            assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
            assert all(part in ran.err for part in parts)
            assert ran.err.isascii() == (language == "en")
    assert not (program.home / "config.toml").exists()


def test_an_unknown_key_in_the_file_is_a_warning_and_can_be_taken_out(
    program: Program,
) -> None:
    path = write(program, "[review]\nnew-per-dya = 3\nnew-per-day = 2 # two\n")
    warning = (
        f"{path}: there is no key `review.new-per-dya`, "
        "did you mean `review.new-per-day`?\n"
    )
    for words in (["due"], ["stats"], ["config", "list"]):
        ran = program(*words)
        assert (ran.code, ran.err) == (0, warning)
    assert program("config", "unset", "review.new-per-dya").err == ""
    assert path.read_text() == "[review]\nnew-per-day = 2 # two\n"


def test_a_bad_value_in_the_file_stops_all_but_what_mends_it(program: Program) -> None:
    path = write(program, 'language = "zh"\nreview.order = "riks"\n')
    for words in (["due"], ["review"], []):
        ran = program(*words)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        told = (str(path), "`review.order`", "`riks`", "应为 risk, due, oldest 之一")
        assert all(part in ran.err for part in told)
    assert program("due", "-h").code == program("--version").code == 0
    assert "riks" in program("config", "list").err
    assert program("config", "set", "review.order", "due").err.count("\n") == 1
    assert program("due").err == ""


def test_a_file_that_is_not_toml_is_named_with_line_and_column(
    program: Program,
) -> None:
    path = write(program, "# mine\nlanguage = zh\n")
    for words in (["due"], ["config", "set", "language", "zh"]):
        ran = program(*words)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"{path}:2:12: ")
    listed = program("config", "list")
    assert (listed.code, listed.err.startswith(f"{path}:2:12: ")) == (0, True)
    assert path.read_text() == "# mine\nlanguage = zh\n"


def test_edit_opens_the_file_and_checks_it(program: Program, tmp_path: Path) -> None:
    editor = tmp_path / "edit"
    editor.write_text('#!/bin/sh\ncp "$1" before\nprintf "$TEXT" > "$1"\nexit $CODE\n')
    editor.chmod(0o755)
    using = program.having(EDITOR=str(editor), CODE="0")
    good = using.having(TEXT="review.mix = 'last'\\n")("config", "edit")
    assert (good.code, good.out, good.err) == (0, "", "")
    offered = (tmp_path / "before").read_text(encoding="utf-8")
    assert tomllib.loads(offered) == {"review": {}, "schedule": {}, "terminal": {}}
    bad = using.having(TEXT="review.mix = 'lats'\\nx = 1\\n")("config", "edit")
    assert bad.code == 1
    assert "`lats`" in bad.err
    assert "`x`" in bad.err
    assert (tmp_path / "before").read_text() == "review.mix = 'last'\n"
    ended = using.having(CODE="3", TEXT="")("config", "edit")
    assert (ended.code, "3" in ended.err) == (2, True)


def test_the_file_first_offered_holds_the_defaults_when_uncommented(
    program: Program,
) -> None:
    program.having(EDITOR="true")("--lang", "zh", "config", "edit")
    path = program.home / "config.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    uncommented = [line.removeprefix("# ") if " = " in line else line for line in lines]
    path.write_text("\n".join(uncommented), encoding="utf-8")
    said = program("config", "list", "--json")
    assert said.err == ""
    shown = {one["key"]: one for one in said.json["keys"]}
    assert {one["origin"] for one in shown.values()} == {"file"}
    for name, key in KEYS.items():
        wanted = key.kind.plain(
            key.kind.read("zh" if name == "language" else key.default)
        )
        assert shown[name]["value"] == wanted, name


CHANGED = Settings(
    desired_retention=0.8,
    learning_steps=(timedelta(hours=1),),
    relearning_steps=(),
    rollover=timedelta(hours=1, minutes=30),
    maximum_interval=3,
)
CHANGED_BY_HAND = """\
[schedule]
desired-retention = 0.8
learning-steps = "1h"
relearning-steps = ""
rollover = "01:30"
maximum-interval = 3
"""


def test_memories_are_made_anew_with_other_settings_before_anything_is_counted(
    program: Program,
) -> None:
    with open_store(program.home) as store:
        sitting = Sitting(store)
        sitting.answer("fruit/apple", 4)
        sitting.answer("fruit/pear", 4)
    late = program.at("2026-11-26T02:00+08:00")
    assert late("due", "--json").json["due"] == 0
    write(program, CHANGED_BY_HAND)
    counts = late("due", "--json").json
    assert counts["due"] == 2
    assert late("due", "--json").json == counts
    assert late("due", "--json", "fruit", "trees").json == counts
    with open_store(program.home, CHANGED) as store:
        assert store.memories() == replayed(store, CHANGED)


def test_a_retention_of_one_deck_moves_the_cards_of_that_deck(
    program: Program,
) -> None:
    with open_store(program.home) as store:
        sitting = Sitting(store)
        for card in ("fruit/apple", "trees/oak"):
            sitting.answer(card, 4)
        plain = store.memories()
    program("config", "set", "decks.fruit.desired-retention", "99%")
    early = program.at("2026-11-26T09:00+08:00")
    for words in ([], ["fruit", "trees"]):
        decks = early("due", "--json", *words).json["decks"]
        assert [one["due"] for one in decks] == [1, 0]
    chosen = Settings(deck_retention=(("fruit", 0.99),))
    with open_store(program.home, chosen) as store:
        memories = store.memories()
        assert memories == replayed(store, chosen)
    oak = CardId("trees/oak")  # its day may give way to that of the other card
    assert replace(memories[oak], due_day=plain[oak].due_day) == plain[oak]


def test_choices_for_decks_are_shown_and_unknown_decks_are_a_warning(
    program: Program,
) -> None:
    name = "decks.fruit.desired-retention"
    program("config", "set", "schedule.desired-retention", "0.85")
    assert program("config", "get", name, "--json").json == {
        "schema_version": 1,
        "key": name,
        "value": 0.85,
        "origin": "default",
    }
    assert program("config", "set", name, "0.95").err == f"`{name}` is now 0.95.\n"
    listed = program("config", "list", "--json").json["keys"]
    assert listed[len(KEYS) :] == [{"key": name, "value": 0.95, "origin": "file"}]
    path = program.home / "config.toml"
    warning = f"{path}: there is no deck `frut`, did you mean `fruit`?\n"
    wrong = "decks.frut.desired-retention"
    assert program("config", "set", wrong, "0.8").err.endswith(warning)
    reviewed = program("review", given="echo apple\n")
    assert (reviewed.code, reviewed.err) == (0, warning)
    assert program("config", "unset", wrong).err == f"`{wrong}` is now 0.85.\n"
    refused = program("config", "set", name, "0.5")
    assert (refused.code, "0.70" in refused.err) == (2, True)
    meant = program("config", "get", "decks.fruit.retention")
    assert (meant.code, f"`{name}`" in meant.err) == (2, True)


def test_the_learn_ahead_limit_of_the_file_counts(program: Program) -> None:
    program("review", given="echo apple =2\n")  # the next step comes in 5.5 minutes
    for limit, learning in (("5m", 0), ("6m", 1)):
        write(program, f'schedule.learn-ahead = "{limit}"\n')
        assert program("due", "--json").json["learning"] == learning
        assert program("--json").json["learning"] == learning
        assert f"{learning} learning" in program("review").out


def test_reviews_and_new_cards_come_in_the_order_chosen(tmp_path: Path) -> None:
    folder = write_decks(tmp_path / "decks", d=deck("d", *"abcde"))
    program = Program(tmp_path / "home", {"TRAINER_DECKS": str(folder)})
    with open_store(program.home) as store:
        sitting = Sitting(store)
        for card in "cab":
            sitting.answer(f"d/{card}", 4)
    later = program.at("2027-02-01T09:00+08:00")

    def order(answers: int, *words: str) -> list[str]:
        out = later("review", *words, given="x =4\n" * answers).out
        return [line[-2] for line in out.splitlines() if line.startswith("Question")]

    assert order(0, "--order", "oldest", "--mix", "last") == ["c"]
    assert order(0, "--mix", "first") == ["d"]
    write(program, 'review.order = "oldest"\nreview.mix = "first"\n')
    assert order(5) == ["d", "e", "c", "a", "b"]


def test_only_a_file_costs_reading_it(program: Program) -> None:
    program("due")
    reading = "trainer.storage.configuration.keys"
    assert reading not in imported(program, "due")
    slow = {"tomlkit", "re", "dataclasses", "typer", "trainer.storage.store"}
    write(program, "[review]\nnew-per-day = 3  # a day\n")
    loaded = imported(program, "due")
    assert reading in loaded
    assert not loaded & {"tomllib", *slow}
    write(program, "schedule.learning-steps = ['1m', '10m']\n")
    loaded = imported(program, "due")
    assert "tomllib" in loaded
    assert not loaded & (slow - {"re"})
