"""Reading options and operands by the rules of pflag."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.grading.grammar import Command, Grammar, Option
from trainer.grading.nearness import nearest
from trainer.grading.shell import Word
from trainer.grading.values import FALSE, TRUE, is_refused, is_stand_in, value_kind


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

    `taken`: the value came from the same word without `=`, as in `-p80:80`; `detached`:
    it is a word of its own.
    """

    option: Option
    value: str
    spelled: str
    typed: str
    start: int
    end: int
    taken: bool = False
    detached: bool = False


def is_option(word: Word) -> bool:
    """Tell whether a word is read as options; a lone dash is a word like others."""
    return word.text.startswith("-") and word.text != "-"


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
            if is_option(word):
                self._option(word)
                continue
            self.operands.append(word)
            if not interspersed:
                break
        self.operands.extend(reversed(self._rest))

    def before(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """Read the options in front, and return the words from the first operand on."""
        self._rest = list(reversed(words))
        while self._rest and is_option(self._rest[-1]):
            word = self._rest.pop()
            if word.text == "--":
                break
            self._option(word)
        return tuple(reversed(self._rest))

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
        if not self.strict and self._takes_option(given):
            self._problem("took-option", where, detail=value, subject=given.spelled)
        if option.type == "bool":
            if value not in TRUE | FALSE:
                self._problem("bad-switch", where, detail=value, subject=given.spelled)
        elif self._is_refused(option, value):
            kind = "took-letters" if given.taken else _why_refused(option, value)
            self._problem(kind, where, given.typed, value, given.spelled)

    def _is_refused(self, option: Option, value: str) -> bool:
        stands_in = not self.strict and is_stand_in(value)
        return not stands_in and is_refused(value_kind(option), value)

    def _takes_option(self, given: Given) -> bool:
        """Tell whether a value was likely meant as an option, as `t` in `-nt`."""
        if given.taken:
            return given.value.isalpha() and self._is_known(f"-{given.value}")
        return given.detached and self._is_known(given.value)

    def _is_known(self, text: str) -> bool:
        if text.startswith("--"):
            return self.command.option(text.partition("=")[0]) is not None
        return len(text) == 2 and self.command.option(text) is not None  # noqa: PLR2004

    def _cluster(self, word: Word) -> None:
        letters = word.text[1:]
        if self._is_no_cluster(letters):
            self._problem("unknown-option", word)
            return
        while letters:
            letter, letters = letters[0], letters[1:]
            if letter == "-":
                apart = word.raw.replace("-", " -").strip()
                self._problem("glued", word, near=apart)
                continue
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

    def _is_no_cluster(self, letters: str) -> bool:
        """Tell whether no letter is an option, as in `docker kill -HUP`."""
        known = (self.command.option(f"-{one}") for one in letters)
        return len(letters) > 2 and letters.isalpha() and not any(known)  # noqa: PLR2004

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
