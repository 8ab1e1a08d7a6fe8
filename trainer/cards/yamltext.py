"""Writing YAML: items whose fields stand on a line each."""

import json
import re
from collections.abc import Mapping

_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*|[1-9][0-9]*(?:-[0-9]+)?")
_OTHER_THAN_TEXT = frozenset(
    ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
)
"""Words that other readers of YAML take for something else."""
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def yaml_item(fields: Mapping[str, object]) -> str:
    """Write a mapping as an item of a list."""
    lines = [f"{name}: {yaml_value(value)}" for name, value in fields.items()]
    return "- " + "\n  ".join(lines) + "\n"


def yaml_value(value: object) -> str:
    """Write a text, or a list or mapping of texts, on one line.

    What could be taken for anything else is written in quotes, as JSON does it.
    """
    match value:
        case str():
            is_plain = _PLAIN.fullmatch(value) and value not in _OTHER_THAN_TEXT
            return value if is_plain else _quoted(value)
        case Mapping():
            pairs = (f"{name}: {yaml_value(one)}" for name, one in value.items())
            return f"{{{', '.join(pairs)}}}"
        case list() | tuple():
            return f"[{', '.join(map(yaml_value, value))}]"
        case _:
            return yaml_value(str(value))
