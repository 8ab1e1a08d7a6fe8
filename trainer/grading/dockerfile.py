"""Comparing instructions of a Dockerfile: the keyword counts in any case."""

import re

from trainer.grading.difference import Comparison, Difference
from trainer.grading.images import read_image
from trainer.grading.nearness import is_near
from trainer.grading.shell import Script, read_script
from trainer.grading.unify import Bindings, unify

_KEYWORDS = frozenset(
    [
        "ADD",
        "ARG",
        "CMD",
        "COPY",
        "ENTRYPOINT",
        "ENV",
        "EXPOSE",
        "FROM",
        "HEALTHCHECK",
        "LABEL",
        "MAINTAINER",
        "ONBUILD",
        "RUN",
        "SHELL",
        "STOPSIGNAL",
        "USER",
        "VOLUME",
        "WORKDIR",
    ]
)
_LINE = re.compile(r"\s*(\S+)\s*(.*)", re.DOTALL)
_STRING = r'"(?:[^"\\]|\\.)*"'
_ARRAY = re.compile(rf"\[\s*(?:{_STRING}(?:\s*,\s*{_STRING})*)?\s*\]\s*")


def is_instruction(text: str) -> bool:
    """Tell whether a line is an instruction of a Dockerfile."""
    return text.split(maxsplit=1)[:1] != [] and text.split(maxsplit=1)[0] in _KEYWORDS


def compare_instructions(expected: str, given: str) -> Comparison:
    """Compare two instructions."""
    keyword, wanted = _parts(expected)
    typed, got = _parts(given)
    differences = []
    if typed.upper() != keyword:
        if not is_near(typed.upper(), keyword) or typed.upper() in _KEYWORDS:
            return Comparison(same=False, differences=(_other(keyword, typed),))
        differences.append(Difference("command-typo", typed, keyword, typed))
    if not _match(_tokens(keyword, wanted, holes=True), _tokens(keyword, got)):
        differences.append(_of_arguments(keyword, wanted, got, given))
    return Comparison(same=True, differences=tuple(differences))


def _parts(line: str) -> tuple[str, str]:
    found = _LINE.match(line)
    return (found[1], found[2].strip()) if found else ("", "")


def _other(keyword: str, typed: str) -> Difference:
    kind = "wrong-command" if typed.upper() in _KEYWORDS else "other-program"
    return Difference(kind, typed, keyword, typed)


def _of_arguments(keyword: str, wanted: str, got: str, given: str) -> Difference:
    start = max(given.rfind(got), 0)
    places = ((start, len(given)),)
    if not got:
        return Difference("missing-word", wanted, wanted)
    return Difference("wrong-operand", keyword, wanted, got, places)


def _match(expected: list[str], given: list[str]) -> bool:
    bound: Bindings = {}
    if len(expected) != len(given):
        return False
    for one, other in zip(expected, given, strict=True):
        found = unify(one, other, bound)
        if found is None:
            return False
        bound = found
    return True


def _tokens(keyword: str, text: str, *, holes: bool = False) -> list[str]:
    if _ARRAY.fullmatch(text):
        return ["[", *re.findall(_STRING, text)]
    if text.startswith("["):
        return [text]
    script = read_script(text, holes=holes)
    if script.slips:
        return [text]
    words = _words(script)
    return _READINGS.get(keyword, list)(words)


def _words(script: Script) -> list[str]:
    words = []
    for pipeline, connector in zip(script.pipelines, script.connectors, strict=True):
        for at, simple in enumerate(pipeline):
            parts = (*simple.assignments, *simple.words)
            words += ["|"] * (at > 0) + [word.text for word in parts]
            words += [f"{x.fd}{x.op}{x.target.text}" for x in simple.redirects]
        words.append(connector)
    inner = [word for one in script.substitutions for word in _words(one)]
    return [*words[:-1], *inner]


def _exposed(words: list[str]) -> list[str]:
    return [word.removesuffix("/tcp") for word in words]


def _pairs(words: list[str]) -> list[str]:
    if len(words) > 1 and "=" not in words[0]:
        return [f"{words[0]}={' '.join(words[1:])}"]
    return words


def _base(words: list[str]) -> list[str]:
    if not words:
        return words
    stage = [word.upper() if word.lower() == "as" else word for word in words[1:]]
    return [read_image(words[0])[0], *stage]


_READINGS = {"EXPOSE": _exposed, "ENV": _pairs, "LABEL": _pairs, "FROM": _base}
