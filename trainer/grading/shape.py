"""The shape of a grammar file, and the check of one that somebody else wrote."""

from collections.abc import Callable, Mapping
from typing import NotRequired, TypedDict, cast

from trainer.language.errors import TrainerError
from trainer.language.text import message

SCHEMA = 1


class OptionData(TypedDict):
    """An option as it stands in the file; see `Option` for what the fields say."""

    long: str
    short: NotRequired[str]
    type: NotRequired[str]
    default: NotRequired[str]
    same: NotRequired[list[str]]
    bare: NotRequired[str]
    repeatable: NotRequired[bool]
    kind: NotRequired[str]
    synonyms: NotRequired[list[str]]
    hidden: NotRequired[bool]
    plugin: NotRequired[str]
    since: NotRequired[str]
    deprecated: NotRequired[str]
    removed: NotRequired[str]
    instead: NotRequired[str]


class OperandData(TypedDict):
    """An operand as it stands in the file; `most` of null has no end."""

    role: str
    least: NotRequired[int]
    most: NotRequired[int | None]
    ordered: NotRequired[bool]


class CommandData(TypedDict):
    """A command as it stands in the file; names are words with one blank between."""

    path: str
    aliases: NotRequired[list[str]]
    options: NotRequired[list[OptionData]]
    operands: NotRequired[list[OperandData]]
    interspersed: NotRequired[bool]
    runnable: NotRequired[bool]
    hidden: NotRequired[bool]
    opaque: NotRequired[bool]
    plugin: NotRequired[str]
    since: NotRequired[str]
    deprecated: NotRequired[str]
    removed: NotRequired[str]
    instead: NotRequired[str]
    slips: NotRequired[dict[str, str]]


class GrammarData(TypedDict):
    """A grammar file: `options` come before the first command word.

    `everywhere` are options that every command takes.
    """

    schema: int
    program: str
    version: str
    options: NotRequired[list[OptionData]]
    everywhere: NotRequired[list[OptionData]]
    commands: list[CommandData]


class GrammarError(TrainerError):
    """A grammar file has something that cannot be; `where` is a path into it."""


def check_grammar(data: object) -> GrammarData:
    """Return `data` if it has the shape of a grammar file.

    Raises `GrammarError` at the first thing that has not.
    """
    where = ""
    schema = data.get("schema") if isinstance(data, dict) else SCHEMA
    if schema != SCHEMA:
        raise _fault(where, "schema", found=repr(schema), known=SCHEMA)
    _grammar(data, where)
    return cast("GrammarData", data)


_Check = Callable[[object, str], None]


def _fault(where: str, kind: str, **values: object) -> GrammarError:
    return GrammarError(f"grammar-{kind}", where=where or ".", **values)


def _wrong(where: str, wanted: str) -> GrammarError:
    return _fault(where, "value", wanted=message(f"errors.grammar-wants-{wanted}"))


def _is(kind: type, name: str) -> _Check:
    def check(value: object, where: str) -> None:
        if type(value) is not kind:
            raise _wrong(where, name)

    return check


def _list(check_item: _Check) -> _Check:
    def check(value: object, where: str) -> None:
        if not isinstance(value, list):
            raise _wrong(where, "list")
        for number, item in enumerate(value):
            check_item(item, f"{where}[{number}]")

    return check


def _mapping(fields: Mapping[str, _Check], needed: frozenset[str]) -> _Check:
    def check(value: object, where: str) -> None:
        if not isinstance(value, dict):
            raise _wrong(where, "mapping")
        for name in sorted(needed - value.keys()):
            raise _fault(where, "missing", field=name)
        for name, item in value.items():
            if name not in fields:
                raise _fault(where, "unknown", field=name)
            fields[name](item, f"{where}.{name}")

    return check


def _name(value: object, where: str) -> None:
    """Check command words: no empty ones, and one blank between two."""
    if not isinstance(value, str) or value.split() != value.split(" "):
        raise _wrong(where, "words")


def _letter(value: object, where: str) -> None:
    if not isinstance(value, str) or len(value) != 1:
        raise _wrong(where, "letter")


def _count_or_none(value: object, where: str) -> None:
    if value is not None:
        _count(value, where)


def _slips(value: object, where: str) -> None:
    if not isinstance(value, dict):
        raise _wrong(where, "mapping")
    for name, item in value.items():
        _text(item, f"{where}.{name}")


_text = _is(str, "text")
_flag = _is(bool, "flag")
_count = _is(int, "number")
_fate: dict[str, _Check] = {
    "hidden": _flag,
    "plugin": _text,
    "since": _text,
    "deprecated": _text,
    "removed": _text,
    "instead": _text,
}
_option = _mapping(
    {
        "long": _text,
        "short": _letter,
        "type": _text,
        "default": _text,
        "same": _list(_text),
        "bare": _text,
        "repeatable": _flag,
        "kind": _text,
        "synonyms": _list(_text),
        **_fate,
    },
    frozenset({"long"}),
)
_operand = _mapping(
    {"role": _text, "least": _count, "most": _count_or_none, "ordered": _flag},
    frozenset({"role"}),
)
_command = _mapping(
    {
        "path": _name,
        "aliases": _list(_name),
        "options": _list(_option),
        "operands": _list(_operand),
        "interspersed": _flag,
        "runnable": _flag,
        "opaque": _flag,
        "slips": _slips,
        **_fate,
    },
    frozenset({"path"}),
)
_grammar = _mapping(
    {
        "schema": _count,
        "program": _text,
        "version": _text,
        "options": _list(_option),
        "everywhere": _list(_option),
        "commands": _list(_command),
    },
    frozenset({"schema", "program", "version", "commands"}),
)
