"""`html`: a page to study with, in one file that works without a network."""

import json
from collections.abc import Iterable
from itertools import chain
from typing import Any

from trainer.cards.card import Card, Kind
from trainer.cards.forms.choose import Choose
from trainer.cards.forms.cloze import Cloze
from trainer.cards.forms.order import Order
from trainer.cards.forms.typed import Typed
from trainer.exchange.exporter import Wanted
from trainer.exchange.pages.leaf import make_chapters
from trainer.exchange.pages.rendering import TAGS, render_page
from trainer.exchange.snapshot import Snapshot
from trainer.grading.framing import RULE, may_be_framed
from trainer.grading.wording import is_code
from trainer.language.catalogue import catalogue
from trainer.language.text import Language


def export_html(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return a page that shows all cards, and asks them where scripts may run.

    What is typed there is compared by words, as a page has no grammar. How far a
    learner is, the browser keeps by the ids of cards.
    """
    return render_page(
        "study.html",
        wanted.languages[0],
        styles=("look.css", "study.css"),
        script="study.js",
        chapters=make_chapters(snapshot.decks, wanted.languages),
        exercise=exercise,
        languages=[TAGS[language] for language in wanted.languages],
        words={TAGS[one]: _words(one) for one in wanted.languages},
        framing=RULE,
    )


def exercise(card: Card) -> str:
    """Return as JSON what the page's script has to know to ask a card.

    `right` is the place of the right choice among those shown, or the right places of
    the steps shown. `accept` holds what may be typed, each by blanks; in `code`, upper
    and lower case differ. Around those in `framed` words of the question may stand; it
    says of each whether case counts.
    """
    return json.dumps(_exercise(card), ensure_ascii=False, separators=(",", ":"))


def _exercise(card: Card) -> dict[str, Any]:
    match card.content:
        case Typed() as content:
            texts = [content.answer.in_language(language) for language in Language]
            accepted = dict.fromkeys([*texts, *content.accept])
            has_code = card.kind is not Kind.CONCEPT
            framed = {} if has_code else _framed(accepted)
            key = {"accept": [[list(accepted)]], "framed": framed}
            return {"form": "type", "code": has_code, **key}
        case Cloze() as content:
            keys = dict.fromkeys(content.blanks(language) for language in Language)
            every = list(chain.from_iterable(chain(*keys)))
            key = {"accept": list(keys), "framed": _framed(every)}
            return {"form": "cloze", "code": any(map(is_code, every)), **key}
        case Choose() as content:
            return {"form": "choose", "right": content.deal(card.id).order.index(0)}
        case Order() as content:
            return {"form": "order", "right": content.deal(card.id).order}
        case _:
            return {"form": "recall"}


def _framed(answers: Iterable[str]) -> dict[str, bool]:
    return {one: is_code(one) for one in answers if may_be_framed(one)}


def _words(language: Language) -> dict[str, str]:
    """Return what the page says in a language, values still to be put in."""
    said = catalogue(language, "page")
    return {key.removeprefix("page."): text for key, text in said.items()}
