"""`trainer import`: cards and progress out of other formats."""

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any

import typer

from trainer.cards.shapes import NAME
from trainer.cli.completers import complete_import_formats, complete_topics
from trainer.cli.jsonlines import print_json
from trainer.cli.landing import Landed, LandedDeck, land
from trainer.cli.mistakes import UnknownError, UsageError
from trainer.cli.options import is_terminal
from trainer.cli.panels import KEEP
from trainer.cli.parameters import AsJson
from trainer.cli.waiting import said_if_long
from trainer.cli.world import World
from trainer.exchange import IMPORTERS
from trainer.exchange.imported import (
    Given,
    Imported,
    Importer,
    ImportFileError,
    UnknownColumnsError,
)
from trainer.exchange.textfile import ENCODINGS
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.text import Language
from trainer.scheduling.marks import Mark, MarkKind
from trainer.scheduling.review import Review
from trainer.storage.deckfiles import MOST_FILES
from trainer.storage.sittinglock import is_held
from trainer.study.log import LogRow

MOST_PROBLEMS = 5
"""So many reasons are told for cards that are left out."""

_COUNTS = ("added", "updated", "unchanged", "kept", "left_out")


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: trainer import words.csv --map question=Front,answer=Back"
    app.command("import", rich_help_panel=KEEP, epilog=example)(import_file)


def import_file(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="FILE", help="The file to read.")],
    name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="Where the file's name does not tell; "
            f"one of: {', '.join(IMPORTERS)}.",
            autocompletion=complete_import_formats,
        ),
    ] = "",
    deck: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="The deck for all cards.",
            autocompletion=complete_topics,
        ),
    ] = "",
    columns: Annotated[
        str,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN,...",
            help="Which columns of a table are which fields.",
        ),
    ] = "",
    encoding: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="The encoding of a text, where it is guessed wrong; "
            f"one of: {', '.join(ENCODINGS)}.",
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would happen.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take in cards and progress from a file; importing it again changes nothing.

    Cards go into decks of your own, what is in the log already stays. A backup is
    made before.
    """
    world: World = context.obj
    importer = IMPORTERS[_format(path, name)]
    given = _given(world, path, importer, deck, columns)
    given = replace(given, encoding=_encoding(importer, encoding))
    imported = _read(world, importer, given)
    if len(imported.decks) > MOST_FILES:
        raise ImportFileError("import-decks", path=path, limit=MOST_FILES)
    with said_if_long(world, "imports.taking-in", path=path):
        landed = land(world, imported, dry_run=dry_run)
    if as_json:
        print_json(_as_json(landed, imported, dry_run=dry_run))
    else:
        _tell(world, landed, imported, dry_run=dry_run)


def _format(path: str, name: str) -> str:
    """Return the format asked for, or else the one that the file's name tells."""
    if name:
        if name not in IMPORTERS:
            raise UnknownError("format", name, IMPORTERS)
        return name
    for known, importer in IMPORTERS.items():
        if path.lower().endswith(importer.suffixes):
            return known
    raise UsageError("import-format", path=path, known=", ".join(IMPORTERS))


def _given(
    world: World, path: str, importer: Importer, deck: str, columns: str
) -> Given:
    import re

    from trainer.exchange.stable_ids import deck_id

    if deck and importer.keeps_decks:
        raise UsageError("import-keeps-decks")
    if columns and not importer.takes_mapping:
        raise UsageError("import-no-columns")
    if deck and not (re.fullmatch(NAME, deck) and len(deck) <= 64):  # noqa: PLR2004 - as in NameShape
        raise UsageError("bad-deck-name", name=deck)
    stem = os.path.basename(path).partition(".")[0] or "imported"
    return Given(
        path,
        world.clock.now(),
        deck or deck_id(stem),
        deck or stem,
        bool(deck),
        _mapping(columns),
    )


def _encoding(importer: Importer, name: str) -> str:
    name = name.lower()
    if name and not importer.takes_encoding:
        raise UsageError("import-no-encoding")
    if name and name not in ENCODINGS:
        raise UnknownError("encoding", name, ENCODINGS)
    return name


