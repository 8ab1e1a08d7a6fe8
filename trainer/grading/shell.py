r"""A reader of shell lines: words, connections and substitutions; nothing is executed.

    script      = pipeline ((";" | "&&" | "||" | "&" | newline) pipeline)*
    pipeline    = simple ("|" simple)*
    simple      = (name=word | word | redirect)*
    word        = (plain | 'as is' | "with $expansions" | \x | $name | $( script ))+

What an expansion would yield is unknown, so it stays in a word's text as signs from
the private use area: a placeholder between `HOLE` and `HOLE_END`, a variable's name
between `VARIABLE` and `VARIABLE_END`, and for a substitution the character that is its
number among those of the line beyond `SUBSTITUTION`, or beyond `QUOTED_SUBSTITUTION`
where it stands in double quotes.
"""

import re
from dataclasses import dataclass, field, replace

LONGEST = 10_000
DEEPEST = 16
MOST_SUBSTITUTIONS = 64

HOLE, HOLE_END, VARIABLE, VARIABLE_END = "\ue000", "\ue001", "\ue002", "\ue003"
SUBSTITUTION, QUOTED_SUBSTITUTION = 0xE100, 0xE200
HERE = f"{VARIABLE}PWD{VARIABLE_END}"
HOME = f"{VARIABLE}HOME{VARIABLE_END}"
SIGNS = re.compile("[\ue000-\ue3ff]")


