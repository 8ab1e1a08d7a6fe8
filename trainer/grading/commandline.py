"""Parsing a command by a grammar, as pflag and cobra do it.

Nothing stops the parser: what the client would refuse becomes a `Problem`, and reading
goes on with what was most likely meant.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from trainer.grading.grammar import Command, Grammar
from trainer.grading.nearness import is_near, nearest
from trainer.grading.options import Given, OptionReader, Problem, is_option
from trainer.grading.shell import Redirect, Simple, Word
from trainer.grading.values import is_refused, is_stand_in


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command as a client reads it; `ours` if it runs the grammar's program.

    `words` are all of it behind `sudo` and the like. `options` stand before the end of
    the command's `name`, as typed in `name_words`; `given` and `operands` belong to the
    command itself, which is `None` where the name is unknown.
    """

    program: str
    ours: bool = False
    command: Command | None = None
    name: str = ""
    options: tuple[Given, ...] = ()
    given: tuple[Given, ...] = ()
    operands: tuple[Word, ...] = ()
    problems: tuple[Problem, ...] = ()
    assignments: tuple[Word, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    words: tuple[Word, ...] = ()
    name_words: tuple[Word, ...] = ()
    start: int = 0
    end: int = 0

    @property
    def path(self) -> tuple[str, ...]:
        """The canonical words of the command, none where it is unknown."""
        return self.command.path if self.command else ()


def parse_command(
    simple: Simple,
    grammar: Grammar,
    likely: tuple[str, ...] = (),
    *,
    anywhere: bool = False,
    strict: bool = False,
) -> Invocation:
    """Parse a command; of another program only the words are kept.

    `likely` is the command that an answer is compared with: of several names near a
    mistyped one it is preferred. With `anywhere` options are read after operands even
    where the client would not. With `strict` one dash never stands for two, nor
    `<image>` for any image, so that the problems are those of the client and no others.
    """
    assignments, words = unwrap(simple)
    parser = _Parser(grammar, likely, anywhere=anywhere, strict=strict)
    words = parser.led(words)
    base = Invocation(
        "",
        assignments=(*simple.assignments, *assignments),
        redirects=simple.redirects,
        words=words,
        start=simple.start,
        end=simple.end,
    )
    return parser.parse(words, base) if words else base


_WRAPPERS = frozenset({"sudo", "doas", "env", "time", "command", "exec", "nohup"})
_LEADERS = frozenset({"do", "then", "else", "if", "while", "until", "!", "{", "xargs"})
"""Words in front of a command that make another line of it."""
_NO_SLIPS = frozenset({"dockerd"})
"""Programs whose names are near the client's."""
_WRAPPER_VALUES = {
    "sudo": frozenset("ugphCTDRr"),
    "env": frozenset("uCS"),
    "doas": frozenset("uC"),
    "xargs": frozenset("nIPLdsaE"),
}


def unwrap(simple: Simple) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Drop `sudo` and its like; return the assignments behind them, and the rest."""
    words, assignments = simple.words, []
    while words and _program(words[0].text) in _WRAPPERS and len(words) > 1:
        wrapper, words = _program(words[0].text), words[1:]
        words = _past_options(words, _WRAPPER_VALUES.get(wrapper, frozenset()))
        while words and words[0].text.partition("=")[0].isidentifier():
            if "=" not in words[0].text:
                break
            assignments.append(words[0])
            words = words[1:]
    return tuple(assignments), words


def _past_options(words: tuple[Word, ...], valued: frozenset[str]) -> tuple[Word, ...]:
    while words and words[0].text.startswith("-"):
        text, words = words[0].text, words[1:]
        if text == "--":
            break
        if text.startswith("--"):
            takes = "=" not in text and text in ("--user", "--group", "--chdir")
        else:
            takes = text[-1:] in valued
        words = words[1:] if takes else words
    return words


def _program(text: str) -> str:
    folder, _, name = text.rpartition("/")
    # `/docker` is no place where programs are
    return (name if name and folder else text).removesuffix(".exe")


@dataclass(slots=True)
class _Named:
    """The words that name a command, and what follows them."""

    rest: tuple[Word, ...]
    texts: list[str] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    options: list[Given] = field(default_factory=list)
    command: Command | None = None


@dataclass(slots=True)
class _Parser:
    grammar: Grammar
    likely: tuple[str, ...]
    anywhere: bool
    strict: bool
    problems: list[Problem] = field(default_factory=list)

    def parse(self, words: tuple[Word, ...], base: Invocation) -> Invocation:
        program, rest = self._client(words)
        if program != self.grammar.program:
            return replace(base, program=program)
        reading = OptionReader(
            self.grammar.command(()), self.problems, strict=self.strict
        )
        named = self._command(reading.before(rest))
        command, rest = named.command, named.rest
        base = replace(
            base,
            program=program,
            ours=True,
            options=(*reading.given, *named.options),
            name=" ".join(named.texts),
            name_words=tuple(named.words),
        )
        if command is None or command.opaque or command.removed:
            return replace(
                base, command=command, operands=rest, problems=tuple(self.problems)
            )
        return self._leaf(command, rest, base)

    def led(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """Return the words of our program behind `do`, `xargs` and the like."""
        if not words or words[0].text not in _LEADERS:
            return words
        options = _WRAPPER_VALUES.get(words[0].text, frozenset())
        rest = _past_options(words[1:], options)
        _, rest = unwrap(Simple(words=self.led(rest)))
        if not rest or _program(rest[0].text) != self.grammar.program:
            return words
        leaders = words[: words.index(rest[0])]
        said = " ".join(word.raw for word in leaders)
        self.problems.insert(
            0, Problem("leading-word", said, leaders[0].start, leaders[-1].end)
        )
        return rest

    def _leaf(
        self, command: Command, words: tuple[Word, ...], base: Invocation
    ) -> Invocation:
        reading = OptionReader(command, self.problems, self.grammar, strict=self.strict)
        reading.read(words, interspersed=command.interspersed or self.anywhere)
        self._check_count(command, reading, base)
        return replace(
            base,
            command=command,
            given=tuple(reading.given),
            operands=tuple(reading.operands),
            problems=tuple(self.problems),
        )

    def _client(self, words: tuple[Word, ...]) -> tuple[str, tuple[Word, ...]]:
        """Return the program, and the words after it."""
        first, rest = words[0], words[1:]
        name, meant = _program(first.text), self.grammar.program
        if name == meant or name in _NO_SLIPS:
            return name, rest
        if is_near(first.raw, meant):
            self._problem("program-typo", first, near=meant)
            return meant, rest
        glued = name.removeprefix(meant)
        if glued != name and self.grammar.find([glued.lstrip("-")])[1]:
            if name == f"{meant}-compose":
                return name, rest
            self._problem("glued", first, near=f"{meant} {glued.lstrip('-')}")
            return meant, (replace(first, text=glued.lstrip("-")), *rest)
        if is_near(name, meant) or name.casefold() == meant:
            self._problem("program-typo", first, near=meant)
            return meant, rest
        return name, rest

    def _problem(
        self, kind: str, word: Word, near: str = "", detail: str = "", subject: str = ""
    ) -> None:
        said = subject or word.raw
        found = Problem(kind, said, word.start, word.end, near, detail)
        self.problems.append(found)

    def _command(self, words: tuple[Word, ...]) -> "_Named":
        """Read the words of the command, and options of its group between them."""
        named = _Named(rest=words)
        while named.rest and self._goes_on(named):
            pass
        named.command, _ = self.grammar.find(named.texts)
        self._check_group(named.command, named.texts, named.rest)
        return named

    def _goes_on(self, named: "_Named") -> bool:
        """Read one more word of the command, or the options in front of it."""
        word, texts = named.rest[0], named.texts
        group = self.grammar.find(texts)[0]
        if is_option(word):
            # past a double dash a group knows no commands
            ended = word.text == "--" and bool(texts)
            if ended or group is None or not _lacks_a_word(group):
                return False
            reading = OptionReader(group, self.problems, strict=self.strict)
            named.rest = reading.before(named.rest)
            named.options += reading.given
            return bool(named.rest)
        known = self.grammar.find([*texts, word.text])[1] > len(texts)
        meant = [word.text] if known else self._meant(named)
        if not meant:
            return False
        named.texts += meant
        named.words.append(word)
        named.rest = named.rest[1:]
        if len(meant) > 1 and meant[-1].startswith("-"):
            option = replace(word, text=named.texts.pop())
            named.rest = (option, *named.rest)
        return True

    def _meant(self, named: "_Named") -> list[str]:
        """Return the command words that an unknown word was meant for."""
        word, texts = named.rest[0], named.texts
        path = self.grammar.find(texts)[0].path if texts else ()  # type: ignore[union-attr]
        group = self.grammar.command(path)
        if group.runnable or word.text.startswith("-"):
            return []
        known = self.grammar.words_after(path)
        near = nearest(word.text, known)
        whole = any("-" in one for one in near)
        if not whole and (apart := self._apart(texts, word, known)):
            return apart
        if near and word.text not in _command_words(self.grammar):
            chosen = self._preferred(named, near)
            self._problem("command-typo", word, near=chosen)
            return [chosen]
        return []

    def _preferred(self, named: "_Named", near: Sequence[str]) -> str:
        """Return the likely command, else its group, else the nearest word."""
        ahead = [word.text for word in named.rest[1:]]
        found = [self.grammar.find([*named.texts, one, *ahead])[0] for one in near]
        paths = [command.path if command else () for command in found]
        likely = [one for one in paths if self.likely[: len(one)] == one]
        return near[paths.index(max(likely, key=len))] if likely else near[0]

    def _apart(
        self, texts: Sequence[str], word: Word, known: Sequence[str]
    ) -> list[str]:
        for head in sorted(known, key=len, reverse=True):
            tail = word.text.removeprefix(head)
            if tail == word.text:
                continue
            goes_on = self.grammar.find([*texts, head, tail])[1] == len(texts) + 2
            if goes_on or (tail.startswith("-") and tail.strip("-")):
                self._problem("glued", word, near=f"{head} {tail}")
                return [head, tail]
        return []

    def _check_group(
        self, command: Command | None, texts: Sequence[str], rest: Sequence[Word]
    ) -> None:
        if command is not None and command.removed:
            first = replace(rest[0], raw=" ".join(texts)) if rest else None
            where = first or Word("", " ".join(texts), 0, 0)
            self._problem("removed-command", where, command.instead or "")
            return
        if rest and rest[0].text == "--":
            rest = rest[1:]
        if rest and not is_option(rest[0]) and _lacks_a_word(command):
            self._problem("unknown-command", rest[0], detail=" ".join(texts))

    def _check_count(
        self, command: Command, reading: "OptionReader", base: Invocation
    ) -> None:
        asks_help = any(one.option.long == "help" for one in reading.given)
        if asks_help or not command.runnable:
            return
        self._check_images(command, reading.operands)
        count, operands = len(reading.operands), reading.operands
        if count < command.least:
            role = _role_at(command, count)
            end = Word("", base.name, base.end, base.end)
            self._problem("too-few", end, near=role, detail=_swallowed(reading))
        elif command.most is not None and count > command.most:
            extra = operands[command.most]
            self._problem("too-many", extra, detail=base.name)

    def _check_images(self, command: Command, operands: Sequence[Word]) -> None:
        for word, role in zip(
            operands, operand_roles(command, len(operands)), strict=True
        ):
            stands_in = not self.strict and is_stand_in(word.text)
            if role == "image" and not stands_in and is_refused(role, word.text):
                self._problem("bad-image", word)


def _lacks_a_word(command: Command | None) -> bool:
    return command is None or not (command.runnable or command.opaque)


@lru_cache(maxsize=8)
def _command_words(grammar: Grammar) -> frozenset[str]:
    """Return the words of commands that are no slips for others, such as `ls`."""
    groups = grammar.words_after(())
    inner = Counter(word for one in groups for word in grammar.words_after((one,)))
    return frozenset(groups) | {word for word, count in inner.items() if count > 1}


def operand_roles(command: Command | None, count: int) -> list[str]:
    """Return the roles of that many operands; those past the last role have none."""
    return [one.role for one in command.taking(count)] if command else [""] * count


def _role_at(command: Command, index: int) -> str:
    roles = [
        operand.role
        for operand in command.operands
        for _ in range(operand.most or operand.least or 1)
    ]
    return roles[min(index, len(roles) - 1)]


def _swallowed(reading: "OptionReader") -> str:
    """Return the option that took the last word as its value, where one did."""
    if reading.given and reading.given[-1].detached:
        return reading.given[-1].typed
    return ""
