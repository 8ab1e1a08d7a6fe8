"""Published ports: `[ip:][host:]container[/protocol]`, and the long form of swarm."""

import re

from trainer.grading.shell import SIGNS

PART = "\x1f"
"""Stands between the parts of a canonical value; no placeholder crosses it."""

_MOST_OF_A_RANGE = 256
_HIGHEST = 65535
_MODE = "ingress"
_PROTOCOLS = frozenset({"tcp", "udp", "sctp"})
_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?", re.ASCII)
_ADDRESS = re.compile(r"\[?[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*\]?|\d{1,3}(?:\.\d{1,3}){3}")


def read_port(text: str) -> tuple[str, ...]:
    """Return what a publish option opens, one value for each port of a range."""
    address, host, container, protocol = _parts(text)
    hosts, containers = _spread(host), _spread(container)
    if len(hosts) != len(containers):
        hosts, containers = [host], [container]
    pairs = zip(hosts, containers, strict=True)
    return tuple(PART.join((address, one, other, protocol)) for one, other in pairs)


def is_port_refused(text: str) -> bool:
    """Tell whether the client refuses the value before it asks the engine."""
    if SIGNS.search(text) or "=" in text:
        return False
    address, host, container, protocol = _parts(text)
    if not _is_range(container) or protocol not in _PROTOCOLS:
        return True
    if host and not _is_range(host):
        return True
    wide = _width(container)
    return bool(
        (address and not _ADDRESS.fullmatch(address))
        or (host and wide > 1 and _width(host) != wide)
    )


def _parts(text: str) -> tuple[str, str, str, str]:
    if "=" in text:
        return _long_form(text)
    rest, slash, protocol = text.rpartition("/")
    if not slash:
        rest, protocol = text, ""
    before, _, container = rest.rpartition(":")
    address, _, host = before.rpartition(":")
    return address.strip("[]"), host, container, protocol.lower() or "tcp"


def _long_form(text: str) -> tuple[str, str, str, str]:
    fields = dict(one.partition("=")[::2] for one in text.split(","))
    target, protocol = fields.get("target", ""), fields.get("protocol", "tcp")
    mode = fields.get("mode", _MODE)
    # a port of the node that runs the task takes the place of an address
    where = "" if mode == _MODE else f"mode={mode}"
    return where, fields.get("published", ""), target, protocol


def _is_range(text: str) -> bool:
    found = _RANGE.fullmatch(text)
    if not found:
        return False
    first, last = int(found[1]), int(found[2] or found[1])
    return first <= last <= _HIGHEST


def _width(text: str) -> int:
    found = _RANGE.fullmatch(text)
    return int(found[2] or found[1]) - int(found[1]) + 1 if found else 1


def _spread(text: str) -> list[str]:
    found = _RANGE.fullmatch(text)
    if not found or not 1 <= _width(text) <= _MOST_OF_A_RANGE:
        return [text]
    start = int(found[1])
    return [str(start + offset) for offset in range(_width(text))]
