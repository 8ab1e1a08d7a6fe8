"""What a learner reads: the pages of a question and of a judged answer.

Pages are values made for one size of the terminal; nothing here draws.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from trainer.cards.card import Card, Input
from trainer.language.catalogue import say
from trainer.language.width import text_width
from trainer.scheduling.queue import Left
from trainer.scheduling.review import Rating
from trainer.study.session import Asking, Judged
from trainer.study.view import View
from trainer.terminal.choices import choice_lines
from trainer.terminal.interval import minutes_text
from trainer.terminal.lesson import lesson_lines
from trainer.terminal.line import Fragment, Line, line_width, paragraph, run_in, shown
from trainer.terminal.look import Look, air, apart, rule
from trainer.terminal.ratings import rating_lines
from trainer.terminal.words import label_text, rating_text
from trainer.terminal.wrap import cut

_LEAST_TITLE = 4
_MINUTE_MS = 60_000


class Seen(NamedTuple):
    """What a learner has made of a page so far.

    `picked` are the choices taken, by their place on the page from 0; `hints` counts
    those looked at, and `no_more` says that one more was wanted; `overruled` says that
    the verdict is not to stand.
    """

    picked: tuple[int, ...] = ()
    hints: int = 0
    overruled: bool = False
    no_more: bool = False


class Page(NamedTuple):
    """A head and a foot that stay, and a body between them that may scroll.

    `start` is the line of the body that is to be seen at first.
    """

    head: Sequence[Line]
    body: Sequence[Line]
    foot: Sequence[Line]
    start: int = 0


class Frame(NamedTuple):
    """What stands around a card: the topic, where the sitting stands, the keys.

    `keys` are told at the foot, the most important first.
    """

    title: str
    view: View
    keys: Sequence[str]


def question_page(asking: Asking, frame: Frame, seen: Seen, look: Look) -> Page:
    """Lay out a question with its choices and the hints looked at."""
    prompt = asking.card.content.prompt(look.language)
    parts = [
        question_lines(asking.card, look),
        choice_lines(prompt, seen.picked, look),
        hint_lines(asking.card, seen, look),
    ]
    foot = [*air(look), key_line(frame.keys, look)]
    return Page(_head(frame, look), apart(parts, look), foot)


def judged_page(judged: Judged, frame: Frame, seen: Seen, look: Look) -> Page:
    """Lay out a judged answer with what it teaches and the four ratings."""
    above = [*question_lines(judged.card, look), *air(look)]
    suggested = suggestion(judged, seen, look)
    take = look.say("key-take", rating=rating_text(suggested, look.language))
    foot = [
        *rating_lines(judged, suggested, look),
        key_line([take, *frame.keys], look),
    ]
    body = [*above, *lesson_lines(judged, look, overruled=seen.overruled)]
    return Page(_head(frame, look), body, foot, len(above))


def input_sign(wanted: Input) -> str:
    """Return what stands before a line that is typed."""
    return "$ " if wanted is Input.COMMAND else "> "


def suggestion(judged: Judged, seen: Seen, look: Look) -> Rating:
    """Return the rating to take on Enter; where only two are given, hard is no pass."""
    rating = judged.suggested(overruled=seen.overruled)
    return rating if rating in look.ratings else Rating.AGAIN


def plain_page(
    title: str, lines: Sequence[Line], keys: Sequence[str], look: Look
) -> Page:
    """Lay out any text under a title."""
    head = [
        (("class:title", cut(title, look.columns, look.signs.ellipsis)),),
        rule(look),
    ]
    return Page(head, lines, [key_line(keys, look)])


def hint_lines(card: Card, seen: Seen, look: Look) -> list[Line]:
    """Lay out the hints that were looked at."""
    hints = card.content.hints(look.language)[: seen.hints] if seen.hints else ()
    label = label_text("hint", look.language)
    texts = map(look.drawn, hints)
    lines = [line for text in texts for line in run_in(label, text, look.columns, "")]
    if seen.no_more:
        lines += paragraph(
            say(look.language, "lines.no-hint"), look.columns, "class:dim"
        )
    return lines


def key_line(keys: Iterable[str], look: Look) -> Line:
    """Tell as many keys as there is room for."""
    line = ""
    for key in keys:
        longer = f"{line}   {key}" if line else key
        if text_width(longer) > look.columns:
            break
        line = longer
    return (("class:dim", line),)


def _head(frame: Frame, look: Look) -> list[Line]:
    places = [_place(frame.view, look), _position(frame.view)]
    return head_lines(frame.title, places, _counts(frame.view.left, look), look)


def head_lines(
    title: str, places: Sequence[str], counts: Line, look: Look
) -> list[Line]:
    """Lay out the head: a title, the longest place there is room for, the counts."""
    most = look.columns - line_width(counts) - 2
    told = [*(f"  {place}" for place in places), ""]
    fitting = (one for one in told if most - text_width(one) >= _LEAST_TITLE)
    place = next(fitting, "")
    room = most - text_width(place)
    name = cut(shown(title), room, look.signs.ellipsis)
    left: Line = (
        ("class:title", name if room >= _LEAST_TITLE else ""),
        ("class:dim", place),
    )
    gap = " " * max(0, look.columns - line_width(left) - line_width(counts))
    line = (*left, ("", gap), *counts)
    return [line, rule(look), *air(look)] if look.is_airy else [line]


def _place(view: View, look: Look) -> str:
    parts = [_position(view)]
    if view.elapsed_ms >= _MINUTE_MS:
        parts.append(minutes_text(view.elapsed_ms, look.language))
    if view.is_cram:
        parts.append(look.say("cram"))
    if view.is_flagged:
        parts.append(look.say("flagged"))
    return look.signs.between.join(parts)


def _position(view: View) -> str:
    return f"{view.done + 1}/{view.done + max(1, view.left.total)}"


def _counts(left: Left, look: Look) -> Line:
    kinds = {"new": left.new, "learning": left.learning, "due": left.review}
    line: list[Fragment] = []
    for kind, count in kinds.items():
        if line:
            line.append(("class:dim", look.signs.between))
        style = f"class:{kind}" if count else "class:dim"
        line.append((style, look.say(kind, n=count)))
    return tuple(line)


def question_lines(card: Card, look: Look) -> list[Line]:
    """Lay out the question."""
    text = card.content.prompt(look.language).question
    return paragraph(text.rstrip("\n"), look.columns, "class:question")
