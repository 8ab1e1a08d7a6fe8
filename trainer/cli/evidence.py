"""The evidence for statistics, gathered from log, decks and outlines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

_AT_ONCE = 1000
"""So many cards are held whole at once."""


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
    chosen = list(topics) or list(library.topics)
    cards = _cards(library, chosen)
    _name_commands(cards, recent.tallies, library)
    return Evidence(
        today=today,
        first=first,
        settings=store.settings,
        cards=cards,
        memories=store.recalled(today),
        standings=store.standings(),
        daily=store.daily(topics, today),
        tallies=recent.tallies,
        confused=_confused(
            recent.between(since, today, store.settings), library, cards
        ),
        sections=_sections(cards, library, world.folders, notes, of_all=not topics),
        topics=tuple(Named(name, library.topics[name].title) for name in chosen),
    )


class _Recent(NamedTuple):
    """What was answered of late; of reviews those of which anything was noticed."""

    tallies: list[CardTally]
    noticed: list[Review]
    quizzed: list[QuizAnswer]

    def between(self, first: date, last: date, settings: Settings) -> "_Recent":
        """Return the answers from one study day to another, and all tallies."""

        def is_meant(one: Review | QuizAnswer) -> bool:
            return first <= study_day(one.at, settings.rollover) <= last

        noticed = list(filter(is_meant, self.noticed))
        return self._replace(
            noticed=noticed, quizzed=list(filter(is_meant, self.quizzed))
        )


def _recent(store: Store, topics: Sequence[str], since: date) -> _Recent:
    """Read the answers to cards of some topics, or of all, since a study day.

    There may be very many, so they are gone through as they are read.
    """
    of_topics = tuple(f"{name}/" for name in topics) or ("",)
    noticed: list[Review] = []

    def reviews() -> Iterator[Review]:
        for one in store.log.reviews_since(since):
            if one.card.startswith(of_topics):
                if one.findings and remarks(one.findings):
                    noticed.append(one)
                yield one

    answers = store.log.quiz_answers(since)
    quizzed = [one for one in answers if one.card.startswith(of_topics)]
    earlier = store.log.answered_before(since)
    given = map(_answered, quizzed)
    tallies = tally_cards(reviews(), given, since, store.settings, earlier)
    return _Recent(tallies, noticed, quizzed)


def _name_commands(
    cards: dict[CardId, About], tallies: Iterable[CardTally], library: Library
) -> None:
    """Say of what was answered wrongly to which command it belongs."""
    weak = {one.card for one in tallies if one.noted or one.failed}
    names = sorted(cards.keys() & weak)
    for begin in range(0, len(names), _AT_ONCE):
        for name, card in library.picked(names[begin : begin + _AT_ONCE]).items():
            cards[name] = replace(cards[name], command=command_of(card))


def _confused(
    recent: _Recent, library: Library, cards: Mapping[CardId, About]
) -> tuple[Confused, ...]:
    given: Iterable[Review | QuizAnswer] = chain(recent.noticed, recent.quizzed)
    shelf = library.picked(
        {one.card for one in given if remarks(one.findings)} & cards.keys()
    )
    return tuple(
        Confused(one.taken, one.due, one.count, one.cards)
        for one in confusions_of(recent.noticed, recent.quizzed, shelf)
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
