"""`trainer config`: what can be chosen, and what is."""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

import typer

from trainer.cli.completers import complete_keys, complete_values
from trainer.cli.configured import tell_unknown, tell_unknown_decks
from trainer.cli.jsonlines import print_json
from trainer.cli.mistakes import UnknownError, UsageError
from trainer.cli.options import (
    environment_color,
    environment_language,
    locale_language,
)
from trainer.cli.panels import KEEP
from trainer.cli.parameters import AsJson
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.errors import Exit, TrainerError
from trainer.storage.configuration.chosen import Configuration, read_configuration
from trainer.storage.configuration.keys import (
    DECK_KEYS,
    KEYS,
    Key,
    key_named,
    names_like,
)
from trainer.storage.configuration.kinds import plain_text
from trainer.storage.configuration.mistakes import ConfigurationError, refused
from trainer.terminal.table import table

app = typer.Typer(
    help="Look at what you can choose, and change it.",
    epilog="Example: trainer config set review.new-per-day 30",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

KeyName = Annotated[
    str,
    typer.Argument(
        metavar="KEY",
        help="A key, as `config list` shows it.",
        autocompletion=complete_keys,
    ),
]

_ENVIRONMENT = {
    "language": environment_language,
    "terminal.color": environment_color,
}
"""What the environment says of a key, where it does."""


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="config", rich_help_panel=KEEP)


@dataclass(frozen=True, slots=True)
class _Held:
    """What holds for a key, and where that comes from."""

    name: str
    key: Key
    value: object
    origin: str

    @property
    def text(self) -> str:
        return self.key.kind.show(self.value)


@app.command("list", epilog="Example: trainer config list")
def list_keys(context: typer.Context, as_json: AsJson = False) -> None:
    """List all keys, what each is, and whether that is the default."""
    world: World = context.obj
    chosen = world.options.configuration
    of_decks = sorted(chosen.values.keys() - KEYS.keys())
    held = [_held_now(*_known(name), world) for name in (*KEYS, *of_decks)]
    _tell_amiss(chosen, world)
    if as_json:
        listed = [_as_json(one) for one in held]
        print_json({"path": chosen.path, "keys": listed})
        return
    names = ("key", "value", "origin")
    rows = [[say(world.language, f"config.{name}") for name in names]]
    for one in held:
        origin = say(world.language, f"config.origin-{one.origin}")
        rows.append([one.name, one.text or '""', origin])
    for line in table(rows, frozenset()):
        print(clean(line))


@app.command("get", epilog="Example: trainer config get review.new-per-day")
def get(context: typer.Context, key: KeyName, as_json: AsJson = False) -> None:
    """Print what a key is."""
    world: World = context.obj
    held = _held_now(*_known(key), world)
    _tell_amiss(world.options.configuration, world)
    if as_json:
        print_json(_as_json(held))
    else:
        print(held.text)


@app.command(
    "set",
    epilog="Example: trainer config set schedule.learning-steps 1m 10m",
    context_settings={"ignore_unknown_options": True},
)
def set_key(
    context: typer.Context,
    key: KeyName,
    values: Annotated[
        list[str],
        typer.Argument(
            metavar="VALUE",
            help='The value; `""` is none.',
            autocompletion=complete_values,
        ),
    ],
) -> None:
    """Choose a value for a key, in the file."""
    from trainer.storage.configuration.writing import set_value

    world: World = context.obj
    name, known = _known(key)
    text = plain_text(" ".join(values))
    try:
        value = known.kind.read(text)
    except ValueError:
        mistake, told = refused(name, text, known.kind)
        raise ConfigurationError(mistake, **told) from None
    _readable(world.options.configuration)
    set_value(world.home, name, known, value)
    _tell_now(name, known, world)


@app.command("unset", epilog="Example: trainer config unset review.new-per-day")
def unset(context: typer.Context, key: KeyName) -> None:
    """Take a key out of the file: the default holds again."""
    from trainer.storage.configuration.writing import unset_value

    world: World = context.obj
    chosen = world.options.configuration
    written = _readable(chosen)
    name = key if key in written else _known(key)[0]
    if name in written:
        unset_value(world.home, name)
    known = key_named(name)
    if known:
        _tell_now(name, known, world)


