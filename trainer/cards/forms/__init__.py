"""The exercise forms: one file each, one line in this registry."""

from collections.abc import Iterator, Mapping
from typing import Any

from trainer.cards.card import Kind

_CLASSES = {
    "type": "typed.Typed",
    "recall": "recall.Recall",
    "choose": "choose.Choose",
    "cloze": "cloze.Cloze",
    "order": "order.Order",
}


class _Forms(Mapping[str, Any]):
    """The forms by name, each loaded when a card first needs it."""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - the class of any form
        module, _, form = _CLASSES[name].partition(".")
        return getattr(__import__(f"{__name__}.{module}", fromlist=[form]), form)

    def __iter__(self) -> Iterator[str]:
        return iter(_CLASSES)

    def __len__(self) -> int:
        return len(_CLASSES)


FORMS: Mapping[str, Any] = _Forms()

DEFAULT_FORM = {Kind.COMMAND: "type", Kind.FLAG: "type", Kind.CONCEPT: "recall"}
