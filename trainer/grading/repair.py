"""Repair of typed text: what input methods, editors and pasting do to a command line.

Repairs are typographic only, never touch case or what stands inside quotes, and each
one is reported.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from trainer.grading.verdict import Span
from trainer.language.text import Message, message


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text as it is read; `origins` says where each character was typed."""

    text: str
    origins: Sequence[int]
    notes: tuple[Message, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Return what was typed for the characters `start` up to `end`."""
        if not self.origins:
            return Span(0, 0)
        last = len(self.origins) - 1
        first = self.origins[max(0, min(start, last))]
        return Span(first, max(first, self.origins[max(0, min(end - 1, last))] + 1))


def repair(text: str, is_long: Callable[[str], bool] | None = None) -> Repaired:
    """Read a typed line as its keyboard meant it.

    `is_long` knows the long option names: one em dash before such a name stands for
    two hyphens. Without it three letters make a long name.
    """
    if text.isascii() and not _NEEDS_UNWRAPPING.search(text):
        return Repaired(text, range(len(text)))
    hand = _Hand(text, is_long or _looks_long)
    for start, end in _pieces(text, hand):
        hand.copy(max(start, hand.done), end)
    return Repaired("".join(hand.out), tuple(hand.origins), tuple(hand.notes.values()))


_SINGLE = "'\u2018\u2019\u201a\u201b\u2032\xb4\uff07"
_DOUBLE = '"\u201c\u201d\u201e\u201f\u2033\uff02\u301d\u301e'
_QUOTES = dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DOUBLE, '"')
_FAMILY = {"'": _SINGLE[1:], '"': _DOUBLE[1:]}
_INVISIBLE = frozenset(
    map(chr, [0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)])
) | frozenset(map(chr, [*range(0x2060, 0x206A), 0xFEFF]))
_BLANKS = frozenset(
    map(chr, [9, 11, 12, 13, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)])
) | frozenset(map(chr, [0x202F, 0x205F, 0x3000]))
_SMART_DASHES = "—–―─"
_DASHES = "-‐‑‒−﹣－﹘" + _SMART_DASHES
_ASCII = {
    **{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)},
    **dict(zip("。、·￥¥【】《》〈〉「」〜｡∶", "./`$$[]<><>{}~.:", strict=True)),
    "…": "...",
}
_NEEDS_UNWRAPPING = re.compile(
    r"^\s*(?:[$#%>`~*(\[-]|PS[ >]|[A-Z]:\\|[\w.-]+@|\d+[.)] )"
    r"|[\\`^][ \t\r]*\n|[\t\v\f\r]|\n[>$#]"
)
_FENCE = re.compile(r"\s*```[ \t]*(?:\w*[ \t]*\n)?(.*?)```\s*", re.DOTALL)
_TICKS = re.compile(r"\s*(?:[-*] +)?`([^`\n]+)`\s*[.。]?\s*")
_PROMPT = re.compile(
    r"[ \t\u3000\ufeff\u200b]*(?:[-*] +(?=\$))?(?:\([\w.-]+\) +)?(?:"
    r"[\w.-]+@[\w.-]+[^\n$#%>]{0,60}[$#%>][ \t\u3000]+"
    r"|\[[^\]\n]{1,60}\] ?[$#%][ \t\u3000]+"
    r"|➜ +\S{1,60} +(?:git:\([^)\n]{0,60}\) *)?(?:✗ *)?"
    r"|(?:PS )?[A-Z]:\\[^>\n]{0,80}>[ \t]*"
    r"|PS(?: [~/][^>\n]{0,80})?>[ \t]*"
    r"|(?:[-*]|\d{1,2}[.)]) +(?=docker |sudo )"
    r"|(?:[~/][\w./~-]{0,60} ?)?(?:[$＄#%❯➜λ»]|>(?= +(?:docker|sudo) ))[ \t\u3000]+"
    r")"
)
_CONTINUED = re.compile(r"(?:\\|(?<=\s)[`^])[ \t\r]*\n[ \t]*(?:>>? )?")
"""A line that goes on, in a Unix shell, in PowerShell or in Windows' command line."""
_LAST_STOP = re.compile(r"(?<=[^\W_])[。｡]\s*$")
_WORD_AFTER_DASH = re.compile(r"[A-Za-z][A-Za-z-]*")
_LONG_WITHOUT_GRAMMAR = 3
_MOST_NOTES = 4


def _looks_long(name: str) -> bool:
    return len(name) >= _LONG_WITHOUT_GRAMMAR


def _pieces(text: str, hand: "_Hand") -> list[tuple[int, int]]:
    start, end = _unwrapped(text, hand)
    if stop := _LAST_STOP.search(text, start, end):
        hand.note("findings.repair-read-as", text[stop.start()], "")
        end = stop.start()
    start = _after_prompt(text, start, end, hand)
    pieces = []
    while start < end:
        found = re.compile("\n").search(text, start, end)
        line_end = found.end() if found else end
        pieces.append((start, line_end))
        start = _after_prompt(text, line_end, end, hand)
    return pieces


def _unwrapped(text: str, hand: "_Hand") -> tuple[int, int]:
    found = _FENCE.fullmatch(text) or _TICKS.fullmatch(text)
    if not found:
        return 0, len(text)
    hand.note("findings.repair-ticks", "`", "")
    return found.span(1)


def _after_prompt(text: str, start: int, end: int, hand: "_Hand") -> int:
    found = _PROMPT.match(text, start, end)
    if not found or text[:start].rstrip(" \t\r\n").endswith("\\"):
        return start
    hand.note("findings.repair-prompt", found[0].strip(), "")
    return found.end()


@dataclass(slots=True)
class _Hand:
    """Copies a text, repairing it on the way."""

    text: str
    is_long: Callable[[str], bool]
    out: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    notes: dict[str, Message] = field(default_factory=dict)
    unclosed: set[str] = field(default_factory=set)
    done: int = 0

    def copy(self, start: int, end: int) -> None:
        """Copy a piece of the text, leaving what is quoted as it stands."""
        at = start
        while at < end:
            at = self._quoted(at) or self._continued(at) or self._plain(at)
        self.done = at

    def note(self, key: str, typed: str, read: str) -> None:
        """Keep a note of a repair, once for each kind."""
        if len(self.notes) < _MOST_NOTES:
            said = message(key, typed=typed, read=read)
            self.notes.setdefault(key + typed, said)

    def _put(self, read: str, origin: int, typed: str) -> None:
        self.out.extend(read)
        self.origins.extend([origin] * len(read))
        if read != typed:
            key = "read-as" if read.strip() else "blanks"
            shown = typed if read.strip() else ""
            self.note(f"findings.repair-{key}", shown, read)

    def _quoted(self, at: int) -> int | None:
        opener = self.text[at]
        quote = _QUOTES.get(opener)
        close = self._close(at, quote) if quote else None
        if quote is None or close is None:
            return None
        self._put(quote, at, opener)
        self.out.extend(self.text[at + 1 : close])
        self.origins.extend(range(at + 1, close))
        self._put(quote, close, self.text[close])
        return close + 1

    def _close(self, at: int, quote: str) -> int | None:
        curly = _FAMILY[quote]
        families = [quote, curly] if self.text[at] == quote else [curly, quote]
        for family in families:
            if quote + family in self.unclosed:
                continue
            close = self._first_of(family, at + 1)
            if close is not None:
                return close
            self.unclosed.add(quote + family)
        return None

    def _first_of(self, family: str, start: int) -> int | None:
        escaped = r"\\." if family == '"' else r"(?!)"
        closing = re.compile(rf"(?:{escaped}|[^{family}])*?([{family}])", re.DOTALL)
        found = closing.match(self.text, start)
        return found.start(1) if found else None

    def _continued(self, at: int) -> int | None:
        found = _CONTINUED.match(self.text, at) if self.text[at] in "\\`^" else None
        if not found:
            return None
        if self.text[at] != "\\":
            self.note("findings.repair-continued", self.text[at], "\\")
        self.out.append(" ")
        self.origins.append(at)
        return found.end()

    def _plain(self, at: int) -> int:
        char = self.text[at]
        if char in _DASHES:
            return self._dashes(at)
        if char == "\\" and at + 1 < len(self.text):
            self.out.extend(self.text[at : at + 2])
            self.origins.extend((at, at + 1))
            return at + 2
        if self.text.startswith("……", at):
            self._put("^", at, "……")
            return at + 2
        self._put(_read_as(char), at, char)
        return at + 1

    def _dashes(self, at: int) -> int:
        end = at
        while end < len(self.text) and self.text[end] in _DASHES:
            end += 1
        run = self.text[at:end]
        if run.count("-") == len(run):
            self.out.extend(run)
            self.origins.extend(range(at, end))
        else:
            self._put(self._hyphens(run, at, end), at, run)
        return end

    def _hyphens(self, run: str, at: int, end: int) -> str:
        starts_word = at == 0 or self.text[at - 1].isspace()
        if len(run) > 1 or run not in _SMART_DASHES or not starts_word:
            return "-" * len(run)
        name = _WORD_AFTER_DASH.match(self.text, end)
        return "--" if name and self.is_long(name[0]) else "-"


def _read_as(char: str) -> str:
    if char in _BLANKS:
        return " "
    if char in _INVISIBLE:
        return ""
    return _ASCII.get(char) or _QUOTES.get(char, char)
