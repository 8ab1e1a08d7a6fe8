"""What a learner's desk draws from: the decks, the log, an editor."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from trainer.cards.card import Card, CardId, deck_of
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.errors import TrainerError
from trainer.scheduling.history import Logged, memories_after
from trainer.scheduling.marks import ORDINARY
from trainer.scheduling.review import Review
from trainer.scheduling.studyday import study_day
from trainer.storage.duecounts import Due
from trainer.storage.library import Library
from trainer.storage.store import Store
from trainer.study.recap import Recap, sum_up
from trainer.study.session import Session
from trainer.terminal.desk import AfterEdit, Desk
from trainer.terminal.look import Look
from trainer.terminal.words import labelled_text

_WEEK = timedelta(days=7)
_ANYTHING = "x"
"""To judge it, the card's own answers are read, which the judge keeps."""


class Surroundings:
    """What a learner's desk draws from."""

    def __init__(self, library: Library, store: Store, world: World) -> None:
        self.library = library
        self.store = store
        self.world = world
        self.paths = {topic.id: topic.path for topic in library.topics.values()}

    def desk(self) -> Desk:
        """Return the desk."""
        titles = self.world.titles(self.library)
        return Desk(titles, self.recap, self.about, self.edit, self.tidy)

    def tidy(self) -> None:
        """Do while a page is read what the next one would wait for."""
        tidy(self.library, self.store)

    def recap(self, session: Session) -> Recap:
        """Sum a sitting up as it is now."""
        now, rollover = self.world.clock.now(), self.world.settings.rollover
        days = {
            study_day(at, rollover) for at in self.store.log.answered_since(now - _WEEK)
        }
        today, tomorrow = self._due(days_ahead=0), self._due(days_ahead=1)
        waiting = today.due + today.learning + today.new
        coming = tomorrow.due + tomorrow.learning
        return sum_up(session, now, waiting, coming, days)

    def _due(self, days_ahead: int) -> Due:
        limits = self.world.due_limits(days_ahead)
        return self.library.due_counts(self.world.home, limits)

    def about(self, card: CardId, look: Look) -> Iterator[str]:
        """Tell what is known of a card, without giving its answer away."""
        from trainer.terminal.log_text import log_lines
        from trainer.terminal.state_text import state_parts

        language, settings = look.language, self.world.settings
        history = self.store.log.history(card)
        memory = self.store.memory(card)
        memories = memories_after(history, settings, memory)
        standing = self.store.standings().get(card, ORDINARY)
        now = self.world.clock.now()
        told = self.library.get(card)  # an edit may have broken its file
        if told and told.source:
            cited = told.source.cited().in_language(language)
            yield labelled_text("source", cited, language)
        for label, text in state_parts(memory, standing, now, settings, language):
            yield say(language, "words.labelled", label=label, text=text)
        if history:
            yield ""
            untyped = [_untyped(one) for one in history]
            yield from log_lines(untyped, memories, look, of_one_card=True)

    def edit(self, card: Card) -> AfterEdit:
        """Open an editor at a card, and read the decks again."""
        from trainer.terminal.editor import open_editor

        path = self.paths[deck_of(card.id)]
        try:
            open_editor(path, card.line)
            self.library.refresh()
        except TrainerError as error:
            return AfterEdit(card, [error.in_language(self.world.language)])
        with suppress(KeyError):
            return AfterEdit(self.library[card.id])
        language = self.world.language
        if self.library.errors_in(path):
            return AfterEdit(card, [say(language, "review.unreadable-edit")])
        return AfterEdit(None, [say(language, "review.card-gone", card=card.id)])


def tidy(library: Library, store: Store) -> None:
    """Settle what was written; make the next card ready, and the judge for it.

    What is wrong with a card is told when it is asked.
    """
    store.settle()
    with suppress(TrainerError, KeyError):
        card = library.look_ahead()
        if card is not None:
            card.content.grade(_ANYTHING)


def _untyped(one: Logged) -> Logged:
    if isinstance(one.entry, Review):
        return one._replace(entry=one.entry._replace(response=""))
    return one
