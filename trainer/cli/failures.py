"""The one place where errors become sentences and exit codes."""

import sys
from errno import ENOSPC

from trainer.cli.options import Options
from trainer.cli.streams import discard_output
from trainer.language.clean import clean
from trainer.language.errors import Exit, TrainerError
from trainer.language.text import Language


class OutputFullError(TrainerError):
    """What the output was sent to has no room for it."""


def report(error: BaseException, options: Options) -> int:
    """Say what went wrong and return the exit code; raises what is a bug."""
    if isinstance(error, BrokenPipeError):  # `head` has seen enough
        discard_output()
        return Exit.OK
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    if isinstance(error, OSError) and error.errno == ENOSPC:
        discard_output()
        error = OutputFullError("output-full")
    if not isinstance(error, TrainerError) or options.debug:
        raise error
    print(clean(error.in_language(Language(options.lang))), file=sys.stderr)
    return error.exit_code
