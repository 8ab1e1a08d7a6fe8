"""The configuration: what may be chosen, how it is read, and how it is written."""

import os
import tomllib
from collections.abc import Callable
from dataclasses import fields as dataclass_fields
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.cli.options import COLORS, LANGUAGES
from trainer.language.catalogue import catalogue
from trainer.language.nearest import nearest
from trainer.language.text import Language
from trainer.scheduling.settings import Mix, Order, Settings
from trainer.storage.configuration.chosen import Configuration, read_configuration
from trainer.storage.configuration.keys import DECK_KEYS, KEYS, fields, names_like
from trainer.storage.configuration.kinds import plain_text
from trainer.storage.configuration.mistakes import ConfigurationError
from trainer.storage.configuration.plain import read_plain
from trainer.storage.configuration.reading import flattened
from trainer.storage.configuration.writing import set_value, unset_value
from trainer.terminal.preferences import Preferences

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

READ: list[tuple[str, str, object]] = [
    ("language", "ZH", "zh"),
    ("review.new-per-day", "0", 0),
    ("review.new-per-day", "３０", 30),
    ("review.new-per-day", " 9999 ", 9999),
    ("review.sibling-spacing", "off", False),
    ("review.hints", "是", True),
    ("schedule.desired-retention", "0.7", 0.7),
    ("schedule.desired-retention", "９２．５％", 0.925),
    ("schedule.desired-retention", "99%", 0.99),
    ("schedule.learning-steps", "1m 10m", (MINUTE, 10 * MINUTE)),
    ("schedule.learning-steps", "３０ｓ、１ｈ，２ｄ", (MINUTE / 2, HOUR, 48 * HOUR)),
    ("schedule.relearning-steps", "", ()),
    ("schedule.rollover", "0:00", timedelta()),
    ("schedule.rollover", "２３：５９", 24 * HOUR - MINUTE),
    ("schedule.rollover", "5", 5 * HOUR),
    ("schedule.rollover", "05:30:00", 5 * HOUR + 30 * MINUTE),
    ("schedule.learn-ahead", "0m", timedelta()),
    ("schedule.learn-ahead", "24h", 24 * HOUR),
    ("schedule.maximum-interval", "1", 1),
    ("schedule.easy-days", "", (1, 1, 1, 1, 1, 1, 1)),
    ("schedule.easy-days", "sat=0.5 sun=0", (1, 1, 1, 1, 1, 0.5, 0)),
    ("schedule.easy-days", "周六＝５０％、周一=0", (0, 1, 1, 1, 1, 0.5, 1)),
    ("schedule.easy-days", "Wed=0.25,tue=1", (1, 1, 0.25, 1, 1, 1, 1)),
]
REFUSED = [
    *[("language", text) for text in ("", "fr", "en zh")],
    *[
        ("review.new-per-day", text)
        for text in ("", "-1", "1.5", "10000", "1_0", "many", "yes", "9" * 5000)
    ],
    *[("review.hints", text) for text in ("", "1", "maybe")],
    *[
        ("schedule.desired-retention", text)
        for text in ("", "0.69", "1", "90", "69%", "100%", "nan", "inf", "%")
    ],
    *[
        ("schedule.learning-steps", text)
        for text in ("10", "m", "0m", "31d", "1m 10", "1 m", "-1m", "1.5m", "1m " * 21)
    ],
    *[
        ("schedule.rollover", text)
        for text in ("", "24:00", "4:60", "4am", "04:00:30", "1:0:0:0", "-1:00")
    ],
    *[("schedule.learn-ahead", text) for text in ("", "20", "25h", "1m 2m")],
    *[("schedule.maximum-interval", text) for text in ("0", "36501")],
    *[
        ("schedule.easy-days", text)
        for text in ("sat", "sat=", "sat=2", "sat=-1", "sat=nan", "=0", "day=0", "周=0")
    ],
]
VALUES: dict[str, Callable[[Any], st.SearchStrategy[Any]]] = {
    "choice": lambda key: st.sampled_from(key.kind.limits["known"].split(", ")),
    "count": lambda key: st.integers(key.kind.limits["least"], key.kind.limits["most"]),
    "ratio": lambda _key: st.integers(7000, 9900).map(lambda n: n / 10000),
    "switch": lambda _key: st.booleans(),
    "time": lambda _key: st.integers(0, 1439).map(lambda n: n * MINUTE),
    "duration": lambda _key: st.integers(0, 86400).map(lambda n: timedelta(seconds=n)),
    "steps": lambda _key: st.lists(
        st.integers(1, 30 * 86400).map(lambda n: timedelta(seconds=n)), max_size=20
    ).map(tuple),
    "week": lambda _key: st.lists(
        st.integers(0, 10000).map(lambda n: n / 10000), min_size=7, max_size=7
    ).map(tuple),
}


