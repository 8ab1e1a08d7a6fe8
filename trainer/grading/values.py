"""Values of options by kind: what they mean, and which the client refuses.

Each reading takes a value as the shell hands it over and returns canonical texts, one
for each thing meant: equal texts mean the same. Texts that stand for expansions or
placeholders pass through where they cannot be read.
"""

import re
from collections.abc import Callable
from fractions import Fraction

from trainer.grading.grammar import Option
from trainer.grading.images import (
    is_image_refused,
    is_one_hole,
    read_image,
    read_repository,
)
from trainer.grading.mounts import (
    is_mount_refused,
    read_mount,
    read_tmpfs,
    read_volume,
)
from trainer.grading.ports import is_port_refused, read_port
from trainer.grading.shell import HERE, SIGNS

Reading = Callable[[str], tuple[str, ...]]

TRUE = frozenset({"1", "t", "T", "true", "TRUE", "True"})
FALSE = frozenset({"0", "f", "F", "false", "FALSE", "False"})

MOUNT_KINDS = frozenset({"volume", "mount", "tmpfs"})
"""Kinds that meet in one record: what a container mounts."""

KEYED_KINDS = frozenset({"env", "label", "map", "pair"})
"""Kinds whose values are `key=value`, of which the last for a key counts."""

ORDERED_KINDS = frozenset({"instruction", "ip", "path"})
"""Kinds of repeatable options where the order of the values matters."""

SET_KINDS = frozenset(
    {"filter", "volume", "tmpfs", "capability", "ulimit", "expose", "stream"}
)
"""Kinds of repeatable options where the same value again adds nothing."""

EMPTY_KINDS = frozenset(
    {
        *("filter", "template", "platform", "name", "keys", "path", "folder"),
        *("signal", "user", "ip"),
    }
)
"""Kinds of options where an empty value is none."""


def value_kind(option: Option) -> str:
    """Return the kind of an option's values: its own, or what its type says."""
    return option.kind or _KIND_OF_TYPE.get(option.type, "")


def read_value(kind: str, text: str) -> tuple[str, ...]:
    """Return what a value means."""
    reading = READINGS.get(kind)
    return reading(text) if reading else (text,)


def is_refused(kind: str, text: str) -> bool:
    """Tell whether the client refuses a value before it asks the engine."""
    refusing = _REFUSALS.get(kind)
    return refusing is not None and not is_one_hole(text) and refusing(text)


def is_stand_in(text: str) -> bool:
    """Tell whether a value is no value: `<port>`, `[image]` or `镜像` for any."""
    return _STAND_IN.search(text) is not None


def key_of(text: str) -> str:
    """Return the key of a `key=value`."""
    return text.partition("=")[0]


_STAND_IN = re.compile(r"<[^<>]+>|^\[[A-Za-z][\w -]*\]$|[\u4e00-\u9fff]")
_UNITS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
_SIZE = re.compile(r"(\d{1,18}(?:\.\d{0,9})?) ?([kmgtp]?)i?b?", re.IGNORECASE)
_SECONDS = {
    "ns": Fraction(1, 10**9),
    "us": Fraction(1, 10**6),
    "µs": Fraction(1, 10**6),
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "m": Fraction(60),
    "h": Fraction(3600),
}
_STEP = re.compile(r"(\d{1,18}(?:\.\d{0,9})?|\.\d{1,9})(ns|us|µs|ms|s|m|h)")
_STEPS = re.compile(rf"[+-]?(?:{_STEP.pattern})+|[+-]?0")
_INTEGER = re.compile(
    r"[+-]?(?:0[xX][0-9a-fA-F]{1,16}|0[bB][01]{1,64}|0[0-7]{0,21}|[1-9]\d{0,18})"
)
_DECIMAL = re.compile(
    r"[+-]?(?:(?:\d{1,18}\.?\d{0,9}|\.\d{1,9})(?:[eE][+-]?\d{1,2})?"
    r"|\d{1,18}/[1-9]\d{0,17})"
)
_ACTION = re.compile(r"\{\{(-?)\s*([^{}]*?)\s*(-?)\}\}")
_SIGNALS = dict(
    zip(
        [
            "HUP",
            "INT",
            "QUIT",
            "ILL",
            "TRAP",
            "ABRT",
            "BUS",
            "FPE",
            "KILL",
            "USR1",
            "SEGV",
            "USR2",
            "PIPE",
            "ALRM",
            "TERM",
        ],
        range(1, 16),
        strict=True,
    )
) | {"CHLD": 17, "CONT": 18, "STOP": 19, "TSTP": 20, "WINCH": 28}


