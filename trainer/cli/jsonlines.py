"""What commands print as JSON: one object a line, which says what version it is of.

`json` loads `re`, which costs a third of an interpreter start, so commands that start
fast load this only where it is wanted.
"""

import json
from collections.abc import Mapping

from trainer.language.clean import clean_json

_SCHEMA_VERSION = 1


def print_json(said: Mapping[str, object]) -> None:
    """Print an object, at once; no control character of a deck reaches a terminal."""
    whole = {"schema_version": _SCHEMA_VERSION, **said}
    print(clean_json(json.dumps(whole, ensure_ascii=False)), flush=True)
