"""What a learner reads: the pages of a question and of a judged answer.

Pages are values made for one size of the terminal; nothing here draws.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trainer.cards.card import Card
from trainer.language.width import text_width
from trainer.scheduling.queue import Left
from trainer.study.session import Asking, Judged
from trainer.terminal.choices import choice_lines
from trainer.terminal.lesson import lesson_lines
from trainer.terminal.line import Fragment, Line, line_width, paragraph, shown
from trainer.terminal.look import Look, air, rule
from trainer.terminal.ratings import rating_lines
from trainer.terminal.words import rating_text
from trainer.terminal.wrap import cut

_LEAST_TITLE = 4


@dataclass(frozen=True, slots=True)
class Page:
    """A head and a foot that stay, and a body between them that may scroll.

    `start` is the line of the body that is to be seen at first.
    """

    head: Sequence[Line]
    body: Sequence[Line]
    foot: Sequence[Line]
    start: int = 0


def question_page(
    asking: Asking,
    title: str,
    left: Left,
    keys: Sequence[str],
    look: Look,
    picked: Sequence[int] = (),
) -> Page:
    """Lay out a question; `keys` are the messages of the keys that work.

    `picked` are the choices taken so far, by their place on the screen from 0.
    """
    foot = [*air(look), _key_line([look.say(key) for key in keys], look)]
    choices = choice_lines(asking.card.content.prompt(look.language), picked, look)
    body = [*_question(asking.card, look), *(air(look) if choices else []), *choices]
    return Page(_head(title, left, look), body, foot)


def judged_page(
    judged: Judged, title: str, left: Left, keys: Sequence[str], look: Look
) -> Page:
    """Lay out a judged answer with what it teaches and the four ratings."""
    above = [*_question(judged.card, look), *air(look)]
    take = look.say("key-take", rating=rating_text(judged.suggested, look.language))
    told = [take, *(look.say(key) for key in keys)]
    foot = [*rating_lines(judged, look), _key_line(told, look)]
    body = [*above, *lesson_lines(judged, look)]
    return Page(_head(title, left, look), body, foot, len(above))


def _key_line(keys: Iterable[str], look: Look) -> Line:
    line = ""
    for key in keys:
        longer = f"{line}   {key}" if line else key
        if text_width(longer) > look.columns:
            break
        line = longer
    return (("class:dim", line),)


def _head(title: str, left: Left, look: Look) -> list[Line]:
    counts = _counts(left, look)
    room = look.columns - line_width(counts) - 2
    name = cut(shown(title), max(0, room), look.signs.ellipsis)
    if room < _LEAST_TITLE:
        name = ""
    gap = " " * max(0, look.columns - text_width(name) - line_width(counts))
    line = (("class:title", name), ("", gap), *counts)
    return [line, rule(look), *air(look)] if look.is_airy else [line]


def _counts(left: Left, look: Look) -> Line:
    kinds = {"new": left.new, "learning": left.learning, "due": left.review}
    line: list[Fragment] = []
    for kind, count in kinds.items():
        if line:
            line.append(("class:dim", look.signs.between))
        style = f"class:{kind}" if count else "class:dim"
        line.append((style, look.say(kind, n=count)))
    return tuple(line)


def _question(card: Card, look: Look) -> list[Line]:
    text = card.content.prompt(look.language).question
    return paragraph(text.rstrip("\n"), look.columns, "class:question")