def _mapping(columns: str) -> dict[str, str]:
    """Read `question=Front,answer=Back`."""
    pairs = [pair.partition("=") for pair in columns.split(",") if pair]
    if any(not (field.strip() and column.strip()) for field, _, column in pairs):
        raise UsageError("import-bad-map", value=columns)
    return {field.strip(): column.strip() for field, _, column in pairs}


def _read(world: World, importer: Importer, given: Given) -> Imported:
    """Read the file; where its columns are not known, ask for them on a terminal."""
    try:
        return importer.read(given)
    except UnknownColumnsError as error:
        if given.mapping or world.options.no_input or not is_terminal():
            raise
        from trainer.terminal.columns import ask_columns

        color = world.options.colored(stream_is_terminal=True)
        mapping = ask_columns(error.columns, error.fields, world.language, color=color)
        return importer.read(replace(given, mapping=mapping))


def _tell(world: World, landed: Landed, imported: Imported, *, dry_run: bool) -> None:
    """Print what an import brought; what is wrong goes to standard error."""
    language = world.language
    if guess := imported.guess:
        said = {"encoding": guess.encoding.upper(), "line": guess.line}
        _warn(say(language, "imports.guess", **said))
    changed = [one for one in landed.decks if not _is_as_before(one)]
    if count := len(landed.decks) - len(changed):
        print(say(language, "imports.as-before", count=count))
    for one in changed:
        _tell_deck(one, language)
    if imported.rows:
        _tell_log(landed, imported, language)
    for key, count in imported.skipped.items():
        _warn(say(language, f"imports.skipped-{key}", count=count))
    if landed.backup:
        _warn(say(language, "backup.made", name=landed.backup))
    if dry_run:
        _warn(say(language, "imports.dry-run"))
    elif (changed or landed.log) and is_held(world.home):
        _warn(say(language, "imports.sitting"))
    elif not (imported.decks or imported.rows):
        _warn(say(language, "imports.nothing"))


def _tell_deck(one: LandedDeck, language: Language) -> None:
    values = {"deck": one.merged.deck, "path": one.path} | _counts(one)
    print(clean(say(language, "imports.deck", **values)))
    for key in ("kept", "left_out"):
        if values[key]:
            _warn(say(language, f"imports.{key.replace('_', '-')}", **values))
    for problem in one.merged.problems[:MOST_PROBLEMS]:
        _warn(f"  {problem.message.in_language(language)}")


def _tell_log(landed: Landed, imported: Imported, language: Language) -> None:
    print(say(language, "imports.log", **_log_counts(landed, imported)))
    if count := _starts(landed.log):
        print(say(language, "imports.starts", count=count))


def _warn(text: str) -> None:
    print(clean(text), file=sys.stderr)


def _is_as_before(one: LandedDeck) -> bool:
    merged = one.merged
    return not (merged.text or merged.kept or merged.left_out)


def _counts(one: LandedDeck) -> dict[str, int]:
    return {name: getattr(one.merged, name) for name in _COUNTS}


def _log_counts(landed: Landed, imported: Imported) -> dict[str, int]:
    """Count answers and other entries that are new, and those that were known."""
    reviews = _reviews(landed.log)
    others = len(landed.log) - reviews
    known = len(imported.rows) - len(landed.log)
    return {"reviews": reviews, "others": others, "known": known}


def _reviews(rows: Iterable[LogRow]) -> int:
    return sum(isinstance(row, Review) for row in rows)


def _starts(rows: Iterable[LogRow]) -> int:
    """Count the cards that go on from what another program knew of them."""
    return sum(isinstance(row, Mark) and row.kind is MarkKind.START for row in rows)


def _as_json(landed: Landed, imported: Imported, *, dry_run: bool) -> Mapping[str, Any]:
    decks = [
        {"deck": one.merged.deck, "path": one.path, **_counts(one)}
        for one in landed.decks
    ]
    return {
        "dry_run": dry_run,
        "decks": decks,
        "log": _log_counts(landed, imported) | {"starts": _starts(landed.log)},
        "skipped": dict(imported.skipped),
        "guessed_encoding": imported.guess.encoding if imported.guess else None,
        "backup": landed.backup,
    }
