"""Matching what two commands say: options with options, operands with operands."""

import re
from collections.abc import Sequence

from trainer.grading.difference import Difference, Places
from trainer.grading.images import tag_of
from trainer.grading.meaning import WORD, Item, Meaning, Piece
from trainer.grading.ports import PART
from trainer.grading.shell import HOLE
from trainer.grading.unify import Bindings, unify


class Matcher:
    """Matches one command; `bound` gathers what placeholders stand for."""

    def __init__(self, bound: Bindings) -> None:
        self.bound = bound

    def match_items(
        self, expected: Sequence[Item], given: Sequence[Item]
    ) -> list[Difference]:
        """Match options and redirects; those of one slot that differ are one thing."""
        left = list(given)
        lacking = []
        for one in sorted(expected, key=lambda item: item.value.count(HOLE)):
            match = next((other for other in left if self._is_item(one, other)), None)
            if match is None:
                lacking.append(one)
            else:
                left.remove(match)
        found: list[Difference] = []
        for one in sorted(lacking, key=expected.index):
            rival = next((other for other in left if other.slot == one.slot), None)
            if rival is None:
                places: Places = ()
                found.append(_about("missing-option", one, one.typed, "", places))
            else:
                left.remove(rival)
                found.append(_wrong_value(one, rival))
        return found + [_extra(one) for one in left if _counts(one, given)]

    def _is_item(self, expected: Item, given: Item) -> bool:
        if expected.slot != given.slot:
            return False
        if _lacks_tag(expected.value, given.raw) and _is_image(expected):
            return False
        return self.is_text(expected.value, given.value)

    def is_text(self, expected: str, given: str) -> bool:
        """Tell whether a text is what is expected, and keep what that binds."""
        found = unify(expected, given, self.bound)
        if found is None:
            return False
        self.bound = found
        return True

    def match_pieces(self, wanted: Meaning, typed: Meaning) -> list[Difference]:
        """Match operands, in order where order counts."""
        bags: list[list[Piece]] = [[], []]
        rows: list[list[Piece]] = [[], []]
        for side, meaning in enumerate((wanted, typed)):
            for piece in meaning.pieces:
                (rows if piece.ordered else bags)[side].append(piece)
        return [*self._match_row(*rows), *self.match_bag(*bags)]

    def match_bag(
        self, expected: Sequence[Piece], given: Sequence[Piece]
    ) -> list[Difference]:
        """Match what may stand in any order."""
        left, lacking = list(given), []
        for one in sorted(expected, key=lambda piece: HOLE in piece.value):
            match = next((x for x in left if self.is_text(one.value, x.value)), None)
            if match is None:
                lacking.append(one)
            else:
                left.remove(match)
        pairs = list(zip(lacking, left, strict=False))
        found = [_wrong_piece(one, other) for one, other in pairs]
        found += [_lacking_piece(one) for one in lacking[len(pairs) :]]
        return found + [_extra_piece(one) for one in left[len(pairs) :]]

    def _match_row(self, expected: list[Piece], given: list[Piece]) -> list[Difference]:
        if len(expected) == len(given) == 2 and _are_swapped(expected, given):  # noqa: PLR2004
            one, other = given
            said = f"{expected[0].raw} {expected[1].raw}"
            places = ((one.start, other.end),)
            return [
                Difference(
                    "swapped-operands", one.role, said, f"{one.raw} {other.raw}", places
                )
            ]
        fixed = [piece for piece in expected if piece.role != "command"]
        tail = expected[len(fixed) :]
        count = min(len(fixed), len([one for one in given if one.role != "command"]))
        found = self.side_by_side(fixed[:count], given[:count])
        found += [_lacking_piece(one) for one in fixed[count:]]
        rest = given[count:]
        if any(one.role == "command" for one in (*tail, *rest)):
            return found + self._match_tail(tail, rest)
        return found + [_extra_piece(one) for one in rest]

    def side_by_side(
        self, expected: Sequence[Piece], given: Sequence[Piece]
    ) -> list[Difference]:
        """Match as many operands as there are, each with its neighbour."""
        return [
            _wrong_piece(one, other)
            for one, other in zip(expected, given, strict=True)
            if not self._is_piece(one, other)
        ]

    def _is_piece(self, expected: Piece, given: Piece) -> bool:
        if _lacks_tag(expected.value, given.raw):
            return False
        return self.is_text(expected.value, given.value)

    def _match_tail(
        self, expected: Sequence[Piece], given: Sequence[Piece]
    ) -> list[Difference]:
        """Match the command line that runs in a container."""
        same_length = len(expected) == len(given)
        if same_length and not self.side_by_side(expected, given):
            return []
        wanted, typed = _joined(expected), _joined(given)
        places = ((given[0].start, given[-1].end),) if given else ()
        kind = "wrong-tail" if wanted and typed else "missing-tail"
        if not wanted:
            kind = "extra-tail"
        return [Difference(kind, wanted or typed, wanted, typed, places)]

    def match_words(
        self, expected: Sequence[Piece], given: Sequence[Piece]
    ) -> list[Difference]:
        """Match the words of a program that no grammar knows."""
        if len(expected) == len(given):
            return self.side_by_side(expected, given)
        left, lacking = list(given), []
        for one in expected:
            match = next((x for x in left if self.is_text(one.value, x.value)), None)
            if match is None:
                lacking.append(one)
            else:
                left.remove(match)
        found = [*map(_lacking_piece, lacking), *map(_extra_piece, left)]
        return found or [Difference("order", "word")]