@app.command("edit", epilog="Example: trainer config edit")
def edit(context: typer.Context) -> int:
    """Open the file in your editor (`VISUAL`, `EDITOR`), and check it afterwards."""
    from trainer.storage.configuration.writing import create
    from trainer.terminal.editor import open_editor

    world: World = context.obj
    if world.options.no_input:
        raise UsageError("editor-no-input")
    create(world.home, "\n".join(_template(world)) + "\n")
    code = open_editor(world.options.configuration.path, None)
    if code:
        raise UsageError("editor-ended", code=code)
    chosen = read_configuration(world.home)
    _tell_amiss(chosen, world)
    return Exit.CHECK_FAILED if chosen.mistakes or chosen.unknown else Exit.OK


@app.command("path", epilog="Example: trainer config path")
def path(context: typer.Context) -> None:
    """Print where the file is, or would be."""
    world: World = context.obj
    print(clean(world.options.configuration.path))


def _held_now(name: str, key: Key, world: World) -> _Held:
    """Return what holds for a key in this run."""
    options = world.options
    said = {
        "language": options.said_lang,
        "terminal.ascii": "yes" if options.said_ascii else "",
        "terminal.color": options.said_color,
    }.get(name)
    if said:
        return _Held(name, key, key.kind.read(said), "option")
    return _held(name, key, options.configuration)


def _held(name: str, key: Key, chosen: Configuration) -> _Held:
    """Return what holds for a key where no option says otherwise."""
    said = _ENVIRONMENT.get(name, str)()
    if said:
        return _Held(name, key, key.kind.read(said), "environment")
    if name in chosen.values:
        return _Held(name, key, chosen.values[name], "file")
    if key in DECK_KEYS.values():
        overall = f"schedule.{key.field}"
        return _Held(name, key, _held(*_known(overall), chosen).value, "default")
    return _Held(name, key, _default(name, key, locale_language()), "default")


def _default(name: str, key: Key, language: str) -> object:
    """Return the default of a key; that of the language is known from outside."""
    return key.kind.read(language if name == "language" else key.default)


def _as_json(held: _Held) -> dict[str, object]:
    value = held.key.kind.plain(held.value)
    return {"key": held.name, "value": value, "origin": held.origin}


def _known(name: str) -> tuple[str, Key]:
    """Return a key with its name as the file has it; raises where there is none."""
    plain = plain_text(name)
    key = key_named(plain)
    if key is None:
        raise UnknownError("key", plain, names_like(plain))
    return plain, key


def _readable(chosen: Configuration) -> set[str]:
    """Return the names in the file; raise where it cannot be changed as it is."""
    if chosen.written is None:
        key, values = chosen.mistakes[0]
        raise ConfigurationError(key, **values)
    return chosen.written


def _tell_now(name: str, known: Key, world: World) -> None:
    """Say what holds after a change, and what else is amiss."""
    chosen = read_configuration(world.home)
    held = _held(name, known, chosen)
    key = "now-environment" if held.origin == "environment" else "now"
    said = say(world.language, f"config.{key}", name=name, value=held.text or '""')
    print(clean(said), file=sys.stderr)
    _tell_amiss(chosen, world)


def _tell_amiss(chosen: Configuration, world: World) -> None:
    for key, values in chosen.mistakes:
        said = ConfigurationError(key, **values).in_language(world.language)
        print(clean(said), file=sys.stderr)
    tell_unknown(chosen, world.language)
    if chosen.values.keys() - KEYS.keys():
        with suppress(TrainerError), world.library() as library:
            tell_unknown_decks(chosen, library.topics, world.language)


def _template(world: World) -> Iterator[str]:
    """Yield the lines of a first file: every key with its default, commented out."""
    yield f"# {say(world.language, 'config.template')}"
    table_name = ""
    for name, key in KEYS.items():
        above, _, leaf = name.rpartition(".")
        if above != table_name:
            yield from ("", f"[{above}]")
            table_name = above
        yield f"# {say(world.language, f'config.about-{name}')}"
        value = key.kind.plain(_default(name, key, world.language))
        yield f"# {leaf} = {_toml(value)}"


def _toml(value: str | float) -> str:
    return json.dumps(value)
