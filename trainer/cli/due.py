"""`trainer due`: how much is due, by deck. Starts fast; see `__main__`."""

from trainer.cli.clock import SystemClock
from trainer.cli.limits import due_limits
from trainer.cli.options import Options
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.storage.deckfiles import deck_files
from trainer.storage.duecounts import Due, DueCount, due_counts
from trainer.storage.home import data_folder, deck_folders
from trainer.terminal.table import table


def due_at_once(options: Options, words: list[str]) -> int | None:
    """Run `due` with plain arguments from the caches alone, or return nothing."""
    if not set(words) <= {"--json", "-e", "--exit-code"}:
        return None
    counts = count_due(options, SystemClock())
    if counts is None:
        return None
    return show_due(counts, options, words)


def count_due(options: Options, clock: SystemClock) -> Due | None:
    """Count from the caches, or return nothing where they are stale."""
    home = data_folder(options.home)
    try:
        files = deck_files(deck_folders(options.decks, home))
    except OSError:
        return None
    return due_counts(home, files, due_limits(clock, options.configuration))


def show_due(due: Due, options: Options, switches: list[str]) -> int:
    """Print the counts; return the exit code, which is 1 if `-e` finds nothing due."""
    if "--json" in switches:
        from trainer.cli.jsonlines import print_json

        print_json(_as_json(due, options.lang))
    else:
        _print_table(due, options.lang)
    asked = "-e" in switches or "--exit-code" in switches
    return 1 if asked and not any(_sums(due)) else 0


def _numbers(count: DueCount) -> tuple[int, int, int]:
    return count.due, count.new, count.learning


def _sums(due: Due) -> tuple[int, int, int]:
    return due.due, due.new, due.learning


def _as_json(due: Due, language: str) -> dict[str, object]:
    names = ("due", "new", "learning")
    decks = [
        {"deck": one.deck, "title": one.titled(language)}
        | dict(zip(names, _numbers(one), strict=True))
        for one in due.decks
    ]
    sums = dict(zip(names, _sums(due), strict=True))
    return sums | {"held_back": due.held_back, "decks": decks}


def _print_table(due: Due, language: str) -> None:
    head = [
        say(language, f"due.{name}") for name in ("topic", "due", "new", "learning")
    ]
    rows = [[one.titled(language), *map(str, _numbers(one))] for one in due.decks]
    total = [say(language, "due.total"), *map(str, _sums(due))]
    if due.held_back:
        total[1] = say(language, "due.some", some=due.due, all=due.waiting)
    for line in table([head, *rows, total], frozenset({1, 2, 3})):
        print(clean(line))
