"""Cards and decks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple, NewType, Protocol, Self

from trainer.cards.fields import author, author_fields
from trainer.cards.problem import Severity
from trainer.cards.shapes import NAME_SHAPE, ChoiceShape, LinesShape, StringShape
from trainer.cards.values import Variable, drawn_values, filled, first_values
from trainer.grading.verdict import Verdict
from trainer.language.text import Language, Message, Text, message

CardId = NewType("CardId", str)
"""`deck/card`, given by the author. It is permanent: history hangs on it."""


def deck_of(card: CardId) -> str:
    """Return the id of a card's deck."""
    return card.partition("/")[0]


class Kind(StrEnum):
    """What a card is about."""

    COMMAND = "command"
    FLAG = "flag"
    CONCEPT = "concept"


class Status(StrEnum):
    """How the notes stand to what is true today."""

    OK = "ok"
    OUTDATED = "outdated"
    WRONG = "wrong"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Source:
    """Where in the notes a card comes from; `lines` are inclusive, from 1.

    `title` is the section's, where the outline of the notes is known.
    """

    section: str = author(NAME_SHAPE, "The section's slug.")
    lines: tuple[int, int] | None = author(
        LinesShape(), "The lines of the notes, such as 168-169.", default=None
    )
    title: Text | None = None

    def cited(self) -> Message:
        """Say where in the notes that is."""
        section = self.title or self.section
        if self.lines is None:
            return message("words.source-section", section=section)
        first, last = self.lines
        key = "words.source-line" if first == last else "words.source-lines"
        return message(key, section=section, first=first, last=last)


@dataclass(frozen=True, slots=True)
class Notes:
    """What the notes said, where that is not what the card teaches."""

    status: Status = author(ChoiceShape(Status), "How the notes stand to today.")
    said: str | None = author(
        StringShape(limit=500), "What the notes had, unless it is ok.", default=None
    )

    @property
    def lacks_quotation(self) -> bool:
        """Whether it says that the notes differ, but not what they had."""
        return self.status is not Status.OK and self.said is None


class Input(StrEnum):
    """What a prompt wants of the learner."""

    COMMAND = "command"  # a command line, or a part of one
    LINE = "line"  # a line of words
    FLIP = "flip"  # to think, turn the card and judge alone
    CHOICE = "choice"  # to pick one of the choices
    ORDER = "order"  # to put all choices in order

    @property
    def is_typed(self) -> bool:
        """Whether letters are part of the answer."""
        return self in {Input.COMMAND, Input.LINE}


class Choice(NamedTuple):
    """One thing to pick: its text, and what stands for it in the response."""

    text: str
    value: str


class Prompt(NamedTuple):
    """A question, ready to be shown.

    The response to a `CHOICE` is the value of the choice taken; to an `ORDER` it is
    the values of all choices, separated by blanks.
    """

    question: str
    input: Input
    choices: tuple[Choice, ...] = ()


class Flaw(NamedTuple):
    """A mistake in a card's content, pinned to the field it stands in."""

    field: str
    message: Message
    severity: Severity = Severity.ERROR


GrammarSource = Callable[[str], Any]
"""Where grammars come from by name; raises `TrainerError` on a bad one.

What a `Grammar` is, is loaded when an answer is judged, not when a question is asked.
"""


def shipped_grammar(name: str) -> Any:  # noqa: ANN401 - as above
    """Return a grammar that comes with the trainer; see `load_grammar`."""
    from trainer.grading.grammar import load_grammar  # noqa: PLC0415 - as above

    return load_grammar(name)


class Context(NamedTuple):
    """What a card's content knows of its card and deck."""

    kind: Kind
    grammar: str | None
    source: GrammarSource = shipped_grammar

    def rules(self) -> Any:  # noqa: ANN401 - as above
        """Return the grammar that judges commands, if the deck names one."""
        return self.source(self.grammar) if self.grammar else None


class Content(Protocol):
    """A card as an exercise: the part that differs from form to form."""

    def deal(self, seed: str) -> Self:
        """Return it as it is asked this time: what is shuffled, is by the seed."""
        ...

    def prompt(self, language: Language) -> Prompt:
        """Return the question to show."""
        ...

    def grade(self, response: str) -> Verdict:
        """Judge what the learner answered. Never raises."""
        ...

    def hints(self, language: Language) -> tuple[str, ...]:
        """Return hints that tell more and more of the answer, if it has any."""
        ...

    def sides(self, language: Language) -> tuple[str, str]:
        """Return question and answer as texts, front and back of a paper card."""
        ...

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Yield field names and texts that a learner reads."""
        ...

    def problems(self) -> Iterator[Flaw]:
        """Yield what an author should mend."""
        ...


DRAFT = "draft"
"""The tag of a card that its author has yet to complete."""


@dataclass(frozen=True, slots=True)
class Template:
    """What an author wrote of a card whose values change: markers, and their values."""

    content: Content
    why: Text | None
    variables: tuple[Variable, ...]

    def fields(self) -> Iterator[tuple[str, object]]:
        """Yield the fields in which markers may stand."""
        for one in author_fields(type(self.content)):
            yield one.name, getattr(self.content, one.name)
        yield "why", self.why

    def filled(self, values: Mapping[str, str]) -> tuple[Content, Text | None]:
        """Return content and reason with values in place of the markers."""
        content: Any = self.content
        fields = {name: filled(written, values) for name, written in self.fields()}
        why: Any = fields.pop("why")
        return replace(content, **fields), why


class Card(NamedTuple):
    """One thing to know.

    A card with a `template` shows its first values until it is dealt.
    """

    id: CardId
    kind: Kind
    form: str
    content: Content
    source: Source | None
    why: Text | None
    notes: Notes | None
    tags: tuple[str, ...]
    siblings: tuple[CardId, ...]
    line: int
    template: Template | None = None

    def values(self, repetition: int) -> dict[str, str]:
        """Return the values with which it is asked after so many answers."""
        variables = self.template.variables if self.template else ()
        return drawn_values(variables, self.id, repetition)

    def deal(self, repetition: int) -> "Card":
        """Return the card as it is asked after so many answers.

        The same card and repetition give the same on every machine. What is dealt has
        its values, and no template any more.
        """
        seed = f"{self.id}/{repetition}"
        if self.template is None:
            return self._replace(content=self.content.deal(seed))
        content, why = self.template.filled(self.values(repetition))
        return self._replace(content=content.deal(seed), why=why, template=None)


def with_template(card: Card, variables: tuple[Variable, ...]) -> Card:
    """Return a card that an author wrote with markers, showing the first values."""
    template = Template(card.content, card.why, variables)
    content, why = template.filled(first_values(variables))
    return card._replace(content=content, why=why, template=template)


Check = Callable[[Card], Iterator[Flaw]]
"""What finds more flaws in a card than its fields show."""


class Deck(NamedTuple):
    """The cards of one topic, in the order in which they are introduced."""

    id: str
    title: Text
    order: int
    grammar: str | None
    cards: tuple[Card, ...]
