"""`trainer prompt`: what is due, in a few characters. Starts fast; see `__main__`.

It stands in shell prompts, so it is brief, never waits for another program, and says
nothing rather than that something is wrong with the data.
"""

import os

from trainer.cli.clock import SystemClock
from trainer.cli.limits import due_limits
from trainer.cli.options import Options
from trainer.language.catalogue import say
from trainer.storage.deckfiles import STORE, deck_files
from trainer.storage.duecounts import Due, DueLimits, due_counts
from trainer.storage.home import data_folder, deck_folders

_BRIEFLY_MS = 50
_NOTHING = Due([], 0)


class Wanted:
    """How the counts are to be shown; `form` is a text with fields, or nothing."""

    __slots__ = ("as_json", "form", "with_new")

    def __init__(self) -> None:
        self.form: str | None = None
        self.with_new = self.as_json = False


def prompt_at_once(options: Options, words: list[str]) -> int | None:
    """Run `prompt`, or return nothing where the words are not plain."""
    wanted, queue = Wanted(), list(words)
    while queue:
        word = queue.pop(0)
        name, equals, value = word.partition("=")
        if word == "--new":
            wanted.with_new = True
        elif word == "--json":
            wanted.as_json = True
        elif name == "--format" and (equals or queue):
            wanted.form = value if equals else queue.pop(0)
        else:
            return None
    return show_prompt(wanted, options)


def show_prompt(wanted: Wanted, options: Options) -> int:
    """Print the counts, or nothing where nothing is due; return the exit code."""
    counts = _counts(options)
    if wanted.as_json:
        from trainer.cli.jsonlines import print_json

        print_json(counts)
    elif counts["due"] + counts["learning"] + counts["new"] * wanted.with_new:
        print(_text(wanted, counts, options.lang))
    return 0


def _text(wanted: Wanted, counts: dict[str, int], language: str) -> str:
    if wanted.form is not None:
        text = wanted.form
        for name, count in counts.items():
            text = text.replace(f"{{{name}}}", str(count))
        return text
    shown = {"due": counts["due"] + counts["learning"]}
    if wanted.with_new:
        shown["new"] = counts["new"]
    parts = [say(language, f"prompt.{name}", n=n) for name, n in shown.items() if n]
    return say(language, "prompt.between").join(parts)


def _counts(options: Options) -> dict[str, int]:
    """Count what a review would ask now, within the limits of the day."""
    home = data_folder(options.home)
    limits = due_limits(SystemClock(), options.configuration)
    found = _found(home, limits, options)
    return {"due": found.due, "new": found.new, "learning": found.learning}


def _found(home: str, limits: DueLimits, options: Options) -> Due:
    try:
        files = deck_files(deck_folders(options.decks, home))
    except OSError:
        return _NOTHING
    found = due_counts(home, files, limits, _BRIEFLY_MS)
    if found is None and _has_begun(home):
        found = _brought_up_to_date(limits, options)
    return found or _NOTHING


def _has_begun(home: str) -> bool:
    """Whether there is a log, and room beside it for caches to be kept."""
    return os.path.exists(os.path.join(home, STORE)) and os.access(home, os.W_OK)


def _brought_up_to_date(limits: DueLimits, options: Options) -> Due:
    """Count as the ordinary commands do, which leaves the caches fresh."""
    from trainer.cli.world import make_world
    from trainer.language.errors import TrainerError

    world = make_world(options, _BRIEFLY_MS)
    try:
        with world.library() as library:
            with world.store():
                pass  # opening brings the caches up to date
            return library.due_counts(world.home, limits)
    except TrainerError:
        return _NOTHING  # the next command that is not part of a prompt says it
