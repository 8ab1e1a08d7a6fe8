"""All figures, by name: the registry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from trainer.statistics.activity import Activity, Day, activity, days
from trainer.statistics.advice import Advice, advice
from trainer.statistics.buttons import Buttons, buttons
from trainer.statistics.calibration import Calibration, calibration
from trainer.statistics.confused import Confused
from trainer.statistics.counts import CardCounts, card_counts
from trainer.statistics.evidence import Evidence
from trainer.statistics.forecast import Forecast, forecast
from trainer.statistics.hints import Hints, hints, languages
from trainer.statistics.hours import Hour, hours
from trainer.statistics.knowledge import Knowledge, knowledge
from trainer.statistics.parts import Map, map_of_notes
from trainer.statistics.retention import Retention, retention
from trainer.statistics.risk import Risk, risk
from trainer.statistics.spread import (
    Spread,
    difficulty,
    intervals,
    retrievability,
    stability,
)
from trainer.statistics.tally import Tally
from trainer.statistics.weakspots import Doubtful, WeakSpots, doubtful, weak_spots


@dataclass(frozen=True, slots=True)
class Figures:
    """All that statistics say. What each is, its type says.

    `retention` goes by the names of `SPANS`, `buttons` by kind of answer, `languages`
    by the code of the language (true retention).
    """

    reviews: Activity
    days: tuple[Day, ...]
    cards: CardCounts
    retention: Mapping[str, Retention]
    buttons: Mapping[str, Buttons]
    hours: tuple[Hour, ...]
    intervals: Spread
    stability: Spread
    difficulty: Spread
    retrievability: Spread
    knowledge: Knowledge
    forecast: Forecast
    calibration: Calibration
    notes: Map
    risk: Risk
    weak: WeakSpots
    confused: tuple[Confused, ...]
    doubtful: tuple[Doubtful, ...]
    hints: Hints
    languages: Mapping[str, Tally]
    advice: Advice


FIGURES: dict[str, Callable[[Evidence], Any]] = {
    "reviews": activity,
    "days": days,
    "cards": card_counts,
    "retention": retention,
    "buttons": buttons,
    "hours": hours,
    "intervals": intervals,
    "stability": stability,
    "difficulty": difficulty,
    "retrievability": retrievability,
    "knowledge": knowledge,
    "forecast": forecast,
    "calibration": calibration,
    "notes": map_of_notes,
    "risk": risk,
    "weak": weak_spots,
    "confused": attrgetter("confused"),
    "doubtful": doubtful,
    "hints": hints,
    "languages": languages,
    "advice": advice,
}
"""The folds by the names of `Figures`, in which order they are explained, too."""


def figures(evidence: Evidence) -> Figures:
    """Return all figures."""
    return Figures(**{name: fold(evidence) for name, fold in FIGURES.items()})
