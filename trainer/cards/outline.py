"""The outline of notes: which sections they have, so that cards can cite them.

A section begins at its heading and ends before the next heading that the outline
names or that is of the same or a higher level. Headings in between belong to it.
"""

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256

from trainer.cards import node as nodes
from trainer.cards.deckfile import Parsed, parse_file
from trainer.cards.fields import RecordShape, author, dump_fields
from trainer.cards.markdown import LONGEST_HEADING, Heading, Notes
from trainer.cards.node import Mark, Node, place_of
from trainer.cards.pieces import Layout
from trainer.cards.problem import Place, Problem
from trainer.cards.report import Report
from trainer.cards.shapes import (
    NAME_SHAPE,
    LinesShape,
    StringShape,
    TextShape,
    UnreadableError,
    refuse,
)
from trainer.cards.yamltext import yaml_item
from trainer.language.text import Text

SECTIONS = "sections"
LONGEST_SLUG = 40
_DIGITS = 12
_LAYOUT = Layout(
    items=SECTIONS, head=(SECTIONS,), mark=SECTIONS, foreign="not-an-outline"
)
_HEAD = """\
# The sections of the notes, which cards cite as `source: {section, lines}`.
# A slug is permanent: cards hang on it. The digest tells when a section has changed.
"""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the notes, as it was when the outline was made."""

    slug: str = author(NAME_SHAPE, "Permanent: cards cite the section by it.")
    title: Text = author(TextShape(limit=LONGEST_HEADING), "What it is called.")
    heading: str = author(
        StringShape(limit=LONGEST_HEADING), "The heading that it begins with."
    )
    lines: tuple[int, int] = author(LinesShape(), "Its lines, such as 150-209.")
    digest: str = author(
        StringShape(rf"[0-9a-f]{{{_DIGITS}}}", "bad-digest"),
        "A hash of its text; blanks do not count.",
    )


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of some notes, in order."""

    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class OutlineReading:
    """An outline file as far as it could be read, and what is wrong with it."""

    outline: Outline | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """Where a section stands in the notes as they are now."""

    section: Section
    lines: tuple[int, int]
    digest: str

    @property
    def is_changed(self) -> bool:
        """Whether its text is another than when the outline was made."""
        return self.digest != self.section.digest

    @property
    def is_moved(self) -> bool:
        """Whether it begins at another line."""
        return self.lines[0] != self.section.lines[0]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """An outline brought up to date, and what became of the old one's sections."""

    outline: Outline
    kept: tuple[Located, ...]
    new: tuple[Section, ...]
    gone: tuple[Section, ...]


@dataclass(slots=True)
class Slugs:
    """Makes slugs that differ from each other and from those already taken."""

    taken: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)

    def make(self, text: str) -> str:
        """Make a slug of a text's Latin words and numbers.

        Where there are none, it is made of a hash, so that it is always the same.
        """
        base = _latin(text) or f"s-{_hash(text)[:6]}"
        slug, number = base, self.last.get(base, 1)
        while slug in self.taken:
            number += 1
            slug = f"{base}-{number}"
        self.last[base] = number
        self.taken.add(slug)
        return slug


def read_outline(data: bytes, path: str) -> OutlineReading:
    """Read an outline file. A bad section is left out; it costs no other."""
    report = Report(path)
    parsed = parse_file(data, _LAYOUT, _Sections, report)
    outline = _outline(parsed, report)
    return OutlineReading(outline, tuple(report.problems))


def outline_text(outline: Outline) -> str:
    """Return the text of an outline file."""
    return (
        _HEAD
        + (f"{SECTIONS}:\n" if outline.sections else f"{SECTIONS}: []\n")
        + "".join(yaml_item(dump_fields(one)) for one in outline.sections)
    )


def make_outline(notes: Notes) -> Outline:
    """Outline notes afresh: a section for each heading that has facts of its own."""
    return refresh_outline(Outline(()), notes).outline


def refresh_outline(old: Outline, notes: Notes) -> Refreshed:
    """Bring an outline up to date.

    Sections that are found again keep slug and title. A new section is made of each
    heading that has facts of its own outside of all of them.
    """
    chosen = dict(_chosen(old, notes))
    kept = {one.section.slug: one for one in _located(chosen, notes)}
    inside = {line for one in kept.values() for line in range_of(one.lines)}
    slugs = Slugs({one.slug for one in old.sections})
    for index, facts in _own_facts(notes):
        if not inside.issuperset(facts):
            heading = notes.headings[index]
            chosen[index] = _begun(slugs.make(heading.text), heading)
    sections = tuple(
        replace(one.section, lines=one.lines, digest=one.digest)
        for one in _located(chosen, notes)
    )
    new = tuple(one for one in sections if one.slug not in kept)
    gone = tuple(one for one in old.sections if one.slug not in kept)
    return Refreshed(Outline(sections), tuple(kept.values()), new, gone)


