"""What is known of a card's memory and standing, in labelled parts."""

from collections.abc import Iterator
from datetime import date, datetime

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.scheduling.leeches import is_leech
from trainer.scheduling.marks import Standing
from trainer.scheduling.memory import Memory, retrievability
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.terminal.interval import interval_at_rating, interval_text


def state_parts(
    memory: Memory | None,
    standing: Standing,
    now: datetime,
    settings: Settings,
    language: Language,
) -> Iterator[tuple[str, str]]:
    """Yield labels and texts: state, due, interval, what FSRS knows, and marks."""
    found = [("state", state_text(memory, language))]
    if memory:
        found += _memory_parts(memory, now, settings, language)
        if is_leech(memory, settings):
            found.append(("leech", say(language, "card.leech-advice")))
    today = study_day(now, settings.rollover)
    marks = mark_texts(standing, today, language)
    if marks:
        found.append(("marks", marks))
    return ((say(language, f"card.label-{name}"), text) for name, text in found)


def state_text(memory: Memory | None, language: Language) -> str:
    """Return the name of a card's state."""
    name = memory.state.value if memory else "new"
    return say(language, f"card.state-{name}")


def mark_texts(
    standing: Standing, today: date, language: Language, *, is_leech: bool = False
) -> str:
    """Name what is particular about a card's standing, if anything is."""
    names = {
        "suspended": standing.suspended,
        "buried": standing.buried_on == today,
        "flagged": standing.flagged,
        "leech": is_leech,
    }
    found = [say(language, f"card.is-{name}") for name, is_so in names.items() if is_so]
    return say(language, "card.comma").join(found)


def due_text(
    memory: Memory, now: datetime, settings: Settings, language: Language
) -> str:
    """Return the day on which a card is due, and how long that is from now."""
    wait = interval_text(memory, now, settings.rollover, language)
    return say(language, "card.due-on", day=memory.due_day.isoformat(), wait=wait)


def _memory_parts(
    memory: Memory, now: datetime, settings: Settings, language: Language
) -> Iterator[tuple[str, str]]:
    recall = retrievability(memory, study_day(now, settings.rollover), settings)
    yield "due", due_text(memory, now, settings, language)
    yield "interval", interval_at_rating(memory, settings.rollover, language)
    yield "stability", say(language, "card.days", n=f"{memory.stability:.1f}")
    yield "difficulty", f"{memory.difficulty:.1f} / 10"
    yield "retrievability", f"{recall:.0%}"
    yield "answers", str(memory.reps)
    yield "lapses", str(memory.lapses)
