"""The one place where errors become sentences and exit codes."""

import os
import sys
from errno import ENOSPC

from trainer.cli.options import Options
from trainer.cli.streams import discard, finish
from trainer.language.clean import clean
from trainer.language.errors import Exit, TrainerError
from trainer.language.text import Language
from trainer.storage.deckfiles import STORE
from trainer.storage.home import data_folder


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
    if not isinstance(error, TrainerError) and not options.debug:
        finish("stdout")
        error = _worded(error) if isinstance(error, OSError) else _told(error, options)
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


def _told(error: BaseException, options: Options) -> BaseException:
    """Return what is wrong with the database, if anything is; else it is a bug.

    Values of other types than the tables have may turn up anywhere.
    """
    from trainer.storage.checkup import is_damaged
    from trainer.storage.database import damage

    home = data_folder(options.home)
    return damage(os.path.join(home, STORE), str(error)) if is_damaged(home) else error
