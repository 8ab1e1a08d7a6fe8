"""Colours for a line while it is typed."""

import re
from collections.abc import Callable, Iterator

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer

from trainer.language.clean import clean


class PlainLexer(Lexer):
    """Colours nothing; what must not reach a terminal is replaced."""

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """Return a function that draws a line by its number."""
        lines = document.lines
        return lambda number: [("", _drawn(lines[number]))]


class ShapeLexer(Lexer):
    """Colours a command by its shape alone: to show what is valid would tell."""

    _WORDS = re.compile(
        r"""(?P<quoted>'[^']*'?|"[^"]*"?)|(?P<option>(?<!\S)--?\w[\w-]*)"""
    )

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """Return a function that colours a line by its number."""
        lines = document.lines
        return lambda number: list(self._fragments(lines[number]))

    def _fragments(self, line: str) -> Iterator[tuple[str, str]]:
        at = 0
        for match in self._WORDS.finditer(line):
            yield "", _drawn(line[at : match.start()])
            yield f"class:{match.lastgroup}", _drawn(match.group())
            at = match.end()
        yield "", _drawn(line[at:])


def _drawn(text: str) -> str:
    """Replace what must not reach a terminal, one character by one."""
    return "".join(char if clean(char) == char else "?" for char in text)
