"""Wrong lines beside a right one, so that no line stands out.

Where two places of a line can be changed, the choices are the right line, each change
alone and both together: no place tells which line has most in common with the others.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, islice, zip_longest

from trainer.cards.shuffle import shuffled
from trainer.study.quiz import edits
from trainer.study.quiz.choices import alike
from trainer.study.quiz.line import Edit
from trainer.study.quiz.soundness import are_distinct
from trainer.study.quiz.wanted import Wanted

MAKERS: tuple[edits.Making, ...] = (
    edits.other_option,
    edits.other_command,
    edits.mixed_up_command,
    edits.turned_value,
    edits.turned_operands,
    edits.other_case,
    edits.behind_operand,
    edits.left_out,
    edits.foreign_option,
)
_ENOUGH = 7
_MOST_JUDGED = 16
_MOST_PAIRS = 6
_NOISE = 10
"""By so much the seed may put one edit before a nearer one."""


def wrong_lines(wanted: Wanted, seed: str, said: str | None) -> tuple[str, ...]:
    """Return wrong lines that look like the right one, none where there are too few.

    `said` is a line that is worth being among them, if it is wrong.
    """
    sound = sound_edits(wanted, seed)
    if said and wanted.refuses(said):
        alone = [said, *(wanted.line.edited(one) for one in sound)]
        return _looking_alike(wanted, alone)
    return (
        next(_crossed(wanted, sound), ())
        or next(_at_one_place(wanted, sound), ())
        or _looking_alike(wanted, [wanted.line.edited(one) for one in sound])
    )


def sound_edits(wanted: Wanted, seed: str) -> list[Edit]:
    """Return some edits that make the line wrong, of many places and kinds."""
    made = list(chain.from_iterable(make(wanted.line) for make in MAKERS))
    found = (
        one
        for one in islice(_in_turn(made, seed), _MOST_JUDGED)
        if wanted.refuses(wanted.line.edited(one))
    )
    return list(islice(found, _ENOUGH))


def _in_turn(made: Sequence[Edit], seed: str) -> Iterator[Edit]:
    """Yield edits of each place and kind in turn, near ones first."""
    groups: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for place, at in enumerate(shuffled(len(made), seed)):
        one = made[at]
        key = one.kind, one.cuts[0][0]
        groups.setdefault(key, []).append((one.rank + place % _NOISE, at))
    late = [key for key in groups if key[0] in _LAST_RESORT]
    soon = [key for key in groups if key[0] not in _LAST_RESORT]
    for keys in (soon, late):
        for row in zip_longest(*(sorted(groups[key]) for key in keys)):
            yield from (made[one[1]] for one in row if one is not None)


_LAST_RESORT = ("foreign",)


def _crossed(wanted: Wanted, sound: Sequence[Edit]) -> Iterator[tuple[str, ...]]:
    """Yield two changes, and both together."""
    pairs = (
        (one, two)
        for one, two in combinations(sound, 2)
        if not one.touches(two)
        and one.now != two.now
        and "left-out" not in (one.kind, two.kind)
    )
    for one, two in islice(pairs, _MOST_PAIRS):
        texts = tuple(
            wanted.line.edited(*each) for each in ((one,), (two,), (one, two))
        )
        if wanted.refuses(texts[-1]) and _is_fit(wanted, texts):
            yield texts


def _at_one_place(wanted: Wanted, sound: Sequence[Edit]) -> Iterator[tuple[str, ...]]:
    """Yield three changes of one place."""
    for three in combinations(sound, 3):
        if all(one.touches(two) for one, two in combinations(three, 2)):
            texts = tuple(wanted.line.edited(one) for one in three)
            if _is_fit(wanted, texts):
                yield texts


def _looking_alike(wanted: Wanted, texts: Sequence[str]) -> tuple[str, ...]:
    """Return three of some wrong lines, or two."""
    for count in (3, 2):
        for some in islice(combinations(texts, count), _MOST_PAIRS):
            if _is_fit(wanted, some):
                return some
    return ()


def _is_fit(wanted: Wanted, texts: Sequence[str]) -> bool:
    if any("`" in one for one in texts) or not alike([wanted.answer, *texts]):
        return False
    return are_distinct([wanted.answer, *texts], wanted.same)
