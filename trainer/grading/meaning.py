"""What a command does, whatever way it is written.

Options become items with canonical values; an item that says what is in force anyway is
dropped. Operands get the roles of the grammar. Ways of docker to say the same with an
option, an operand or a redirect meet here.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from trainer.grading.commandline import Given, Invocation
from trainer.grading.grammar import Command, Option
from trainer.grading.shell import SIGNS, Redirect, Word
from trainer.grading.values import (
    KEYED_KINDS,
    MOUNT_KINDS,
    ORDERED_KINDS,
    TRUE,
    key_of,
    read_value,
    value_kind,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that an option, a redirect or an assignment says.

    Items of one `slot` compete. `typed` is how it was written, `spelled` and `raw` its
    name and value; `lasting` orders values whose order matters.
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


def read_meaning(invocation: Invocation) -> Meaning:
    """Return what an invocation does; only for those with a command or none."""
    command = invocation.command
    items = [*_items(invocation.options), *_items(invocation.given)]
    items += _redirected(invocation.redirects)
    items += map(_assigned, invocation.assignments)
    pieces = _pieces(command, invocation.operands, items) if command else []
    meaning = Meaning(invocation.path, tuple(items), tuple(pieces), invocation)
    for way in _WAYS:
        meaning = way(meaning)
    return meaning


MOUNTS = "mount"
STDIN, STDOUT = "<", ">"


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
    items = [item for one in given for item in _values(one, kind)]
    if kind in ORDERED_KINDS and option.repeatable and len(items) > 1:
        return [replace(one, slot=f"{one.slot} {at}") for at, one in enumerate(items)]
    return items


def _switch(given: Given) -> list[Item]:
    value = "true" if given.value in TRUE else "false"
    if given.option.default == value:
        return []
    return [_item(given, given.option.long, value)]


def _values(given: Given, kind: str) -> list[Item]:
    option = given.option
    values = read_value(kind, given.value)
    if values in _in_force(option, kind):
        return []
    slot = MOUNTS if kind in MOUNT_KINDS else option.long
    return [_item(given, slot, value) for value in values]


def _in_force(option: Option, kind: str) -> list[tuple[str, ...]]:
    if not option.default:
        return []
    return [read_value(kind, one) for one in (option.default, *option.same)]


def _item(given: Given, slot: str, value: str) -> Item:
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
    for one in redirects:
        op = {">|": ">", "<<-": "<<"}.get(one.op, one.op)
        slot = STDOUT if op in (">", ">>") and one.fd in ("", "1") else f"{one.fd}{op}"
        slot = STDIN if op == "<" and one.fd in ("", "0") else slot
        value = f"{op} {read_value('path', one.target.text)[0]}"
        blank = "" if one.op.endswith("&") else " "
        typed = f"{one.fd}{one.op}{blank}{one.target.raw}"
        found.append(
            Item(slot, value, one.op, one.target.raw, typed, one.start, one.end)
        )
    return found


def _assigned(word: Word) -> Item:
    name, _, value = word.text.partition("=")
    return Item(f"{name}=", value, f"{name}=", value, word.raw, word.start, word.end)


def _pieces(
    command: Command, operands: tuple[Word, ...], items: list[Item]
) -> list[Piece]:
    all_tags = any(one.slot == "all-tags" for one in items)
    found: list[Piece] = []
    roles = _roles(command, len(operands))
    for word, (role, ordered) in zip(operands, roles, strict=True):
        meant = "repository" if role == "image" and all_tags else role
        value = read_value(_KIND_OF_ROLE.get(meant, ""), word.text)[0]
        found.append(Piece(role, value, word.raw, word.start, word.end, ordered))
    return found


_KIND_OF_ROLE = {
    "image": "image",
    "repository": "repository",
    "file": "path",
    "context": "path",
}


def _roles(command: Command, count: int) -> list[tuple[str, bool]]:
    roles: list[tuple[str, bool]] = []
    for operand in command.operands:
        most = count if operand.most is None else operand.most
        roles += [(operand.role, operand.ordered)] * min(most, count - len(roles))
    return roles + [("", True)] * (count - len(roles))


# Ways of docker ---------------------------------------------------------------


def _help(meaning: Meaning) -> Meaning:
    """`docker help run` is `docker run --help`, and a group alone prints its help."""
    invocation = meaning.invocation
    command = invocation.command
    if command is None and _has(meaning, "version"):
        return replace(meaning, path=("--version",))
    if meaning.path == ("help",):
        path = tuple(piece.value for piece in meaning.pieces)
        return _only_help(meaning, _FULL.get(path, path))
    alone = not invocation.operands
    runs = command is not None and (command.runnable or command.opaque)
    if _has(meaning, "help") or (alone and not runs):
        return _only_help(meaning, meaning.path)
    return meaning


def _only_help(meaning: Meaning, path: tuple[str, ...]) -> Meaning:
    typed = [one for one in meaning.items if one.slot == "help"]
    at = meaning.invocation.end
    items = typed[:1] or [Item("help", "true", "--help", "", "--help", at, at)]
    return replace(meaning, path=path, items=tuple(items), pieces=())


_FULL: dict[tuple[str, ...], tuple[str, ...]] = {
    **{
        (word,): ("container", word)
        for word in (
            "attach commit cp create diff exec export kill logs pause port rename "
            "restart rm run start stats stop top unpause update wait"
        ).split()
    },
    **{
        (word,): ("image", word)
        for word in "build history import load pull push save tag".split()
    },
    ("ps",): ("container", "ls"),
    ("images",): ("image", "ls"),
    ("rmi",): ("image", "rm"),
    ("events",): ("system", "events"),
    ("info",): ("system", "info"),
}


def _inspect(meaning: Meaning) -> Meaning:
    """`docker inspect --type image x` is `docker image inspect x`."""
    types = [one for one in meaning.items if one.slot == "type"]
    if meaning.path != ("inspect",) or not types or types[0].value not in _INSPECTED:
        return meaning
    items = tuple(one for one in meaning.items if one.slot != "type")
    kind = types[0].value if types[0].value == "image" else ""
    pieces = tuple(
        replace(one, value=read_value(kind, one.value)[0]) for one in meaning.pieces
    )
    path = (types[0].value, "inspect")
    return replace(meaning, path=path, items=items, pieces=pieces)


_INSPECTED = frozenset({"container", "image", "volume", "network"})


def _latest(meaning: Meaning) -> Meaning:
    """`docker ps -l` asks the engine for the last one, as `-n 1` does."""
    if meaning.path != ("container", "ls") or _has(meaning, "last"):
        return meaning
    items = tuple(
        replace(one, slot="last", value="1") if one.slot == "latest" else one
        for one in meaning.items
    )
    return replace(meaning, items=items)


def _has(meaning: Meaning, slot: str) -> bool:
    return any(one.slot == slot for one in meaning.items)


def _named_volume(meaning: Meaning) -> Meaning:
    """`docker volume create --name x` is the old way of `docker volume create x`."""
    names = [one for one in meaning.items if one.slot == "name"]
    if meaning.path != ("volume", "create") or not names or meaning.pieces:
        return meaning
    name = names[0]
    items = tuple(one for one in meaning.items if one is not name)
    piece = Piece("volume", name.value, name.raw, name.start, name.end)
    return replace(meaning, items=items, pieces=(piece,))


def _referenced(meaning: Meaning) -> Meaning:
    """`docker images x` sends the filter `reference=x`."""
    if meaning.path != ("image", "ls") or len(meaning.pieces) != 1:
        return meaning
    piece = meaning.pieces[0]
    word = next(one for one in meaning.invocation.operands if one.start == piece.start)
    value = f"reference={word.text}"
    raw = piece.raw
    item = Item("filter", value, "", raw, raw, piece.start, piece.end)
    return replace(meaning, items=(*meaning.items, item), pieces=())


def _files(meaning: Meaning) -> Meaning:
    """`-o f` writes what `> f` writes, and `-i f` reads what `< f` reads."""
    if meaning.path in (("image", "save"), ("container", "export")):
        return _moved(meaning, "output", STDOUT)
    if meaning.path == ("image", "load"):
        return _moved(meaning, "input", STDIN)
    return meaning


def _moved(meaning: Meaning, slot: str, to: str) -> Meaning:
    items = tuple(
        replace(one, slot=to, value=f"{to} {one.value}") if one.slot == slot else one
        for one in meaning.items
    )
    return replace(meaning, items=items)


_URL = re.compile(r"\w+://")


def _imported(meaning: Meaning) -> Meaning:
    """`docker import f` sends the file that `docker import - < f` sends."""
    if meaning.path != ("image", "import") or not meaning.pieces:
        return meaning
    first = meaning.pieces[0]
    if first.value == "-" or _has(meaning, STDIN) or _URL.match(first.value):
        return meaning
    where = (first.raw, first.raw, first.start, first.end)
    item = Item(STDIN, f"{STDIN} {first.value}", "", *where)
    pieces = (replace(first, value="-"), *meaning.pieces[1:])
    return replace(meaning, items=(*meaning.items, item), pieces=pieces)


def _dockerfile(meaning: Meaning) -> Meaning:
    """`-f ./dir/Dockerfile` is what `docker build ./dir` reads anyway."""
    if meaning.path != ("image", "build") or len(meaning.pieces) != 1:
        return meaning
    context = meaning.pieces[0].value.rstrip("/")
    usual = "Dockerfile" if context == "." else f"{context}/Dockerfile"
    files = [one for one in meaning.invocation.given if one.option.long == "file"]
    if not files or "://" in context:
        return meaning
    items = tuple(one for one in meaning.items if one.slot != "file")
    value = read_value("path", files[-1].value)[0]
    if value != usual:
        items = (*items, _item(files[-1], "file", value))
    return replace(meaning, items=items)


def _script(meaning: Meaning) -> Meaning:
    """Blanks between the words of a script for `sh -c` say nothing."""
    values = [piece.value for piece in meaning.pieces if piece.role == "command"]
    if len(values) < 3 or values[1] != "-c" or not _SHELL.fullmatch(values[0]):  # noqa: PLR2004
        return meaning
    pieces = list(meaning.pieces)
    at = len(pieces) - len(values) + 2
    text = pieces[at].value
    if not re.search(r"[\"'`\\#<]|\n", text):
        text = re.sub(r"\s*(\|\||&&|[;|&])\s*", r"\1", re.sub(r"\s+", " ", text))
        pieces[at] = replace(pieces[at], value=text.strip().removesuffix(";"))
    return replace(meaning, pieces=tuple(pieces))


_SHELL = re.compile(r"(?:/usr)?(?:/bin/)?(?:ba|da|z|a)?sh")


def _engine(meaning: Meaning) -> Meaning:
    """`DOCKER_HOST=x docker` talks to the engine that `docker -H x` talks to."""
    items = tuple(
        replace(one, slot="host") if one.slot == "DOCKER_HOST=" else one
        for one in meaning.items
    )
    return replace(meaning, items=items)


def _attached_ports(meaning: Meaning) -> Meaning:
    """`docker port web 80` asks for `80/tcp`."""
    pieces = tuple(
        replace(one, value=one.value.removesuffix("/tcp"))
        if one.role == "port"
        else one
        for one in meaning.pieces
    )
    return replace(meaning, pieces=pieces)


_WAYS: tuple[Callable[[Meaning], Meaning], ...] = (
    _help,
    _inspect,
    _latest,
    _named_volume,
    _referenced,
    _files,
    _imported,
    _dockerfile,
    _script,
    _engine,
    _attached_ports,
)


def shown(text: str) -> str:
    """Return a canonical text fit to be shown: signs become dots."""
    return SIGNS.sub("…", text)
