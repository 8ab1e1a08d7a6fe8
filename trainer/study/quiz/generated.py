"""Questions made from the answers of cards, judged by the grammar."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from trainer.cards.card import Card, Kind
from trainer.cards.forms.choose import Choose
from trainer.cards.forms.typed import Typed
from trainer.language.text import Language, Text, message
from trainer.language.width import text_width
from trainer.study.quiz import edits
from trainer.study.quiz.alike import topic_of
from trainer.study.quiz.choices import choosing, code
from trainer.study.quiz.distractors import choices_of
from trainer.study.quiz.gap import Gap
from trainer.study.quiz.grid import sound_edits
from trainer.study.quiz.line import Edit, Piece
from trainer.study.quiz.question import Made, Question, Shelf, dealt, number_of
from trainer.study.quiz.soundness import are_distinct
from trainer.study.quiz.topic import Known, read_known, strangers
from trainer.study.quiz.wanted import Wanted, wanted_of

Asking = Callable[[Card, Shelf, str], Card | None]

_TELLING = 3
"""So many letters a word needs to tell something."""
_LONGEST = 170
"""So many columns a task may have that is one of the choices."""
_GAP = "____"
_CODE = re.compile(r"`([^`]+)`")
_ENOUGH = 5
_MOST_OTHERS = 8
_MOST_READ = 40


def generated(card: Card, shelf: Shelf, seed: str) -> tuple[Question, ...]:
    """Return all questions that can be made from a card, at most one of each kind."""
    made = (generate(how, card, shelf, seed) for how in ASKING)
    return tuple(one for one in made if one is not None)


def all_questions(card: Card, shelf: Shelf, seed: str) -> tuple[Question, ...]:
    """Return all questions that no author has written, choices of a card included."""
    made = None if isinstance(card.content, Choose) else choices_of(card, shelf, seed)
    chosen = (Question(made, card.id, Made.CHOICES),) if made else ()
    return (*chosen, *generated(card, shelf, seed))


def generate(how: Made, card: Card, shelf: Shelf, seed: str) -> Question | None:
    """Return a question of one kind, if it can be made from a card.

    The same card, cards of its topic and seed give the same question everywhere.
    """
    made = ASKING[how](dealt(card, seed), shelf, f"{card.id}/{how}/{seed}")
    return Question(made, card.id, how) if made else None


def effect(card: Card, shelf: Shelf, seed: str) -> Card | None:
    """Show the line of a card; tasks are the choices."""
    known = read_known(card)
    if known is None or _is_long(known.content.ask):
        return None
    others = [
        one for one in _others(known, shelf, seed) if not _is_long(one.content.ask)
    ]
    others.sort(key=lambda one: _foreign(one, known))
    tasks = [one.content.ask for one in others]
    ask = _text("effect", line=known.answer)
    return choosing(card, ask, known.content.ask, tasks, seed)


def command(card: Card, shelf: Shelf, seed: str) -> Card | None:
    """Ask what the card asks; lines of other cards are the choices."""
    known = read_known(card)
    if known is None:
        return None
    lines: list[str] = []
    same = known.wanted.same
    for one in _others(known, shelf, seed):
        if one.shape == known.shape and are_distinct([*lines, one.answer], same):
            lines.append(one.answer)
    return choosing(
        card, known.content.ask, code(known.answer), list(map(code, lines)), seed
    )


def missing(card: Card, shelf: Shelf, seed: str) -> Card | None:
    """Leave an option out of the line of a card: it is typed or chosen."""
    del shelf
    known = read_known(card)
    options = (
        [one for one in known.line.options() if _stands_alone(one)] if known else []
    )
    if known is None or not options:
        return None
    piece = options[number_of(seed) % len(options)]
    left, right = known.answer[: piece.start], known.answer[piece.end :]
    ask = _text("missing", ask=known.content.ask, line=left + _GAP + right)
    if _is_heads(seed):
        gap = Gap(known.content, ask, left, piece.part.text, right)
        return card._replace(content=gap)
    others = (
        one
        for one in edits.other_option(known.line)
        if one.cuts[0][:2] == (piece.start, piece.end)
    )
    near = sorted(others, key=lambda one: one.rank)[:_ENOUGH]
    wrong = [
        code(one.now) for one in near if known.wanted.refuses(known.line.edited(one))
    ]
    return choosing(card, ask, code(piece.part.text), wrong, seed)


def slip(card: Card, shelf: Shelf, seed: str) -> Card | None:
    """Put a slip into the line of a card: it is named, or the line written right."""
    del shelf
    known = read_known(card)
    if known is None:
        return None
    wanted = known.wanted
    sound = sound_edits(wanted, seed)
    slips = [one for one in sound if one.kind in _SLIPS]
    if not slips:
        return None
    made = min(slips, key=lambda one: _SLIPS.index(one.kind))
    line = known.line.edited(made)
    if _is_heads(seed):
        ask = _text("slip-type", ask=known.content.ask, line=line)
        return card._replace(content=replace(known.content, ask=ask))
    ask = _text("slip-choose", ask=known.content.ask, line=line)
    wrong = [
        _mending(one)
        for one in sound
        if one.now
        and not one.touches(made)
        and wanted.refuses(known.line.edited(made, one))
    ]
    right = _mending(made, undone=True)
    return choosing(card, ask, right, wrong, seed)


def meaning(card: Card, shelf: Shelf, seed: str) -> Card | None:
    """Show an option; what options of the same command are for are the choices."""
    mine = _read_flag(card)
    if mine is None or _tells_itself(mine):
        return None
    asks: dict[str, Text] = {}
    for name in islice(topic_of(card.id, shelf, seed), _MOST_READ):
        other = _read_flag(shelf[name])
        if other and _serve_others(mine, other) and not _is_long(other.ask):
            asks.setdefault(other.long, other.ask)
    option = edits.option_name(mine.piece)
    ask = _text("meaning", option=option, command=mine.wanted.content.command)
    return choosing(card, ask, mine.ask, list(asks.values())[:_ENOUGH], seed)


ASKING: dict[Made, Asking] = {
    Made.EFFECT: effect,
    Made.COMMAND: command,
    Made.MISSING: missing,
    Made.SLIP: slip,
    Made.MEANING: meaning,
}

_SLIPS = ("case", "behind", "operands", "value", "mixed-up", "option")
"""Kinds of slips that are asked for, the most telling first."""


_OF_COMMANDS = ("command", "mixed-up")


def _text(key: str, **values: object) -> Text:
    said = message(f"questions.{key}", **values)
    return Text(said.in_language(Language.EN), said.in_language(Language.ZH))


def _is_heads(seed: str) -> bool:
    return number_of(f"{seed}/typed") % 2 == 0


def _others(known: Known, shelf: Shelf, seed: str) -> list[Known]:
    """Return cards that ask for something else, first those about the same things."""
    others = list(islice(strangers(known, shelf, seed), _MOST_OTHERS))
    names = set(known.names() or ())
    return sorted(others, key=lambda one: len(names ^ set(one.names() or ())))


def _is_long(ask: Text) -> bool:
    return any(text_width(ask.in_language(one)) > _LONGEST for one in Language)


def _foreign(other: Known, known: Known) -> int:
    """Count the code of a task that does not stand in a line."""
    codes = set(_CODE.findall(other.content.ask.in_language(Language.EN)))
    return sum(one not in known.answer for one in codes)


def _stands_alone(piece: Piece) -> bool:
    """Tell whether an option is a word of its own that nobody could do without."""
    is_missed = piece.part.name[2:] not in edits.HARDLY_MISSED
    return piece.part.text.startswith("-") and is_missed


def _mending(made: Edit, *, undone: bool = False) -> Text:
    """Return what would have to be done to make an edit, or to undo it."""
    if made.kind == "behind":
        first = made.now.removesuffix(f" {made.was}")
        key = "mend-behind" if undone else "mend-before"
        return _text(key, option=made.was, first=first)
    if made.kind == "operands":
        one, other = sorted(text for _, _, text in made.cuts)
        return _text("mend-operands", one=one, other=other)
    was, now = map(_dashed, (made.now, made.was) if undone else (made.was, made.now))
    key = "mend-command" if made.kind in _OF_COMMANDS else "mend-option"
    return _text(key, was=was, now=now)


def _dashed(text: str) -> str:
    """Return an option with its dash, also one of a cluster."""
    return f"-{text}" if len(text) == 1 else text


@dataclass(frozen=True, slots=True)
class _Flag:
    """A card about an option."""

    wanted: Wanted
    piece: Piece

    @property
    def long(self) -> str:
        """The long name, without dashes."""
        return self.piece.part.name[2:]

    @property
    def ask(self) -> Text:
        """What the card asks."""
        return self.wanted.content.ask


def _read_flag(card: Card) -> _Flag | None:
    content = card.content
    if not isinstance(content, Typed) or card.kind is not Kind.FLAG:
        return None
    wanted = wanted_of(content)
    options = list(wanted.line.options()) if wanted else []
    return _Flag(wanted, options[0]) if wanted and len(options) == 1 else None


def _tells_itself(flag: _Flag) -> bool:
    """Tell whether a word of an option's name stands in what it is for."""
    words = [word for word in flag.long.split("-") if len(word) >= _TELLING]
    asks = [flag.ask.in_language(language).casefold() for language in Language]
    return any(word in ask for word in words for ask in asks)


def _serve_others(one: _Flag, other: _Flag) -> bool:
    """Tell whether two options of one command are for different things."""
    return (
        one.piece.command is other.piece.command
        and one.long != other.long
        and not edits.serve_alike(one.long, other.long)
        and one.wanted.refuses(other.wanted.answer)
        and other.wanted.refuses(one.wanted.answer)
    )
