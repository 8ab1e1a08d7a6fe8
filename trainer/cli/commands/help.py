"""`trainer help`: what there is to know beside the commands."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated

import typer

from trainer.cli.completers import complete_help
from trainer.cli.mistakes import UnknownError
from trainer.cli.panels import TOOLS
from trainer.cli.reference import DECK, ENVIRONMENT, EXIT_CODES
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.text import Language
from trainer.language.width import text_width
from trainer.terminal.printed import page_columns
from trainer.terminal.wrap import pad, wrap

Row = tuple[str, str]

_MOST_COLUMNS = 88
_LEAST_COLUMNS = 30
_GAP = 2


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("help", rich_help_panel=TOOLS, epilog="Example: trainer help keys")(
        show_help
    )


def show_help(
    context: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC|COMMAND]",
            help="Without one: the list of topics.",
            autocompletion=complete_help,
        ),
    ] = None,
    man: Annotated[
        bool, typer.Option("--man", help="Print the manual page, for `man -l -`.")
    ] = False,
) -> None:
    """Tell about keys, the format of decks, exit codes, figures, a command."""
    world: World = context.obj
    name = " ".join(topic or [])
    if man:
        from trainer.cli.manpage import man_page

        sys.stdout.write(man_page())
        return
    if name and name not in TOPICS:
        from trainer.cli.app import COMMANDS

        raise UnknownError("help", name, [*TOPICS, *COMMANDS])
    lines = TOPICS[name](world.language) if name else _list(world.language)
    for line in lines:
        print(clean(line))


def _list(language: Language) -> Iterator[str]:
    yield from _paragraph("topics", language)
    yield ""
    yield from _rows(
        (name, say(language, f"help.about-{name}")) for name in (*TOPICS, "command")
    )


def _keys(language: Language) -> Iterator[str]:
    from trainer.terminal.foot import key_rows

    yield from _paragraph("keys", language)
    yield ""
    yield from _rows(key_rows(language))
    yield ""
    yield from _paragraph("keys-lines", language)


def _format(language: Language) -> Iterator[str]:
    yield from _paragraph("format", language)
    yield ""
    yield from (f"  {line}" for line in DECK.splitlines())
    for name in ("format-kinds", "format-more"):
        yield ""
        yield from _paragraph(name, language)


def _exit_codes(language: Language) -> Iterator[str]:
    yield from _rows(
        (str(code), say(language, f"help.exit-{code}")) for code in EXIT_CODES
    )


def _environment(language: Language) -> Iterator[str]:
    yield from _rows(
        (", ".join(names), say(language, f"help.environment-{key}"))
        for key, names in ENVIRONMENT.items()
    )


def _statistics(language: Language) -> Iterator[str]:
    from trainer.statistics.figures import FIGURES

    yield from wrap(say(language, "figures.head"), _columns())
    yield ""
    yield from _rows((name, say(language, f"figures.{name}")) for name in FIGURES)


def _paragraph(name: str, language: Language) -> list[str]:
    return wrap(say(language, f"help.{name}"), _columns())


def _rows(rows: Iterable[Row]) -> Iterator[str]:
    """Yield names with what they mean; below each other where there is little room."""
    found = list(rows)
    column = _GAP + max(text_width(name) for name, _ in found)
    width = _columns() - column
    beside = width >= _LEAST_COLUMNS // 2
    for name, about in found:
        lines = wrap(about, width if beside else _columns() - _GAP)
        if beside:
            yield pad(name, column) + lines[0]
            yield from (" " * column + line for line in lines[1:])
        else:
            yield name
            yield from (" " * _GAP + line for line in lines)


def _columns() -> int:
    return page_columns(_LEAST_COLUMNS, _MOST_COLUMNS)


TOPICS: dict[str, Callable[[Language], Iterator[str]]] = {
    "keys": _keys,
    "format": _format,
    "exit-codes": _exit_codes,
    "environment": _environment,
    "statistics": _statistics,
}
