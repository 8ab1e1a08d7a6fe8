"""What typer says of a wrong command line, in our words and the learner's language."""

import re
from typing import Any

from trainer.language.catalogue import say
from trainer.language.nearest import nearest
from trainer.language.text import Language

_COMMAND = re.compile(r"No such command '(.*?)'")
_EXTRA = re.compile(r"Got unexpected extra argument\S* \((.*)\)", re.DOTALL)
_VALUE = re.compile(r"'?(.*?)'? is not ", re.DOTALL)


def usage_text(error: Any, language: Language) -> str:  # noqa: ANN401 - typer's own copy of click is not to be imported
    """Word an error of typer, and name the help that tells more."""
    command = " ".join(["trainer", *_path(error)])
    return say(language, "usage.error", what=_what(error, language), command=command)


def _path(error: Any) -> list[str]:  # noqa: ANN401 - as above
    """Return the words of the command that was called."""
    context = getattr(error, "ctx", None)
    return context.command_path.split()[1:] if context else []


def _what(error: Any, language: Language) -> str:  # noqa: ANN401 - as above
    kind, text = type(error).__name__, error.format_message()
    if kind == "NoSuchOption":
        known = error.possibilities or _options(error)
        return _unknown("option", error.option_name, known, language)
    if found := _COMMAND.match(text):
        return _unknown("command", found[1], _commands(error), language)
    if kind == "MissingParameter" and error.param is not None:
        name = error.param.human_readable_name
        return say(language, "usage.missing", name=name)
    if kind == "BadParameter" and error.param is not None:
        return _bad_value(error, language)
    if kind == "BadOptionUsage":
        return say(language, "usage.no-value", name=error.option_name)
    found = _EXTRA.match(text)
    return say(language, "usage.extra", words=found[1]) if found else str(text)


def _unknown(what: str, name: str, known: list[str], language: Language) -> str:
    near = nearest(name, known)
    key = f"usage.unknown-{what}-near" if near else f"usage.unknown-{what}"
    return say(language, key, name=name, near=near)


def _bad_value(error: Any, language: Language) -> str:  # noqa: ANN401 - as above
    name = max(error.param.opts, key=len)
    found = _VALUE.match(error.message)
    value, kind = found[1] if found else "", error.param.type
    choices = getattr(kind, "choices", None)
    if choices:
        known = ", ".join(map(str, choices))
        return say(language, "usage.no-choice", name=name, value=value, known=known)
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is not None and most is not None:
        limits = {"least": least, "most": most}
        return say(language, "usage.no-number", name=name, value=value, **limits)
    if least is not None:
        return say(
            language, "usage.no-number-from", name=name, value=value, least=least
        )
    return say(language, "usage.bad-value", name=name, value=value)


def _options(error: Any) -> list[str]:  # noqa: ANN401 - as above
    context = error.ctx
    if context is None:
        return []
    return [name for param in context.command.params for name in param.opts]


def _commands(error: Any) -> list[str]:  # noqa: ANN401 - as above
    return list(getattr(error.ctx.command, "commands", ()))
