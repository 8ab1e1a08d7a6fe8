"""Parsing a command by a grammar, as pflag and cobra do it.

Nothing stops the parser: what the client would refuse becomes a `Problem`, and reading
goes on with what was most likely meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from trainer.grading.grammar import Command, Grammar, Option
from trainer.grading.nearness import is_near, nearest
from trainer.grading.shell import Redirect, Simple, Word
from trainer.grading.values import FALSE, TRUE, is_refused, value_kind


@dataclass(frozen=True, slots=True)
class Problem:
    """What a client refuses, or reads otherwise than meant.

    `subject` is what it is about as typed, `near` what was likely meant, `detail`
    whatever else the sentence about it names.
    """

    kind: str
    subject: str
    start: int
    end: int
    near: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An option as given: `spelled` with dashes, `typed` with its value.

    `taken`: the value came from the same word without `=`, as in `-p80:80`.
    """

    option: Option
    value: str
    spelled: str
    typed: str
    start: int
    end: int
    taken: bool = False
    detached: bool = False


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command as a client reads it."""

    program: str
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
    where the client would not. With `strict` one dash never stands for two, so that the
    problems are those of the client and no others.
    """
    assignments, words = unwrap(simple)
    base = Invocation(
        "",
        assignments=(*simple.assignments, *assignments),
        redirects=simple.redirects,
        words=words,
        start=simple.start,
        end=simple.end,
    )
    if not words:
        return base
    parser = _Parser(grammar, likely, anywhere=anywhere, strict=strict)
    return parser.parse(words, base)


