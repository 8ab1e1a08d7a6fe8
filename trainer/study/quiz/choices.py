"""Putting choices together: as many as there should be, and looking alike."""

from collections.abc import Sequence
from itertools import combinations, islice

from trainer.cards.card import Card
from trainer.cards.forms.choose import Choose
from trainer.language.text import Language, Text
from trainer.language.width import text_width

LEAST, MOST = 2, 3
"""So many wrong choices a question has."""
_NEAR = 10
"""So many columns apart two choices look alike."""
_MOST_TRIED = 40


def code(text: str) -> Text:
    """Return code, which reads alike in all languages."""
    return Text.same(f"`{text}`")


def question(card: Card) -> Text:
    """Return what a card asks."""
    asked = card.content.prompt
    return Text(asked(Language.EN).question, asked(Language.ZH).question)


def choosing(
    card: Card, ask: Text, answer: Text, wrong: Sequence[Text], seed: str
) -> Card | None:
    """Return a card that asks to choose; `None` where too few choices look alike."""
    some = _looking_alike(answer, wrong)
    if not some:
        return None
    content = Choose(card.content.context, ask, answer, some)  # type: ignore[attr-defined]
    return card._replace(form="choose", content=content.deal(seed))


def _looking_alike(answer: Text, wrong: Sequence[Text]) -> tuple[Text, ...]:
    for count in range(MOST, LEAST - 1, -1):
        for some in islice(combinations(wrong, count), _MOST_TRIED):
            texts = (answer, *some)
            if all(
                alike([one.in_language(language) for one in texts])
                for language in Language
            ):
                return some
    return ()


def alike(texts: Sequence[str]) -> bool:
    """Tell whether texts are about as wide."""
    widths = [text_width(one) for one in texts]
    return max(widths) - min(widths) <= max(_NEAR, max(widths) // 3)
