"""Reading what a cobra-based client prints for `--help`: pure, and tolerant.

Four dialects are read: that of docker (`Options:`, types after the name), of helm
and hugo (cobra's own: `Flags:`, `Global Flags:`), of gh (headings in capitals) and
of kubectl (`--name=default:` with the description on the next line).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from trainer.grading.shape import OperandData, OptionData


@dataclass(frozen=True, slots=True)
class Page:
    """What one help page says; option lists are in the order of the page.

    `usage` has the lines of the synopsis, `inherited` the options that the command
    has from those above it.
    """

    usage: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    options: tuple[OptionData, ...] = ()
    inherited: tuple[OptionData, ...] = ()


@dataclass(slots=True)
class _Section:
    kind: str
    lines: list[str] = field(default_factory=list)


_HEADING = re.compile(r"(?P<title>[A-Z][\w ()/,'&-]*)(?P<colon>:)?(?P<rest>\s.*)?")
_KINDS = (
    ("usage", re.compile(r"usage$")),
    ("aliases", re.compile(r"aliases$")),
    ("inherited", re.compile(r"(global|inherited) (flags|options)|.*to any command$")),
    ("options", re.compile(r"(.* )?(flags|options)$")),
    ("commands", re.compile(r"(.* )?commands\b.*")),
)


def parse_help(text: str) -> Page:
    """Read a help page. What is not understood is left out."""
    found: dict[str, list[str]] = {}
    for section in _sections(text):
        found.setdefault(section.kind, []).extend(section.lines)
    return Page(
        usage=tuple(line.strip() for line in found.get("usage", ()) if line.strip()),
        aliases=tuple(_names(found.get("aliases", ()))),
        commands=tuple(_commands(found.get("commands", ()))),
        options=tuple(_options(found.get("options", ()))),
        inherited=tuple(_options(found.get("inherited", ()))),
    )


def _sections(text: str) -> Iterator[_Section]:
    section = _Section("prose")
    for line in text.split("\n"):
        heading = _heading(line)
        if heading:
            yield section
            section = heading
        elif section.kind == "usage" and section.lines and not line.strip():
            yield section
            section = _Section("prose")
        else:
            section.lines.append(line)
    yield section


def _heading(line: str) -> _Section | None:
    """Read a heading: it ends with a colon or is in capitals; usage may follow it."""
    match = _HEADING.fullmatch(line)
    if not match or not (match["colon"] or match["title"].isupper()):
        return None
    kind = _kind(match["title"].strip().lower())
    rest = (match["rest"] or "").strip()
    if rest and kind != "usage":
        return None
    return _Section(kind, [rest] if rest else [])


def _kind(title: str) -> str:
    return next((kind for kind, known in _KINDS if known.match(title)), "prose")


def _names(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from (name.strip() for name in line.split(",") if name.strip())


_COMMAND = re.compile(r" {1,4}(?P<name>[a-z0-9][\w.-]*)(\*|:)?(\s{2,}.*|\s*)")


def _commands(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        match = _COMMAND.fullmatch(line)
        if match:
            yield match["name"]


_OPTION = re.compile(
    r" {1,8}(-(?P<short>\w)(, ?|=\S*, ))?--(?P<long>[\w.-]+)"
    r"((?P<shown>=.*):|(?P<rest>(\s.*|\[=.*)?))"
)


def _options(lines: Iterable[str]) -> Iterator[OptionData]:
    """Join each option with the lines that go on describing it, and read it."""
    match, described = None, ""
    for line in lines:
        begun = _OPTION.fullmatch(line)
        if begun and match:
            yield _option(match, described)
        if begun:
            match, described = begun, begun["rest"] or ""
        elif line.strip():
            described += " " + line.strip()
    if match:
        yield _option(match, described)


def _option(match: re.Match[str], described: str) -> OptionData:
    option = OptionData(long=match["long"])
    if match["short"]:
        option["short"] = match["short"]
    if match["shown"]:
        _from_shown_default(option, match["shown"].removeprefix("="))
    else:
        _from_description(option, described)
    return option


_SHOWN_TYPES = (
    ("bool", re.compile(r"true|false")),
    ("list", re.compile(r"\[.*\]")),
    ("int", re.compile(r"-?\d+")),
    ("duration", re.compile(r"(\d+h)?(\d+m)?\d+m?s")),
)


def _from_shown_default(option: OptionData, shown: str) -> None:
    """Guess the type by the default, which is all that kubectl shows."""
    types = (name for name, looks in _SHOWN_TYPES if looks.fullmatch(shown))
    option["type"] = next(types, "string")
    _set_default(option, shown)


_TYPE = re.compile(r" (?P<type>[A-Za-z][\w.:/,-]*)?(?P<bare>\[=.*?\])?(?=\s{2}|\s*$).*")
_BARE = re.compile(r"\[=(?P<bare>.*?)\].*")
_DEFAULT = re.compile(r'.*\(default (?P<value>"[^"]*"|\S+)\)\s*')


def _from_description(option: OptionData, described: str) -> None:
    match = _TYPE.match(described) or _BARE.match(described)
    named = match.groupdict() if match else {}
    option["type"] = named.get("type") or "bool"
    if named.get("bare"):
        option["bare"] = named["bare"].strip("[]=").strip('"')
    default = _DEFAULT.fullmatch(described)
    if default:
        _set_default(option, default["value"])


def _set_default(option: OptionData, shown: str) -> None:
    """Keep a default that says something: nothing empty, and no `false`."""
    value = shown.strip("\"'")
    if value not in {"", "[]", "map[]", "{}", "false"}:
        option["default"] = value


_NO_OPERAND = re.compile(r"flags|options|-.*", re.IGNORECASE | re.DOTALL)


def operands_of(synopsis: str, path: Iterable[str]) -> list[OperandData]:
    """Guess the operands from a line such as `tool rm [OPTIONS] NAME [NAME...]`.

    A word in brackets may be left out, one with dots goes on; a name that only says
    that the one before it goes on is no operand of its own.
    """
    operands: list[OperandData] = []
    for token in _tokens(synopsis)[1 + len(tuple(path)) :]:
        name = _role(token)
        if not name or _NO_OPERAND.fullmatch(token.strip("[]{}<>()")):
            continue
        if operands and "..." in token and operands[-1]["role"] == name:
            operands[-1]["most"] = None
            continue
        operands.append(_operand(name, token))
    return operands


def _operand(name: str, token: str) -> OperandData:
    operand = OperandData(role=name)
    if token.startswith("["):
        operand["least"] = 0
    if "..." in token:
        operand["most"] = None
    return operand


def _role(token: str) -> str:
    match = re.search(r"[A-Za-z][\w-]*", token)
    return match[0].lower().replace("_", "-") if match else ""


_OPENING: Mapping[str, int] = {"[": 1, "{": 1, "(": 1, "<": 1}
_CLOSING: Mapping[str, int] = {"]": 1, "}": 1, ")": 1, ">": 1}


def _tokens(synopsis: str) -> list[str]:
    """Split at blanks outside brackets; `A | B` counts as one."""
    tokens, depth = [""], 0
    for char in re.sub(r"\s*\|\s*", "|", synopsis.strip()):
        depth += _OPENING.get(char, 0) - _CLOSING.get(char, 0)
        if char == " " and depth <= 0:
            tokens.append("")
        else:
            tokens[-1] += char
    return [token for token in tokens if token]
