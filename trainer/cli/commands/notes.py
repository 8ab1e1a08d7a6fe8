"""`trainer notes`: how far cards cover notes, outlines of notes, and first drafts."""

import os
import re
import sys
from typing import Annotated

import typer

from trainer.cards.coverage import Check, Coverage, SectionCoverage, measure_coverage
from trainer.cards.draft import draft_cards, draft_text
from trainer.cards.markdown import Notes
from trainer.cards.outline import (
    Refreshed,
    Slugs,
    locate,
    make_outline,
    outline_text,
    refresh_outline,
)
from trainer.cards.shapes import NAME, LinesShape
from trainer.cli.jsonlines import print_json
from trainer.cli.mistakes import UsageError
from trainer.cli.output import (
    STDOUT,
    ForceSwitch,
    OutputOption,
    check_output,
    write_output,
)
from trainer.cli.panels import DECKS
from trainer.cli.parameters import AsJson
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.errors import Exit, TrainerError
from trainer.language.text import Language
from trainer.storage.library import read_collection
from trainer.storage.outlines import Outlined, find_outline, load_outline, read_notes
from trainer.terminal.coverage_text import (
    LEAST_COLUMNS,
    MOST_COLUMNS,
    Page,
    coverage_lines,
)
from trainer.terminal.printed import page_columns
from trainer.terminal.signs import signs_for

app = typer.Typer(
    help="See how far cards cover your notes; outline them; draft cards from them.",
    epilog="Example: trainer notes coverage notes.md",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

NotesFile = Annotated[
    str, typer.Argument(metavar="FILE.md", help="Notes in Markdown, UTF-8.")
]
OutlineOption = Annotated[
    str,
    typer.Option(
        "--outline", metavar="FILE", help="Else the `outline.yaml` beside the decks."
    ),
]


class EmptyDraftError(TrainerError):
    """Notes hold nothing that cards could be drafted from."""

    exit_code = Exit.CHECK_FAILED


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="notes", rich_help_panel=DECKS)


@app.command("coverage", epilog="Example: trainer notes coverage notes.md --min 95")
def coverage(
    context: typer.Context,
    path: NotesFile,
    least: Annotated[
        float,
        typer.Option(
            "--min",
            min=0,
            max=100,
            metavar="PERCENT",
            help="Exit with 1 if less is covered.",
        ),
    ] = 0,
    outline: OutlineOption = "",
    as_json: AsJson = False,
) -> int:
    """Say which lines of the notes cards cite, and which cards to look at again."""
    world: World = context.obj
    notes = read_notes(path)
    outlined = _outlined(notes, outline, world)
    decks = read_collection(outlined.folders, world.grammar).decks
    cards = [card for deck in decks for card in deck.cards]
    found = measure_coverage(outlined.outline, notes, cards)
    if as_json:
        head = {"notes": path, "outline": outlined.path}
        print_json(head | _coverage_json(found, notes, world.language))
    else:
        for line in coverage_lines(found, notes, _page(world)):
            print(line)
        key = "outline-used" if outlined.path else "outline-made"
        _say(world.language, key, path=outlined.path)
    return Exit.OK if found.reaches(least) else Exit.CHECK_FAILED


@app.command("outline", epilog="Example: trainer notes outline notes.md")
def outline_notes(
    context: typer.Context,
    path: NotesFile,
    output: OutputOption = STDOUT,
    refresh: Annotated[
        str,
        typer.Option(metavar="OLD", help="Keep an outline's slugs and titles."),
    ] = "",
    force: ForceSwitch = False,
) -> None:
    """Print the outline of notes, to be put beside the decks as `outline.yaml`."""
    world: World = context.obj
    is_same = bool(refresh) and os.path.realpath(refresh) == os.path.realpath(output)
    check_output(output, force=force or is_same)
    old = load_outline(refresh) if refresh else None
    notes = read_notes(path)
    if old is None:
        write_output(outline_text(make_outline(notes)), output)
        return
    refreshed = refresh_outline(old, notes)
    write_output(outline_text(refreshed.outline), output)
    _report_refresh(refreshed, world.language)