def _about(
    kind: str, item: Item, expected: str, got: str, places: Places
) -> Difference:
    return Difference(kind, _subject(item), expected, got, places, item)


def _subject(item: Item) -> str:
    if item.option is None:
        return item.spelled or item.raw
    return f"--{item.option.long}"


def _wrong_value(expected: Item, given: Item) -> Difference:
    kind = "swapped" if _is_swapped(expected.raw, given.raw) else "wrong-value"
    places = ((given.start, given.end),)
    return Difference(
        kind, _subject(given), expected.typed, given.typed, places, expected, given.raw
    )


def _is_swapped(one: str, other: str) -> bool:
    first, second = one.strip("'\"").split(":"), other.strip("'\"").split(":")
    return len(first) > 1 and first[:2] == second[1::-1] and first[2:] == second[2:]


def _extra(item: Item) -> Difference:
    places = ((item.start, item.end),)
    return _about("extra-option", item, "", item.typed, places)


def _counts(extra: Item, given: Sequence[Item]) -> bool:
    """Tell whether an item does anything; a variable does if the client reads it."""
    if not extra.slot.endswith("="):
        return True
    name = extra.slot.removesuffix("=")
    passed = any(one.value == name for one in given)
    if extra.typed == "DOCKER_BUILDKIT=1":
        return False
    return passed or _READ_BY_CLIENTS.match(name) is not None


_READ_BY_CLIENTS = re.compile(
    r"DOCKER_|BUILD|COMPOSE_|SSH_|HOME$|PATH$|PWD$|TMPDIR$|\w+_proxy$", re.IGNORECASE
)


def _lacks_tag(expected: str, raw: str) -> bool:
    """Tell whether a placeholder asks for a tag that was not typed."""
    if PART not in expected:
        return False
    return HOLE in expected.rpartition(PART)[2] and not tag_of(raw)


def _is_image(item: Item) -> bool:
    return item.option is not None and item.option.kind == "image"


def _are_swapped(expected: Sequence[Piece], given: Sequence[Piece]) -> bool:
    one, other = (piece.value for piece in expected)
    values = [piece.value for piece in given]
    return one != other and HOLE not in one + other and values == [other, one]


def _wrong_piece(expected: Piece, given: Piece) -> Difference:
    places = ((given.start, given.end),)
    return Difference("wrong-operand", given.role, expected.raw, given.raw, places)


def _lacking_piece(piece: Piece) -> Difference:
    if piece.role == WORD:
        return Difference("missing-word", piece.raw, piece.raw)
    return Difference("missing-operand", piece.role, piece.raw)


def _extra_piece(piece: Piece) -> Difference:
    places = ((piece.start, piece.end),)
    if piece.role == WORD:
        return Difference("extra-word", piece.raw, "", piece.raw, places)
    return Difference("extra-operand", piece.role, "", piece.raw, places)


def _joined(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.raw for piece in pieces)
