"""Writing YAML: items whose fields stand on a line each."""

import json
import re
from collections.abc import Mapping

_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*|[1-9][0-9]*(?:-[0-9]+)?")
_OTHER_THAN_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false"})
"""Words that other readers of YAML take for something else; so does `null`."""


def yaml_item(fields: Mapping[str, object]) -> str:
    """Write a mapping as an item of a list."""
    lines = [f"{name}: {yaml_value(value)}" for name, value in fields.items()]
    return "- " + "\n  ".join(lines) + "\n"


def yaml_value(value: object) -> str:
    """Write a text, or a list or mapping of texts, on one line.

    What could be taken for anything else is written in quotes, as JSON does it.
    """
    match value:
        case Mapping():
            pairs = (f"{name}: {yaml_value(one)}" for name, one in value.items())
            return f"{{{', '.join(pairs)}}}"
        case list() | tuple():
            return f"[{', '.join(map(yaml_value, value))}]"
        case _:
            text = str(value)
            plain = _PLAIN.fullmatch(text) and text not in _OTHER_THAN_TEXT | {"null"}
            return text if plain else json.dumps(text, ensure_ascii=False)