def configured(home: Path, text: str | bytes) -> Configuration:
    """Read a configuration with some text in its file."""
    home.mkdir(exist_ok=True)
    data = text.encode() if isinstance(text, str) else text
    (home / "config.toml").write_bytes(data)
    return read_configuration(str(home))


def said(chosen: Configuration, language: Language = Language.EN) -> list[str]:
    """Word the mistakes in a configuration."""
    return [
        ConfigurationError(key, **values).in_language(language)
        for key, values in chosen.mistakes
    ]


@pytest.mark.parametrize(("name", "text", "value"), READ)
def test_what_is_typed_is_understood(name: str, text: str, value: object) -> None:
    assert KEYS[name].kind.read(plain_text(text)) == value


@pytest.mark.parametrize(("name", "text"), REFUSED, ids=lambda text: text[:20])
def test_what_is_not_allowed_is_refused(name: str, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - a text is understood or it is not
        KEYS[name].kind.read(plain_text(text))


@pytest.mark.parametrize("name", KEYS)
@given(data=st.data())
def test_a_value_shown_is_read_again_as_the_same(name: str, data: Any) -> None:  # noqa: ANN401 - hypothesis does not name its type
    key = KEYS[name]
    value = data.draw(VALUES[key.kind.wanted](key))
    assert key.kind.read(plain_text(key.kind.show(value))) == value
    assert key.kind.read(plain_text(key.kind.plain(value))) == value


def test_the_defaults_of_the_keys_are_those_of_the_program() -> None:
    for part, made in (("settings", Settings()), ("preferences", Preferences())):
        keys = [key for key in KEYS.values() if key.part == part]
        assert keys
        for key in keys:
            assert key.kind.read(key.default) == getattr(made, key.field), key.field


def test_everything_about_the_schedule_but_the_parameters_can_be_chosen() -> None:
    chosen = {key.field for key in KEYS.values() if key.part == "settings"}
    assert chosen == {one.name for one in dataclass_fields(Settings)} - {
        "parameters",
        "deck_retention",  # for single decks
    }


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("language", LANGUAGES),
        ("terminal.color", COLORS),
        ("review.order", get_args(Order)),
        ("review.mix", get_args(Mix)),
    ],
)
def test_a_choice_is_among_what_the_program_knows(
    name: str, words: tuple[str, ...]
) -> None:
    assert KEYS[name].kind.limits["known"] == ", ".join(words)


@pytest.mark.parametrize("language", Language)
def test_each_key_and_each_kind_is_explained(language: Language) -> None:
    explained = catalogue(language, "config")
    about = {name for name in explained if name.startswith("config.about-")}
    assert about == {f"config.about-{name}" for name in KEYS | DECK_KEYS}
    wants = {name for name in explained if name.startswith("config.wants-")}
    assert wants == {f"config.wants-{key.kind.wanted}" for key in KEYS.values()}


def test_without_a_file_nothing_is_chosen_and_nothing_amiss(tmp_path: Path) -> None:
    chosen = read_configuration(str(tmp_path / "none"))
    assert (chosen.values, chosen.unknown, chosen.mistakes) == ({}, [], [])
    assert not (tmp_path / "none").exists()


def test_values_may_be_written_in_the_ways_of_toml(tmp_path: Path) -> None:
    chosen = configured(
        tmp_path,
        "\ufeffreview.hints = false\r\n[schedule]\r\nrollover = 05:00:00\r\n"
        'learning-steps = ["1m", "1d"]\r\ndesired-retention = "95%"\r\n',
    )
    assert chosen.mistakes == []
    assert Settings(**fields(chosen, "settings")) == Settings(  # type: ignore[arg-type]
        rollover=5 * HOUR, learning_steps=(MINUTE, 24 * HOUR), desired_retention=0.95
    )
    assert Preferences(**fields(chosen, "preferences")) == Preferences(hints=False)  # type: ignore[arg-type]


