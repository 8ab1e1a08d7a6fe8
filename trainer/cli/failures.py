"""The one place where errors become sentences and exit codes."""

import sys
from errno import ENOSPC

from trainer.cli.options import Options
from trainer.cli.streams import discard, finish
from trainer.language.clean import clean
from trainer.language.errors import Exit, TrainerError
from trainer.language.text import Language


class OutputFullError(TrainerError):
    """What the output was sent to has no room for it."""


class RefusedError(TrainerError):
    """The system refused what nobody else has a sentence for."""


def report(error: BaseException, options: Options) -> int:
    """Say what went wrong and return the exit code; raises what is a bug."""
    if isinstance(error, BrokenPipeError):  # `head` has seen enough
        discard("stdout")
        return Exit.OK
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    if isinstance(error, OSError) and not options.debug:
        finish("stdout")
        error = _worded(error)
    if not isinstance(error, TrainerError) or options.debug:
        raise error
    try:
        print(clean(error.in_language(Language(options.lang))), file=sys.stderr)
    except OSError:  # nobody can be told
        discard("stderr")
    return error.exit_code


def _worded(error: OSError) -> TrainerError:
    if error.errno == ENOSPC:
        return OutputFullError("output-full")
    reason = error.strerror or str(error)
    path = f" ({error.filename})" if error.filename else ""
    return RefusedError("system-refused", reason=f"{reason}{path}")
