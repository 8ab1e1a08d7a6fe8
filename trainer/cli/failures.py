"""The one place where errors become sentences and exit codes."""

import os
import sys

from trainer.cli.options import Options
from trainer.language.clean import clean
from trainer.language.errors import Exit, TrainerError
from trainer.language.text import Language


def report(error: BaseException, options: Options) -> int:
    """Say what went wrong and return the exit code; raises what is a bug."""
    if isinstance(error, BrokenPipeError):
        return _reader_left()
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    if not isinstance(error, TrainerError) or options.debug:
        raise error
    print(clean(error.in_language(Language(options.lang))), file=sys.stderr)
    return error.exit_code


def _reader_left() -> int:
    """End quietly when the reader of our output has gone, as `head` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.OK
