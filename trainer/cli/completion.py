"""Completion in bash, zsh and fish: what may stand where the cursor is.

The scripts are typer's (`--install-completion`, `--show-completion`); they set
`_TRAINER_COMPLETE` and ask the program. It answers itself, for three reasons: the
global options may stand anywhere, typer loads rich to word the answer, and zsh runs
what typer does not escape of a text.
"""

import os
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass

from trainer.cli.options import COLORS, LANGUAGES, VALUES, Options, split_options
from trainer.language.clean import clean

Offer = tuple[str, str]
"""A word, and what it stands for or nothing."""

_CHOICES = {"--lang": LANGUAGES, "--color": COLORS}
_WORD = re.compile(r"[\w./:@%+,=-]+")
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Typed:
    """A command line up to the cursor: whole words, and the one that is begun."""

    words: list[str]
    incomplete: str


def complete(instruction: str, options: Options) -> int:
    """Answer a shell; return the exit code, which is 1 where there is nothing to say.

    Whatever goes wrong stays unsaid: it would be written into the command line.
    """
    _, _, name = instruction.partition("complete_")
    if name not in _SHELLS:
        return _by_typer(options)
    typed, told = _SHELLS[name]
    try:
        offers = offered(typed(), options)
        text = told([one for one in offers if _WORD.fullmatch(one[0])])
    except Exception:  # noqa: BLE001 - see above
        return 1
    if text:
        print(text)
    return 0 if offers else 1


def offered(typed: Typed, options: Options) -> list[Offer]:
    """Return what may stand where the cursor is; nothing where files may."""
    words, pending, incomplete = _begun(typed)
    prefix = f"{pending}=" if typed.incomplete.startswith(f"{pending}=") else ""
    if pending in VALUES:
        offers = [(one, "") for one in _CHOICES.get(pending, ())]
    else:
        from trainer.cli.tree import offers_at

        rest = split_options(words, options)
        offers = offers_at(rest, pending, incomplete, options)
    return [
        (prefix + word, about) for word, about in offers if word.startswith(incomplete)
    ]


def _begun(typed: Typed) -> tuple[list[str], str, str]:
    """Return the whole words, the option whose value is begun, and what is begun.

    bash makes three words of `--lang=zh`.
    """
    words, incomplete = typed.words, typed.incomplete
    if incomplete == "=":
        words, incomplete = [*words, "="], ""
    words = _joined(words)
    if words and _wants_value(words[-1]):
        return words[:-1], words[-1].removesuffix("="), incomplete
    name, equals, value = incomplete.partition("=")
    if equals and name.startswith("--"):
        return words, name, value
    if words and words[-1] in VALUES:
        return words[:-1], words[-1], incomplete
    return words, "", incomplete


def _joined(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        last = joined[-1] if joined else ""
        if _wants_value(last) or (word == "=" and last.startswith("--")):
            joined[-1] = last + word
        else:
            joined.append(word)
    return joined


def _wants_value(word: str) -> bool:
    return word.startswith("--") and word.endswith("=")


def _by_typer(options: Options) -> int:
    from trainer.cli.app import run

    return run(options, [])


def _typed_in_bash() -> Typed:
    words = os.environ["COMP_WORDS"].split("\n")
    at = int(os.environ["COMP_CWORD"])
    return Typed(words[1:at], "".join(words[at : at + 1]))


def _typed_in_line() -> Typed:
    line = os.environ["_TYPER_COMPLETE_ARGS"]
    try:
        words = shlex.split(line)[1:]
    except ValueError:  # a quote is still open
        words = line.split()[1:]
    if line[-1:].isspace() or not words:
        return Typed(words, "")
    return Typed(words[:-1], words[-1])


def _for_bash(offers: list[Offer]) -> str:
    return "\n".join(word for word, _ in offers)


def _for_zsh(offers: list[Offer]) -> str:
    if not offers:
        return "_files"
    told = "\n".join(
        f'"{_escaped(word)}":"{_harmless(about)}"' if about else f'"{_escaped(word)}"'
        for word, about in offers
    )
    return f"_arguments '*: :(({told}))'"


def _for_fish(offers: list[Offer]) -> str:
    if os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return ""
    return "\n".join(
        f"{word}\t{_one_line(about)}" if about else word for word, about in offers
    )


def _escaped(word: str) -> str:
    return word.replace(":", r"\\:")


def _harmless(text: str) -> str:
    r"""Return a text that stays one in zsh, which reads it as code twice.

    In its quotes only `\`, `"`, `$` and a backtick mean something, and `'` ends them.
    """
    return _escaped(re.sub(r"[\\$\"'`]", "", _one_line(text)))


def _one_line(text: str) -> str:
    line = clean(" ".join(text.split()))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


_SHELLS: dict[str, tuple[Callable[[], Typed], Callable[[list[Offer]], str]]] = {
    "bash": (_typed_in_bash, _for_bash),
    "zsh": (_typed_in_line, _for_zsh),
    "fish": (_typed_in_line, _for_fish),
}
