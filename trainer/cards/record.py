"""A card as a record: the fields that authors fill in, to and from JSON."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from trainer.cards.card import (
    Card,
    CardId,
    Context,
    GrammarSource,
    Kind,
    Notes,
    Source,
    shipped_grammar,
    with_template,
)
from trainer.cards.fields import (
    AuthorField,
    RecordShape,
    author,
    author_fields,
    dump_fields,
    load_fields,
)
from trainer.cards.forms import DEFAULT_FORM, FORMS
from trainer.cards.shapes import (
    CARD_ID_SHAPE,
    NAME_SHAPE,
    ChoiceShape,
    Json,
    ListShape,
    NumberShape,
    TextShape,
)
from trainer.cards.values import Variable, VariablesShape
from trainer.language.text import Text

FORMAT = 1
"""The version of the deck format that this program reads and writes."""

CARDS = "cards"
"""The field of a deck that holds its cards."""

Form = StrEnum("Form", {name.upper(): name for name in FORMS})  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class CardFields:
    """What every card has, whatever its form."""

    id: str = author(NAME_SHAPE, "Permanent: the card's history hangs on it.")
    kind: Kind = author(ChoiceShape(Kind), "What the card is about.")
    form: str | None = author(
        ChoiceShape(Form), "How it is asked; by default the kind decides.", default=None
    )
    source: Source | None = author(
        RecordShape(Source), "Where in the notes it comes from.", default=None
    )
    why: Text | None = author(
        TextShape(), "One to three sentences that explain the answer.", default=None
    )
    notes: Notes | None = author(
        RecordShape(Notes),
        "What the notes had, where that is not what is true today.",
        default=None,
    )
    tags: tuple[str, ...] = author(
        ListShape(NAME_SHAPE), "Words to select by.", default=()
    )
    sibling: tuple[str, ...] = author(
        ListShape(CARD_ID_SHAPE),
        "Cards of the same fact, by id; those of another deck as deck/id.",
        default=(),
    )
    vars: tuple[Variable, ...] = author(
        VariablesShape(),
        "Values by name, of which `@name@` shows another one each time.",
        default=(),
    )


@dataclass(frozen=True, slots=True)
class DeckFields:
    """What stands above the cards."""

    deck: str = author(NAME_SHAPE, "The deck's permanent id.")
    title: Text = author(TextShape(limit=120), "The deck's name.")
    order: int = author(
        NumberShape(0, 9999), "Its place in the order of study.", default=1000
    )
    grammar: str | None = author(
        NAME_SHAPE,
        "The command-line grammar that judges its commands.",
        default=None,
    )
    format: int = author(
        NumberShape(1, 999_999), "The version of the format.", default=FORMAT
    )


CARD_FIELDS = author_fields(CardFields)
DECK_FIELDS = author_fields(DeckFields)


@cache
def card_fields(form: str) -> tuple[AuthorField, ...]:
    """Return the fields of a card of some form."""
    return (*CARD_FIELDS, *author_fields(FORMS[form]))


def build_card(
    values: dict[str, Any], form: str, context: Context, deck: str, line: int
) -> Card:
    """Make a card from the values of its fields."""
    record, names = _content_of(form)
    card_id, variables = CardId(f"{deck}/{values['id']}"), values["vars"]
    content = record(context, **{name: values[name] for name in names})
    siblings = values["sibling"] and tuple(
        CardId(name if "/" in name else f"{deck}/{name}") for name in values["sibling"]
    )
    what = values["source"], values["why"], values["notes"], values["tags"]
    card = Card(card_id, context.kind, form, content, *what, siblings, line)
    return with_template(card, variables) if variables else card


@cache
def _content_of(form: str) -> tuple[Any, tuple[str, ...]]:
    """Return the class of a form, and the names of the fields that are its own."""
    return FORMS[form], tuple(one.name for one in author_fields(FORMS[form]))


def dump_card(card: Card) -> dict[str, Json]:
    """Turn a card into JSON with the fields of the deck format, as its author did."""
    written = card.template or card
    deck, _, name = card.id.partition("/")
    head = CardFields(
        id=name,
        kind=card.kind,
        form=None if DEFAULT_FORM[card.kind] == card.form else Form(card.form),
        source=card.source,
        why=written.why,
        notes=card.notes,
        tags=card.tags,
        sibling=tuple(one.removeprefix(f"{deck}/") for one in card.siblings),
        vars=card.template.variables if card.template else (),
    )
    return dump_fields(head) | dump_fields(written.content)  # type: ignore[arg-type]


def show_card(card: Card) -> dict[str, Json]:
    """Turn a card into JSON that reads as the card looks, with nothing lost.

    Where values change, texts show the first ones; `template` has them as written.
    """
    written = dump_card(card)
    if card.template is None:
        return written
    shown = dump_card(card._replace(template=None))
    template = {name: written[name] for name in shown if shown[name] != written[name]}
    return shown | {"vars": written["vars"], "template": template}


def load_card(
    data: dict[str, Json],
    deck: str,
    grammar: str | None,
    line: int,
    source: GrammarSource = shipped_grammar,
) -> Card:
    """Make the card again that `dump_card` or `show_card` was given."""
    data = {**data, **data.get("template", {})}
    form = data.get("form") or DEFAULT_FORM[Kind(data["kind"])]
    values = load_fields(card_fields(form), data)
    context = Context(values["kind"], grammar, source)
    return build_card(values, form, context, deck, line)
