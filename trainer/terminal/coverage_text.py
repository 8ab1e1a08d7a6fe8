"""How far cards cover notes, as a page of text."""

from collections.abc import Iterator
from shutil import get_terminal_size

from trainer.cards.coverage import Check, Coverage, SectionCoverage, share
from trainer.cards.markdown import Notes
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.text import Language
from trainer.terminal.table import columns, table
from trainer.terminal.wrap import cut, wrap

LEAST_COLUMNS = 40
MOST_COLUMNS = 100
_ELLIPSIS = "…"
_INDENT = "  "


def terminal_columns() -> int:
    """Return how wide a page of text may be."""
    return max(LEAST_COLUMNS, min(MOST_COLUMNS, get_terminal_size().columns))


def coverage_lines(
    found: Coverage, notes: Notes, language: Language, width: int
) -> Iterator[str]:
    """Yield a table by section, the lines that no card cites, the cards to check."""
    yield from _table(found, language, width)
    uncited = list(_uncited(found, notes, language, width))
    if uncited:
        yield ""
        yield say(language, "notes.uncited")
        yield from uncited
    if found.checks:
        yield ""
        yield say(language, "notes.checks", count=len(found.checks))
        for one in found.checks:
            yield from _check(one, language, width)


def _table(found: Coverage, language: Language, width: int) -> list[str]:
    names = ("section", "cards", "lines", "covered")
    head = [say(language, f"notes.{name}") for name in names]
    rows = [_row(one, language) for one in found.sections]
    if found.outside:
        title = say(language, "notes.outside")
        rows.append([title, "", *_figures(0, len(found.outside))])
    cards = str(sum(len(one.cards) for one in found.sections))
    total = [
        say(language, "notes.total"),
        cards,
        *_figures(found.cited, found.facts),
    ]
    rows = [head, *rows, total]
    taken = sum(
        len(_INDENT) + max(map(columns, cells))
        for cells in list(zip(*rows, strict=True))[1:]
    )
    room = width - taken
    fitted = [[cut(clean(row[0]), room, _ELLIPSIS), *row[1:]] for row in rows]
    return table(fitted, frozenset({1, 2, 3}))


def _row(one: SectionCoverage, language: Language) -> list[str]:
    title = one.section.title.in_language(language)
    if one.located is None:
        gone = say(language, "notes.gone")
        return [title, str(len(one.cards)), gone, ""]
    return [title, str(len(one.cards)), *_figures(len(one.cited), len(one.facts))]


def _figures(cited: int, facts: int) -> tuple[str, str]:
    return f"{cited}/{facts}", f"{share(cited, facts):.1f}%" if facts else ""


def _uncited(
    found: Coverage, notes: Notes, language: Language, width: int
) -> Iterator[str]:
    digits = len(str(len(notes.lines)))
    groups = [(one.section.slug, one.uncited) for one in found.sections]
    groups.append((say(language, "notes.outside"), found.outside))
    for title, numbers in groups:
        if numbers:
            yield _INDENT + cut(clean(title), width - len(_INDENT), _ELLIPSIS)
        for number in numbers:
            head = f"{_INDENT * 2}{number:>{digits}}  "
            text = clean(notes.line(number).strip())
            yield head + cut(text, width - len(head), _ELLIPSIS)


def _check(check: Check, language: Language, width: int) -> Iterator[str]:
    first, last = check.source.lines or (0, 0)
    said = say(
        language,
        f"notes.check-{check.reason.value}",
        card=check.card,
        section=check.source.section,
        lines=str(first) if first == last else f"{first}-{last}",
    )
    for line in wrap(clean(said), width - len(_INDENT)):
        yield _INDENT + line