@app.command("draft", epilog="Example: trainer notes draft notes.md -o draft.yaml")
def draft(
    context: typer.Context,
    path: NotesFile,
    output: OutputOption = STDOUT,
    deck: Annotated[
        str, typer.Option(metavar="NAME", help="The deck's id; else the file's name.")
    ] = "",
    outline: OutlineOption = "",
    force: ForceSwitch = False,
) -> None:
    """Draft a deck from the commands and flags in notes, for you to complete.

    They are taken from backticks, and from list items that are nothing else.
    """
    world: World = context.obj
    if deck and not re.fullmatch(NAME, deck):
        raise UsageError("bad-deck-name", name=deck)
    check_output(output, force=force)
    notes = read_notes(path)
    name = deck or Slugs().make(os.path.splitext(os.path.basename(path))[0])
    cards = draft_cards(notes, name)
    if not cards:
        raise EmptyDraftError("nothing-to-draft", path=path)
    places = locate(_outlined(notes, outline, world).outline, notes)
    title = notes.headings[0].text if notes.headings else name
    remark = say(world.language, "notes.draft-remark")
    write_output(draft_text(cards, places, name, title, remark), output)
    _say(world.language, "drafted", count=len(cards))


def _page(world: World) -> Page:
    columns = page_columns(LEAST_COLUMNS, MOST_COLUMNS)
    return Page(world.language, signs_for(ascii_only=world.options.ascii), columns)


def _outlined(notes: Notes, outline: str, world: World) -> Outlined:
    if outline:
        return Outlined(load_outline(outline), outline, world.folders)
    return find_outline(notes, world.folders)


def _say(language: Language, key: str, **values: object) -> None:
    print(clean(say(language, f"notes.{key}", **values)), file=sys.stderr)


def _report_refresh(refreshed: Refreshed, language: Language) -> None:
    counts = {
        "kept": len(refreshed.kept),
        "changed": sum(one.is_changed for one in refreshed.kept),
        "new": len(refreshed.new),
        "gone": len(refreshed.gone),
    }
    _say(language, "refreshed", **counts)
    if refreshed.gone:
        slugs = ", ".join(section.slug for section in refreshed.gone)
        _say(language, "refreshed-gone", slugs=slugs)
    moved = [one.section.slug for one in refreshed.kept if one.is_moved]
    if moved:
        _say(language, "refreshed-moved", slugs=", ".join(moved))


def _coverage_json(
    found: Coverage, notes: Notes, language: Language
) -> dict[str, object]:
    return {
        "percent": found.percent,
        "facts": found.facts,
        "cited": found.cited,
        "sections": [_section_json(one, notes, language) for one in found.sections],
        "outside": _lines_json(found.outside, notes),
        "checks": [_check_json(one) for one in found.checks],
    }


def _section_json(
    one: SectionCoverage, notes: Notes, language: Language
) -> dict[str, object]:
    return {
        "section": one.section.slug,
        "title": one.section.title.in_language(language),
        "lines": one.located and LinesShape().dump(one.located.lines),
        "changed": one.located is not None and one.located.is_changed,
        "cards": len(one.cards),
        "facts": len(one.facts),
        "cited": len(one.cited),
        "uncited": _lines_json(one.uncited, notes),
    }


def _lines_json(numbers: tuple[int, ...], notes: Notes) -> list[dict[str, object]]:
    return [{"line": number, "text": notes.line(number).strip()} for number in numbers]


def _check_json(check: Check) -> dict[str, object]:
    lines = check.source.lines
    return {
        "card": check.card,
        "reason": check.reason.value,
        "section": check.source.section,
        "lines": lines and LinesShape().dump(lines),
    }
