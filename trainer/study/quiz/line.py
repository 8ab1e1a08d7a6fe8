"""A command line in its parts, and the edits that make others of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from trainer.grading.explain import Part, explain
from trainer.grading.grammar import Command, Grammar
from trainer.grading.verdict import Span

Cut = tuple[int, int, str]
"""From where to where, and what stands there instead."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a line: `was` became `now`.

    `rank` tells how far what it makes is from the line; 0 is nearest.
    """

    kind: str
    was: str
    now: str
    cuts: tuple[Cut, ...]
    rank: int = 0

    def touches(self, other: "Edit") -> bool:
        """Tell whether both change the same place."""
        return any(
            one[0] < two[1] and two[0] < one[1]
            for one in self.cuts
            for two in other.cuts
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line, and the command it belongs to."""

    part: Part
    command: Command

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.part.span.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.part.span.end

    def becomes(self, kind: str, now: str, rank: int = 0) -> Edit:
        """Return the edit that puts another text in its place."""
        cuts = ((self.start, self.end, now),)
        return Edit(kind, self.part.text, now, cuts, rank)


@dataclass(frozen=True, slots=True)
class Line:
    """A command line, taken to pieces by the grammar; `begin` is where edits may."""

    text: str
    pieces: tuple[Piece, ...]
    grammar: Grammar
    begin: int = 0

    def edited(self, *edits: Edit) -> str:
        """Return the line with changes made, without what stands before `begin`."""
        text = self.text
        cuts = sorted((cut for edit in edits for cut in edit.cuts), reverse=True)
        for start, end, now in cuts:
            text = text[:start] + now + text[end:]
        return text[self.begin :]

    def options(self) -> Iterator[Piece]:
        """Yield the options that may be changed; one of a cluster is its letter."""
        for one in self.pieces:
            if one.part.role == "option" and one.start >= self.begin:
                yield one

    def operands(self) -> tuple[Piece, ...]:
        """Return the operands that may be changed."""
        return tuple(
            one
            for one in self.pieces
            if one.part.role == "operand" and one.start >= self.begin
        )


def read_line(text: str, grammar: Grammar, begin: int = 0) -> Line | None:
    """Take a line to pieces; `None` unless the grammar reads it as it stands."""
    told = explain(text, grammar)
    programs = {one.name for one in told.parts if one.role == "program"}
    if told.repairs or programs != {grammar.program}:
        return None
    return Line(text, tuple(_pieces(text, told.parts, grammar)), grammar, begin)


def _pieces(text: str, parts: Iterable[Part], grammar: Grammar) -> Iterator[Piece]:
    command = grammar.command(())
    for part in parts:
        if part.role == "program":
            command = grammar.command(())
        elif part.role == "command" and part.name:
            command = grammar.command(tuple(part.name.split()))
        yield Piece(_letter(text, part) if _is_clustered(text, part) else part, command)


def _is_clustered(text: str, part: Part) -> bool:
    is_whole = text[part.span.start : part.span.end] == part.text
    return part.role == "option" and not is_whole


def _letter(text: str, part: Part) -> Part:
    """Return an option of a cluster as the letter that stands for it, or its end."""
    at = text.index(part.text[1], part.span.start + 1)
    end = part.span.end if part.value is not None else at + 1
    return replace(part, text=text[at:end], span=Span(at, end))
