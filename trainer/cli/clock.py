"""The clock. Nothing else in the program reads it."""

import os
from datetime import datetime, timedelta
from time import monotonic_ns

EARLIEST, LATEST = 1990, 2200

_SECOND = timedelta(seconds=1)
"""Zones are kept in whole seconds."""


class SystemClock:
    """The time, or the instant that `TRAINER_NOW` makes the program believe."""

    def __init__(self) -> None:
        self._fixed = _fixed_now(os.environ.get("TRAINER_NOW", ""))

    @property
    def is_fixed(self) -> bool:
        """Whether time stands still."""
        return self._fixed is not None

    def now(self) -> datetime:
        """Return the instant with the local zone offset, in whole milliseconds."""
        now = self._fixed or datetime.now().astimezone()  # noqa: TID251 - the one place
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def ticks(self) -> int:
        """Return milliseconds of a clock that never jumps."""
        return 0 if self._fixed else monotonic_ns() // 1_000_000


def _fixed_now(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text.strip())
        if EARLIEST <= at.year <= LATEST:
            at = at if at.tzinfo else at.astimezone()
            offset = at.utcoffset()
            if offset is not None and not offset % _SECOND:
                return at
    except ValueError:
        pass
    from trainer.cli.mistakes import UsageError

    raise UsageError("bad-now", value=text)
