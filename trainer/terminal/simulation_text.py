"""What looking ahead has shown, as text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.scheduling.simulation import Course, Habits
from trainer.terminal.plot import ASCII, UNICODE, Pen, columns_plot, points_plot
from trainer.terminal.signs import signs_for
from trainer.terminal.table import table
from trainer.terminal.wrap import wrap

_PLOT_COLUMNS, _PLOT_ROWS = 60, 8


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the pages tell: the collection, the settings, and whose figures they are.

    `borrowed` names figures of an average learner; `is_fitted` says whether the
    parameters are the learner's own.
    """

    language: Language
    ascii_only: bool
    columns: int
    today: date
    cards: int
    retention: float
    new_per_day: int
    reviews_per_day: int
    is_fitted: bool
    borrowed: Sequence[str]

    @property
    def pen(self) -> Pen:
        """What to draw with."""
        return ASCII if self.ascii_only else UNICODE

    @property
    def plot_columns(self) -> int:
        """How wide to draw."""
        return min(self.columns, _PLOT_COLUMNS)

    def say(self, key: str, **values: object) -> str:
        """Word a message of this page."""
        return say(self.language, f"simulate.{key}", **values)


def outlook_lines(
    outlook: Outlook, targets: Mapping[float, Course], pace: Course | None
) -> Iterator[str]:
    """Yield whose figures these are, what targets cost and yield, and the pace."""
    for line in _lines(outlook, targets, pace):
        yield from wrap(line, outlook.columns)


def _lines(
    outlook: Outlook, targets: Mapping[float, Course], pace: Course | None
) -> Iterator[str]:
    days = next((len(one.days) for one in (*targets.values(), pace) if one), 0)
    yield outlook.say("head", days=days, cards=outlook.cards)
    yield outlook.say("fitted" if outlook.is_fitted else "not-fitted")
    yield from _habits_lines(outlook)
    if targets:
        yield ""
        yield from _targets_lines(outlook, targets)
    if pace:
        yield ""
        yield from _pace_lines(outlook, pace)


def _habits_lines(outlook: Outlook) -> Iterator[str]:
    names = [outlook.say(f"habit-{one}") for one in outlook.borrowed]
    if len(names) == len(fields(Habits)):
        yield outlook.say("borrowed-all")
    elif names:
        yield outlook.say("borrowed", names=outlook.say("between").join(names))


def _targets_lines(outlook: Outlook, targets: Mapping[float, Course]) -> Iterator[str]:
    yield outlook.say("targets", new=outlook.new_per_day)
    yield from _targets_table(outlook, targets)
    if len(targets) > 1:
        yield ""
        yield outlook.say("plot")
        points = [
            (course.minutes_a_day, course.known, f"{retention:.0%}")
            for retention, course in targets.items()
        ]
        columns, pen = outlook.plot_columns, outlook.pen
        yield from points_plot(points, columns, _PLOT_ROWS, pen)


def _targets_table(outlook: Outlook, targets: Mapping[float, Course]) -> Iterator[str]:
    names = ("target", "reviews", "minutes", "known")
    head = ["", *(outlook.say(f"column-{one}") for one in names)]
    own = signs_for(ascii_only=outlook.ascii_only).suggested
    rows = [
        [
            own if retention == outlook.retention else "",
            f"{retention:.0%}",
            f"{course.reviews_a_day:.1f}",
            f"{course.minutes_a_day:.1f}",
            f"{course.known:.0f} ({course.known / outlook.cards:.0%})",
        ]
        for retention, course in targets.items()
    ]
    yield from table([head, *rows], frozenset({1, 2, 3, 4}))
    if outlook.retention in targets:
        yield outlook.say("own", sign=own)


def _pace_lines(outlook: Outlook, pace: Course) -> Iterator[str]:
    yield outlook.say(
        "pace", new=outlook.new_per_day, retention=f"{outlook.retention:.0%}"
    )
    yield _learned(outlook, pace)
    busiest = pace.days[pace.busiest]
    yield outlook.say(
        "busiest",
        date=outlook.today + timedelta(days=pace.busiest),
        reviews=busiest.reviews,
        minutes=f"{busiest.seconds / 60:.0f}",
    )
    average = {"reviews": pace.reviews_a_day, "minutes": pace.minutes_a_day}
    worded = {name: f"{value:.1f}" for name, value in average.items()}
    yield outlook.say("average", known=round(pace.known), **worded)
    over = sum(day.waiting > 0 for day in pace.days)
    if over:
        yield outlook.say("over", days=over, limit=outlook.reviews_per_day)
    yield ""
    yield outlook.say("load")
    minutes = [day.seconds / 60 for day in pace.days]
    yield from columns_plot(minutes, outlook.plot_columns, _PLOT_ROWS, outlook.pen)


def _learned(outlook: Outlook, pace: Course) -> str:
    """Say when the last new card is learned."""
    after = pace.learned_after
    if after is None:
        return outlook.say("unseen", cards=pace.unseen)
    if after:
        day = outlook.today + timedelta(days=after - 1)
        return outlook.say("learned", days=after, date=day)
    return outlook.say("nothing-new")
