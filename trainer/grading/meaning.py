"""What a command does, whatever way it is written.

Options become items with canonical values; an item that says what is in force anyway is
dropped. Operands get the roles of the grammar.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from trainer.grading.commandline import Invocation
from trainer.grading.grammar import Command, Option
from trainer.grading.options import Given
from trainer.grading.shell import SIGNS, Redirect, Word
from trainer.grading.values import (
    EMPTY_KINDS,
    KEYED_KINDS,
    MOUNT_KINDS,
    ORDERED_KINDS,
    SET_KINDS,
    TRUE,
    key_of,
    read_value,
    value_kind,
)

WORD = "word"
"""The role of what is said to a program that no grammar knows."""
MOUNTS = "mount"
STDIN, STDOUT = "<", ">"
"""Slots where several options and redirects meet."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that an option, a redirect or an assignment says.

    Items of one `slot` compete; where the order of values matters, each has a slot of
    its own. `value` is canonical, `typed` is how it was written, `spelled` and `raw`
    its name and value. What no option says has no `option`.
    """

    slot: str
    value: str
    spelled: str
    raw: str
    typed: str
    start: int
    end: int
    option: Option | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """An operand by its role; `value` is canonical."""

    role: str
    value: str
    raw: str
    start: int
    end: int
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a command of a known program does."""

    path: tuple[str, ...]
    items: tuple[Item, ...]
    pieces: tuple[Piece, ...]
    invocation: Invocation


def plain_meaning(invocation: Invocation) -> Meaning:
    """Return what an invocation does; only for those with a command or none."""
    command = invocation.command
    items = [*_items(invocation.options), *_items(invocation.given)]
    items += _redirected(invocation.redirects)
    items += map(_assigned, invocation.assignments)
    pieces = _pieces(command, invocation.operands, items) if command else []
    return Meaning(invocation.path, tuple(items), tuple(pieces), invocation)


def _items(given: tuple[Given, ...]) -> list[Item]:
    by_slot: dict[str, list[Given]] = {}
    for one in given:
        by_slot.setdefault(one.option.long, []).append(one)
    found: list[Item] = []
    for same in by_slot.values():
        found.extend(_of_option(same))
    return found


def _of_option(given: list[Given]) -> list[Item]:
    option = given[0].option
    if option.type == "bool":
        return _switch(given[-1])
    kind = value_kind(option)
    if not option.repeatable:
        given = given[-1:]
    elif kind in KEYED_KINDS:
        given = list({key_of(one.value): one for one in given}.values())
    elif kind in SET_KINDS:
        given = list({read_value(kind, one.value): one for one in given}.values())
    items = [item for one in given for item in _values(one, kind)]
    if kind in ORDERED_KINDS and option.repeatable and len(items) > 1:
        return [replace(one, slot=f"{one.slot} {at}") for at, one in enumerate(items)]
    return items


def _switch(given: Given) -> list[Item]:
    value = "true" if given.value in TRUE else "false"
    if given.option.default == value:
        return []
    return [item_of(given, given.option.long, value)]


def _values(given: Given, kind: str) -> list[Item]:
    option = given.option
    values = read_value(kind, given.value)
    if values in _in_force(option, kind) or _is_none(given, kind):
        return []
    slot = MOUNTS if kind in MOUNT_KINDS else option.long
    return [item_of(given, slot, value) for value in values]


def _is_none(given: Given, kind: str) -> bool:
    repeats = given.option.repeatable and kind not in ("filter", "platform")
    return not given.value and kind in EMPTY_KINDS and not repeats


def _in_force(option: Option, kind: str) -> list[tuple[str, ...]]:
    if not option.default:
        return []
    return [read_value(kind, one) for one in (option.default, *option.same)]


def item_of(given: Given, slot: str, value: str) -> Item:
    """Make an item of an option."""
    raw = given.typed.removeprefix(given.spelled).lstrip(" =") or given.value
    return Item(
        slot,
        value,
        given.spelled,
        raw if given.option.type != "bool" else "",
        given.typed,
        given.start,
        given.end,
        given.option,
    )


def _redirected(redirects: Iterable[Redirect]) -> list[Item]:
    found = []
    for one, is_early in _in_pairs(list(redirects)):
        op = {">|": ">", "<<-": "<<"}.get(one.op, one.op)
        slot = STDOUT if op in (">", ">>") and one.fd in ("", "1") else f"{one.fd}{op}"
        slot = STDIN if op == "<" and one.fd in ("", "0") else slot
        value = f"{op} {read_value('path', one.target.text)[0]}{' early' * is_early}"
        blank = "" if one.op.endswith("&") else " "
        typed = f"{one.fd}{one.op}{blank}{one.target.raw}"
        found.append(
            Item(slot, value, one.op, one.target.raw, typed, one.start, one.end)
        )
    return found


def _in_pairs(redirects: Sequence[Redirect]) -> Iterator[tuple[Redirect, bool]]:
    """Take `&> f` for `> f 2>&1`; tell which `2>&1` stand before what they follow."""
    apart: list[Redirect] = []
    for one in redirects:
        both = one.op.startswith("&>") or (
            one.op == ">&" and not one.fd and not one.target.text.isdigit()
        )
        errors = Word("1", f"1 ({one.op})", one.start, one.end)
        apart.append(replace(one, op=one.op.strip("&")) if both else one)
        apart += [replace(one, fd="2", op=">&", target=errors)] * both
    for at, one in enumerate(apart):
        later = {(other.fd or "1") for other in apart[at + 1 :] if ">" in other.op}
        yield one, one.op == ">&" and one.target.text in later


def _assigned(word: Word) -> Item:
    name, _, value = word.text.partition("=")
    return Item(f"{name}=", value, f"{name}=", value, word.raw, word.start, word.end)


def _pieces(
    command: Command, operands: tuple[Word, ...], items: list[Item]
) -> list[Piece]:
    all_tags = any(one.slot == "all-tags" for one in items)
    found: list[Piece] = []
    for word, operand in zip(operands, command.taking(len(operands)), strict=True):
        role, place = operand.role, (word.start, word.end)
        meant = "repository" if role == "image" and all_tags else role
        value = read_value(_KIND_OF_ROLE.get(meant, ""), word.text)[0]
        found.append(Piece(role, value, word.raw, *place, operand.ordered))
    return found


_KIND_OF_ROLE = {
    "image": "image",
    "repository": "repository",
    "plugin": "image",
    "file": "path",
    "context": "path",
}


def shown(text: str) -> str:
    """Return a canonical text fit to be shown: signs become dots."""
    return SIGNS.sub("…", text)
