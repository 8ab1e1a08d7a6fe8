"""What was exported to Anki, and since when it is as it was then.

Nothing is lost with this file: the next export dates all notes anew.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress

from trainer.cards.card import CardId
from trainer.storage.deckfiles import read_plain
from trainer.storage.wholefile import write_whole

_FILE = "anki.json"


def read_editions(home: str) -> dict[CardId, tuple[str, int]]:
    """Return digest and instant of each card's note; none where nothing is known."""
    try:
        found = json.loads(read_plain(os.path.join(home, _FILE)))
        return {
            CardId(card): (str(digest), int(since))
            for card, (digest, since) in found.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def write_editions(editions: Mapping[CardId, tuple[str, int]], home: str) -> None:
    """Keep them, if the folder can be written to."""
    with suppress(OSError):
        write_whole(json.dumps(editions, indent=0), os.path.join(home, _FILE))
