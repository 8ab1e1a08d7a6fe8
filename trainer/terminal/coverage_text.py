"""How far cards cover notes, as a page of text."""

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.cards.coverage import Check, Coverage, SectionCoverage, share
from trainer.cards.markdown import Notes
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.text import Language
from trainer.terminal.signs import Signs
from trainer.terminal.table import columns, table
from trainer.terminal.wrap import cut, wrap

LEAST_COLUMNS = 40
MOST_COLUMNS = 100
"""How narrow and how wide the page may be."""

_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Page:
    """How the page looks: the language, the signs, and how wide it is."""

    language: Language
    signs: Signs
    columns: int

    def say(self, name: str, **values: object) -> str:
        """Word a message of this page."""
        return say(self.language, f"notes.{name}", **values)

    def fit(self, text: str, taken: int) -> str:
        """Shorten a text to what is left of a line of which so much is taken."""
        return cut(clean(text), self.columns - taken, self.signs.ellipsis)


def coverage_lines(found: Coverage, notes: Notes, page: Page) -> Iterator[str]:
    """Yield a table by section, the lines that no card cites, the cards to check."""
    yield from _table(found, page)
    uncited = list(_uncited(found, notes, page))
    if uncited:
        yield from ("", page.say("uncited"), *uncited)
    if found.checks:
        yield from ("", page.say("checks", count=len(found.checks)))
        for one in found.checks:
            yield from _check(one, page)


def _table(found: Coverage, page: Page) -> list[str]:
    head = [page.say(name) for name in ("section", "cards", "lines", "covered")]
    rows = [_row(one, page) for one in found.sections]
    if found.outside:
        rows.append([page.say("outside"), "", *_figures(0, len(found.outside))])
    cards = str(sum(len(one.cards) for one in found.sections))
    total = [page.say("total"), cards, *_figures(found.cited, found.facts)]
    rows = [head, *rows, total]
    _, *figures = zip(*rows, strict=True)
    taken = sum(len(_INDENT) + max(map(columns, cells)) for cells in figures)
    fitted = [[page.fit(title, taken), *cells] for title, *cells in rows]
    return table(fitted, frozenset({1, 2, 3}))


def _row(one: SectionCoverage, page: Page) -> list[str]:
    title = one.section.title.in_language(page.language)
    if one.located is None:
        return [title, str(len(one.cards)), page.say("gone"), ""]
    return [title, str(len(one.cards)), *_figures(len(one.cited), len(one.facts))]


def _figures(cited: int, facts: int) -> tuple[str, str]:
    return f"{cited}/{facts}", f"{share(cited, facts):.1f}%" if facts else ""


def _uncited(found: Coverage, notes: Notes, page: Page) -> Iterator[str]:
    digits = len(str(len(notes.lines)))
    groups = [(one.section.slug, one.uncited) for one in found.sections]
    groups.append((page.say("outside"), found.outside))
    for title, numbers in groups:
        if numbers:
            yield _INDENT + page.fit(title, len(_INDENT))
        for number in numbers:
            head = f"{_INDENT * 2}{number:>{digits}}  "
            yield head + page.fit(notes.line(number), len(head))


def _check(check: Check, page: Page) -> Iterator[str]:
    first, last = check.source.lines or (0, 0)
    said = page.say(
        f"check-{check.reason.value}",
        card=check.card,
        section=check.source.section,
        lines=str(first) if first == last else f"{first}-{last}",
    )
    for line in wrap(said, page.columns - len(_INDENT)):
        yield _INDENT + line
