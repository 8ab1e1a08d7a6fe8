"""`markdown`: to read, or for programs that keep cards in Markdown."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, zip_longest

from trainer.cards.card import Deck
from trainer.cards.forms.cloze import Cloze
from trainer.exchange.exporter import Wanted
from trainer.exchange.faces import Face, answer_of, faces, joined, with_choices
from trainer.exchange.snapshot import Snapshot
from trainer.language.text import Language

_PARAGRAPH = "\n\n"
_TAGGED = re.compile(r"^(?=[QAC]:|---\s*$)", re.MULTILINE)
_PLACE = "\ue000"
"""What stands for a blank while the text around it is made plain."""

_BLANK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)


def export_markdown(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return cards in a flavour of Markdown: to read, of hashcards, or of Obsidian."""
    blocks = _FLAVOURS[wanted.variant or FLAVOURS[0]](snapshot.decks, wanted.languages)
    return "\n\n".join(blocks) + "\n"


def _plain(decks: Sequence[Deck], languages: Sequence[Language]) -> Iterator[str]:
    """Yield a heading a deck, and questions numbered below it."""
    for deck in decks:
        titles = dict.fromkeys(map(deck.title.in_language, languages))
        yield f"# {' / '.join(titles)}"
        for number, card in enumerate(deck.cards, 1):
            found = faces(card, languages)
            yield f"**{number}.** {joined(found, with_choices, _PARAGRAPH)}"
            answer = answer_of(card, found)
            quoted = "\n\n".join(filter(None, [answer, joined(found, _why)]))
            yield "\n".join(f"> {line}".rstrip() for line in quoted.split("\n"))


def _hashcards(decks: Sequence[Deck], languages: Sequence[Language]) -> Iterator[str]:
    """Yield a block a card; a deck alone gives its name to the file."""
    if len(decks) == 1:
        name = decks[0].title.in_language(languages[0])
        yield f"---\nname = {json.dumps(name, ensure_ascii=False)}\n---"
    for deck in decks:
        for card in deck.cards:
            found = faces(card, languages)
            why = joined(found, _why)
            match card.content:
                case Cloze() as content:
                    filled = filled_in(content, languages, _bracketed, _unbracketed)
                    yield f"C: {_untagged(_paragraphs(filled, _unbracketed(why)))}"
                case _:
                    back = _paragraphs(answer_of(card, found), why)
                    front = _untagged(joined(found, with_choices))
                    yield f"Q: {front}\nA: {_untagged(back)}"


def _obsidian(decks: Sequence[Deck], languages: Sequence[Language]) -> Iterator[str]:
    """Yield a tag a deck, and the cards below it; an empty line ends a card."""
    for deck in decks:
        yield f"#flashcards/{deck.id.replace('.', '-')}"
        for card in deck.cards:
            found = faces(card, languages)
            why = joined(found, _why)
            match card.content:
                case Cloze() as content:
                    text = filled_in(content, languages, _marked, _unmarked)
                    yield _in_one_piece(f"{text}\n{_unmarked(why)}")
                case _:
                    back = f"{_unmarked(answer_of(card, found))}\n{_unmarked(why)}"
                    front = _unmarked(joined(found, with_choices))
                    yield f"{_in_one_piece(front)}\n?\n{_in_one_piece(back)}"


def filled_in(
    content: Cloze,
    languages: Sequence[Language],
    mark: Callable[[str], str],
    plain: Callable[[str], str],
) -> str:
    """Return a text in all languages, its blanks filled in and marked."""
    texts = dict.fromkeys(map(content.ask.in_language, languages))
    return "\n".join(_with_marks(text, mark, plain) for text in texts)


def _with_marks(
    text: str, mark: Callable[[str], str], plain: Callable[[str], str]
) -> str:
    """Mark the blanks of a text; the rest is made plain at once, code and all."""
    answers = iter(_BLANK.findall(text))
    around = plain(_BLANK.sub(_PLACE, text)).split(_PLACE)
    filled = (mark(one.split("|")[0].strip()) for one in answers)
    return "".join(chain.from_iterable(zip_longest(around, filled, fillvalue="")))


def _why(face: Face) -> str:
    return face.why


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(filter(None, texts))


def _untagged(text: str) -> str:
    """Indent lines that hashcards would take for the beginning of something."""
    return _TAGGED.sub(" ", text)


def _bracketed(text: str) -> str:
    return f"[{_unbracketed(text)}]"


def _unbracketed(text: str) -> str:
    return re.sub(r"([\[\]])", r"\\\1", text)


def _marked(text: str) -> str:
    return f"=={_unmarked(text)}=="


def _unmarked(text: str) -> str:
    """Return a text without what the Obsidian plugin takes for cards, tags or blanks.

    What stands in backticks is left as it is.
    """
    parts = text.split("`")
    parts[::2] = [_defused(part) for part in parts[::2]]
    return "`".join(parts)


def _defused(text: str) -> str:
    text = text.replace("==", "=\\=").replace("::", ":\\:").replace("{{", "{\\{")
    text = re.sub(r"(^|\s)#(?=\w)", r"\1\\#", text)
    return re.sub(r"^(\?{1,2})\s*$", r"\\\1", text, flags=re.MULTILINE)


def _in_one_piece(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


_FLAVOURS = {"plain": _plain, "hashcards": _hashcards, "obsidian": _obsidian}

FLAVOURS = tuple(_FLAVOURS)
