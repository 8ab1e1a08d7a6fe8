"""A first draft of cards from notes: their commands and flags, to be completed."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trainer.cards.card import DRAFT, Kind
from trainer.cards.markdown import Line, Notes, PartKind
from trainer.cards.outline import Located, Slugs, range_of
from trainer.cards.yamltext import yaml_item, yaml_value
from trainer.language.clean import clean
from trainer.language.text import Language

LONGEST_ASK = 300
LONGEST_ANSWER = 500
LONGEST_COMMAND = 200
_WORDS_OF_A_NAME = 4

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_GAP = re.compile(r"\s*\t\s*|\s{3,}|\s{2,}(?=[^\x00-\x7f])")
"""What stands between a command and a remark beside it."""

_COMMAND = re.compile(r"(?:[$#] )?(?P<line>(?P<program>[a-z][\w.+-]*)\s+[^\s=].*)")
_FLAG = re.compile(
    r"(?P<first>--?[A-Za-z0-9][\w-]*)(?P<value>=\S*)?"
    r"(?:,?\s+(?P<long>--[A-Za-z][\w-]*)(?:=\S*)?)?(?P<rest>.*)"
)
_ONE_VALUE = re.compile(r"=[\w./:,-]+")
_REMARK = re.compile(r"\s(?=[^\x00-\x7f]+(?:\s|\Z))")
"""Where the first word without any Latin letter begins, in a line of code."""

_EDGES = " \t:：,，;；、-—–"


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A card that somebody has to complete."""

    id: str
    kind: Kind
    line: int
    ask: str
    answer: str
    accept: tuple[str, ...]
    command: str | None

    @property
    def language(self) -> Language:
        """The language that the question is written in."""
        return Language.ZH if _CHINESE.search(self.ask) else Language.EN


@dataclass(frozen=True, slots=True)
class _Find:
    """A command or a flag in a line, and what the line says about it."""

    kind: Kind
    answer: str
    remark: str
    accept: tuple[str, ...] = ()


def draft_cards(notes: Notes, name: str) -> tuple[DraftCard, ...]:
    """Draft a card for each command or flag in the notes, the first of its kind.

    They are looked for in backticks and in list items that are nothing else. A flag
    belongs to the command named before it under the same heading, else to the program
    that is named most often; `name` stands for what the notes do not say.
    """
    found = list(_finds(notes))
    program = _main_program(found) or name
    around = _Surroundings.of(notes)
    slugs, seen = Slugs(), set[tuple[str | None, str]]()
    cards: list[DraftCard] = []
    heading, context = -1, program
    for line, find in found:
        if heading != (here := around.heading(line.number)):
            heading, context = here, program
        is_flag = find.kind is Kind.FLAG
        context = context if is_flag else _name(find.answer)
        command = context if is_flag else None
        if (command, find.answer) not in seen:
            seen.add((command, find.answer))
            id_ = slugs.make(f"{context} {find.answer}" if is_flag else context)
            ask = around.ask(find, line) or name
            cards.append(
                DraftCard(
                    id_, find.kind, line.number, ask, find.answer, find.accept, command
                )
            )
    return tuple(cards)


def draft_text(
    cards: tuple[DraftCard, ...],
    places: Mapping[str, Located],
    deck: str,
    title: str,
    remark: str,
) -> str:
    """Return a draft deck as YAML, its cards under the sections they come from."""
    slugs = {line: slug for slug, one in places.items() for line in range_of(one.lines)}
    head = f"# {remark}\ndeck: {yaml_value(deck)}\ntitle: {yaml_value(title)}\n"
    blocks = [head + ("cards:\n" if cards else "cards: []\n")]
    section = None
    for card in cards:
        slug = slugs.get(card.line)
        if slug != section and slug is not None:
            blocks.append(f"# {places[slug].section.heading} ({slug})\n")
        section = slug
        blocks.append(_card_text(card, slug))
    return "\n".join(blocks)


def _card_text(card: DraftCard, section: str | None) -> str:
    fields: dict[str, object] = {"id": card.id, "kind": card.kind}
    if section:
        fields["source"] = {"section": section, "lines": card.line}
    if card.command:
        fields["command"] = card.command
    fields |= {"ask": {card.language: card.ask}, "answer": card.answer}
    if card.accept:
        fields["accept"] = card.accept
    fields["tags"] = [DRAFT]
    return yaml_item(fields)


def _finds(notes: Notes) -> Iterator[tuple[Line, _Find]]:
    coded = [(line, list(_in_backticks(line))) for line in notes.texts]
    programs = {
        find.answer.split()[0]
        for _, finds in coded
        for find in finds
        if find.kind is Kind.COMMAND
    }
    for line, finds in coded:
        bare = not finds and line.is_item and _is_plain(line)
        found = _bare(line.text.strip(), programs) if bare else None
        for find in (*finds, *filter(None, [found])):
            if len(find.answer) <= LONGEST_ANSWER:
                yield line, find


