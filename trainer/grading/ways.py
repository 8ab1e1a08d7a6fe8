"""Docker's ways to say the same with another option, operand, redirect or variable."""

import re
from collections.abc import Callable
from dataclasses import replace

from trainer.grading.commandline import Invocation
from trainer.grading.instructions import read_instruction, words_of
from trainer.grading.meaning import (
    STDIN,
    STDOUT,
    Item,
    Meaning,
    Piece,
    item_of,
    plain_meaning,
)
from trainer.grading.values import read_value


def read_meaning(invocation: Invocation) -> Meaning:
    """Return what an invocation does, written in one way."""
    meaning = plain_meaning(invocation)
    for way in _WAYS if invocation.ours else ():
        meaning = way(meaning)
    return meaning


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
        for word in [
            "attach",
            "commit",
            "cp",
            "create",
            "diff",
            "exec",
            "export",
            "kill",
            "logs",
            "pause",
            "port",
            "rename",
            "restart",
            "rm",
            "run",
            "start",
            "stats",
            "stop",
            "top",
            "unpause",
            "update",
            "wait",
        ]
    },
    **{
        (word,): ("image", word)
        for word in [
            "build",
            "history",
            "import",
            "load",
            "pull",
            "push",
            "save",
            "tag",
        ]
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
    if not _has(meaning, "latest") or _has(meaning, "last"):
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


def _imported(meaning: Meaning) -> Meaning:
    """`docker import - < f` sends the file that `docker import f` sends."""
    read = [one for one in meaning.items if one.slot == STDIN]
    if meaning.path != ("image", "import") or not meaning.pieces or not read:
        return meaning
    first, source = meaning.pieces[0], read[0]
    if first.value != "-":
        return meaning
    items = tuple(one for one in meaning.items if one is not source)
    value = source.value.removeprefix(f"{STDIN} ")
    file = Piece(first.role, value, source.raw, source.start, source.end)
    pieces = (file, *meaning.pieces[1:])
    return replace(meaning, items=items, pieces=pieces)


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
        items = (*items, item_of(files[-1], "file", value))
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


def _changes(meaning: Meaning) -> Meaning:
    """`-c 'expose 80'` is `-c 'EXPOSE 80/tcp'`."""
    if meaning.path != ("container", "commit"):
        return meaning
    items = tuple(
        replace(one, value=_instruction(one.value))
        if one.slot.startswith("change")
        else one
        for one in meaning.items
    )
    return replace(meaning, items=items)


def _instruction(text: str) -> str:
    one = read_instruction(text)
    return " ".join([one.keyword, *words_of(one)])


_SHELL = re.compile(r"(?:/usr)?(?:/bin/)?(?:ba|da|z|a)?sh")


def _inside(meaning: Meaning) -> Meaning:
    """`docker cp web:etc/hosts .` reads `/etc/hosts`: paths begin at the root."""
    if meaning.path not in (("container", "cp"), ("compose", "cp")):
        return meaning
    pieces = tuple(
        replace(one, value=_IN_CONTAINER.sub(r"\1:/\2", one.value))
        for one in meaning.pieces
    )
    return replace(meaning, pieces=pieces)


_IN_CONTAINER = re.compile(r"([^/.:][^/:]*):([^/.\ue000].*)")


def _as_json(meaning: Meaning) -> Meaning:
    """In lists `--format json` is `--format '{{json .}}'`."""
    if meaning.path[-1:] == ("inspect",) or meaning.path[:1] == ("compose",):
        return meaning
    items = tuple(
        replace(one, value="{{json .}}")
        if (one.slot, one.value) == ("format", "json")
        else one
        for one in meaning.items
    )
    return replace(meaning, items=items)


def _engine(meaning: Meaning) -> Meaning:
    """`DOCKER_HOST=x docker` talks to the engine that `docker -H x` talks to."""
    if not _has(meaning, "DOCKER_HOST="):
        return meaning
    items = tuple(
        replace(one, slot="host") if one.slot == "DOCKER_HOST=" else one
        for one in meaning.items
    )
    return replace(meaning, items=items)


def _hub(meaning: Meaning) -> Meaning:
    """`docker login docker.io` logs in where `docker login` does."""
    if meaning.path != ("login",):
        return meaning
    pieces = tuple(one for one in meaning.pieces if one.value != "docker.io")
    return replace(meaning, pieces=pieces)


def _attached_ports(meaning: Meaning) -> Meaning:
    """`docker port web 80` asks for `80/tcp`."""
    if meaning.path != ("container", "port"):
        return meaning
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
    _changes,
    _inside,
    _as_json,
    _engine,
    _hub,
    _attached_ports,
)
