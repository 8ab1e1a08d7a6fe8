"""What fitting the parameters came to, as text."""

from collections.abc import Iterator

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.scheduling.fitting import FEWEST, FEWEST_FOR_ALL, Extent, Fitting, Trial
from trainer.terminal.table import table
from trainer.terminal.wrap import wrap


def fitting_lines(
    found: Fitting, language: Language, columns: int, *, dry_run: bool
) -> Iterator[str]:
    """Yield what was used, how the trial went, and what follows from it."""
    for line in _lines(found, language, dry_run=dry_run):
        yield from wrap(line, columns)


def _lines(found: Fitting, language: Language, *, dry_run: bool) -> Iterator[str]:
    basis = found.basis
    usable = basis.reviews if basis else 0
    yield say(language, "optimize.answers", answers=found.answers, usable=usable)
    if basis:
        cards, days = basis.cards, (basis.first_day, basis.last_day)
        yield say(language, "optimize.span", cards=cards, first=days[0], last=days[1])
    if found.trial is None:
        yield say(language, "optimize.too-few", fewest=FEWEST)
        return
    if found.extent is Extent.INITIAL:
        yield say(language, "optimize.initial", fewest=FEWEST_FOR_ALL)
    yield from _trial_lines(found.trial, language)
    yield ""
    tried = "would-keep" if dry_run else "kept"
    yield say(language, f"optimize.{tried if found.is_better else 'not-better'}")


def _trial_lines(trial: Trial, language: Language) -> Iterator[str]:
    held_out, since = trial.held_out, trial.since
    yield say(language, "optimize.held-out", reviews=held_out, since=since)
    yield ""
    before, after = trial.before, trial.after
    rows = [
        ["", say(language, "optimize.before"), say(language, "optimize.after")],
        [
            say(language, "optimize.log-loss"),
            f"{before.log_loss:.4f}",
            f"{after.log_loss:.4f}",
        ],
        [say(language, "optimize.rmse"), f"{before.rmse:.2%}", f"{after.rmse:.2%}"],
    ]
    yield from (f"  {line}" for line in table(rows, frozenset({1, 2})))