def test_one_bad_value_costs_no_other(tmp_path: Path) -> None:
    chosen = configured(
        tmp_path, 'language = "zh"\nreview.order = 3\nreview.mix = "last"\nx.y = 1\n'
    )
    assert chosen.values == {"language": "zh", "review.mix": "last"}
    assert chosen.unknown == ["x.y"]
    path = tmp_path / "config.toml"
    assert said(chosen)[0].startswith(
        f"{path}: `review.order` is `3`, but has to be one of risk, due, oldest."
    )
    assert "应为 risk, due, oldest 之一" in said(chosen, Language.ZH)[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\nlanguage = zh\n", "2:12"),
        ("a = 1\n[review\n", "2:8"),
        ("a = 1\n\nb = [", "3:6"),
        ("a = 1\na = 2\n", "2:6"),
        ('a = "\n', "1:6"),
        ("a = 1\n# 中\n文 = 1\n", "3:1"),
        (b"a = 1\n# \xff\n", "2:3"),
        ("a = " + "[" * 5000, "1:1"),
    ],
    ids=ascii,
)
def test_what_is_not_toml_is_said_with_line_and_column(
    tmp_path: Path, text: str | bytes, place: str
) -> None:
    chosen = configured(tmp_path, text)
    assert chosen.written is None
    assert said(chosen)[0].startswith(f"{tmp_path / 'config.toml'}:{place}: ")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    chosen = read_configuration(str(tmp_path))
    assert chosen.written is None
    assert said(chosen)[0].startswith(f"{tmp_path / 'config.toml'} cannot be read")


BY_HAND = """\
# mine
[review] # daily
# few
new-per-day = 5   # five
order="due"

[other]
x = 1
"""


def test_setting_keeps_comments_order_and_spelling(tmp_path: Path) -> None:
    configured(tmp_path, BY_HAND)
    set_value(str(tmp_path), "review.new-per-day", KEYS["review.new-per-day"], 7)
    set_value(str(tmp_path), "language", KEYS["language"], "zh")
    set_value(str(tmp_path), "review.hints", KEYS["review.hints"], value=False)
    text = (tmp_path / "config.toml").read_text()
    for line in BY_HAND.replace("= 5", "= 7").splitlines():
        assert line in text
    assert tomllib.loads(text) == {
        "language": "zh",
        "review": {"new-per-day": 7, "order": "due", "hints": False},
        "other": {"x": 1},
    }


def test_taking_a_key_out_leaves_the_rest(tmp_path: Path) -> None:
    configured(tmp_path, BY_HAND + '"a.b".c = 1\n')
    for name in ("review.order", "other.a.b.c"):
        unset_value(str(tmp_path), name)
    text = (tmp_path / "config.toml").read_text()
    assert tomllib.loads(text)["review"] == {"new-per-day": 5}
    assert "# few\nnew-per-day = 5   # five\n" in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment",
        'language = "en"',
        "review.hints = true\n",
        "review = {hints = true}\n",
        "[review]\n[schedule]\n[review.x]\ny = 1\n",
        "[terminal]\nascii = true\n\n# end\n",
        "[other]\r\nx = 1\r\n",
    ],
)
@pytest.mark.parametrize("name", KEYS)
def test_whatever_the_file_is_like_only_the_key_changes(
    tmp_path: Path, text: str, name: str
) -> None:
    configured(tmp_path, text)
    kind = KEYS[name].kind
    value = kind.read("en" if name == "language" else KEYS[name].default)
    set_value(str(tmp_path), name, KEYS[name], value)
    after = tomllib.loads((tmp_path / "config.toml").read_bytes().decode())
    before = flattened(tomllib.loads(text))
    assert flattened(after) == before | {name: kind.plain(value)}


OF_IMAGES = "decks.images.desired-retention"
OF_DOTTED = "decks.docker.run.desired-retention"


def test_a_deck_may_have_choices_of_its_own(tmp_path: Path) -> None:
    key = DECK_KEYS["decks.DECK.desired-retention"]
    set_value(str(tmp_path), OF_IMAGES, key, 0.95)
    set_value(str(tmp_path), OF_DOTTED, key, 0.8)
    set_value(str(tmp_path), OF_IMAGES, key, 0.96)
    text = (tmp_path / "config.toml").read_text()
    assert text == (
        "[decks.images]\ndesired-retention = 0.96\n\n"
        '[decks."docker.run"]\ndesired-retention = 0.8\n'
    )
    chosen = read_configuration(str(tmp_path))
    assert (chosen.unknown, chosen.mistakes) == ([], [])
    assert chosen.by_deck("desired-retention") == (
        ("docker.run", 0.8),
        ("images", 0.96),
    )
    assert fields(chosen, "settings") == {}
    unset_value(str(tmp_path), OF_DOTTED)
    chosen = read_configuration(str(tmp_path))
    assert chosen.by_deck("desired-retention") == (("images", 0.96),)


def test_what_is_amiss_in_the_choices_for_a_deck_is_said(tmp_path: Path) -> None:
    chosen = configured(
        tmp_path,
        "[decks]\ndesired-retention = 0.8\n[decks.images]\ndesired-retention = 0.5\n"
        "retention = 0.8\n",
    )
    assert chosen.unknown == ["decks.desired-retention", "decks.images.retention"]
    assert len(chosen.mistakes) == 1
    assert "`decks.images.desired-retention` is `0.5`" in said(chosen)[0]
    assert nearest("decks.images.retention", names_like("decks.images.retention")) == (
        OF_IMAGES
    )