def _size(text: str) -> tuple[str, ...]:
    found = _SIZE.fullmatch(text)
    if not found:
        return (text,)
    return (str(int(Fraction(found[1]) * 1024 ** _UNITS[found[2].lower()])),)


def _is_size_refused(text: str) -> bool:
    # swap may be -1, which means without limit
    return not SIGNS.search(text) and text != "-1" and not _SIZE.fullmatch(text)


def _duration(text: str) -> tuple[str, ...]:
    if not _STEPS.fullmatch(text):
        return (text,)
    total = sum(Fraction(number) * _SECONDS[unit] for number, unit in _steps(text))
    return (f"{'-' if text[0] == '-' else ''}{total}s",)


def _steps(text: str) -> list[tuple[str, str]]:
    return [(found[1], found[2]) for found in _STEP.finditer(text)]


def _is_duration_refused(text: str) -> bool:
    return not SIGNS.search(text) and not _STEPS.fullmatch(text)


def _integer(text: str) -> tuple[str, ...]:
    if not _INTEGER.fullmatch(text):
        return (text,)
    digits = text.lstrip("+-")
    # Go reads a leading zero as octal
    base = 8 if re.fullmatch(r"0[0-7]+", digits) else 0
    return (str(int(text, base)),)


def _is_integer_refused(text: str) -> bool:
    return not SIGNS.search(text) and not _INTEGER.fullmatch(text)


def _decimal(text: str) -> tuple[str, ...]:
    return (str(Fraction(text)),) if _DECIMAL.fullmatch(text) else (text,)


def _is_decimal_refused(text: str) -> bool:
    return not SIGNS.search(text) and not _DECIMAL.fullmatch(text)


def _filter(text: str) -> tuple[str, ...]:
    key, equals, value = text.partition("=")
    key, value = key.strip().lower(), value.strip()
    if key in ("dangling", "is-official", "is-automated", "driver-opts"):
        value = "true" if value in ("1", "t", "T", "True", "TRUE") else value
        value = "false" if value in ("0", "f", "F", "False", "FALSE") else value
    if key == "until":
        (value,) = _duration(value)
    return (f"{key}{equals}{value}",)


def _is_filter_refused(text: str) -> bool:
    return "=" not in text and text != "" and not SIGNS.search(text)


def _is_keyless(text: str) -> bool:
    return not text or text.startswith("=")


def _label(text: str) -> tuple[str, ...]:
    return (text if "=" in text else f"{text}=",)


def _template(text: str) -> tuple[str, ...]:
    return (_ACTION.sub(r"{{\1\2\3}}", text),)


def _is_template_refused(text: str) -> bool:
    return text.count("{{") != text.count("}}")


def _signal(text: str) -> tuple[str, ...]:
    name = text.upper().removeprefix("SIG")
    return (str(_SIGNALS.get(name, name)),)


def _capability(text: str) -> tuple[str, ...]:
    return (text.upper().removeprefix("CAP_"),)


def _link(text: str) -> tuple[str, ...]:
    name, colon, alias = text.partition(":")
    return (f"{name}:{alias if colon else name}",)


def _is_link_refused(text: str) -> bool:
    return not text or text.count(":") > 1


def _device(text: str) -> tuple[str, ...]:
    host, *rest = text.split(":")
    inside = rest[0] if rest and rest[0].startswith("/") else host
    modes = rest[-1] if rest and not rest[-1].startswith("/") else "rwm"
    return (f"{host}:{inside}:{''.join(sorted(modes))}",)


