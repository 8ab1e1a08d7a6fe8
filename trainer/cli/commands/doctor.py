"""`trainer doctor`: look whether all is well, and put right what can be."""

import locale
import os
import platform
import sqlite3
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from trainer import __version__
from trainer.cli.jsonlines import print_json
from trainer.cli.mistakes import UsageError
from trainer.cli.options import is_terminal
from trainer.cli.panels import KEEP
from trainer.cli.parameters import AsJson
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.errors import Exit, TrainerError
from trainer.storage.checkup import (
    Finding,
    Level,
    check_backups,
    check_clock,
    check_database,
    check_lock,
    check_permissions,
    check_space,
    finding,
)
from trainer.storage.deckfiles import STORE
from trainer.terminal.signs import signs_for

_SHOWN = 3
"""So many cards are named; the rest are counted."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=KEEP, epilog="Example: trainer doctor --fix")(doctor)


def doctor(
    context: typer.Context,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Rebuild caches, tighten permissions, clear a stale lock."
        ),
    ] = False,
    recover: Annotated[
        bool,
        typer.Option(
            "--recover", help="Save what a damaged database holds into a new one."
        ),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Look whether all is well: database, backups, decks, terminal.

    Each line that is not well tells what to do. The exit code is 1 only for real
    trouble.
    """
    world: World = context.obj
    if recover and fix:
        raise UsageError("recover-alone")
    if recover:
        return _recover(world, as_json=as_json)
    found = list(_findings(world, fix=fix))
    if as_json:
        checks = [_as_json(one, world) for one in found]
        print_json({"checks": checks})
    else:
        for one in found:
            _print(one, world)
    bad = any(one.level is Level.BAD for one in found)
    return Exit.CHECK_FAILED if bad else Exit.OK


def _findings(world: World, *, fix: bool) -> Iterator[Finding]:
    home = world.home
    yield check_lock(home, fix=fix)
    database = list(check_database(home))
    yield from database
    is_usable = not any(one.level is Level.BAD for one in database)
    is_usable = is_usable and os.path.exists(os.path.join(home, STORE))
    if is_usable:
        yield _checked_caches(world, fix=fix)
        yield check_clock(home, world.clock.now())
        yield check_backups(home, world.clock.now())
    yield from _checked_decks(world, is_usable=is_usable)
    yield check_permissions(home, fix=fix)
    yield check_space(home)
    yield _terminal()
    yield _versions()


def _checked_caches(world: World, *, fix: bool) -> Finding:
    """Compare what is remembered of each card with what its log says."""
    with world.store() as store:
        wrong = store.replay_caches(keep=fix)
    if not wrong:
        return finding("caches", Level.GOOD)
    level = Level.FIXED if fix else Level.BAD
    return finding("caches", level, "wrong", count=len(wrong), card=wrong[0])


def _checked_decks(world: World, *, is_usable: bool) -> Iterator[Finding]:
    try:
        with world.library() as library:
            if library.errors:
                yield finding("decks", Level.NOTE, "errors", count=library.errors)
            else:
                yield finding("decks", Level.GOOD, count=len(library))
            if is_usable:
                with world.store() as store:
                    answered = {*store.memories(), *store.standings()}
                gone = sorted(answered - set(library))
                if gone:
                    cards = ", ".join(gone[:_SHOWN])
                    values = {"count": len(gone), "cards": cards}
                    yield finding("orphans", Level.NOTE, "some", **values)
                else:
                    yield finding("orphans", Level.GOOD)
    except TrainerError as error:
        yield Finding("decks", Level.BAD, error.message)


def _terminal() -> Finding:
    encoding = (sys.stdout.encoding or "?").lower()
    values = {
        "kind": os.environ.get("TERM") or "-",
        "encoding": encoding,
        "locale": locale.setlocale(locale.LC_CTYPE) or "-",
    }
    if not encoding.replace("-", "").startswith("utf8"):
        return finding("terminal", Level.NOTE, "encoding", **values)
    state = "" if is_terminal() else "none"
    return finding("terminal", Level.GOOD, state, **values)


def _versions() -> Finding:
    return finding(
        "versions",
        Level.GOOD,
        trainer=__version__,
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        system=platform.system(),
    )


def _recover(world: World, *, as_json: bool) -> int:
    from trainer.storage.recovery import needs_recovery, recover

    with world.sitting():
        if not needs_recovery(world.home):
            print(say(world.language, "doctor.not-damaged"), file=sys.stderr)
            return Exit.OK
        done = recover(world.home, world.clock.now())
    if as_json:
        print_json(done._asdict())
        return Exit.OK
    values = done._asdict()
    lines = ["recovered"]
    lines += ["recovered-backup"] if done.from_backup else []
    lines += ["recovered-lost"] if done.lost else ["recovered-all"]
    lines += ["recovered-aside"] if done.aside else []
    for line in lines:
        print(clean(say(world.language, f"doctor.{line}", **values)))
    return Exit.OK


def _print(one: Finding, world: World) -> None:
    level = say(world.language, f"doctor.level-{one.level}")
    print(clean(f"{level}  {one.message.in_language(world.language)}"))
    if one.remedy:
        sign = signs_for(ascii_only=world.options.ascii).leads_to
        print(clean(f"    {sign} {one.remedy.in_language(world.language)}"))


def _as_json(one: Finding, world: World) -> dict[str, object]:
    remedy = one.remedy.in_language(world.language) if one.remedy else None
    said = one.message.in_language(world.language)
    row = {"check": one.check, "level": one.level.value}
    return {**row, "message": said, "remedy": remedy}
