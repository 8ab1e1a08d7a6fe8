"""What a container mounts, however it is written: `-v`, `--mount` or `--tmpfs`."""

import re

from trainer.grading.images import is_one_hole
from trainer.grading.ports import PART
from trainer.grading.shell import HERE, HOLE, HOLE_END, HOME, SIGNS

_ANY_TYPE = f"{HOLE}~{HOLE_END}"
_SOURCES = ("source", "src")
_TARGETS = ("target", "destination", "dst")
_READ_ONLY = ("readonly", "ro")
_TRUE = frozenset({"", "1", "t", "T", "true", "TRUE", "True"})
_SWITCHES = frozenset({"readonly", "ro", "volume-nocopy", "bind-nonrecursive"})
_KEYS = frozenset(
    {
        *("type", "consistency", "bind-propagation", "bind-recursive", "volume-label"),
        *("volume-driver", "volume-opt", "volume-subpath", "tmpfs-size", "tmpfs-mode"),
        *("image-subpath", *_SOURCES, *_TARGETS, *_SWITCHES),
    }
)
_GATHERING = frozenset({"volume-opt", "volume-label"})
"""Keys that may be given more than once."""
_FIELD = re.compile(r'(?:^|,)(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))')
_DRIVE = re.compile(r"[A-Za-z]:(?:\\.*|/[^:]*:/.*)", re.DOTALL)


def read_volume(text: str) -> tuple[str, ...]:
    """Read `[source:]target[:modes]` as `-v` takes it."""
    if is_one_hole(text):
        return (text,)
    drive = text[:2] if _DRIVE.fullmatch(text) else ""
    first, *rest = text[len(drive) :].split(":")
    if not rest:
        return (_mount("volume", "", drive + first, []),)
    modes = rest[1].split(",") if len(rest) > 1 else []
    source = drive + first
    target = ":".join([rest[0], *rest[2:]])
    return (_mount(_type_of(source), source, target, modes),)


def read_mount(text: str) -> tuple[str, ...]:
    """Read the comma list of `--mount`."""
    if is_one_hole(text):
        return (text,)
    pairs = _pairs(text)
    fields = {key: value for key, value in pairs if key not in _GATHERING}
    source = _first(fields, _SOURCES)
    target = _first(fields, _TARGETS)
    kind = fields.pop("type", "volume").lower()
    modes = ["ro"] if _first(fields, _READ_ONLY, "false") in _TRUE else []
    if fields.pop("volume-nocopy", "false") in _TRUE:
        modes.append("nocopy")
    if propagation := fields.pop("bind-propagation", ""):
        modes.append(propagation)
    modes += [f"{key}={value}" for key, value in fields.items()]
    modes += [f"{key}={value}" for key, value in pairs if key in _GATHERING]
    return (_mount(kind, source, target, modes),)


def read_tmpfs(text: str) -> tuple[str, ...]:
    """Read `target[:options]` as `--tmpfs` takes it."""
    target, _, options = text.partition(":")
    modes = [
        re.sub(r"^(size|mode)=", r"tmpfs-\1=", one) for one in options.split(",") if one
    ]
    return (text,) if is_one_hole(text) else (_mount("tmpfs", "", target, modes),)


def is_mount_refused(text: str) -> bool:
    """Tell whether the client refuses the value of a `--mount`."""
    for field in _fields(text):
        key, equals, _ = field.partition("=")
        if key.lower() not in _KEYS and not SIGNS.search(key):
            return True
        if not equals and key.lower() not in _SWITCHES:
            return not SIGNS.search(field)
    has_target = any(key in _TARGETS for key, _ in _pairs(text))
    return not has_target and not SIGNS.search(text)


def _pairs(text: str) -> list[tuple[str, str]]:
    parts = (field.partition("=") for field in _fields(text))
    return [(key.lower(), value) for key, _, value in parts]


def _fields(text: str) -> list[str]:
    """Split at commas, except in a field that is quoted as in CSV."""
    found = _FIELD.findall(text)
    return [quoted.replace('""', '"') or plain for quoted, plain in found]


def _first(fields: dict[str, str], keys: tuple[str, ...], default: str = "") -> str:
    found = [fields.pop(key) for key in keys if key in fields]
    return found[-1] if found else default


def _type_of(source: str) -> str:
    if source.startswith(HOLE):
        return _ANY_TYPE
    if not source:
        return "volume"
    paths = ("/", ".", "~", HERE, HOME, "\\")
    is_path = source.startswith(paths) or source[1:2] == ":"
    return "bind" if is_path else "volume"


def _mount(kind: str, source: str, target: str, modes: list[str]) -> str:
    # an empty mode is refused, so it must not look like none
    said = ",".join(sorted({mode or "?" for mode in modes if mode != "rw"}))
    return PART.join((kind, _source(kind, source), _trimmed(target), said))


def _source(kind: str, source: str) -> str:
    if kind != "bind" or not source.startswith((".", HERE)):
        return _trimmed(source)
    if source.startswith(HERE):
        rest = source.removeprefix(HERE)
        return _trimmed(source) if rest and not rest.startswith("/") else _here(rest)
    inside = source.removeprefix(".")
    return _here(inside) if inside[:1] in ("", "/") else _trimmed(source)


def _here(rest: str) -> str:
    return _trimmed(HERE + rest)


def _trimmed(path: str) -> str:
    return path.rstrip("/") if len(path) > 1 else path
