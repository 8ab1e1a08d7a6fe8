"""The exercise forms: one file each, one line in this registry."""

from typing import Any

from trainer.cards.card import Kind
from trainer.cards.forms.recall import Recall
from trainer.cards.forms.typed import Typed

FORMS: dict[str, Any] = {
    "type": Typed,
    "recall": Recall,
}

DEFAULT_FORM = {Kind.COMMAND: "type", Kind.FLAG: "type", Kind.CONCEPT: "recall"}
