"""Which column of a table is which field of a card, asked for one by one."""

from collections.abc import Sequence

import questionary
from prompt_toolkit.output import ColorDepth

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.terminal.wizard import CancelledError


def ask_columns(
    columns: Sequence[str], fields: Sequence[str], language: Language, *, color: bool
) -> dict[str, str]:
    """Return columns by field. Raises `CancelledError` on Ctrl-C and Ctrl-D."""
    depth = ColorDepth.DEPTH_4_BIT if color else ColorDepth.DEPTH_1_BIT
    none = say(language, "imports.no-column")
    found = {}
    try:
        for field in fields:
            question = questionary.select(
                say(language, f"imports.which-{field}"),
                [*columns, questionary.Choice(none, "")],
                instruction=say(language, "imports.instruction"),
                color_depth=depth,
            )
            if column := str(question.unsafe_ask()):
                found[field] = column
    except (KeyboardInterrupt, EOFError) as error:
        raise CancelledError("cancelled") from error
    return found
