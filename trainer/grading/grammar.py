"""The grammar of a program's command line: commands, options, operands.

A grammar is data (`grammars/docker.json`). The file is written by the harvester
of `trainer.exchange.harvest` and read here; see `GrammarData` for its shape.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pkgutil import get_data
from typing import Any, cast

from trainer.grading.grammars import SHIPPED
from trainer.grading.shape import CommandData, GrammarData, OptionData, check_grammar
from trainer.language.errors import TrainerError

REPEATABLE = frozenset(
    {
        "config",
        "credential-spec",
        "external-ca",
        "filter",
        "generic-resource",
        "gpu-request",
        "ipNetSlice",
        "list",
        "map",
        "mount",
        "network",
        "port",
        "pref",
        "secret",
        "stringArray",
        "stringSlice",
        "stringToString",
        "strings",
        "ulimit",
    }
)
"""Types of options that gather their values; of all others the last value wins."""


class UnknownGrammarError(TrainerError):
    """No grammar of that name comes with the trainer."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__("no-such-grammar", name=name, known=", ".join(known))


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command.

    `long` and `short` are without dashes. `type` is what pflag calls it: `bool`,
    `string`, `int`, `list`, `duration`, … `kind` says what a value means: `port`,
    `volume`, `image`, … or nothing.
    `default` is the value in force where the option is not given, also where the
    server sets it, and `same` are other ways to write that value; empty where an
    explicit value is never the same as none.
    `bare` is the value where the option is given without one, if it may be.
    `synonyms` are older long names. `deprecated` and `removed` are versions, or
    `yes` where nobody knows which: a removed option is refused, and stays here so
    that one can say why. `instead` is what to write today. `plugin` is the part of the
    client that brings it, where not every installation has it.
    """

    long: str
    short: str | None = None
    type: str = "string"
    default: str = ""
    same: tuple[str, ...] = ()
    bare: str | None = None
    repeatable: bool = False
    kind: str = ""
    synonyms: tuple[str, ...] = ()
    hidden: bool = False
    plugin: str | None = None
    since: str | None = None
    deprecated: str | None = None
    removed: str | None = None
    instead: str | None = None

    @property
    def takes_value(self) -> bool:
        """Whether the next word is its value where none is attached."""
        return self.type != "bool" and self.bare is None

    def names(self) -> Iterator[str]:
        """Yield every way to write it, with dashes, the long name first."""
        yield f"--{self.long}"
        if self.short:
            yield f"-{self.short}"
        yield from (f"--{name}" for name in self.synonyms)


@dataclass(frozen=True, slots=True)
class Operand:
    """One operand, or a run of them: `role` says what it names.

    `least` and `most` count; `most` of `None` has no end. Where `ordered` is false,
    `a b` means the same as `b a`.
    The role `image` is a reference that means `latest` without a tag; `repository`
    means every tag; `command` is a program of its own, whose words are not ours.
    """

    role: str
    least: int = 1
    most: int | None = 1
    ordered: bool = True


_STRAY = Operand("")


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the program, or a group of commands (`runnable` false).

    `path` are the words of its canonical name; `aliases` are others that mean the
    same. `interspersed`: options may also follow operands. `opaque`: nothing is
    known of what follows. `slips` maps options that never existed to those that
    were meant.
    """

    path: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...] = ()
    options: tuple[Option, ...] = ()
    operands: tuple[Operand, ...] = ()
    interspersed: bool = True
    runnable: bool = True
    hidden: bool = False
    opaque: bool = False
    plugin: str | None = None
    since: str | None = None
    deprecated: str | None = None
    removed: str | None = None
    instead: str | None = None
    slips: Mapping[str, str] = field(default_factory=dict, hash=False)
    _names: Mapping[str, Option] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_names", _by_name(self.options))

    def option(self, name: str) -> Option | None:
        """Return the option that is written `name`, dashes included, if any."""
        return self._names.get(name)

    def taking(self, count: int) -> list[Operand]:
        """Return for each of so many words which operand it is.

        Words past the last one are operands without a role.
        """
        taken: list[Operand] = []
        for operand in self.operands:
            most = count if operand.most is None else operand.most
            taken += [operand] * min(most, count - len(taken))
        return taken + [_STRAY] * (count - len(taken))

    @property
    def least(self) -> int:
        """How many operands it needs."""
        return sum(operand.least for operand in self.operands)

    @property
    def most(self) -> int | None:
        """How many operands it takes; `None` for any number."""
        total = 0
        for operand in self.operands:
            if operand.most is None:
                return None
            total += operand.most
        return total


