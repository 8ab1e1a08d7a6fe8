"""The program's entry. What must start fast is tried before typer is loaded."""

import gc
import os
import sys

from trainer.cli.options import Options, split_options
from trainer.cli.streams import prepare_streams

_COMPLETE = "_TRAINER_COMPLETE"
"""Set by the shell that asks for completions; see `cli.completion`."""


_OBJECTS = 300_000
"""How many new objects are worth a search for garbage: what is loaded at the start is
none, and a search takes longer than a key may."""


def main() -> int:
    """Run the command line; return the exit code."""
    gc.set_threshold(_OBJECTS)
    prepare_streams()
    options = Options()
    try:
        if _COMPLETE in os.environ:
            from trainer.cli.completion import complete  # noqa: PLC0415 - rarely needed

            return complete(os.environ[_COMPLETE], options)
        words = split_options(sys.argv[1:], options)
        if not options.configuration.is_sound:
            from trainer.cli.configured import check_configuration  # noqa: PLC0415 - rarely needed

            check_configuration(options, words)
        code = _at_once(options, words)
        if code is None:
            from trainer.cli.app import run  # noqa: PLC0415 - costs eight interpreter starts

            code = run(options, words)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - worded in one place
        from trainer.cli.failures import report  # noqa: PLC0415 - only when needed

        return report(error, options)
    return code


def _at_once(options: Options, words: list[str]) -> int | None:
    """Run what starts fast; return nothing where the command line is needed.

    Each of these loads no more than it needs itself.
    """
    match words:
        case ["due", *rest]:
            from trainer.cli.due import due_at_once  # noqa: PLC0415 - as above

            return due_at_once(options, rest)
        case ["prompt", *rest]:
            from trainer.cli.prompt import prompt_at_once  # noqa: PLC0415 - as above

            return prompt_at_once(options, rest)
        case ["review", *rest]:
            from trainer.cli.review import review_at_once  # noqa: PLC0415 - as above

            return review_at_once(options, rest)
        case _:
            return None


if __name__ == "__main__":
    sys.exit(main())
