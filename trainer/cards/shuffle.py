"""Shuffling without chance: the same seed gives the same order everywhere."""

from trainer.language.digest import digest


def shuffled(count: int, seed: str) -> tuple[int, ...]:
    """Return the numbers below `count` in an order that the seed decides."""

    def key(number: int) -> bytes:
        return digest(f"{seed}/{number}")

    return tuple(sorted(range(count), key=key))
