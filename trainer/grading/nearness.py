"""How near two words are: slips of one key, told apart from other words."""

from collections.abc import Iterable

_LONG_WORD = 6
_LONGEST = 64


def distance(one: str, other: str, limit: int) -> int:
    """Count insertions, deletions, changes and neighbours swapped between two words.

    Counting stops past `limit`.
    """
    if abs(len(one) - len(other)) > limit or max(len(one), len(other)) > _LONGEST:
        return limit + 1
    # a changed letter is one lost and one gained
    if len(set(one) ^ set(other)) > 2 * limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        before, above, row = row, before, [at]
        for to, wanted in enumerate(other, 1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (char != wanted))
            swapped = (
                at > 1 and to > 1 and char == other[to - 2] and one[at - 2] == wanted
            )
            row.append(min(cost, above[to - 2] + 1) if swapped else cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def is_near(typed: str, meant: str) -> bool:
    """Tell whether `typed` is a slip for `meant`: one key, or two in a long word."""
    return 0 < _slips(typed, meant) <= _allowed(meant)


def nearest(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the words that `typed` may be a slip for, nearest first."""
    found = [(_slips(typed, one), one) for one in set(known) if is_near(typed, one)]
    return tuple(word for _, word in sorted(found))


def _slips(typed: str, meant: str) -> int:
    # capitals are one slip, however many
    if typed != meant and typed.casefold() == meant.casefold():
        return 1
    return distance(typed, meant, _allowed(meant))


def _allowed(meant: str) -> int:
    if len(meant) <= 1:
        return 0
    return 2 if len(meant) >= _LONG_WORD else 1