@dataclass(frozen=True, slots=True)
class Slip:
    """Where a line breaks the shell's rules: `kind` and the characters concerned."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word: `text` after quoting, `raw` as it stands at `start` up to `end`."""

    text: str
    raw: str
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect such as `2> errors`; `fd` is empty where the operator implies it."""

    fd: str
    op: str
    target: Word
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Simple:
    """One command with its assignments in front and its redirects."""

    assignments: tuple[Word, ...] = ()
    words: tuple[Word, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Script:
    """Pipelines and what follows each: `;`, `&&`, `||`, `&`, or nothing at the end.

    Substitutions of the whole line stand in `substitutions`; signs in words count
    into it.
    """

    pipelines: tuple[tuple[Simple, ...], ...] = ()
    connectors: tuple[str, ...] = ()
    substitutions: tuple["Script", ...] = ()
    slips: tuple[Slip, ...] = ()


def read_script(text: str, *, holes: bool = False) -> Script:
    """Read a line. With `holes`, `<name>` is a placeholder; else it is plain text."""
    slips = [] if len(text) <= LONGEST else [Slip("too-long", LONGEST, len(text))]
    clean = SIGNS.sub("\ufffd", text[:LONGEST])
    reader = _Reader(clean, holes=holes, slips=slips)
    pipelines, connectors = reader.script(closer="")
    return Script(pipelines, connectors, tuple(reader.found), tuple(slips))


_PLAIN = re.compile(r"[^\s'\"\\$`<>|&;()]+")
_IN_DOUBLE = re.compile(r"[^\"\\$`<]+")
_BLANK = re.compile(r"(?:[^\S\n]|\\\n)+")
_HOLE = re.compile(r"<(?=[^\s<>(])([^<>\n|&;()]{0,48}[^\s<>|&;()])>")
_TYPED_HOLE = re.compile(r"<([^\W\d][\w -]{0,46}\w|[^\W\d])>")
_NAME = re.compile(r"\$(?:([A-Za-z_]\w*|[0-9?$!@*#-])|\{([^{}\n]*)\})")
_REDIRECT = re.compile(r"(\d*)(>>|>\||>&|<<<|<<-?|<&|>|<)|(&>>?)()")
_OPERATOR = re.compile(r"\|\||&&|\|&|;;|[;\n|&()]")
_TILDE = re.compile(r"~(?=/|[\s|&;()<>]|$)")
_PIPE = re.compile(r"\|(?!\|)&?")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b", "a": "\a", "0": "\0"}
_STICKS = frozenset('$`"\\\n')
_ENDS_WORD = frozenset("|&;()<>")

Pipelines = tuple[tuple[Simple, ...], ...]


@dataclass(slots=True)
class _Parts:
    """A word in the making."""

    text: list[str] = field(default_factory=list)
    quoted: bool = False


@dataclass(slots=True)
class _Reader:
    text: str
    holes: bool
    slips: list[Slip]
    at: int = 0
    depth: int = 0
    found: list[Script] = field(default_factory=list)

    def script(self, closer: str) -> tuple[Pipelines, tuple[str, ...]]:
        """Read pipelines up to `closer`, or to the end where it is empty."""
        pipelines: list[tuple[Simple, ...]] = []
        connectors: list[str] = []
        while True:
            pipelines.extend(self._pipeline(connectors))
            operator = self._operator()
            if operator in ("", ")"):
                if self._ends(operator, closer):
                    break
            elif len(connectors) < len(pipelines):
                connectors.append(";" if operator in ("\n", ";;") else operator)
            elif operator != "\n":
                self._slip("no-command", self.at - len(operator))
        connectors += [""] * (len(pipelines) - len(connectors))
        return tuple(pipelines), tuple(_closed(connectors))

    def _ends(self, operator: str, closer: str) -> bool:
        if operator == closer:
            return True
        if not operator:
            self._slip("open-parenthesis", len(self.text) - 1)
            return True
        self._slip("stray-parenthesis", self.at - 1)
        return False

    def _slip(self, kind: str, start: int, end: int | None = None) -> None:
        stop = self.at if end is None else end
        self.slips.append(Slip(kind, start, max(stop, start)))

    def _operator(self) -> str:
        found = _OPERATOR.match(self.text, self.at)
        if not found:
            return ""
        self.at = found.end()
        return found[0]

    def _pipeline(self, connectors: list[str]) -> list[tuple[Simple, ...]]:
        self._blanks()
        if self.text.startswith("(", self.at):
            return self._group(connectors)
        simples = [self._simple()]
        while found := _PIPE.match(self.text, self.at):
            self.at = found.end()
            if found[0] == "|&":
                simples[-1] = _with_errors(simples[-1])
            simples.append(self._simple())
        silent = [simple for simple in simples if not _says_something(simple)]
        if len(simples) > 1:
            for simple in silent:
                self._slip("no-command", simple.start)
        if len(silent) == len(simples):
            return []
        return [tuple(filter(_says_something, simples))]

    def _group(self, connectors: list[str]) -> list[tuple[Simple, ...]]:
        self.at += 1
        if self.depth >= DEEPEST:
            self._slip("too-deep", self.at - 1)
            return []
        self.depth += 1
        pipelines, inner = self.script(")")
        self.depth -= 1
        connectors.extend(inner[:-1])
        self._blanks()
        return list(pipelines)

    def _blanks(self) -> None:
        while True:
            if blank := _BLANK.match(self.text, self.at):
                self.at = blank.end()
            if not self.text.startswith("#", self.at):
                return
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end

    def _simple(self) -> Simple:
        assignments: list[Word] = []
        words: list[Word] = []
        redirects: list[Redirect] = []
        self._blanks()
        start = end = self.at
        while not self._at_end():
            if redirect := self._redirect():
                redirects.append(redirect)
            else:
                word = self._word()
                if not words and _ASSIGNMENT.match(word.raw):
                    assignments.append(word)
                else:
                    words.extend(_braced(word))
            end = self.at
            self._blanks()
        return Simple(tuple(assignments), tuple(words), tuple(redirects), start, end)

    def _at_end(self) -> bool:
        if self.at >= len(self.text):
            return True
        char = self.text[self.at]
        return char in "|;()\n" or (char == "&" and self.text[self.at + 1 :][:1] != ">")

    def _redirect(self) -> Redirect | None:
        found = _REDIRECT.match(self.text, self.at)
        if not found or self._hole_here() or self.text.startswith("<(", self.at):
            return None
        start, self.at = self.at, found.end()
        if blank := _BLANK.match(self.text, self.at):
            self.at = blank.end()
        if self._at_end():
            self._slip("no-target", start)
        target = self._word() if not self._at_end() else Word("", "", start, self.at)
        fd, op = (found[1] or "", found[2]) if found[2] else ("", found[3])
        return Redirect(fd, op, target, start, self.at)

    def _hole_here(self) -> re.Match[str] | None:
        return (_HOLE if self.holes else _TYPED_HOLE).match(self.text, self.at)

    def _word(self) -> Word:
        start, parts = self.at, _Parts()
        if self.text[start] == "~" and (tilde := _TILDE.match(self.text, self.at)):
            parts.text.append(HOME)
            self.at = tilde.end()
        while self.at < len(self.text) and self._part(parts):
            pass
        if self.at == start:
            parts.text.append(self.text[self.at])
            self.at += 1
        raw = self.text[start : self.at]
        return Word("".join(parts.text), raw, start, self.at, parts.quoted)

    def _part(self, parts: _Parts) -> bool:
        if plain := _PLAIN.match(self.text, self.at):
            self.at = plain.end()
            parts.text.append(plain[0])
            return True
        char = self.text[self.at]
        if char == "<":
            return self._hole(parts) or self._process(parts)
        if char.isspace() or char in _ENDS_WORD:
            return False
        self._special(char, parts)
        return True

    def _special(self, char: str, parts: _Parts) -> None:
        if char == "'":
            self._as_is(parts)
        elif char == '"':
            self._with_expansions(parts)
        elif char == "\\":
            if self.at + 1 == len(self.text):
                self._slip("open-line", self.at, self.at + 1)
            parts.quoted = True
            parts.text.append(self.text[self.at + 1 : self.at + 2].replace("\n", ""))
            self.at += 2
        else:
            self._expansion(char, parts, quoted=False)

    def _hole(self, parts: _Parts) -> bool:
        found = self._hole_here()
        if not found:
            return False
        self.at = found.end()
        text = f"{HOLE}{found[1]}{HOLE_END}" if self.holes else found[0]
        parts.text.append(text)
        return True

    def _process(self, parts: _Parts) -> bool:
        if not self.text.startswith("<(", self.at):
            return False
        self.at += 2
        self._substitution(parts, SUBSTITUTION)
        return True

    def _as_is(self, parts: _Parts) -> None:
        parts.quoted = True
        end = self.text.find("'", self.at + 1)
        if end < 0:
            self._slip("open-quote", self.at, len(self.text))
            end = len(self.text)
        parts.text.append(self._filled(self.text[self.at + 1 : end]))
        self.at = end + 1

    def _filled(self, text: str) -> str:
        """Make signs of the placeholders in quoted text."""
        return _HOLE.sub(f"{HOLE}\\1{HOLE_END}", text) if self.holes else text

    def _with_expansions(self, parts: _Parts) -> None:
        parts.quoted = True
        start = self.at
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] != '"':
            if plain := _IN_DOUBLE.match(self.text, self.at):
                self.at = plain.end()
                parts.text.append(plain[0])
            else:
                self._in_double(self.text[self.at], parts)
        if self.at >= len(self.text):
            self._slip("open-quote", start, len(self.text))
        self.at += 1

    def _in_double(self, char: str, parts: _Parts) -> None:
        if char == "<":
            if not (self.holes and self._hole(parts)):
                parts.text.append(char)
                self.at += 1
        elif char == "\\":
            after = self.text[self.at + 1 : self.at + 2]
            parts.text.append(after.strip("\n") if after in _STICKS else char + after)
            self.at += 2
        else:
            self._expansion(char, parts, quoted=True)

    def _expansion(self, char: str, parts: _Parts, *, quoted: bool) -> None:
        base = QUOTED_SUBSTITUTION if quoted else SUBSTITUTION
        if char == "`":
            self._ticks(parts, base)
        elif self.text.startswith("$(", self.at):
            if self.text.startswith("(", self.at + 2):
                self._slip("arithmetic", self.at, self.at + 3)
            self.at += 2
            self._substitution(parts, base)
        elif found := _NAME.match(self.text, self.at):
            self.at = found.end()
            parts.text.append(f"{VARIABLE}{found[1] or found[2]}{VARIABLE_END}")
        else:
            self._dollar(parts, quoted=quoted)

    def _dollar(self, parts: _Parts, *, quoted: bool) -> None:
        self.at += 1
        if not quoted and self.text.startswith("'", self.at):
            self._escaped(parts)
        elif quoted or not self.text.startswith('"', self.at):
            parts.text.append("$")

    def _escaped(self, parts: _Parts) -> None:
        found = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL).match(self.text, self.at)
        if not found:
            self._as_is(parts)
            return
        self.at = found.end()
        parts.quoted = True
        escape = re.compile(r"\\(.)", re.DOTALL)
        plain = escape.sub(lambda one: _ESCAPES.get(one[1], one[1]), found[1])
        parts.text.append(plain)

    def _ticks(self, parts: _Parts, base: int) -> None:
        closing = re.compile(r"((?:[^`\\]|\\.)*)`", re.DOTALL)
        found = closing.match(self.text, self.at + 1)
        inner = found[1] if found else self.text[self.at + 1 :]
        if not found:
            self._slip("open-tick", self.at, len(self.text))
        # the blanks keep spans right unless ticks nest, which takes backslashes
        padded = " " * (self.at + 1) + re.sub(r"\\([`\\$])", r"\1", inner)
        self.at = found.end() if found else len(self.text)
        if self.depth >= DEEPEST or len(self.found) >= MOST_SUBSTITUTIONS:
            self._slip("too-deep", self.at - 1)
            return
        inside = _Reader(padded, holes=self.holes, slips=self.slips)
        inside.depth, inside.found = self.depth + 1, self.found
        pipelines, connectors = inside.script("")
        self._keep(parts, base, Script(pipelines, connectors))

    def _substitution(self, parts: _Parts, base: int) -> None:
        if self.depth >= DEEPEST:
            self._slip("too-deep", self.at - 2)
            parts.text.append(self.text[self.at :])
            self.at = len(self.text)
            return
        self.depth += 1
        pipelines, connectors = self.script(")")
        self.depth -= 1
        self._keep(parts, base, Script(pipelines, connectors))

    def _keep(self, parts: _Parts, base: int, inner: Script) -> None:
        if _is_pwd(inner):
            parts.text.append(HERE)
        elif len(self.found) >= MOST_SUBSTITUTIONS:
            self._slip("too-long", self.at - 1)
        else:
            parts.text.append(chr(base + len(self.found)))
            self.found.append(inner)


_BRACES = re.compile(
    r"\{(?:([^{}]*,[^{}]*)|(-?[1-9]\d{0,4}|0|[a-zA-Z])\.\.(-?[1-9]\d{0,4}|0|[a-zA-Z]))\}"
)
_MOST_BRACED = 64


def _braced(word: Word) -> list[Word]:
    """Expand `{a,b}` and `{1..3}`, unless braces stand in braces or are quoted."""
    found = _BRACES.search(word.text)
    if not found or word.quoted or re.search(r"\{[^{}]*\{", word.text):
        return [word]
    texts = [""]
    at = 0
    for one in _BRACES.finditer(word.text):
        before = word.text[at : one.start()]
        parts = one[1].split(",") if one[1] is not None else _range(one[2], one[3])
        texts = [f"{text}{before}{part}" for text in texts for part in parts]
        if not parts or len(texts) > _MOST_BRACED:
            return [word]
        at = one.end()
    texts = [text + word.text[at:] for text in texts]
    shown = [word.raw if SIGNS.search(text) else text for text in texts]
    return [
        Word(text, raw, word.start, word.end)
        for text, raw in zip(texts, shown, strict=True)
    ]


def _range(first: str, last: str) -> list[str]:
    if first.isalpha() != last.isalpha():
        return []
    start, end = (ord(x) if x.isalpha() else int(x) for x in (first, last))
    if abs(end - start) >= _MOST_BRACED:
        return []
    step = 1 if end >= start else -1
    numbers = range(start, end + step, step)
    return [chr(one) if first.isalpha() else str(one) for one in numbers]


def _is_pwd(script: Script) -> bool:
    """Tell `$(pwd)`, which is `$PWD`."""
    if len(script.pipelines) != 1 or len(script.pipelines[0]) != 1:
        return False
    simple = script.pipelines[0][0]
    return [word.text for word in simple.words] == ["pwd"] and not simple.redirects


def _with_errors(simple: Simple) -> Simple:
    """Send errors into the pipe too, as `|&` does."""
    end = simple.end
    both = Redirect("2", ">&", Word("1", "1 (|&)", end, end), end, end)
    return replace(simple, redirects=(*simple.redirects, both))


def _says_something(simple: Simple) -> bool:
    return bool(simple.words or simple.assignments or simple.redirects)


def _closed(connectors: list[str]) -> list[str]:
    """Drop a semicolon after the last command: it connects nothing."""
    if connectors and connectors[-1] == ";":
        return [*connectors[:-1], ""]
    return connectors
