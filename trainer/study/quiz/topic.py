"""Command cards of one topic side by side, their names made alike.

The container of one card is called `web`, that of another `mako1`; among choices such
names would tell which belongs to which.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from trainer.cards.card import Card, CardId, Kind
from trainer.cards.forms.typed import Typed
from trainer.language.text import Text
from trainer.study.quiz.alike import topic_of
from trainer.study.quiz.edits import do_alike
from trainer.study.quiz.line import Line
from trainer.study.quiz.question import Shelf
from trainer.study.quiz.wanted import Wanted, wanted_of

_CODE = re.compile(r"`[^`]+`")
_NAMED = frozenset({"container", "image", "network", "volume"})
_MOST_READ = 40


@dataclass(frozen=True, slots=True)
class Known:
    """A card whose answer is a line of the grammar."""

    id: CardId
    wanted: Wanted

    @property
    def content(self) -> Typed:
        """The card as an exercise."""
        return self.wanted.content

    @property
    def line(self) -> Line:
        """The answer in its parts."""
        return self.wanted.line

    @property
    def answer(self) -> str:
        """The answer."""
        return self.line.text

    @property
    def command(self) -> str:
        """The name of its first command, without its group."""
        names = (
            one.part.name for one in self.line.pieces if one.part.role == "command"
        )
        return next(names, "").rpartition(" ")[2]

    @property
    def shape(self) -> frozenset[str]:
        """What kinds of parts the answer has: options, a pipe, names of containers."""
        parts = (one.part for one in self.line.pieces)
        return frozenset(
            one.name if one.role == "operand" else one.role for one in parts
        )

    @property
    def asks_help(self) -> bool:
        """Whether it prints help, which may be wanted with any task."""
        return any(one.part.name == "--help" for one in self.line.pieces)

    def names(self) -> Mapping[str, str] | None:
        """Return what the line calls things by their kind; `None` if it names two."""
        found: dict[str, str] = {}
        for piece in self.line.pieces:
            part = piece.part
            role, text = part.name, part.text
            if part.role == "option" and role == "--name":
                role, text = "container", part.value or ""
            is_name = role in _NAMED and part.role != "command"
            if is_name and found.setdefault(role, text) != text:
                return None
        return found


def read_known(card: Card) -> Known | None:
    """Return a command card whose answer the grammar reads, else nothing."""
    content = card.content
    if not isinstance(content, Typed) or card.kind is not Kind.COMMAND:
        return None
    wanted = wanted_of(content)
    return Known(card.id, wanted) if wanted else None


def strangers(mine: Known, shelf: Shelf, seed: str) -> Iterator[Known]:
    """Yield cards of the topic that ask for something else, with my names in them."""
    own = shelf[mine.id].siblings if mine.id in shelf else ()
    for name in islice(topic_of(mine.id, shelf, seed), _MOST_READ):
        other = read_known(shelf[name]) if name not in own else None
        if other is None or do_alike(mine.command, other.command):
            continue
        renamed = _renamed(other, mine.names() or {})
        if renamed and not renamed.asks_help and _differ(mine, renamed):
            yield renamed


def _differ(one: Known, other: Known) -> bool:
    """Tell whether two cards ask for different things."""
    return one.wanted.refuses(other.answer) and other.wanted.refuses(one.answer)


def _renamed(known: Known, names: Mapping[str, str]) -> Known | None:
    """Return a card with other names, if it names nothing that has none there."""
    own = known.names()
    if own is None:
        return None
    pairs = {text: names[role] for role, text in own.items() if role in names}
    if len(pairs) < len(set(own.values())):
        return None
    content = known.content
    if not pairs:
        return known
    written = re.compile(
        rf"(?<![\w./-])(?:{'|'.join(map(re.escape, pairs))})(?![\w./-])"
    )

    def put(text: str) -> str:
        return written.sub(lambda found: pairs[found[0]], text)

    def in_code(text: str | None) -> str | None:
        return text and _CODE.sub(lambda found: put(found[0]), text)

    renamed = replace(
        content,
        ask=Text(in_code(content.ask.en), in_code(content.ask.zh)),
        answer=Text.same(put(known.answer)),
        accept=tuple(map(put, content.accept)),
    )
    wanted = wanted_of(renamed)
    return replace(known, wanted=wanted) if wanted else None
