"""What an import brings: decks as their authors write them, and rows of the log."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from trainer.cards.shapes import Json
from trainer.cards.writing import card_text, deck_text
from trainer.language.errors import Exit, TrainerError
from trainer.scheduling.marks import Mark
from trainer.study.log import LogRow


class ImportFileError(TrainerError):
    """A file cannot be imported; the sentence says why."""

    exit_code = Exit.UNREADABLE


class ImportUsageError(TrainerError):
    """A file could be imported if the command said more, or something else."""

    exit_code = Exit.USAGE


class UnknownColumnsError(ImportUsageError):
    """A table does not say which of its `columns` are which of the `fields`."""

    def __init__(self, columns: Sequence[str], fields: Sequence[str]) -> None:
        said = ", ".join(columns[:20])
        super().__init__("import-columns", columns=said, known=", ".join(fields))
        self.columns = columns
        self.fields = fields


@dataclass(frozen=True, slots=True)
class ImportedDeck:
    """A deck out of another format: its cards are fields of the deck format.

    Each card has an `id` within the deck, which is the same at each import, as the
    learner's history hangs on it. A title is a text, or texts by language.
    """

    id: str
    title: Json
    cards: Sequence[Mapping[str, Json]]
    grammar: str | None = None
    order: int | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """The encoding that a text was taken to be in, and a line that depends on it."""

    encoding: str
    line: str


@dataclass(frozen=True, slots=True)
class Imported:
    """All that a file brings.

    `log` holds reviews before the retractions that take them back; `starts` are for
    cards of which nothing is remembered here. What had to be left out is counted in
    `skipped` by `imports.skipped-KEY` of the catalogues. `guess`
    tells in which encoding a text was read that did not tell its own.
    """

    decks: Sequence[ImportedDeck] = ()
    log: Sequence[LogRow] = ()
    starts: Sequence[Mark] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    guess: Guess | None = None

    @property
    def rows(self) -> Sequence[LogRow]:
        """All rows of the log."""
        return [*self.log, *self.starts]


@dataclass(frozen=True, slots=True)
class Given:
    """What an importer is given.

    `deck` is the id and `title` the title of a deck for cards that the file puts into
    none; `deck_is_chosen` if all cards go there, as the learner has said. `mapping`
    says which column of a table is which field, by field; `now` names the moment.
    A text is in `encoding`, where that was said.
    """

    path: str
    now: datetime
    deck: str
    title: str
    deck_is_chosen: bool = False
    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Importer:
    """A format to read, and how names of its files end.

    `read` raises `TrainerError` on a file that cannot be read. One that `keeps_decks`
    takes no other deck, one that `takes_mapping` has columns, and one that
    `takes_encoding` is text in one that has to be guessed.
    """

    read: Callable[[Given], Imported]
    suffixes: tuple[str, ...]
    keeps_decks: bool = False
    takes_mapping: bool = False
    takes_encoding: bool = False


def imported_text(deck: ImportedDeck) -> str:
    """Write a deck file."""
    head = deck_text(deck.id, deck.title, deck.grammar)
    if deck.order is not None:
        head = head.replace("\ncards: []\n", f"\norder: {deck.order}\ncards: []\n")
    if not deck.cards:
        return head
    cards = "".join(map(card_text, deck.cards))
    return head.removesuffix("cards: []\n") + f"cards:\n{cards}"
