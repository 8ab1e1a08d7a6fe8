"""The catalogues of messages. Starts fast: each part is loaded when first needed."""

_PARTS: dict[tuple[str, str], dict[str, str]] = {}


def say(language: str, key: str, **values: object) -> str:
    """Word a message of the catalogues in a language.

    The part of `key` before the first dot names the catalogue file. A count chooses
    its noun in the template: `{n} {n:plural card/cards}`. Texts and messages among
    the values are worded too. Values are data: braces in them mean nothing.
    """
    template = catalogue(language, key.partition(".")[0])[key]
    return template.format_map(
        {name: _worded(language, value) for name, value in values.items()}
    )


def catalogue(language: str, part: str) -> dict[str, str]:
    """Return one part of a language's messages by key."""
    name = str(language), part
    if name not in _PARTS:
        path = f"trainer.language.catalogues.{name[0]}.{part}"
        module = __import__(path, fromlist=["MESSAGES"])  # importlib starts slower
        _PARTS[name] = module.MESSAGES
    return _PARTS[name]


class _Count(int):
    """A number that can choose a noun."""

    def __format__(self, format_spec: str) -> str:
        if not format_spec.startswith("plural "):
            return int.__format__(self, format_spec)
        one, many = format_spec.removeprefix("plural ").split("/")
        return one if self == 1 else many


def _worded(language: str, value: object) -> object:
    if isinstance(value, int):
        return _Count(value)
    in_language = getattr(value, "in_language", None)
    return in_language(language) if in_language else value
