"""What a learner reads: the pages of a question and of a judged answer.

Pages are values made for one size of the terminal; nothing here draws.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain

from trainer.cards.card import Card, Notes, Source, Status
from trainer.grading.verdict import Outcome
from trainer.language.catalogue import say
from trainer.language.text import Language, Message
from trainer.scheduling.queue import Left
from trainer.scheduling.review import Rating
from trainer.study.session import Asking, Judged
from trainer.terminal.interval import interval_at_rating
from trainer.terminal.line import (
    BLANK,
    Fragment,
    Line,
    indented,
    labelled,
    line_width,
    paragraph,
    run_in,
    shown,
)
from trainer.terminal.signs import Signs
from trainer.terminal.wrap import cut, text_width

MOST_COLUMNS = 88
_COLUMNS_FOR_LABELS = 50
_ROWS_FOR_AIR = 16
_LEAST_TITLE = 4
_REPEATS_THE_ANSWER = frozenset({"differs", "empty"})
_DEGREES = {"correct": "right", "partial": "partly", "wrong": "wrong"}


@dataclass(frozen=True, slots=True)
class Look:
    """How pages are made: the language, the signs, and the room there is."""

    language: Language
    signs: Signs
    rollover: timedelta
    columns: int = 80
    rows: int = 24

    def sized(self, columns: int, rows: int) -> "Look":
        """Return the look for a terminal's size."""
        return replace(self, columns=min(columns, MOST_COLUMNS), rows=rows)

    @property
    def is_airy(self) -> bool:
        """Whether there is room for blank lines."""
        return self.rows >= _ROWS_FOR_AIR

    def say(self, key: str, **values: object) -> str:
        """Word a message of this screen."""
        return say(self.language, f"screen.{key}", **values)


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
    asking: Asking, title: str, left: Left, keys: Sequence[str], look: Look
) -> Page:
    """Lay out a question; `keys` are the messages of the keys that work."""
    foot = [*_air(look), key_line([look.say(key) for key in keys], look)]
    return Page(_head(title, left, look), _question(asking.card, look), foot)


def judged_page(judged: Judged, title: str, left: Left, look: Look) -> Page:
    """Lay out a judged answer with what it teaches and the four ratings."""
    question = _question(judged.card, look)
    body = [*question, *_air(look), *_verdict(judged, look)]
    body += _details(judged, look)
    keys = [
        look.say("key-take", rating=rating_word(judged.suggested, look)),
        look.say("key-undo"),
        look.say("key-quit"),
    ]
    foot = [*_ratings(judged, look), key_line(keys, look)]
    return Page(_head(title, left, look), body, foot, len(question))


def rating_word(rating: Rating, look: Look) -> str:
    """Name a rating."""
    return look.say(f"rating-{rating.name.lower()}")


def key_line(keys: Iterable[str], look: Look) -> Line:
    """Name the keys that work, as many as fit in one line."""
    line = ""
    for key in keys:
        longer = f"{line}   {key}" if line else key
        if text_width(longer) > look.columns:
            break
        line = longer
    return (("class:dim", line),)


def rule(look: Look, note: str = "") -> Line:
    """Draw a line across, with a note at its right end."""
    note = f" {note} " if note else ""
    columns = max(0, look.columns - text_width(note))
    return (("class:dim", look.signs.rule * columns + note),)


def _head(title: str, left: Left, look: Look) -> list[Line]:
    counts = _counts(left, look)
    room = look.columns - line_width(counts) - 2
    name = cut(shown(title), max(0, room), look.signs.ellipsis)
    if room < _LEAST_TITLE:
        name = ""
    gap = " " * max(0, look.columns - text_width(name) - line_width(counts))
    line = (("class:title", name), ("", gap), *counts)
    return [line, rule(look), *_air(look)] if look.is_airy else [line]


def _counts(left: Left, look: Look) -> Line:
    kinds = {"new": left.new, "learning": left.learning, "due": left.review}
    line: list[Fragment] = []
    for kind, count in kinds.items():
        if line:
            line.append(("class:dim", look.signs.between))
        style = f"class:{kind}" if count else "class:dim"
        line.append((style, look.say(kind, n=count)))
    return tuple(line)


def _air(look: Look) -> list[Line]:
    return [BLANK] if look.is_airy else []


def _question(card: Card, look: Look) -> list[Line]:
    text = card.content.prompt(look.language).question
    return paragraph(text.rstrip("\n"), look.columns, "class:question")


