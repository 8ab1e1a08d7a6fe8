"""Cards in the Markdown of hashcards: blocks of `Q:` and `A:`, or of `C:`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace

from trainer.exchange.gathering import Gathering
from trainer.exchange.imported import Given, Imported, ImportFileError
from trainer.exchange.textfile import decoded
from trainer.exchange.tidy import tidied

_LONGEST_FRONT = 4000
"""Of tables in tables, the parser makes more than a square of their number."""
_TAG = re.compile(r"([QAC]):(.*)", re.DOTALL)
_INDENTED = re.compile(r" (?=[QAC]:|---\s*$)")
_DELETION = re.compile(r"\\.|(!?)\[((?:\\.|[^\[\]\\])++)\](?!\()", re.DOTALL)
"""A deletion, or an escaped character, with which none begins."""
_ESCAPED = re.compile(r"\\([\[\]])")

Block = tuple[str, str]
"""A letter, and the text after it."""


def import_hashcards(given: Given) -> Imported:
    """Return the cards of a file; a cloze with several deletions is one card."""
    whole, guess = decoded(given)
    text = str(tidied(whole))
    name, text = _front_matter(text, given.path)
    gathering = Gathering(given)
    question = None
    for letter, body in _blocks(text):
        if question is not None and letter != "A":
            gathering.skip("no-question")
            question = None
        if letter == "Q":
            question = body
        elif letter == "A":
            gathering.add_sides(question or "", body, {}, name, "")
            question = None
        else:
            _add_cloze(body, name, gathering)
    if question is not None:
        gathering.skip("no-question")
    return replace(gathering.imported(), guess=guess)


def _add_cloze(body: str, name: str, gathering: Gathering) -> None:
    ask = _ESCAPED.sub(r"\1", _DELETION.sub(_blank, body))
    if "[[" in ask:
        gathering.add({"form": "cloze", "ask": ask}, name)
    else:
        gathering.skip("no-question")


def _blank(found: re.Match[str]) -> str:
    """Return a deletion as a blank; pictures and escapes stay what they are."""
    return f"[[{found[2]}]]" if found[1] == "" else found[0]


def _front_matter(text: str, path: str) -> tuple[str, str]:
    """Return the deck's name, where the file says one, and the rest of the file."""
    found = re.match(
        r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE
    )
    if found is None:
        return "", text
    wrong = ImportFileError("import-front-matter", path=path, limit=_LONGEST_FRONT)
    if len(found[1]) > _LONGEST_FRONT:
        raise wrong
    try:
        name = tomllib.loads(found[1]).get("name", "")
    except (ValueError, RecursionError) as error:
        raise wrong from error
    return name if isinstance(name, str) else "", text[found.end() :]


def _blocks(text: str) -> Iterator[Block]:
    """Yield the blocks; a line of dashes ends one, and what is before all is left."""
    letter, lines = "", list[str]()
    for line in text.split("\n"):
        tag = _TAG.fullmatch(line)
        if tag or line.rstrip() == "---":
            if letter:
                yield letter, "\n".join(lines).strip()
            letter, lines = (tag[1], [tag[2]]) if tag else ("", [])
        else:
            lines.append(_INDENTED.sub("", line, count=1))
    if letter:
        yield letter, "\n".join(lines).strip()
