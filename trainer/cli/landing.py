"""Where an import ends: deck files in the learner's folder, and rows in the log."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.cli.mistakes import UsageError
from trainer.cli.world import World
from trainer.exchange.deckmerge import Merged, merge_deck
from trainer.exchange.imported import Imported, ImportedDeck
from trainer.storage.deckfiles import OUTLINE, STORE
from trainer.storage.home import own_decks
from trainer.study.log import LogRow


@dataclass(frozen=True, slots=True)
class LandedDeck:
    """What became of a deck, and the file it is in."""

    path: str
    merged: Merged


@dataclass(frozen=True, slots=True)
class Landed:
    """What an import brought, or would bring; `backup` is what was made before."""

    decks: Sequence[LandedDeck]
    log: Sequence[LogRow]
    backup: str | None


def land(world: World, imported: Imported, *, dry_run: bool) -> Landed:
    """Write what was imported, after a backup: decks as files, rows into the log.

    Importing the same again changes nothing. A dry run only says what it would bring.
    """
    decks = _merge_decks(world, imported.decks)
    log = _lacking(world, imported)
    if dry_run:
        return Landed(decks, log, None)
    changed = [one for one in decks if one.merged.text is not None]
    backup = _back_up(world, changed) if changed or log else None
    _write_decks(world, changed)
    if log:
        with world.study() as store:
            store.unite(log)
    return Landed(decks, log, backup)


def _lacking(world: World, imported: Imported) -> Sequence[LogRow]:
    """Return the rows that the log lacks; where there is none, none is made.

    What is remembered of a card here is never begun anew.
    """
    if not imported.rows:
        return ()
    if not os.path.exists(os.path.join(world.home, STORE)):
        from trainer.storage.union import missing

        return missing(imported.rows, frozenset())
    with world.store() as store:
        known = store.memories() if imported.starts else {}
        starts = (one for one in imported.starts if one.card not in known)
        return store.lacks([*imported.log, *starts])


def _merge_decks(world: World, decks: Sequence[ImportedDeck]) -> list[LandedDeck]:
    if not decks:
        return []
    there = world.collection() if all(map(os.path.isdir, world.folders)) else None
    known = {deck.id: deck for deck in there.decks} if there else {}
    found = []
    for deck in decks:
        path = there.paths.get(deck.id) if there else None
        text = _own_text(world, path) if path else None
        merged = merge_deck(deck, known.get(deck.id), text, world.grammar)
        found.append(LandedDeck(path or _new_path(world, deck.id), merged))
    return found


def _own_text(world: World, path: str) -> str | None:
    """Return what a deck file of the learner's own holds; others stay as they are."""
    folder = own_decks(world.options.decks, world.home)
    if os.path.dirname(os.path.abspath(path)) != folder or not os.access(path, os.W_OK):
        return None
    with open(path, encoding="utf-8", newline="") as stream:
        return stream.read()


def _new_path(world: World, deck: str) -> str:
    """Return the path of a new deck's file, which no other file has."""
    folder = own_decks(world.options.decks, world.home)
    names = (deck, *(f"{deck}-{number}" for number in range(2, 10_000)))
    paths = (os.path.join(folder, f"{name}.yaml") for name in names)
    return next(
        path
        for path in paths
        if not os.path.lexists(path) and os.path.basename(path) != OUTLINE
    )


def _back_up(world: World, changed: Sequence[LandedDeck]) -> str | None:
    """Back up the log, if there is one, and the deck files that are to change."""
    from trainer.storage.backup import Reason, back_up, set_aside

    now = world.clock.now()
    made = None
    if os.path.exists(os.path.join(world.home, STORE)):
        made = back_up(world.home, now, Reason.IMPORT).name
    there = [one.path for one in changed if os.path.exists(one.path)]
    set_aside(world.home, there, now, Reason.IMPORT)
    return made


def _write_decks(world: World, decks: Sequence[LandedDeck]) -> None:
    from trainer.storage.deckwriting import write_deck, write_schema

    path = own_decks(world.options.decks, world.home)
    try:
        if decks:
            make_deck_folder(world, path)
            write_schema(path)
        for one in decks:
            path = one.path
            write_deck(one.merged.text or "", path)
    except OSError as error:
        raise UsageError("output-unusable", path=path, reason=error.strerror) from error


def make_deck_folder(world: World, folder: str) -> None:
    """Make the folder of own decks; that of the learner's data is private."""
    if os.path.dirname(folder) == world.home:
        os.makedirs(world.home, mode=0o700, exist_ok=True)
    os.makedirs(folder, exist_ok=True)
