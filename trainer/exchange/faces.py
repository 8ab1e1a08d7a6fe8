"""Cards as they stand on paper: front and back, in one language or in both."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from trainer.cards.card import Card, Kind
from trainer.language.text import Language


@dataclass(frozen=True, slots=True)
class Face:
    """The two sides of a card; `choices` stand on the front, `why` on the back."""

    front: str
    back: str
    choices: tuple[str, ...]
    why: str


def faces(card: Card, languages: Sequence[Language]) -> list[Face]:
    """Return the sides in each language.

    Choices and steps are shuffled by the card's id: the same at each export.
    """
    dealt = card.content.deal(card.id)
    return [
        Face(
            *dealt.sides(language),
            tuple(one.text for one in dealt.prompt(language).choices),
            card.why.in_language(language) if card.why else "",
        )
        for language in languages
    ]


def joined(
    found: Iterable[Face], part: Callable[[Face], str], separator: str = "\n"
) -> str:
    """Return a part of the faces in all languages; what reads alike is there once."""
    return separator.join(dict.fromkeys(filter(None, map(part, found))))


def with_choices(face: Face, mark: str = "- ") -> str:
    """Return the front with its choices in a list below."""
    return "\n".join([face.front, *(f"{mark}{one}" for one in face.choices)])


def answer_of(card: Card, found: Sequence[Face], separator: str = "\n") -> str:
    """Return the answer in all languages; one that is typed is code."""
    answer = joined(found, lambda face: face.back, separator)
    is_code = card.form == "type" and card.kind is not Kind.CONCEPT
    return code_span(answer) if is_code and "\n" not in answer else answer


def code_span(code: str) -> str:
    """Return a line of code in backticks, as many as it needs."""
    if "`" not in code:
        return f"`{code}`"
    return f"`` {code} ``"
