"""`trainer backup`: copies of the database, and putting one back."""

import sys
from typing import Annotated, Any

import typer

from trainer.cli.jsonlines import print_json
from trainer.cli.panels import KEEP
from trainer.cli.parameters import AsJson
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.errors import Exit
from trainer.storage.backup import (
    Backup,
    BackupError,
    Reason,
    back_up,
    backups,
    examine,
    find_backup,
    restore,
)
from trainer.terminal.table import table

app = typer.Typer(
    help="Back up your answers, and put a backup back.",
    epilog="Example: trainer backup list",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

_COLUMNS = ("name", "at", "reason", "size")


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="backup", rich_help_panel=KEEP)


@app.command("create", epilog="Example: trainer backup create")
def create(context: typer.Context, as_json: AsJson = False) -> None:
    """Back up the database as it is now. The copy is verified."""
    world: World = context.obj
    with world.store():
        pass  # a database that cannot be used is no backup
    made = back_up(world.home, world.clock.now(), Reason.ASKED)
    if as_json:
        print_json(_as_json(made))
    else:
        print(say(world.language, "backup.made", name=made.name))


@app.command("list", epilog="Example: trainer backup list")
def list_backups(context: typer.Context, as_json: AsJson = False) -> None:
    """List the backups, newest first.

    All of two days are kept, then one a day, a week and a month.
    """
    world: World = context.obj
    found = backups(world.home)
    if as_json:
        print_json({"backups": [_as_json(one) for one in found]})
    elif found:
        _print_list(found, world)
    else:
        print(say(world.language, "backup.none"), file=sys.stderr)


@app.command("restore", epilog="Example: trainer backup restore")
def restore_backup(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="A backup; else the newest good one."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the place of the database, which is kept under another name."""
    world: World = context.obj
    with world.sitting():
        chosen = find_backup(world.home, name)
        done = restore(world.home, chosen, world.clock.now())
    if as_json:
        print_json({**_as_json(chosen), "replaced": done.aside})
        return
    print(say(world.language, "backup.restored", name=chosen.name))
    if done.aside:
        print(say(world.language, "backup.aside", name=done.aside))


@app.command("verify", epilog="Example: trainer backup verify")
def verify(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A backup; else all of them.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Read backups whole: structure, and the checksum of each row."""
    world: World = context.obj
    chosen = [find_backup(world.home, name)] if name else backups(world.home)
    found = {one.name: _verified(one) for one in chosen}
    if as_json:
        rows = [
            {"name": key, "good": isinstance(one, int), "rows": _rows(one)}
            for key, one in found.items()
        ]
        print_json({"backups": rows})
    elif found:
        for key, one in found.items():
            print(clean(_verdict(key, one, world)))
    else:
        print(say(world.language, "backup.none"), file=sys.stderr)
    sound = all(isinstance(one, int) for one in found.values())
    return Exit.OK if sound else Exit.CHECK_FAILED


def _verified(one: Backup) -> int | BackupError:
    try:
        return examine(one.path)
    except BackupError as error:
        return error


def _rows(found: int | BackupError) -> int | None:
    return found if isinstance(found, int) else None


def _verdict(name: str, found: int | BackupError, world: World) -> str:
    if isinstance(found, BackupError):
        return found.in_language(world.language)
    return say(world.language, "backup.good", name=name, rows=found)


def _print_list(found: list[Backup], world: World) -> None:
    language, zone = world.language, world.clock.now().tzinfo
    rows = [[say(language, f"backup.{name}") for name in _COLUMNS]]
    for one in found:
        at = one.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        reason = say(language, f"backup.reason-{one.reason}")
        rows.append([one.name, at, reason, f"{one.size / 2**20:.1f} MiB"])
    for line in table(rows, frozenset({3})):
        print(clean(line))


def _as_json(one: Backup) -> dict[str, Any]:
    return {
        "name": one.name,
        "path": one.path,
        "at": one.at.isoformat(),
        "reason": one.reason.value,
        "size": one.size,
    }
