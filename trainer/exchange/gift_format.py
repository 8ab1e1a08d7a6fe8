r"""`gift`: questions for Moodle.

In GIFT, `~ = # { } :` and `\` are written with a backslash, and a line end as `\n`.
In short answers `*` stands for anything, so that a star is `\*` there. Moodle compares
commands as texts; all accepted ones are given.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from trainer.cards.card import Card, Deck
from trainer.cards.forms.choose import Choose
from trainer.cards.forms.cloze import Cloze
from trainer.cards.forms.order import Order
from trainer.cards.forms.typed import Typed
from trainer.exchange.exporter import Wanted
from trainer.exchange.faces import Face, answer_of, faces, joined
from trainer.exchange.snapshot import Snapshot
from trainer.language.text import Language, Text

_BOTH = " / "


def export_gift(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return a category a deck, and a question a card."""
    blocks = (
        block for deck in snapshot.decks for block in _deck(deck, wanted.languages)
    )
    return "\n\n".join(blocks) + "\n"


def _deck(deck: Deck, languages: Sequence[Language]) -> Iterator[str]:
    title = deck.title.in_language(languages[0]).replace("/", "//")
    yield f"$CATEGORY: $course$/{_escaped(title)}"
    for card in deck.cards:
        yield _question(card, languages)


def _question(card: Card, languages: Sequence[Language]) -> str:
    found = faces(card, languages)
    ask = joined(found, _front, "\n\n")
    why = joined(found, _why, "\n\n")
    answers = _answers(card, languages)
    if answers is None:
        why = "\n\n".join(filter(None, [answer_of(card, found), why]))
    feedback = f"####{_escaped(why)}" if why else ""
    body = "\n".join(["{", *(answers or ()), *filter(None, [feedback]), "}"])
    return f"::{_escaped(card.id)}::[markdown]{_escaped(ask)} {body}"


def _answers(card: Card, languages: Sequence[Language]) -> list[str] | None:
    """Return the lines of the answers; of a question to think about: none."""
    match card.content:
        case Choose() as content:
            right = f"={_choice(content.answer, languages)}"
            wrong = (f"~{_choice(text, languages)}" for text in content.wrong)
            return [right, *wrong]
        case Order() as content:
            return [
                f"={number}. -> {_escaped(_in_all(step, languages))}"
                for number, step in enumerate(content.steps, 1)
            ]
        case Typed() as content:
            texts = map(content.answer.in_language, languages)
            return _short_answers([*texts, *content.accept])
        case Cloze() as content if len(content.blanks(languages[0])) == 1:
            blanks = (content.blanks(language)[0] for language in languages)
            return _short_answers(one for blank in blanks for one in blank)
        case _:
            return None


def _short_answers(texts: Iterable[str]) -> list[str] | None:
    """Return short answers, unless Moodle would take one for something else."""
    answers = list(dict.fromkeys(texts))
    if any("->" in one for one in answers):
        return None
    return [f"=%100%{_literal(_escaped(_starred(one)), 'plain')}" for one in answers]


def _choice(text: Text, languages: Sequence[Language]) -> str:
    escaped = _literal(_escaped(_in_all(text, languages)), "markdown")
    return f"%0%{escaped}" if escaped.startswith("%") else escaped


def _in_all(text: Text, languages: Sequence[Language]) -> str:
    return _BOTH.join(dict.fromkeys(map(text.in_language, languages)))


def _literal(escaped: str, name: str) -> str:
    """Name the format of a text that begins as if it named one."""
    return f"[{name}]{escaped}" if escaped.startswith("[") else escaped


def _starred(text: str) -> str:
    return text.replace("*", r"\*")


def _escaped(text: str) -> str:
    return re.sub(r"([~=#{}:\\])", r"\\\1", text).replace("\n", r"\n")


def _front(face: Face) -> str:
    return face.front


def _why(face: Face) -> str:
    return face.why
