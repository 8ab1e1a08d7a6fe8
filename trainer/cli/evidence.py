"""The evidence for statistics, gathered from log, decks and outlines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import chain
from typing import NamedTuple

from trainer.cards.card import Card, CardId, Kind
from trainer.cards.coverage import measure_coverage
from trainer.cli.confusions import command_of, confusions_of
from trainer.cli.world import World
from trainer.grading.verdict import Outcome
from trainer.scheduling.review import Review, remarks
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.statistics.confused import Confused
from trainer.statistics.evidence import About, Evidence, Named
from trainer.statistics.tallies import Answered, CardTally, tally_cards
from trainer.storage.library import Library
from trainer.storage.outlines import find_outline, outline_in, read_notes
from trainer.storage.store import Store
from trainer.study.quiz.record import FULL, NOT_REACHED, QuizAnswer

RECENT_DAYS = 90
"""Weak spots are those of so many study days, unless others are asked for."""


def gather(
    topics: Sequence[str],
    library: Library,
    store: Store,
    world: World,
    first: date = date.min,
    notes: str = "",
) -> Evidence:
    """Gather what figures on some topics are made of, from a study day on.

    Where no topic is named all are looked at, and what was answered of cards that no
    deck has any more counts, too. `notes` is the file of the notes, if it is at hand.
    """
    today = study_day(world.clock.now(), store.settings.rollover)
    since = today - timedelta(days=RECENT_DAYS - 1) if first == date.min else first
    recent = _recent(store, topics, since)
    tallies = _tallied(recent, store, since)
    chosen = list(topics) or list(library.topics)
    cards = _cards(library, chosen)
    weak = cards.keys() & {one.card for one in tallies if one.noted or one.failed}
    shelf = library.picked(weak | cards.keys() & recent.noticed())
    for card in weak:
        cards[card] = replace(cards[card], command=command_of(shelf[card]))
    return Evidence(
        today=today,
        first=first,
        settings=store.settings,
        cards=cards,
        memories=store.recalled(today),
        standings=store.standings(),
        daily=store.daily(topics, today),
        tallies=tallies,
        confused=_confused(recent.between(since, today, store.settings), shelf),
        sections=_sections(cards, library, world.folders, notes, of_all=not topics),
        topics=tuple(Named(name, library.topics[name].title) for name in chosen),
    )


class _Recent(NamedTuple):
    """What was answered of late."""

    reviews: list[Review]
    quizzed: list[QuizAnswer]

    def where(self, is_meant: Callable[[Review | QuizAnswer], bool]) -> "_Recent":
        """Return those of the answers that are meant."""
        return _Recent(
            list(filter(is_meant, self.reviews)), list(filter(is_meant, self.quizzed))
        )

    def between(self, first: date, last: date, settings: Settings) -> "_Recent":
        """Return the answers from one study day to another."""
        return self.where(
            lambda one: first <= study_day(one.at, settings.rollover) <= last
        )

    def noticed(self) -> set[CardId]:
        """Return the cards of whose answers anything was noticed."""
        every: Iterable[Review | QuizAnswer] = chain(self.reviews, self.quizzed)
        return {one.card for one in every if remarks(one.findings)}


def _recent(store: Store, topics: Sequence[str], since: date) -> _Recent:
    """Read the answers to cards of some topics, or of all, since a study day."""
    found = _Recent(store.log.reviews_since(since), store.log.quiz_answers(since))
    of_topics = tuple(f"{name}/" for name in topics)
    return found.where(lambda one: one.card.startswith(of_topics)) if topics else found


def _tallied(recent: _Recent, store: Store, since: date) -> list[CardTally]:
    cards = {one.card for one in recent.reviews}
    earlier = store.log.answered_before(since, cards)
    quizzed = map(_answered, recent.quizzed)
    return tally_cards(recent.reviews, quizzed, since, store.settings, earlier)


def _confused(recent: _Recent, shelf: Mapping[CardId, Card]) -> tuple[Confused, ...]:
    return tuple(
        Confused(one.taken, one.due, one.count, one.cards)
        for one in confusions_of(recent.reviews, recent.quizzed, shelf)
    )


def _answered(one: QuizAnswer) -> Answered:
    is_reached = all(note.code != NOT_REACHED for note in one.findings)
    is_right = one.outcome is Outcome.CORRECT
    missed = one.points < FULL
    return Answered(one.card, one.at, missed, is_right, one.findings, is_reached)


def _cards(library: Library, topics: Iterable[str]) -> dict[CardId, About]:
    """Say what the cards of some topics are about, without reading them whole."""
    about = cache(lambda kind, section: About(Kind(kind), section))
    return {
        card: about(kind, section)
        for name in topics
        for card, kind, section in library.cited(library.topics[name])
    }


def _sections(
    cards: Mapping[CardId, About],
    library: Library,
    folders: tuple[str, ...],
    notes: str,
    *,
    of_all: bool,
) -> tuple[Named, ...]:
    """Return the sections of the notes; or only those that some cards cite."""
    if notes:
        every = [card for deck in library.decks() for card in deck.cards]
        chosen = [card for card in every if card.id in cards]
        found = _covered(chosen, folders, notes)
    else:
        found = _outlined(folders)
    cited = {about.section for about in cards.values()}
    return tuple(one for one in found if of_all or one.name in cited)


def _outlined(folders: Iterable[str]) -> list[Named]:
    found: dict[str, Named] = {}
    for folder in folders:
        reading = outline_in(folder)
        outline = reading.outline if reading else None
        for one in outline.sections if outline else ():
            found.setdefault(one.slug, Named(one.slug, one.title))
    return list(found.values())


def _covered(cards: Iterable[Card], folders: Iterable[str], path: str) -> list[Named]:
    """Return the sections of the notes with the lines that some cards cite."""
    notes = read_notes(path)
    outline = find_outline(notes, folders).outline
    measured = measure_coverage(outline, notes, cards).sections
    return [
        Named(one.section.slug, one.section.title, len(one.facts), len(one.cited))
        for one in measured
    ]
