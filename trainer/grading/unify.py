"""Matching texts with placeholders against what was typed."""

import re
from collections.abc import Mapping
from functools import lru_cache

from trainer.grading.ports import PART
from trainer.grading.shell import HOLE, HOLE_END

Bindings = Mapping[str, str]
"""What each placeholder stands for; the same name always stands for the same text."""

_HOLES = re.compile(f"{HOLE}([^{HOLE_END}]*){HOLE_END}")
_UNBOUND = "~"


def unify(expected: str, given: str, bound: Bindings) -> Bindings | None:
    """Match a text; return what its placeholders stand for then, `None` if nothing.

    A placeholder stands for one character or more and stays within a part. Time is
    linear: literals are searched from left to right and never again.
    """
    if HOLE not in expected:
        return bound if expected == given else None
    literals, names = _split(expected)
    if len(names) == 1 and literals == ("", ""):
        return _bind(names[0], given, bound)
    if not given.startswith(literals[0]):
        return None
    at = len(literals[0])
    for number, name in enumerate(names, 1):
        end = _end(given, at, literals[number], last=number == len(names))
        if end <= at or PART in given[at:end]:
            return None
        found = _bind(name, given[at:end], bound)
        if found is None:
            return None
        bound = found
        at = end + len(literals[number])
    return bound


def _end(given: str, at: int, literal: str, *, last: bool) -> int:
    """Return where the placeholder that starts at `at` ends; -1 if nowhere."""
    if last:
        return len(given) - len(literal) if given.endswith(literal) else -1
    return given.find(literal, at + 1) if literal else at + 1


def _bind(name: str, text: str, bound: Bindings) -> Bindings | None:
    if not text:
        return None
    if name.startswith(_UNBOUND):
        return bound
    if name in bound:
        return bound if _are_same(bound[name], text) else None
    # `<new> <old>` is not what `<old> <new>` asks for
    other = text[1:-1] if text.startswith("<") and text.endswith(">") else name
    if other != name and other in bound:
        return None
    return {**bound, name: text}


def _are_same(one: str, other: str) -> bool:
    """Tell whether two texts are one; an image may come with its tag or without."""
    return one == other or f"{PART}:latest" in (
        one.removeprefix(other),
        other.removeprefix(one),
    )


@lru_cache(maxsize=1024)
def _split(expected: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pieces = _HOLES.split(expected)
    return tuple(pieces[::2]), tuple(pieces[1::2])
