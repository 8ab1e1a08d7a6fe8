"""The manual page, made from the command tree: what `man trainer` shows."""

from collections.abc import Iterator
from textwrap import wrap

from typer.core import TyperArgument, TyperOption

from trainer import __version__
from trainer.cli.reference import ENVIRONMENT, EXIT_CODES, FILES
from trainer.cli.tree import (
    AnyCommand,
    Found,
    parameters,
    root_of,
    subcommands,
    summary,
    takes_value,
    walk,
)
from trainer.language.catalogue import say

_EXAMPLE = "Example: "
_COLUMNS = 72
_LAST_LINE = (
    "Data goes to standard output, all else to standard error. "
    "Options that stand before the command may stand after it as well."
)


def man_page() -> str:
    """Return the page in roff, in the macros of man(7)."""
    root = root_of([])
    found = [(path, one) for path, one in walk(root) if path]
    return "\n".join(_lines(root, found)) + "\n"


def _lines(root: AnyCommand, found: list[Found]) -> Iterator[str]:
    yield r".\" Made by `make man`; do not edit."
    yield f'.TH TRAINER 1 "" "trainer {__version__}" "User Commands"'
    yield ".SH NAME"
    yield f"trainer \\- {_text(summary(root).rstrip('.').lower())}"
    yield ".SH SYNOPSIS"
    yield ".B trainer"
    yield r"[\fIoptions\fR] [\fIcommand\fR [\fIarguments\fR]]"
    yield ".SH DESCRIPTION"
    yield from _prose(f"{root.help}\n\nWithout a command it shows today at a glance.")
    yield ".PP"
    yield from _prose(_LAST_LINE)
    yield ".SH COMMANDS"
    for path, command in found:
        yield from _command(path, command)
    yield ".SH OPTIONS"
    yield from _options(root)
    yield from _reference()
    yield ".SH EXAMPLES"
    yield ".nf"
    yield from dict.fromkeys(_text(example(command)) for _, command in found)
    yield ".fi"


def example(command: AnyCommand) -> str:
    """Return the command line that a command's help shows."""
    return (command.epilog or "").removeprefix(_EXAMPLE)


def _command(path: tuple[str, ...], command: AnyCommand) -> Iterator[str]:
    if subcommands(command) and not parameters(command):
        return
    yield f".SS trainer {' '.join((*map(_text, path), *_operands(command)))}"
    yield from _prose(command.help or "")
    yield from _options(command)


def _operands(command: AnyCommand) -> Iterator[str]:
    for one in parameters(command):
        if isinstance(one, TyperArgument):
            name = (one.metavar or f"{one.human_readable_name.upper()}").strip("[]")
            name += "..." if one.nargs < 0 and not name.endswith("...") else ""
            yield _text(name if one.required else f"[{name}]")


def _options(command: AnyCommand) -> Iterator[str]:
    for one in parameters(command):
        if isinstance(one, TyperOption):
            names = ", ".join(rf"\fB{_text(name)}\fR" for name in one.opts)
            yield ".TP"
            yield f"{names} {_value(one)}" if takes_value(one) else names
            yield from _prose(one.help or "")


def _value(option: TyperOption) -> str:
    choices = getattr(option.type, "choices", None)
    kind = "N" if "int" in option.type.name else "TEXT"
    value = "|".join(map(str, choices)) if choices else option.metavar or kind
    return rf"\fI{_text(value)}\fR"


def _reference() -> Iterator[str]:
    yield ".SH ENVIRONMENT"
    for key, names in ENVIRONMENT.items():
        yield from _entry(", ".join(names), f"environment-{key}")
    yield ".SH FILES"
    yield from _prose("In $TRAINER_HOME, else in the platform's data folder:")
    for key, name in FILES.items():
        yield from _entry(name, f"file-{key}")
    yield ".SH EXIT STATUS"
    for code in EXIT_CODES:
        yield from _entry(str(code), f"exit-{code}")


def _entry(name: str, key: str) -> Iterator[str]:
    yield ".TP"
    yield rf"\fB{_text(name)}\fR"
    yield from _prose(say("en", f"help.{key}"))


def _prose(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        if number:
            yield ".PP"
        for line in wrap(paragraph, _COLUMNS, break_on_hyphens=False):
            yield _text(line)


def _text(text: str) -> str:
    """Return a text that roff takes for nothing else."""
    safe = text.replace("\\", r"\e").replace("-", r"\-").replace("`", r"\(ga")
    safe = safe.replace("'", r"\(aq").replace("~", r"\(ti").replace("^", r"\(ha")
    return rf"\&{safe}" if safe.startswith(".") else safe
