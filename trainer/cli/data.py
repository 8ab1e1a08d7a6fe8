"""Data as JSON on standard output: the one place where commands print it."""

import json

from trainer.language.clean import clean_json


def print_json(value: object, *, indent: int | None = None) -> None:
    """Print a value as JSON that shows all its texts, and harms no terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    print(clean_json(text), flush=True)