@pytest.mark.parametrize("text", ["decks = 1\n", "[decks]\nimages = 1\n"])
def test_a_value_where_a_table_of_a_deck_belongs_is_not_overwritten(
    tmp_path: Path, text: str
) -> None:
    configured(tmp_path, text)
    key = DECK_KEYS["decks.DECK.desired-retention"]
    with pytest.raises(ConfigurationError, match="is a value and no table"):
        set_value(str(tmp_path), OF_IMAGES, key, 0.9)
    assert (tmp_path / "config.toml").read_text() == text


def test_a_value_where_a_table_belongs_is_not_overwritten(tmp_path: Path) -> None:
    configured(tmp_path, "review = 5\n")
    with pytest.raises(ConfigurationError, match="`review` is a value"):
        set_value(str(tmp_path), "review.mix", KEYS["review.mix"], "last")
    assert (tmp_path / "config.toml").read_text() == "review = 5\n"


def test_the_file_is_private_and_a_link_stays_a_link(tmp_path: Path) -> None:
    home, real = tmp_path / "home", tmp_path / "dotfiles.toml"
    set_value(str(home), "language", KEYS["language"], "zh")
    file = home / "config.toml"
    assert file.stat().st_mode & 0o777 == 0o600
    file.rename(real)
    file.symlink_to(real)
    set_value(str(home), "language", KEYS["language"], "en")
    assert file.is_symlink()
    assert tomllib.loads(real.read_text()) == {"language": "en"}
    assert [one.name for one in home.iterdir()] == ["config.toml"]


def test_a_file_that_cannot_be_written_is_named_and_nothing_left(
    tmp_path: Path,
) -> None:
    (tmp_path / "home").write_text("mine")
    with pytest.raises(ConfigurationError, match="cannot be"):
        set_value(str(tmp_path / "home"), "language", KEYS["language"], "zh")
    assert [one.name for one in tmp_path.iterdir()] == ["home"]


LINES = st.sampled_from(
    [
        *("", "# note", "[review]", "[review] # note", "[ review ]", "[a.b]", "[]"),
        *("[[review]]", "[a]", "a = 1", "a.b = 1", "a.b.c = 1", "b = 0.5 # half"),
        *("review = 1", "review.order = true", "review.order=false", "order = 1"),
        *('a="x # y" # z', 'a = "x\\"y"', "a = 'x'", 'a = """', '"""', 'a = ""'),
        *("a = 01", "a = -1", "a = 1.", "a = .5", "a = 1_0", "a = [1]", "a = 1 2"),
        *(
            "a",
            "= 1",
            "a =",
            "a = nan",
            "a b = 1",
            "中 = 1",
            'a = "中　"',
            "a\u00a0= 1",
        ),
        *("a = 1\r", "a = 1 # \x07", "\ta\t=\t9", "a = ٣", "a = 99999999999999999999"),
    ]
)


@given(
    st.lists(LINES | st.text("ab.=[]\"' #1\n", max_size=9), max_size=5).map("\n".join)
)
def test_what_is_read_without_tomllib_is_what_tomllib_reads(text: str) -> None:
    plain = read_plain(text)
    if plain is not None:
        whole = flattened(tomllib.loads(text))
        assert repr(plain) == repr(whole)


@pytest.mark.parametrize(
    "text",
    [
        "",
        '# mine\n\n[review]\nnew-per-day = 5\norder = "due" # old first\n',
        "review.hints = true\nreview.ratio = 0.9\n[terminal]\nascii = false",
    ],
)
def test_an_ordinary_file_is_read_without_tomllib(text: str) -> None:
    assert read_plain(text) == flattened(tomllib.loads(text))


def test_tables_within_tables_without_end_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f"[{'a.' * 50_000}a]\n", encoding="ascii")
    found = read_configuration(str(tmp_path))
    assert [str(one) for one in found.mistakes]
    assert found.written is None


def test_a_configuration_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.toml")
    found = read_configuration(str(tmp_path))
    assert len(found.mistakes) == 1
    assert found.written is None


def test_of_very_many_unknown_keys_some_are_told(tmp_path: Path) -> None:
    keys = "".join(f"k{number} = 1\n" for number in range(1000))
    (tmp_path / "config.toml").write_text(keys, encoding="ascii")
    assert len(read_configuration(str(tmp_path)).unknown) == 20


def test_a_file_too_large_for_a_configuration_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"#\n" * 200_000)
    found = read_configuration(str(tmp_path))
    assert "too large" in str(found.mistakes)
