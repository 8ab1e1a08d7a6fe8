"""Which forms are mistaken for which: a fold over what was noticed of answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trainer.cards.card import CardId
from trainer.scheduling.review import Noted
from trainer.study.quiz.record import DUE

_LONGEST = 48


@dataclass(frozen=True, slots=True)
class Written:
    """An option by its long name, such as `--publish`, and as an answer has it."""

    name: str
    form: str
    has_value: bool


@dataclass(frozen=True, slots=True)
class Due:
    """What is right: an answer, its command, such as `docker image ls`, its options."""

    answer: str = ""
    command: str = ""
    options: tuple[Written, ...] = ()

    def form(self, name: str) -> str:
        """Return an option as the answer has it."""
        return next((one.form for one in self.options if one.name == name), name)


@dataclass(frozen=True, slots=True)
class Slip:
    """An answer that was not right: what was noticed of it, and what was right."""

    card: CardId
    response: str
    findings: tuple[Noted, ...]
    due: Due = Due()


@dataclass(frozen=True, slots=True)
class Confusion:
    """One form that was given where another was due: how often, and on which cards."""

    taken: str
    due: str
    count: int
    cards: tuple[CardId, ...]


def confusions(slips: Iterable[Slip]) -> list[Confusion]:
    """Return what is mistaken for what, most often first.

    An answer counts once for each pair of forms. What is longer than a form, such as
    a sentence, is none.
    """
    found: dict[tuple[str, str], list[CardId]] = {}
    for slip in slips:
        for pair in dict.fromkeys(_pairs(slip)):
            found.setdefault(pair, []).append(slip.card)
    counted = [
        Confusion(taken, due, len(cards), tuple(dict.fromkeys(cards)))
        for (taken, due), cards in found.items()
    ]
    return sorted(counted, key=lambda one: (-one.count, one.due, one.taken))


def _pairs(slip: Slip) -> Iterator[tuple[str, str]]:
    for taken, due in list(_parts(slip)) or _wholes(slip):
        pair = _plain(taken), _plain(due)
        if all(0 < len(text) <= _LONGEST for text in pair) and pair[0] != pair[1]:
            yield pair


def _wholes(slip: Slip) -> Iterator[tuple[str, str]]:
    """Yield an answer and the right one, where no part of it tells; no sentences."""
    due = (*_subjects(slip, DUE), slip.due.answer)[0]
    given = _subjects(slip, "chose")
    if "differs" in (note.code for note in slip.findings):
        given.append(slip.response)
    for taken in given:
        if _is_form(taken) and _is_form(due):
            yield taken, due


def _is_form(text: str) -> bool:
    """Whether a text is code or a single word."""
    plain = text.strip()
    return (plain[:1], plain[-1:]) == ("`", "`") or len(plain.split()) == 1


def _parts(slip: Slip) -> Iterator[tuple[str, str]]:
    """Yield the commands and options that were mistaken for each other."""
    for note in slip.findings:
        if note.code == "wrong-option":
            yield _typed(slip, note), slip.due.form(note.subject)
        elif note.code == "wrong-command":
            yield note.subject, slip.due.command
        elif note.code == "misread":
            yield note.subject, _lost(slip)
    missing = _subjects(slip, "missing-option")
    extra = [note for note in slip.findings if note.code in _EXTRA]
    if len(missing) == len(extra) == 1:
        typed = _typed(slip, extra[0]) or extra[0].subject
        yield typed, slip.due.form(missing[0])


_EXTRA = frozenset({"extra-option", "dangerous-option"})


def _typed(slip: Slip, note: Noted) -> str:
    """Return the option that was typed, without its value or others beside it."""
    text = " ".join(slip.response[start:end] for start, end in note.spans)
    if not text.startswith("-"):
        return text
    form = text.partition(" ")[0].partition("=")[0]
    wanted = {one.form for one in slip.due.options}
    letters = "" if form.startswith("--") else form[1:]
    typed = (f"-{letter}" for letter in letters)
    return next((one for one in typed if one not in wanted), form)


def _lost(slip: Slip) -> str:
    """Return the option whose value stands behind one that takes none."""
    words = slip.response.replace("`", " ").split()
    lost = [
        one.form
        for one in slip.due.options
        if one.has_value and not any(word.startswith(one.form) for word in words)
    ]
    return lost[0] if len(lost) == 1 else ""


def _subjects(slip: Slip, code: str) -> list[str]:
    return [note.subject for note in slip.findings if note.code == code]


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())
