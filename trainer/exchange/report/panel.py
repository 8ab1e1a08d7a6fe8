"""What a report is made of: what it is about, and the panels that it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trainer.cards.card import CardId
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.text import Language, Message
from trainer.statistics.figures import Figures
from trainer.statistics.parts import Part
from trainer.statistics.tally import Tally

_MINUTE_MS = 60_000
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Report:
    """All figures as of a study day, in one language.

    `questions` are those of the cards that figures name, `goal` is the retention
    wanted; weak spots are those of so many `recent` days. `is_whole` says that they are
    about all topics; where there is a `first` day, answers are those since then.
    """

    figures: Figures
    day: date
    language: Language
    questions: Mapping[CardId, str]
    goal: float
    recent: int
    is_whole: bool = True
    first: date | None = None

    def say(self, key: str, **values: object) -> str:
        """Word a message of the report."""
        return say(self.language, f"report.{key}", **values)

    def word(self, message: Message) -> str:
        """Word a message that figures brought along."""
        return clean(message.in_language(self.language))

    def rating(self, name: str) -> str:
        """Return what a rating is called."""
        return say(self.language, f"words.rating-{name}")

    def title(self, part: Part) -> str:
        """Return what a section or a topic is called."""
        title = clean(part.title.in_language(self.language))
        return title or clean(part.name) or self.say("elsewhere")

    def question(self, card: CardId) -> str:
        """Return what a card asks, as far as it is known, on one line."""
        return clean(" ".join(self.questions.get(card, "").split()))

    def share(self, value: float | None) -> str:
        """Return a share in per cent, or a dash where there is none."""
        return "–" if value is None else f"{value:.0%}"

    def time(self, took_ms: int) -> str:
        """Return how long something took, in hours and minutes."""
        hours, minutes = divmod(round(took_ms / _MINUTE_MS), _HOUR)
        if hours:
            return self.say("hours-minutes", hours=hours, minutes=minutes)
        return self.say("minutes", minutes=minutes)

    def of(self, tally: Tally) -> str:
        """Say which share was a success, and of how many."""
        return self.say("of", share=self.share(tally.rate), count=tally.asked)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, and what is said beneath its title; there may be nothing to say."""

    svg: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line with a bar: what it is about, the bar, and its figures."""

    label: str
    svg: str
    figures: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The same in numbers; the first cell of a row is its name."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A card in a list: its id, what it asks, and its figure."""

    card: str
    question: str
    figures: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows or cards under a heading of their own, and how many more there are."""

    title: str
    rows: tuple[Row, ...] = ()
    entries: tuple[Entry, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """One thing that the report tells.

    `lead` says what matters most, `note` how the figures are to be read. A legend names
    tones. What has neither drawings nor groups has nothing to tell yet.
    """

    title: str
    lead: str = ""
    drawings: tuple[Drawing, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    groups: tuple[Group, ...] = ()
    tables: tuple[Table, ...] = ()
    note: str = ""

    @property
    def is_filled(self) -> bool:
        """Whether there is something to show."""
        return bool(self.drawings or self.groups)
