"""All figures, by name: the registry."""

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.statistics.activity import Activity, Day
from trainer.statistics.advice import Advice
from trainer.statistics.buttons import Buttons
from trainer.statistics.calibration import Calibration
from trainer.statistics.counts import CardCounts
from trainer.statistics.forecast import Forecast
from trainer.statistics.hints import Hints
from trainer.statistics.hours import Hour
from trainer.statistics.knowledge import Knowledge
from trainer.statistics.parts import Map
from trainer.statistics.retention import Retention
from trainer.statistics.risk import Risk
from trainer.statistics.spread import Spread
from trainer.statistics.tally import Tally
from trainer.statistics.weakspots import Doubtful, WeakSpots


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
    doubtful: tuple[Doubtful, ...]
    hints: Hints
    languages: Mapping[str, Tally]
    advice: Advice
