"""`trainer optimize`: FSRS's parameters fitted to what the learner did."""

import gc
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from trainer.cli.jsonlines import print_json
from trainer.cli.mistakes import UsageError
from trainer.cli.panels import STUDY
from trainer.cli.parameters import AsJson
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.scheduling.defaults import PARAMETERS
from trainer.scheduling.fitting import Fitting, fit
from trainer.scheduling.parameters import Basis, make_fit
from trainer.scheduling.score import Score
from trainer.storage.store import Store

_LATER = timedelta(milliseconds=1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: trainer optimize --dry-run"
    app.command(rich_help_panel=STUDY, epilog=example)(optimize)


def optimize(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Fit and compare; change nothing.")
    ] = False,
    reset: Annotated[
        bool, typer.Option("--reset", help="Go back to the default parameters.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fit the schedule to your memory, and keep the fit if it foretells better."""
    world: World = context.obj
    if reset:
        _go_back(world, dry_run=dry_run, as_json=as_json)
        return
    gc.disable()  # what is made here is used until the end
    with world.store() as store:
        found = fit(store.log.given(store.settings.rollover), store.settings)
        is_kept = found.is_better and not dry_run
        if is_kept:
            _adopt(store, world, found.parameters, found.basis)
    if as_json:
        print_json(_as_json(found, is_kept=is_kept))
        return
    from trainer.terminal.fitting_text import fitting_lines
    from trainer.terminal.frame import LEAST_COLUMNS, MOST_COLUMNS
    from trainer.terminal.printed import page_columns

    columns = page_columns(LEAST_COLUMNS, MOST_COLUMNS)
    for line in fitting_lines(found, world.language, columns, dry_run=dry_run):
        print(clean(line))


def _go_back(world: World, *, dry_run: bool, as_json: bool) -> None:
    if world.settings.parameters == PARAMETERS:
        raise UsageError("nothing-to-reset")
    if not dry_run:
        with world.store() as store:
            _adopt(store, world, PARAMETERS, None)
    if as_json:
        print_json({"kept": not dry_run, "parameters": PARAMETERS})
        return
    print(say(world.language, "optimize.would-reset" if dry_run else "optimize.reset"))


def _adopt(
    store: Store, world: World, parameters: tuple[float, ...], basis: Basis | None
) -> None:
    """Let parameters be in force from now on, whatever the clock said before."""
    earlier = [one.at + _LATER for one in store.log.fits()[-1:]]
    at: datetime = max([world.clock.now(), *earlier])
    store.adopt(make_fit(store.stamp(), at, parameters, basis))


def _as_json(found: Fitting, *, is_kept: bool) -> dict[str, Any]:
    from trainer.exchange.json_format import basis_json

    trial = found.trial
    return {
        "answers": found.answers,
        "basis": basis_json(found.basis),
        "extent": found.extent.value,
        "held_out": trial
        and {
            "reviews": trial.held_out,
            "since": trial.since.isoformat(),
            "before": _score_json(trial.before),
            "after": _score_json(trial.after),
        },
        "better": found.is_better,
        "kept": is_kept,
        "parameters": found.parameters,
    }


def _score_json(score: Score) -> dict[str, float]:
    return {"log_loss": score.log_loss, "rmse": score.rmse}
