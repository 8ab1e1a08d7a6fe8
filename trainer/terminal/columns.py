"""Which column of a table is which field of a card, asked for one by one."""

from collections.abc import Sequence

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.terminal.menus import cancellable, choose


def ask_columns(
    columns: Sequence[str], fields: Sequence[str], language: Language, *, color: bool
) -> dict[str, str]:
    """Return columns by field. Raises `CancelledError` on Ctrl-C and Ctrl-D."""
    none = (say(language, "imports.no-column"), "")
    offers = [*((column, column) for column in columns), none]
    with cancellable():
        found = {
            field: choose(
                say(language, f"imports.which-{field}"), offers, language, color=color
            )
            for field in fields
        }
    return {field: column for field, column in found.items() if column}
