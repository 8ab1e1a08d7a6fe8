"""Reading an instruction of a Dockerfile: what it says, whatever way it is written."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trainer.grading.images import read_image
from trainer.grading.shell import Script, read_script
from trainer.grading.values import read_value

KEYWORDS = frozenset(
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
UNORDERED = frozenset({"ENV", "EXPOSE", "LABEL", "VOLUME"})
"""Instructions that say the same in any order."""

_LINE = re.compile(r"\s*(\S+)\s*(.*)", re.DOTALL)
_STRING = r'"(?:[^"\\]|\\.)*"'
_ARRAY = re.compile(rf"\[\s*(?:{_STRING}(?:\s*,\s*{_STRING})*)?\s*\]\s*")
_FLAG = re.compile(r"--[a-z][^\s=]*(?:=\S*)?(?:\s+|$)")
_DEFAULTS = frozenset(
    {"--interval=30s", "--timeout=30s", "--start-period=0s", "--retries=3"}
)


@dataclass(frozen=True, slots=True)
class Instruction:
    """An instruction: its keyword, its options by name, and its arguments as typed."""

    keyword: str
    flags: tuple[str, ...]
    rest: str
    start: int

    @property
    def is_array(self) -> bool:
        """Whether the arguments are an array, or begin like one."""
        return self.rest.startswith("[")


def is_instruction(text: str) -> bool:
    """Tell whether a line is an instruction of a Dockerfile."""
    return text.split(maxsplit=1)[:1] != [] and text.split(maxsplit=1)[0] in KEYWORDS


def read_instruction(line: str) -> Instruction:
    """Take an instruction apart; `start` is where its arguments begin."""
    found = _LINE.match(line)
    keyword, rest = (found[1], found[2]) if found else ("", "")
    start = found.start(2) if found else 0
    flags = []
    while flag := _FLAG.match(rest):
        flags.append(_flag(flag[0].strip()))
        rest, start = rest[flag.end() :], start + flag.end()
    kept = sorted(one for one in flags if one not in _DEFAULTS)
    return Instruction(keyword.upper(), tuple(kept), rest.strip(), start)


def _flag(text: str) -> str:
    name, equals, value = text.partition("=")
    return f"{name}{equals}{read_value('duration', value)[0]}"


def words_of(one: Instruction, *, holes: bool = False) -> list[str]:
    """Return what an instruction says, in words that are equal where it is the same."""
    return [*one.flags, *_READINGS.get(one.keyword, _words)(one.rest, holes)]


def _words(text: str, holes: bool) -> list[str]:  # noqa: FBT001 - one of `_READINGS`
    if _ARRAY.fullmatch(text):
        return ["[", *re.findall(_STRING, text)]
    return _plain(text, holes=holes)


def _plain(text: str, *, holes: bool) -> list[str]:
    if text.startswith("["):
        return [text]
    script = read_script(text, holes=holes)
    return [text] if script.slips else _of_script(script)


def _of_script(script: Script) -> list[str]:
    words = []
    for pipeline, connector in zip(script.pipelines, script.connectors, strict=True):
        for at, simple in enumerate(pipeline):
            parts = (*simple.assignments, *simple.words)
            words += ["|"] * (at > 0) + [word.text for word in parts]
            words += [f"{x.fd}{x.op}{x.target.text}" for x in simple.redirects]
        words.append(connector)
    inner = [word for one in script.substitutions for word in _of_script(one)]
    return [*words[:-1], *inner]


Reading = Callable[[str, bool], list[str]]


def _of_list(change: Callable[[Sequence[str]], list[str]]) -> Reading:
    """Read an array as the words that say the same, and change them."""

    def read(text: str, holes: bool) -> list[str]:  # noqa: FBT001 - see `_words`
        words = _words(text, holes)
        if words[:1] == ["["]:
            words = [word[1:-1] for word in words[1:]]
        return change(words)

    return read


def _of_words(change: Callable[[Sequence[str]], list[str]]) -> Reading:
    return lambda text, holes: change(_words(text, holes))


def _exposed(words: Sequence[str]) -> list[str]:
    return [word.lower().removesuffix("/tcp") for word in words]


def _pairs(words: Sequence[str]) -> list[str]:
    if len(words) > 1 and "=" not in words[0]:
        return [f"{words[0]}={' '.join(words[1:])}"]
    return list(words)


def _base(words: Sequence[str]) -> list[str]:
    stage = [word.upper() if word.lower() == "as" else word for word in words[1:]]
    return [*(read_image(word)[0] for word in words[:1]), *stage]


def _folders(words: Sequence[str]) -> list[str]:
    return [word.rstrip("/") or word for word in words]


def _signals(words: Sequence[str]) -> list[str]:
    return [read_value("signal", word)[0] for word in words]


def _copied(words: Sequence[str]) -> list[str]:
    """Read paths: sources lie in the context, and a folder goes into a folder."""
    sources = [read_value("path", word)[0] for word in words[:-1]]
    sources = [one.lstrip("/") or "." for one in sources]
    target = [read_value("path", word)[0] for word in words[-1:]]
    if len(sources) == 1 and (sources[0] == "." or sources[0].endswith("/")):
        target = _folders(target)
    return [*sources, *target]


def _inner(text: str, holes: bool) -> list[str]:  # noqa: FBT001 - see `_words`
    """Read the instruction that `ONBUILD` keeps, or the one `HEALTHCHECK` runs."""
    one = read_instruction(text)
    return [one.keyword, *words_of(one, holes=holes)]


_READINGS: dict[str, Reading] = {
    "ADD": _of_list(_copied),
    "COPY": _of_list(_copied),
    "ENV": _of_words(_pairs),
    "EXPOSE": _of_words(_exposed),
    "FROM": _of_words(_base),
    "HEALTHCHECK": _inner,
    "LABEL": _of_words(_pairs),
    "ONBUILD": _inner,
    "STOPSIGNAL": _of_words(_signals),
    "VOLUME": _of_list(_folders),
    "WORKDIR": _of_words(_folders),
}
