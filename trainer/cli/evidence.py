"""The evidence for statistics, gathered from log, decks and outlines."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from trainer.cards.card import Card, CardId
from trainer.cli.world import World
from trainer.scheduling.studyday import study_day
from trainer.statistics.evidence import About, Evidence, Named
from trainer.statistics.rollup import roll_up
from trainer.statistics.tallies import CardTally, tally_cards
from trainer.storage.library import Library
from trainer.storage.outlines import outline_in
from trainer.storage.store import Store


def gather(
    topics: Sequence[str], library: Library, store: Store, first: date, world: World
) -> Evidence:
    """Gather what figures on some topics are made of, from a study day on.

    What was answered of cards that are gone counts with their topics, or where all
    topics are looked at.
    """
    settings = store.settings
    today = study_day(world.clock.now(), settings.rollover)
    chosen = topics or list(library.topics)
    reviews, marks = store.reviews(), store.marks()
    if topics:
        of_topics = tuple(f"{name}/" for name in topics)
        reviews = [one for one in reviews if one.card.startswith(of_topics)]
    tallies = tally_cards(reviews, first, settings)
    ids = [card for name in chosen for card in library.topics[name].cards]
    about = {card: _about(library[card]) for card in ids}
    return Evidence(
        today=today,
        first=first,
        settings=settings,
        cards=_with_commands(about, tallies, library),
        memories=store.memories(),
        standings=store.standings(),
        daily=roll_up(reviews, marks, today, settings),
        tallies=tallies,
        sections=_sections(world.folders, about if topics else None),
        topics=tuple(Named(name, library.topics[name].title) for name in chosen),
    )


def _about(card: Card) -> About:
    return About(card.kind, card.source.section if card.source else "")


def _with_commands(
    about: Mapping[CardId, About], tallies: Iterable[CardTally], library: Library
) -> dict[CardId, About]:
    """Add the commands of the cards that were answered wrongly."""
    found = dict(about)
    for one in tallies:
        if (one.noted or one.failed) and one.card in found:
            kind, section = about[one.card].kind, about[one.card].section
            found[one.card] = About(kind, section, command_of(library[one.card]))
    return found


def command_of(card: Card) -> str:
    """Return the command of a card's answer, such as `docker image ls`, if it has one.

    A flag is of the command in whose context it is judged.
    """
    said = getattr(card.content, "command", None)
    if said:
        return str(said)
    context = getattr(card.content, "context", None)
    rules = context.rules() if context else None
    if rules is None:
        return ""
    words = card.content.grade("").expected.split()
    if not words or words[0] != rules.program:
        return ""
    _, used = rules.find(words[1:])
    return " ".join(words[: 1 + used])


def _sections(
    folders: Iterable[str], about: Mapping[CardId, About] | None
) -> tuple[Named, ...]:
    """Return the sections of the notes; of some topics only those that they cite."""
    cited: Collection[str] | None = about and {one.section for one in about.values()}
    found: dict[str, Named] = {}
    for folder in folders:
        reading = outline_in(folder)
        outline = reading.outline if reading else None
        for one in outline.sections if outline else ():
            if cited is None or one.slug in cited:
                found.setdefault(one.slug, Named(one.slug, one.title))
    return tuple(found.values())
