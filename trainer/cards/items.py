"""The one long list of items in a file, which are given away one after the other."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from trainer.cards.node import Mapping, Mark, Node, Sequence
from trainer.cards.pieces import Layout
from trainer.cards.report import Report


class Taker(Protocol):
    """Takes the items of a file, one after the other."""

    def take(self, item: Node, at: Mark) -> None:
        """Take one item, and where it stands."""
        ...


T = TypeVar("T", bound=Taker)

Begin = Callable[[Mapping, Mark, Report], T]
"""Makes what takes the items of a file with a head; where items are in doubt, anew."""


class Items(Generic[T]):
    """The list of items in a file: what takes them, and what is wrong with them.

    The head is what stands above the list, unless the whole one is known already.
    """

    def __init__(
        self,
        layout: Layout,
        begin: Begin[T],
        path: str,
        head: Mapping | None = None,
    ) -> None:
        self.report = Report(path)
        self.taker: T | None = None
        self.head_goes_on = False
        self._name = layout.items
        self._begin = begin
        self._head = head

    def are_named(self, name: Node) -> bool:
        """Whether the items have a name, which stands but once in the file."""
        is_list = self._head is None or isinstance(self._head[self._name], Sequence)
        return name == self._name and is_list

    def open(self, above: Mapping, at: Mark) -> T:
        """Make what takes the items."""
        self.taker = self._begin(self._head or above, at, self.report)
        return self.taker

    def give(self, items: Sequence) -> None:
        """Give away items that have been read already."""
        if self.taker is not None:
            for item, mark in zip(items, items.marks, strict=True):
                self.taker.take(item, mark)
