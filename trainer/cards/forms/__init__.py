"""The exercise forms: one file each, one line in this registry."""

from typing import Any

from trainer.cards.card import Kind
from trainer.cards.forms.choose import Choose
from trainer.cards.forms.cloze import Cloze
from trainer.cards.forms.order import Order
from trainer.cards.forms.recall import Recall
from trainer.cards.forms.typed import Typed

FORMS: dict[str, Any] = {
    "type": Typed,
    "recall": Recall,
    "choose": Choose,
    "cloze": Cloze,
    "order": Order,
}

DEFAULT_FORM = {Kind.COMMAND: "type", Kind.FLAG: "type", Kind.CONCEPT: "recall"}
