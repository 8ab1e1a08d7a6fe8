"""Hints that give an answer away little by little."""

from collections.abc import Callable, Sequence
from itertools import groupby

from trainer.grading.explain import Part, explain
from trainer.grading.grammar import Grammar

_LEFT_OUT = "…"
_ALWAYS_TOLD = frozenset({"wrapper", "program", "command", "connector"})


def command_hints(answer: str, grammar: Grammar) -> tuple[str, ...]:
    """Return program and subcommand, then the options' first letters, then options.

    Where there is no more to a line than program and subcommand, its last word is
    begun: there is always a hint.
    """
    parts = explain(answer, grammar).parts
    told = [_told(parts, options) for options in (_hidden, _begun, _whole)]
    lines = tuple(line for line in dict.fromkeys(told) if line not in (answer, ""))
    return lines or (_last_word_begun(answer),)


def flag_hint(answer: str, command: str, grammar: Grammar) -> str:
    """Return the beginning of a flag's long name, or of the flag as it is written."""
    parts = explain(f"{command} {answer}", grammar).parts
    options = [part for part in parts if part.role == "option"]
    return word_hint(options[-1].name if options else answer)


def word_hint(answer: str) -> str:
    """Return the beginning of a word or an option."""
    word = answer.strip().strip("`")
    dashes = len(word) - len(word.lstrip("-"))
    return word[: dashes + 1] + _LEFT_OUT


def _last_word_begun(answer: str) -> str:
    before, blank, last = answer.strip().rpartition(" ")
    return before + blank + word_hint(last)


def _told(parts: Sequence[Part], option: Callable[[Part], str]) -> str:
    words = [
        option(part)
        if part.role == "option"
        else part.text
        if part.role in _ALWAYS_TOLD
        else _LEFT_OUT
        for part in parts
    ]
    return " ".join(word for word, _ in groupby(words))


def _hidden(_: Part) -> str:
    return _LEFT_OUT


def _begun(part: Part) -> str:
    return word_hint(part.name)


def _whole(part: Part) -> str:
    return part.text
