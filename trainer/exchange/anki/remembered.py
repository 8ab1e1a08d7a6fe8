"""What Anki knows of a card whose answers are not all in its log."""

import json
from typing import Any

from trainer.exchange.anki.rows import (
    LEARN,
    RELEARNING,
    REVIEWING,
    CardRow,
    RevlogRow,
)
from trainer.scheduling.defaults import PARAMETERS
from trainer.scheduling.model import Strength, model_of, nearest_strength

_DAY = 86_400
_NOON = _DAY // 2  # far from where a study day begins and ends
_FIRST, _LATEST = 2 * _DAY, 7_258_032_000  # from 1970 until 2200 in any zone
_FIRST_EASE = 2500
_LONGEST = 36_500
_HARDEST = 1.1  # of an ease that is FSRS's difficulty, from 0.1 on


def remembered(row: CardRow, created: int) -> tuple[int, Strength] | None:
    """Return the strength of a card, and the instant at which it was seen last.

    That is FSRS's own memory, or else what follows from interval and ease. The instant
    is in milliseconds; `created` is when the collection began, in seconds. Without an
    interval, or with numbers out of all bounds, there is nothing to go on from.
    """
    state = _state(row.data)
    strength = _of_fsrs(state) or _of_sm2(row)
    seen = _seen(row, state, created)
    if strength is None or not _FIRST <= seen <= _LATEST:
        return None
    return seen * 1000, strength


def remembered_before(answer: RevlogRow) -> tuple[int, Strength] | None:
    """Return the same of a card before the first answer that the log has of it.

    Where that is not its first one, it tells after which interval it was given, and the
    ease, or with FSRS the difficulty, that followed.
    """
    seen = answer.id // 1000 - answer.last_ivl * _DAY
    if answer.type == LEARN or answer.last_ivl < 1 or seen < _FIRST:
        return None
    ease = (answer.factor or _FIRST_EASE) / 1000
    stability, difficulty = _by_ease(ease, answer.last_ivl)
    if ease <= _HARDEST:
        stability, difficulty = nearest_strength(stability, (ease - 0.1) * 9 + 1)
    return seen * 1000, (stability, difficulty)


def _state(data: object) -> dict[str, Any]:
    """Return what Anki keeps of a card beside its columns."""
    try:
        found = json.loads(data) if isinstance(data, str) else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _of_fsrs(state: dict[str, Any]) -> Strength | None:
    stability, difficulty = _number(state.get("s")), _number(state.get("d"))
    if stability <= 0 or difficulty <= 0:
        return None
    return nearest_strength(stability, difficulty)


def _of_sm2(row: CardRow) -> Strength | None:
    if row.type not in {REVIEWING, RELEARNING} or row.ivl < 1:
        return None
    return _by_ease((row.factor or _FIRST_EASE) / 1000, row.ivl)


def _by_ease(ease: float, interval: int) -> Strength:
    return model_of(PARAMETERS).from_sm2(ease, min(interval, _LONGEST))


def _seen(row: CardRow, state: dict[str, Any], created: int) -> int:
    """Return when a card was seen last, in seconds; never after it was changed."""
    seen = int(_number(state.get("lrt")))
    if seen <= 0 and row.type == REVIEWING:
        due = row.odue if row.odid else row.due
        seen = created + (due - row.ivl) * _DAY + _NOON
    if seen <= 0:
        return row.mod
    return min(seen, row.mod) if row.mod > 0 else seen


def _number(value: object) -> float:
    """Return a number that another program wrote; 0 for anything else."""
    if isinstance(value, int | float) and abs(value) < _LATEST:
        return float(value)
    return 0.0