def locate(outline: Outline, notes: Notes) -> dict[str, Located]:
    """Find the outline's sections in the notes, by slug; what is gone is left out.

    Of sections with the same heading the first is found at the first such heading,
    and so on.
    """
    chosen = dict(_chosen(outline, notes))
    return {one.section.slug: one for one in _located(chosen, notes)}


def range_of(lines: tuple[int, int]) -> range:
    """Return the numbers of some lines, both ends included."""
    return range(lines[0], lines[1] + 1)


def _latin(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    if not plain.isascii():
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    slug = "-".join(re.findall(r"[a-z0-9]+(?:\.[a-z0-9]+)*", plain))
    if len(slug) <= LONGEST_SLUG:
        return slug
    start = slug[:LONGEST_SLUG]
    return start.rpartition("-")[0] or start.rstrip(".")


def _begun(slug: str, heading: Heading) -> Section:
    """Return a new section of which only the beginning is known."""
    lines = heading.line, heading.last
    return Section(slug, Text.same(heading.text), heading.text, lines, "")


class _Sections:
    """Takes the sections of an outline file one by one."""

    def __init__(self, head: nodes.Mapping, at: Mark, report: Report) -> None:
        del head, at
        self.taken: list[Section] = []
        self._report = report
        self._lines: dict[str, int] = {}

    def take(self, item: Node, at: Mark) -> None:
        """Keep a section unless it is bad or has the slug of another one."""
        with suppress(UnreadableError):
            section = RecordShape(Section).read(item, at, self._report)
            place = place_of(at)
            if first := self._lines.get(section.slug):
                said = {"slug": section.slug, "line": first}
                self._report(place, "duplicate-section", **said)
            else:
                self._lines[section.slug] = place.line
                self.taken.append(section)


def _outline(parsed: Parsed[_Sections], report: Report) -> Outline | None:
    root, at = parsed.root, parsed.at
    if root is None:
        if not report.problems:
            report(Place(1, 1), "not-an-outline")
        return None
    if not isinstance(root, nodes.Mapping) or SECTIONS not in root:
        refuse(report, root, at, "not-an-outline")
        return None
    for name in root.keys() - {SECTIONS}:
        place = place_of(root.marks[name][0])
        report(place, "unknown-field", name=name, known=SECTIONS)
    if parsed.taker is None:
        listed, where = root[SECTIONS], root.marks[SECTIONS][1]
        refuse(report, listed, where, "sections-not-list")
        return None
    return Outline(tuple(parsed.taker.taken))


def _chosen(outline: Outline, notes: Notes) -> Iterator[tuple[int, Section]]:
    """Yield the headings, by index, at which sections of the outline begin."""
    places: dict[str, deque[int]] = {}
    for index, heading in enumerate(notes.headings):
        places.setdefault(heading.text, deque()).append(index)
    for section in outline.sections:
        if found := places.get(section.heading):
            yield found.popleft(), section


def _located(chosen: dict[int, Section], notes: Notes) -> Iterator[Located]:
    """Yield sections with their extent, in the order of the notes."""
    headings = notes.headings
    covered = {line for one in headings for line in range_of((one.line, one.last))}
    for index in sorted(chosen):
        first = headings[index].line
        last = _end(index, chosen, notes)
        while last > first and (last in covered or not notes.line(last).strip()):
            last -= 1
        lines = first, last
        yield Located(chosen[index], lines, _digest(notes, lines))


def _end(index: int, chosen: Iterable[int], notes: Notes) -> int:
    """Return the line before the heading that ends a section, or the last line."""
    below = range(index + 1, len(notes.headings))
    level = notes.headings[index].level
    ends = (
        notes.headings[other].line - 1
        for other in below
        if other in chosen or notes.headings[other].level <= level
    )
    return next(ends, len(notes.lines))


def _own_facts(notes: Notes) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield headings, by index, with the lines of facts before the next heading."""
    for index, heading in enumerate(notes.headings):
        below = notes.headings[index + 1 : index + 2]
        last = below[0].line - 1 if below else len(notes.lines)
        if facts := notes.facts_in(heading.last + 1, last):
            yield index, facts


def _digest(notes: Notes, lines: tuple[int, int]) -> str:
    text = " ".join(notes.line(number) for number in range_of(lines))
    return _hash(" ".join(unicodedata.normalize("NFKC", text).split()))


def _hash(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()[:_DIGITS]
