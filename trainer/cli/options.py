"""The global options, which stand before or after the command. Starts fast."""

import os
import sys

LANGUAGES = ("en", "zh")
COLORS = ("auto", "always", "never")
_SWITCHES = ("--plain", "--ascii", "--no-input", "--debug")
_VALUES = ("--lang", "--color", "--home", "--decks")


class Options:
    """What was said for all commands."""

    __slots__ = (
        "ascii",
        "color",
        "debug",
        "decks",
        "home",
        "lang",
        "no_input",
        "plain",
    )

    def __init__(self) -> None:
        self.lang = preferred_language()
        self.color = "auto"
        self.home: str | None = None
        self.decks: str | None = None
        self.plain = self.ascii = self.no_input = self.debug = False

    def colored(self, stream_is_terminal: bool) -> bool:
        """Whether to print in colour; see no-color.org and force-color.org."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        return stream_is_terminal and os.environ.get("TERM") != "dumb"


def split_options(words: list[str], options: Options) -> list[str]:
    """Take the global options out of a command line, up to `--`; return the rest."""
    rest: list[str] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word == "--":
            return [*rest, word, *queue]
        name, equals, value = word.partition("=")
        if name in _VALUES:
            _set_value(options, name, value if equals else _taken(name, queue))
        elif word in _SWITCHES:
            setattr(options, word.removeprefix("--").replace("-", "_"), True)
        else:
            rest.append(word)
    return rest


def preferred_language() -> str:
    """Return the language of `TRAINER_LANG`, else of the locale, else English."""
    for name in ("TRAINER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def _taken(name: str, queue: list[str]) -> str:
    if queue:
        return queue.pop(0)
    raise _usage_error("option-needs-value", name=name)


def _set_value(options: Options, name: str, value: str) -> None:
    allowed = {"--lang": LANGUAGES, "--color": COLORS}.get(name)
    if not value or (allowed and value not in allowed):
        known = ", ".join(allowed or ())
        key = "bad-option-value" if allowed else "option-needs-value"
        raise _usage_error(key, name=name, value=value, known=known)
    setattr(options, name.removeprefix("--"), value)


def _usage_error(key: str, **values: object) -> Exception:
    from trainer.cli.mistakes import UsageError

    return UsageError(key, **values)


def is_terminal() -> bool:
    """Whether someone sits at a terminal, to read and to type."""
    return sys.stdin.isatty() and sys.stdout.isatty()