def _restart(text: str) -> tuple[str, ...]:
    return (text.removesuffix(":0"),)


def _ulimit(text: str) -> tuple[str, ...]:
    name, _, limits = text.partition("=")
    soft, colon, hard = limits.partition(":")
    return (f"{name}={soft}:{hard if colon else soft}",)


def _is_ulimit_refused(text: str) -> bool:
    return not SIGNS.search(text) and not re.fullmatch(r"\w+=-?\d+(:-?\d+)?", text)


def _network(text: str) -> tuple[str, ...]:
    fields = dict(one.partition("=")[::2] for one in text.split(","))
    return (fields["name"],) if fields.keys() == {"name"} else (text,)


def _host(text: str) -> tuple[str, ...]:
    found = re.match(r"[^:=]*[:=]", text)
    return (f"{found[0][:-1]}:{text[found.end() :]}" if found else text,)


def _is_host_refused(text: str) -> bool:
    return not SIGNS.search(text) and not re.search("[:=]", text)


def _address(text: str) -> tuple[str, ...]:
    return (text if "://" in text or not text else f"tcp://{text}",)


def _path(text: str) -> tuple[str, ...]:
    if text == HERE:
        return (".",)
    if text.startswith(f"{HERE}/"):
        text = text.removeprefix(f"{HERE}/")
    while text.startswith("./"):
        text = text[2:] or "."
    return (text,)


def _folder(text: str) -> tuple[str, ...]:
    (path,) = _path(text)
    return (path.rstrip("/") or path,)


def _pairs(text: str) -> tuple[str, ...]:
    return (",".join(sorted(text.split(","))),)


def _platforms(text: str) -> tuple[str, ...]:
    return tuple(text.lower().split(","))


def _output(text: str) -> tuple[str, ...]:
    if text == "-":
        return _pairs("type=tar,dest=-")
    return _pairs(text if "=" in text else f"type=local,dest={_path(text)[0]}")


def _volumes_from(text: str) -> tuple[str, ...]:
    return (text.removesuffix(":rw"),)


def _stream(text: str) -> tuple[str, ...]:
    return (text.upper(),)


READINGS: dict[str, Reading] = {
    "port": read_port,
    "image": read_image,
    "repository": read_repository,
    "volume": read_volume,
    "mount": read_mount,
    "tmpfs": read_tmpfs,
    "bytes": _size,
    "duration": _duration,
    "time": _duration,
    "int": _integer,
    "decimal": _decimal,
    "filter": _filter,
    "label": _label,
    "template": _template,
    "signal": _signal,
    "capability": _capability,
    "link": _link,
    "device": _device,
    "restart": _restart,
    "ulimit": _ulimit,
    "network": _network,
    "host": _host,
    "address": _address,
    "path": _path,
    "folder": _folder,
    "pairs": _pairs,
    "platform": _platforms,
    "output": _output,
    "expose": read_port,
    "volumes-from": _volumes_from,
    "stream": _stream,
}

_REFUSALS: dict[str, Callable[[str], bool]] = {
    "port": is_port_refused,
    "image": is_image_refused,
    "mount": is_mount_refused,
    "bytes": _is_size_refused,
    "duration": _is_duration_refused,
    "int": _is_integer_refused,
    "decimal": _is_decimal_refused,
    "filter": _is_filter_refused,
    "env": _is_keyless,
    "label": _is_keyless,
    "template": _is_template_refused,
    "link": _is_link_refused,
    "ulimit": _is_ulimit_refused,
    "host": _is_host_refused,
    "volume": lambda text: not all(text.split(":")),
}

_KIND_OF_TYPE = {
    **dict.fromkeys(("int", "uint", "uint16", "uint32", "uint64", "int64"), "int"),
    **dict.fromkeys(("decimal", "float"), "decimal"),
    "bytes": "bytes",
    "duration": "duration",
    "filter": "filter",
    "mount": "mount",
    "network": "network",
    "ulimit": "ulimit",
    "port": "port",
    "map": "map",
}