class Grammar:
    """What a program's command line may say.

    `options` stand before the first command word. Commands are made when they are
    asked for: a review needs a handful out of hundreds.
    """

    __slots__ = (
        "_after",
        "_data",
        "_everywhere",
        "_index",
        "_made",
        "options",
        "program",
        "version",
    )

    def __init__(self, data: GrammarData) -> None:
        self._data = {_words(one["path"]): one for one in data["commands"]}
        self._index = _index(data["commands"])
        self._after: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._made: dict[tuple[str, ...], Command] = {}
        self._everywhere = _options(data.get("everywhere", ()))
        self.options = _with(_options(data.get("options", ())), self._everywhere)
        self._made[()] = Command((), options=self.options, runnable=False)
        self.program = data["program"]
        self.version = data["version"]

    def find(self, words: Sequence[str]) -> tuple[Command | None, int]:
        """Return the command that `words` begin with, and how many words name it.

        The longest name counts, aliases included. `None` where the first word names
        nothing; a group where the word after it does not.
        """
        path: tuple[str, ...] = ()
        used = 0
        for word in words:
            further = self._index.get((*path, word))
            if further is None:
                break
            path, used = further, used + 1
        return (self.command(path) if used else None), used

    def command(self, path: tuple[str, ...]) -> Command:
        """Return the command of a canonical path; `()` is the program itself."""
        made = self._made.get(path)
        if made is None:
            made = self._made[path] = _command(self._data[path], self._everywhere)
        return made

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command and group, those that were removed included."""
        return tuple(self.command(path) for path in self._data)

    def words_after(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Return the words that may follow the group `path`, aliases included.

        Removed commands are left out: this is what "did you mean" chooses from.
        """
        known = self._after.get(path)
        if known is None:
            known = self._after[path] = tuple(
                name[-1]
                for name, target in self._index.items()
                if name[:-1] == path and "removed" not in self._data[target]
            )
        return known


@cache
def load_grammar(name: str) -> Grammar:
    """Return a grammar that comes with the trainer, such as `docker`.

    Raises `UnknownGrammarError`. The file is ours: tests check it, not every start.
    """
    text = get_data(_GRAMMARS, f"{name}.json") if name in SHIPPED else None
    if text is None:
        raise UnknownGrammarError(name, SHIPPED)
    return Grammar(json.loads(text))


def parse_grammar(data: object) -> Grammar:
    """Make a grammar of a learner's own file, read as JSON.

    Raises `GrammarError` that says where the file has what cannot be.
    """
    return Grammar(check_grammar(data))


_GRAMMARS = "trainer.grading.grammars"


def _by_name(options: Iterable[Option]) -> dict[str, Option]:
    """Index options by the ways to write them; what is in force hides the removed."""
    index: dict[str, Option] = {}
    for option in sorted(options, key=lambda one: one.removed is not None):
        for name in option.names():
            index.setdefault(name, option)
    return index


def _index(
    commands: Iterable[CommandData],
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Map every name of a command to its canonical path."""
    index: dict[tuple[str, ...], tuple[str, ...]] = {}
    for one in commands:
        path = _words(one["path"])
        index[path] = path
        for alias in one.get("aliases", ()):
            index.setdefault(_words(alias), path)
    return index


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(" "))


def _command(data: CommandData, everywhere: tuple[Option, ...]) -> Command:
    fields: dict[str, Any] = {**data}
    fields["path"] = _words(data["path"])
    fields["aliases"] = tuple(map(_words, data.get("aliases", ())))
    fields["options"] = _with(_options(data.get("options", ())), everywhere)
    fields["operands"] = tuple(Operand(**one) for one in data.get("operands", ()))
    return Command(**fields)


def _options(data: Iterable[OptionData]) -> tuple[Option, ...]:
    return tuple(map(_option, data))


def _option(data: OptionData) -> Option:
    fields = cast("dict[str, Any]", {**data})
    for name in ("same", "synonyms"):
        fields[name] = tuple(fields.get(name, ()))
    fields.setdefault("repeatable", data.get("type") in REPEATABLE)
    if data.get("type") == "bool":
        fields.setdefault("default", "false")
    return Option(**fields)


def _with(own: tuple[Option, ...], more: tuple[Option, ...]) -> tuple[Option, ...]:
    """Add the options that every command takes, unless the command has its own."""
    names = {name for option in own for name in option.names()}
    return own + tuple(one for one in more if f"--{one.long}" not in names)


@cache
def no_grammar() -> Grammar:
    """Return a grammar that knows no program: words alone are compared."""
    return Grammar({"schema": 1, "program": "", "version": "", "commands": []})
