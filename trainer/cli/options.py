"""The global options, which stand before or after the command. Starts fast."""

import os
import sys

from trainer.storage.configuration.chosen import Configuration, read_configuration
from trainer.storage.home import data_folder

LANGUAGES = ("en", "zh")
BOTH = "both"
"""Both languages, which only `export` can write."""

COLORS = ("auto", "always", "never")
SWITCHES = {
    "--plain": "plain",
    "--ascii": "said_ascii",
    "--no-input": "no_input",
    "--debug": "debug",
}
VALUES = {
    "--lang": "said_lang",
    "--color": "said_color",
    "--home": "home",
    "--decks": "decks",
}


class Options:
    """What holds for all commands.

    What was said on the command line comes first, then the environment, then the
    configuration, then what suits the place.
    """

    __slots__ = (
        "_configuration",
        "debug",
        "decks",
        "home",
        "no_input",
        "plain",
        "said_ascii",
        "said_color",
        "said_lang",
    )

    def __init__(self) -> None:
        self._configuration: Configuration | None = None
        self.said_lang = self.said_color = ""
        self.home: str | None = None
        self.decks: str | None = None
        self.plain = self.said_ascii = self.no_input = self.debug = False

    @property
    def configuration(self) -> Configuration:
        """What the learner's file says; it is read once, when first asked for."""
        if self._configuration is None:
            # until it is read, so that what is wrong with the folder can be told
            self._configuration = Configuration("")
            self._configuration = read_configuration(data_folder(self.home))
        return self._configuration

    @property
    def lang(self) -> str:
        """The language to speak."""
        said = "" if self.said_lang == BOTH else self.said_lang
        said = said or environment_language()
        return said or self.configuration.choice("language", "") or locale_language()

    @property
    def text_languages(self) -> tuple[str, ...]:
        """The languages to write card texts in, the one spoken first."""
        others = [one for one in LANGUAGES if one != self.lang]
        return (self.lang, *(others if self.said_lang == BOTH else ()))

    @property
    def ascii(self) -> bool:
        """Whether to draw with ASCII only: wanted, or the encoding lacks our signs."""
        from trainer.terminal.signs import can_draw

        chosen = self.configuration.switch("terminal.ascii", default=False)
        return self.said_ascii or chosen or not can_draw(sys.stdout.encoding)

    @property
    def by_lines(self) -> bool:
        """Whether to ask line by line: wanted, or the terminal can do no other."""
        return self.plain or os.environ.get("TERM") == "dumb"

    def colored(self, stream_is_terminal: bool) -> bool:
        """Whether to print in colour."""
        color = self.said_color
        if color in {"", "auto"}:
            color = environment_color() or color
        color = color or self.configuration.choice("terminal.color", "auto")
        if color != "auto":
            return color == "always"
        return stream_is_terminal and os.environ.get("TERM") != "dumb"


def split_options(words: list[str], options: Options) -> list[str]:
    """Take the global options out of a command line, up to `--`; return the rest."""
    rest = _split(list(words), options)
    if options.said_lang == BOTH and rest[:1] != ["export"]:
        raise _bad_value("--lang", BOTH, LANGUAGES)
    return rest


def _split(queue: list[str], options: Options) -> list[str]:
    rest: list[str] = []
    while queue:
        word = queue.pop(0)
        if word == "--":
            return [*rest, word, *queue]
        name, equals, value = word.partition("=")
        if name in VALUES:
            _set_value(options, name, value if equals else _taken(name, queue))
        elif word in SWITCHES:
            setattr(options, SWITCHES[word], True)
        else:
            rest.append(word)
    return rest


def environment_language() -> str:
    """Return the language of `TRAINER_LANG`, or nothing where it is not set."""
    return _language_of(os.environ.get("TRAINER_LANG", ""))


def locale_language() -> str:
    """Return the language of the locale, else English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next(filter(None, map(os.environ.get, names)), None)
    return _language_of(locale or "en")


def _language_of(name: str) -> str:
    if not name:
        return ""
    return "zh" if name.lower().startswith("zh") else "en"


def environment_color() -> str:
    """Return when to use colour; see no-color.org and force-color.org."""
    if os.environ.get("NO_COLOR"):
        return "never"
    return "always" if os.environ.get("FORCE_COLOR") else ""


def _taken(name: str, queue: list[str]) -> str:
    if queue:
        return queue.pop(0)
    raise _usage_error("option-needs-value", name=name)


def _set_value(options: Options, name: str, value: str) -> None:
    allowed = {"--lang": (*LANGUAGES, BOTH), "--color": COLORS}.get(name)
    if allowed and value not in allowed:
        raise _bad_value(name, value, allowed)
    if not value:
        raise _usage_error("option-needs-value", name=name)
    setattr(options, VALUES[name], value)


def _bad_value(name: str, value: str, allowed: tuple[str, ...]) -> Exception:
    known = ", ".join(allowed)
    return _usage_error("bad-option-value", name=name, value=value, known=known)


def _usage_error(key: str, **values: object) -> Exception:
    from trainer.cli.mistakes import UsageError

    return UsageError(key, **values)


def is_terminal() -> bool:
    """Whether someone sits at a terminal, to read and to type."""
    return sys.stdin.isatty() and sys.stdout.isatty()