def _in_backticks(line: Line) -> Iterator[_Find]:
    for index, part in enumerate(line.parts):
        if part.kind is PartKind.CODE:
            code, remark = part.text.strip(), _remark(line, index)
            if found := _FLAG.fullmatch(code):
                yield _coded_flag(found, remark)
            elif command := _COMMAND.fullmatch(code):
                yield _Find(Kind.COMMAND, clean(command["line"]), remark)


def _remark(line: Line, index: int) -> str:
    """Return what a line says beside one of its codes, if it says anything."""
    others = [part for at, part in enumerate(line.parts) if at != index]
    if not any(part.kind is not PartKind.CODE and part.text.strip() for part in others):
        return ""
    texts = (f"`{p.text}`" if p.kind is PartKind.CODE else p.text for p in others)
    return "".join(texts).strip(_EDGES)


def _coded_flag(found: re.Match[str], remark: str) -> _Find:
    """Read `-a`, `-a 5`, `--all=true`, or a line of help with both names."""
    value, *said = _GAP.split(found["rest"], maxsplit=1)
    if not found["long"]:
        answer = found["first"] + _one_value(found) + value.rstrip()
        return _Find(Kind.FLAG, clean(answer), " ".join(said) or remark)
    accept = (found["first"],)
    return _Find(Kind.FLAG, found["long"], " ".join(said) or remark, accept)


def _bare(text: str, programs: set[str]) -> _Find | None:
    """Read a list item that begins as a flag or as a command does."""
    if found := _FLAG.fullmatch(text):
        remark = found["rest"].strip(_EDGES)
        if found["long"]:
            return _Find(Kind.FLAG, found["long"], remark, (found["first"],))
        return _Find(Kind.FLAG, found["first"] + _one_value(found), remark)
    code, *said = _GAP.split(text, maxsplit=1)
    code, *more = _REMARK.split(code, maxsplit=1)
    found = _COMMAND.fullmatch(code)
    if found is None or not (found["program"] in programs or re.search(r"\s-", code)):
        return None
    return _Find(Kind.COMMAND, clean(found["line"]), " ".join([*more, *said]))


def _one_value(found: re.Match[str]) -> str:
    """Return a flag's value unless it lists what the value may be."""
    value = found["value"] or ""
    return value if _ONE_VALUE.fullmatch(value) else ""


def _is_plain(line: Line) -> bool:
    return all(part.kind in {PartKind.TEXT, PartKind.MARKUP} for part in line.parts)


def _name(command: str) -> str:
    """Return the words that name a command, before its options and operands."""
    words = command.removeprefix("sudo ").split()
    named = [words[0]]
    for word in words[1:_WORDS_OF_A_NAME]:
        if not re.fullmatch(r"[a-z][a-z-]*", word):
            break
        named.append(word)
    return " ".join(named)[:LONGEST_COMMAND].rstrip()


def _main_program(found: list[tuple[Line, _Find]]) -> str | None:
    commands = (find for _, find in found if find.kind is Kind.COMMAND)
    counted = Counter(_name(find.answer).partition(" ")[0] for find in commands)
    return max(counted, key=counted.__getitem__, default=None)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What stands around the lines of notes."""

    lines: Mapping[int, Line]
    leads: Mapping[int, str]
    headings: tuple[int, ...]

    @classmethod
    def of(cls, notes: Notes) -> "_Surroundings":
        """Look at the lines, and for each at the paragraph or heading before it."""
        below = {heading.last: heading.text for heading in notes.headings}
        lines = {line.number: line for line in notes.texts}
        leads: dict[int, str] = {}
        lead = ""
        for number in sorted({*below, *lines}):
            leads[number] = lead
            if number in below:
                lead = below[number]
            elif not lines[number].is_item and lines[number].parent is None:
                lead = _words(lines[number]) or lead
        return cls(lines, leads, tuple(sorted(below)))

    def heading(self, line: int) -> int:
        """Return the number of the heading that a line stands below."""
        return bisect_left(self.headings, line)

    def ask(self, find: _Find, line: Line) -> str:
        """Return what is said about a find: beside it, or by what it stands below."""
        said, outer = find.remark, self._parent(line)
        while not _tells(said) and outer is not None:
            said, outer = _words(outer), self._parent(outer)
        said = said if _tells(said) else self.leads[line.number]
        return clean(" ".join(said.split()))[:LONGEST_ASK].strip()

    def _parent(self, line: Line) -> Line | None:
        return None if line.parent is None else self.lines.get(line.parent)


def _words(line: Line) -> str:
    """Return a line's text, if it is more than code."""
    is_more = any(
        part.kind is not PartKind.CODE and _tells(part.text) for part in line.parts
    )
    return line.text if is_more else ""


def _tells(text: str) -> bool:
    return any(char.isalnum() for char in text)
