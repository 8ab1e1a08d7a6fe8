"""What takes long says so, once, at a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.clean import clean

_PATIENCE = 1.0
"""So many seconds nobody wonders whether anything happens."""


@contextmanager
def said_if_long(
    world: World, key: str, patience: float = _PATIENCE, **values: object
) -> Iterator[None]:
    """Say what is being done where it takes long; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Timer

    said = clean(say(world.language, key, **values))
    timer = Timer(patience, print, [said], {"file": sys.stderr, "flush": True})
    timer.daemon = True  # who interrupts need not wait for it
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