def _verdict(judged: Judged, look: Look) -> list[Line]:
    outcome = judged.verdict.outcome
    if outcome is Outcome.UNJUDGED:
        return []
    sign = getattr(look.signs, _DEGREES[outcome])
    is_open = outcome is Outcome.WRONG and not judged.response.strip()
    word = look.say(f"verdict-{'unknown' if is_open else outcome}")
    remarks = [*judged.verdict.repairs, *_telling_messages(judged)]
    said = [remark.in_language(look.language) for remark in remarks]
    lines = [part for text in said for part in paragraph(text, look.columns - 2)]
    return [((f"class:{outcome}", f"{sign} {word}"),), *indented(lines, 2)]


def _telling_messages(judged: Judged) -> list[Message]:
    return [
        finding.message
        for finding in judged.verdict.findings
        if finding.code not in _REPEATS_THE_ANSWER
    ]


def _details(judged: Judged, look: Look) -> list[Line]:
    """Return what was typed, the answer, and what the card says about it."""
    card, language = judged.card, look.language
    typed = "" if judged.verdict.outcome is Outcome.CORRECT else judged.response
    first = {
        "typed": (typed.strip(), "class:typed"),
        "answer": (card.content.sides(language)[1], "class:answer"),
    }
    then = {
        "why": (card.why.in_language(language) if card.why else "", ""),
        "notes": (_notes_text(card.notes, look), ""),
        "source": (_source_text(card.source, look), "class:dim"),
    }
    below = _fields(then, look)
    return [*_fields(first, look), *(_air(look) if below else []), *below]


def _fields(texts: dict[str, tuple[str, str]], look: Look) -> list[Line]:
    lines: list[Line] = []
    for name, (text, style) in texts.items():
        if text.strip():
            lines += _field(look.say(name), text.strip("\n"), style, look)
    return lines


def _field(label: str, text: str, style: str, look: Look) -> list[Line]:
    column = _label_column(look)
    if look.columns < _COLUMNS_FOR_LABELS:
        return run_in(label, text, look.columns, style)
    return labelled(label, paragraph(text, look.columns - column, style), column)


def _label_column(look: Look) -> int:
    names = ("typed", "answer", "why", "notes", "source")
    return max(text_width(look.say(name)) for name in names) + 2


def _notes_text(notes: Notes | None, look: Look) -> str:
    if notes is None or notes.status is Status.OK:
        return ""
    status = look.say(f"notes-{notes.status}")
    if notes.said is None:
        return status
    return look.say("notes-said", status=status, said=notes.said)


def _source_text(source: Source | None, look: Look) -> str:
    if source is None:
        return ""
    if source.lines is None:
        return source.section
    first, last = source.lines
    key = "source-line" if first == last else "source-lines"
    return look.say(key, section=source.section, first=first, last=last)


def _ratings(judged: Judged, look: Look) -> list[Line]:
    """Lay the ratings out in one row, or in two or four where it is narrow."""
    for per_row, is_tight in ((4, False), (4, True), (2, False), (2, True)):
        cells = [_rating(rating, judged, look, is_tight) for rating in Rating]
        widest = max(line_width(cell) for cell in cells)
        column = min(look.columns // per_row, widest + 3)
        if column >= widest + (not is_tight):
            return _in_rows(cells, per_row, column)
    return [_rating(rating, judged, look, is_tight=True) for rating in Rating]


def _rating(rating: Rating, judged: Judged, look: Look, is_tight: bool) -> Line:  # noqa: FBT001 - private
    is_suggested = rating is judged.suggested
    mark = look.signs.suggested if is_suggested else " "
    interval = interval_at_rating(judged.next[rating], look.rollover, look.language)
    gap = "" if is_tight else " "
    name = f"{mark}{gap}{rating} {rating_word(rating, look)}"
    style = "class:suggested" if is_suggested else ""
    return (
        (style, name),
        ("class:dim", " " + (interval.replace(" ", "") if is_tight else interval)),
    )


def _in_rows(cells: Sequence[Line], per_row: int, column: int) -> list[Line]:
    padded = [_padded(cell, column) for cell in cells]
    starts = range(0, len(padded), per_row)
    return [tuple(chain(*padded[at : at + per_row])) for at in starts]


def _padded(cell: Line, column: int) -> Line:
    return (*cell, ("", " " * max(0, column - line_width(cell))))
