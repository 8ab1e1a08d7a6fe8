"""The deck format as JSON Schema, so that editors complete and check deck files."""

from typing import Any

from trainer.cards.fields import author_fields, fields_schema
from trainer.cards.forms import DEFAULT_FORM, FORMS
from trainer.cards.record import CARD_FIELDS, CARDS, DECK_FIELDS
from trainer.cards.shapes import Schema


def deck_schema() -> Schema:
    """Return the schema of a deck file (JSON Schema draft 2020-12)."""
    deck = fields_schema(DECK_FIELDS)
    cards = {"type": "array", "items": {"$ref": "#/$defs/card"}}
    deck["properties"][CARDS] = {"description": "The cards, in order."} | cards
    deck["required"].append(CARDS)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A deck of the trainer",
        **deck,
        "$defs": {"card": _card()} | {name: _form(name) for name in FORMS},
    }


def _card() -> Schema:
    """Choose the form by `form`, else by `kind`."""
    card = fields_schema(CARD_FIELDS)
    del card["additionalProperties"]  # each form has its own
    forms = [{"if": _is(name), "then": _ref(name)} for name in FORMS]
    return card | {"allOf": forms}


def _is(form: str) -> Schema:
    said: Schema = {"required": ["form"], "properties": {"form": {"const": form}}}
    kinds = [kind.value for kind, default in DEFAULT_FORM.items() if default == form]
    unsaid = {
        "not": {"required": ["form"]},
        "properties": {"kind": {"enum": kinds}},
    }
    return {"anyOf": [said, unsaid]} if kinds else said


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _form(name: str) -> Schema:
    return fields_schema((*CARD_FIELDS, *author_fields(FORMS[name])))
