"""What a command works on: options, clock, decks and log."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from trainer.cards.collection import Collection
from trainer.cli.clock import SystemClock
from trainer.cli.limits import due_limits
from trainer.cli.mistakes import UnknownError, UsageError
from trainer.cli.options import Options
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.digest import digest
from trainer.language.text import Language
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.storage.configuration.keys import fields
from trainer.storage.database import DatabaseError
from trainer.storage.deckfiles import WAIT_MS
from trainer.storage.duecounts import DueLimits
from trainer.storage.fitted import fitted
from trainer.storage.home import data_folder, deck_folders
from trainer.storage.library import Library, lint_collection, read_collection
from trainer.storage.store import Store
from trainer.terminal.preferences import Preferences


@dataclass(frozen=True, slots=True)
class World:
    """The surroundings of one run."""

    options: Options
    clock: SystemClock
    settings: Settings
    preferences: Preferences
    wait_ms: int = WAIT_MS

    @property
    def language(self) -> Language:
        """The language to speak."""
        return Language(self.options.lang)

    @property
    def home(self) -> str:
        """The folder of the learner's data."""
        return data_folder(self.options.home)

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the deck files."""
        return deck_folders(self.options.decks, self.home)

    def today(self) -> date:
        """Return the study day that it is now."""
        return study_day(self.clock.now(), self.settings.rollover)

    @contextmanager
    def library(self, *, may_be_empty: bool = False) -> Iterator[Library]:
        """Open the decks; raises where there is no card, unless that may be."""
        library = Library(self.home, self.folders, self.grammar, self.wait_ms)
        try:
            if not (library or may_be_empty):
                raise UsageError("no-cards", path=os.pathsep.join(self.folders))
            yield library
        finally:
            library.close()

    def collection(self) -> Collection:
        """Read all decks afresh, with their problems."""
        return read_collection(self.folders, self.grammar)

    def linted(self, unsaved: Mapping[str, bytes] = MappingProxyType({})) -> Collection:
        """Lint all decks, some as they would be if what is unsaved were saved."""
        return lint_collection(self.folders, self.grammar, unsaved)

    def grammar(self, name: str) -> Any:  # noqa: ANN401 - see `GrammarSource`
        """Return a grammar: a file's, the learner's own, or one that is shipped."""
        from trainer.cli.grammars import find_grammar

        return find_grammar(name, self.home)

    def store(self) -> Store:
        """Open the log."""
        return Store(self.home, self.settings, self._new_device, self.wait_ms)

    @contextmanager
    def study(self) -> Iterator[Store]:
        """Open the log for answers; the first ones of a day make a backup after.

        Nothing else does: made after a mark in the morning, the day's backup would be
        without the answers that follow.
        """
        store = self.store()
        try:
            with store:
                yield store
        except KeyboardInterrupt:  # for some the usual way to leave
            self._back_up_daily(store)
            raise
        self._back_up_daily(store)

    @contextmanager
    def sitting(self) -> Iterator[None]:
        """Keep other sittings out."""
        from trainer.storage.sittinglock import sitting_lock

        with sitting_lock(self.home, self.clock.now()):
            yield

    def due_limits(self, days_ahead: int = 0) -> DueLimits:
        """Return up to where cards count as due now, or so many study days later."""
        return due_limits(self.clock, self.options.configuration, days_ahead)

    def titles(self, library: Library) -> dict[str, str]:
        """Return the decks' titles by id."""
        return {
            topic.id: topic.title.in_language(self.language)
            for topic in library.topics.values()
        }

    def _back_up_daily(self, store: Store) -> None:
        """Make today's backup if something was written; say so if it cannot be made."""
        if not store.has_written:
            return
        from trainer.storage.backup import Reason, back_up, has_daily

        now = self.clock.now()
        if has_daily(self.home, now):
            return
        try:
            back_up(self.home, now, Reason.DAILY)
        except DatabaseError as error:
            said = error.in_language(self.language)
            said = say(self.language, "backup.not-today", reason=said)
            print(clean(said), file=sys.stderr)

    def _new_device(self) -> str:
        """Name a device: by chance, but by the time alone where time stands still."""
        from secrets import token_hex

        salt = "" if self.clock.is_fixed else token_hex(16)
        text = f"{self.clock.now().isoformat()} {salt}"
        return digest(text).hex()[:12]


def make_world(options: Options, wait_ms: int = WAIT_MS) -> World:
    """Put together what a command works on, as the learner has chosen it."""
    chosen = options.configuration
    preferences: dict[str, Any] = fields(chosen, "preferences")
    settings: dict[str, Any] = fields(chosen, "settings")
    settings |= fitted(data_folder(options.home), wait_ms)
    settings["deck_retention"] = chosen.by_deck("desired-retention")
    made = Settings(**settings), Preferences(**preferences)
    return World(options, SystemClock(), *made, wait_ms)


def known_topics(topics: list[str], library: Library) -> list[str]:
    """Return the topics asked for, once each, or all; raises on an unknown one."""
    for name in topics:
        if name not in library.topics:
            raise UnknownError("topic", name, library.topics)
    return list(dict.fromkeys(topics)) or list(library.topics)