_WRAPPERS = frozenset(
    {"sudo", "doas", "env", "time", "command", "exec", "nohup", "do", "then", "else"}
    | {"!", "if", "while", "until", "builtin", "{"}
)
_WRAPPER_VALUES = {
    "sudo": frozenset("ugphCTDRr"),
    "env": frozenset("uCS"),
    "doas": frozenset("uC"),
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
    if words and words[-1].text == "}":
        words = words[:-1]
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
    name = text.rpartition("/")[2] or text
    return name.removesuffix(".exe")


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
        after = reading.before(rest)
        command, name, rest = self._command(after)
        base = replace(
            base,
            program=program,
            options=tuple(reading.given),
            name=name,
            name_words=after[: len(after) - len(rest)],
        )
        if command is None or command.opaque or command.removed:
            return replace(
                base, command=command, operands=rest, problems=tuple(self.problems)
            )
        return self._leaf(command, rest, base)

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
        if name == meant:
            return name, rest
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

    def _command(
        self, words: tuple[Word, ...]
    ) -> tuple[Command | None, str, tuple[Word, ...]]:
        """Return the command, its name as read, and the words after it."""
        texts: list[str] = []
        rest = list(words)
        while rest:
            word = rest[0]
            known = self.grammar.find([*texts, word.text])[1] > len(texts)
            meant = [word.text] if known else self._meant(texts, word)
            if not meant:
                break
            texts += meant
            rest = rest[1:]
            if len(meant) > 1 and meant[-1].startswith("-"):
                rest.insert(0, replace(word, text=texts.pop()))
        command, _ = self.grammar.find(texts)
        self._check_group(command, texts, rest)
        return command, " ".join(texts), tuple(rest)

    def _meant(self, texts: Sequence[str], word: Word) -> list[str]:
        """Return the command words that an unknown word was meant for."""
        path = self.grammar.find(texts)[0].path if texts else ()  # type: ignore[union-attr]
        group = self.grammar.command(path)
        if group.runnable or word.text.startswith("-"):
            return []
        known = self.grammar.words_after(path)
        if apart := self._apart(texts, word, known):
            return apart
        near = nearest(word.text, known)
        if near and word.text not in _command_words(self.grammar):
            chosen = self._preferred(texts, near)
            self._problem("command-typo", word, near=chosen)
            return [chosen]
        return []

    def _preferred(self, texts: Sequence[str], near: Sequence[str]) -> str:
        for one in near:
            command, used = self.grammar.find([*texts, one])
            if command and used == len(texts) + 1 and self._leads(command.path):
                return one
        return near[0]

    def _leads(self, path: tuple[str, ...]) -> bool:
        return self.likely[: len(path)] == path

    def _apart(
        self, texts: Sequence[str], word: Word, known: Sequence[str]
    ) -> list[str]:
        for head in sorted(known, key=len, reverse=True):
            tail = word.text.removeprefix(head)
            if tail == word.text:
                continue
            goes_on = self.grammar.find([*texts, head, tail])[1] == len(texts) + 2
            if goes_on or tail.startswith("-"):
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
        elif (command is None or not command.runnable) and rest:
            if not rest[0].text.startswith("-") and not (command and command.opaque):
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
            if role == "image" and is_refused("image", word.text):
                self._problem("bad-image", word)


@lru_cache(maxsize=8)
def _command_words(grammar: Grammar) -> frozenset[str]:
    """Return the words of all commands: what is one somewhere is no slip."""
    groups = grammar.words_after(())
    inner = [word for one in groups for word in grammar.words_after((one,))]
    return frozenset((*groups, *inner))


def operand_roles(command: Command | None, count: int) -> list[str]:
    """Return the roles of that many operands; those past the last role have none."""
    roles: list[str] = []
    for operand in command.operands if command else ():
        most = count if operand.most is None else operand.most
        roles += [operand.role] * min(most, count - len(roles))
    return roles + [""] * (count - len(roles))


def _role_at(command: Command, index: int) -> str:
    seen = 0
    for operand in command.operands:
        seen += operand.most or operand.least or 1
        if index < seen:
            return operand.role
    return command.operands[-1].role


def _swallowed(reading: "OptionReader") -> str:
    """Return the option that took the last word as its value, where one did."""
    if reading.given and reading.given[-1].detached:
        return reading.given[-1].typed
    return ""


def _why_refused(option: Option, value: str) -> str:
    keys = {field.partition("=")[0] for field in value.split(",")}
    if option.type == "mount" and not keys & {"target", "dst", "destination"}:
        return "no-mount-target"
    return "bad-value"


def _typed(option: Option, spelled: str, value: str, first: Word, last: Word) -> str:
    """Return an option as typed, without what shares a cluster with it."""
    if first is not last:
        return f"{spelled} {last.raw}"
    if spelled.startswith("--") or first.raw.startswith("--"):
        return first.raw
    if option.type == "bool":
        return spelled
    at = first.raw.find(spelled[1:], 1)
    return spelled + first.raw[at + 1 :] if at > 0 else f"{spelled}{value}"


class OptionReader:
    """Reads options and operands by the rules of pflag."""

    def __init__(
        self,
        command: Command,
        problems: list[Problem],
        grammar: Grammar | None = None,
        *,
        strict: bool = False,
    ) -> None:
        self.strict = strict
        self.command = command
        self.problems = problems
        self.grammar = grammar
        self.given: list[Given] = []
        self.operands: list[Word] = []
        self._rest: list[Word] = []

    def read(self, words: Sequence[Word], *, interspersed: bool) -> None:
        """Read all words; unless `interspersed` the first operand ends the options."""
        self._rest = list(reversed(words))
        while self._rest:
            word = self._rest.pop()
            if word.text == "--":
                break
            if self._is_option(word):
                self._option(word)
                continue
            self.operands.append(word)
            if not interspersed:
                break
        self.operands.extend(reversed(self._rest))

    def before(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """Read the options in front, and return the words from the first operand on."""
        self._rest = list(reversed(words))
        while self._rest and self._is_option(self._rest[-1]):
            word = self._rest.pop()
            if word.text == "--":
                break
            self._option(word)
        return tuple(reversed(self._rest))

    def _is_option(self, word: Word) -> bool:
        return word.text.startswith("-") and len(word.text) > 1

    def _option(self, word: Word) -> None:
        if word.text.startswith("--"):
            self._long(word, word.text)
        elif self._means_long(word.text):
            near = f"-{word.text.partition('=')[0]}"
            self._problem("single-dash", word, near=near)
            self._long(word, f"-{word.text}")
        else:
            self._cluster(word)

    def _long(self, word: Word, text: str) -> None:
        name, equals, value = text.partition("=")
        option = self.command.option(name)
        if option is None:
            option = self._meant(word, name)
            if option is None:
                return
        elif option.removed:
            self._removed(word, name, option)
        spelled = word.raw.partition("=")[0]
        if equals:
            self._give(option, value, spelled, word, word)
        elif option.type == "bool" or option.bare is not None:
            self._give(option, option.bare or "true", spelled, word, word)
        else:
            self._next_word(option, spelled, word)

    def _removed(self, word: Word, name: str, option: Option) -> None:
        instead = option.instead or ""
        self._problem("removed-option", word, instead, option.removed or "", name)

    def _next_word(self, option: Option, spelled: str, word: Word) -> None:
        if not self._rest:
            self._problem("needs-value", word, subject=spelled)
            self.given.append(
                Given(option, "", spelled, word.raw, word.start, word.end)
            )
            return
        value = self._rest.pop()
        self._give(option, value.text, spelled, word, value, detached=True)

    def _give(
        self,
        option: Option,
        value: str,
        spelled: str,
        first: Word,
        last: Word,
        **how: bool,
    ) -> None:
        typed = _typed(option, spelled, value, first, last)
        given = Given(option, value, spelled, typed, first.start, last.end, **how)
        self._check_value(given)
        self.given.append(given)

    def _check_value(self, given: Given) -> None:
        option, value = given.option, given.value
        where = Word(value, given.typed, given.start, given.end)
        if option.type == "bool":
            if value not in TRUE | FALSE:
                self._problem("bad-switch", where, detail=value, subject=given.spelled)
        elif is_refused(value_kind(option), value):
            kind = "took-letters" if given.taken else _why_refused(option, value)
            self._problem(kind, where, given.typed, value, given.spelled)

    def _cluster(self, word: Word) -> None:
        letters = word.text[1:]
        while letters:
            letter, letters = letters[0], letters[1:]
            option = self.command.option(f"-{letter}")
            if option is None:
                option = self._meant_letter(word, letter)
                if option is None:
                    if letters.startswith("="):
                        return
                    continue
            elif option.removed:
                self._removed(word, f"-{letter}", option)
            letters = self._letter(option, f"-{letter}", letters, word)

    def _letter(self, option: Option, spelled: str, letters: str, word: Word) -> str:
        """Give an option of a cluster its value; return the letters left over."""
        if letters.startswith("="):
            self._give(option, letters[1:], spelled, word, word)
            return ""
        if option.type == "bool" or option.bare is not None:
            self._give(option, option.bare or "true", spelled, word, word)
            return letters
        if letters:
            self._give(option, letters, spelled, word, word, taken=True)
        else:
            self._next_word(option, spelled, word)
        return ""

    def _means_long(self, text: str) -> bool:
        """Tell whether one dash stands before a long name, `-name` for `--name`."""
        name = text[1:].partition("=")[0]
        if self.strict or len(name) < 2 or not self._stands_for_long(f"--{name}"):  # noqa: PLR2004
            return False
        return not self._is_plain_cluster(name)

    def _stands_for_long(self, name: str) -> bool:
        option = self.command.option(name)
        return (option is not None and not option.removed) or (
            self.command.slips.get(name, "").startswith("--")
        )

    def _is_plain_cluster(self, letters: str) -> bool:
        """Tell whether all letters are switches, or the last may take a value."""
        options = [self.command.option(f"-{letter}") for letter in letters]
        if None in options or len(set(letters)) < len(letters):
            return False
        return all(one is not None and one.type == "bool" for one in options[:-1])

    def _meant(self, word: Word, name: str) -> Option | None:
        """Report an unknown long option; return the one that was likely meant."""
        near = self._near_long(name)
        elsewhere = "" if near else self._elsewhere(name)
        kind = "unknown-option"
        if near.startswith("-") and not near.startswith("--"):
            kind = "double-dash"
        self._problem(kind, word, near, elsewhere, name)
        if near and kind == "double-dash" and len(near) > 2:  # noqa: PLR2004
            self._cluster(replace(word, text=near))
            return None
        return self.command.option(near) if near else None

    def _near_long(self, name: str) -> str:
        slip = self.command.slips.get(name)
        if slip and slip.startswith("-"):
            return slip.partition(" ")[0]
        letters = name[2:]
        known = [one.long for one in self.command.options if not one.removed]
        # two letters are more likely a cluster than a slip for `--ip`
        near = nearest(letters, [one for one in known if len(one) > 2])  # noqa: PLR2004
        if near:
            return f"--{near[0]}"
        if letters and self._is_plain_cluster(letters):
            return f"-{letters}"
        begun = [one for one in known if len(letters) > 2 and one.startswith(letters)]  # noqa: PLR2004
        return f"--{begun[0]}" if len(begun) == 1 else ""

    def _elsewhere(self, name: str) -> str:
        """Tell that an unknown option is one that belongs before the command."""
        if self.grammar and self.grammar.command(()).option(name):
            return self.grammar.program
        return ""

    def _meant_letter(self, word: Word, letter: str) -> Option | None:
        other = letter.swapcase()
        near = self.command.option(f"-{other}") if other != letter else None
        near = None if near and near.long == "help" else near
        elsewhere = self._elsewhere(f"-{letter}")
        shown = f"-{other}" if near else ""
        self._problem("unknown-option", word, shown, elsewhere, f"-{letter}")
        return near

    def _problem(
        self,
        kind: str,
        word: Word,
        near: str = "",
        detail: str = "",
        subject: str = "",
    ) -> None:
        said = subject or word.raw
        found = Problem(kind, said, word.start, word.end, near, detail)
        self.problems.append(found)
