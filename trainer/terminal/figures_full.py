"""All statistics as text, one part below the other."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from trainer.language.clean import clean
from trainer.scheduling.review import Rating
from trainer.statistics.activity import Day
from trainer.statistics.figures import Figures
from trainer.statistics.forecast import AHEAD
from trainer.statistics.parts import Part
from trainer.statistics.retention import SPANS
from trainer.statistics.spread import Bin, Spread
from trainer.statistics.tally import Tally
from trainer.statistics.weakspots import Weak
from trainer.terminal.bars import shade, sparkline
from trainer.terminal.figures_text import (
    advice_lines,
    fault_lines,
    forecast_lines,
    retention_lines,
    risk_lines,
    today_lines,
)
from trainer.terminal.frame import INDENT, Frame, percent, share_text
from trainer.terminal.words import rating_text

_MANY = 20
_MOST_WEEKS = 53
_FEW = 10


def full_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield every part that has something to say, and advice at the end."""
    for part in _PARTS:
        lines = list(part(found, frame))
        if lines:
            yield from (*lines, "")
    yield from advice_lines(found, frame)


def calendar_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield a heat map: a row a day of the week, a column a week."""
    if not found.days:
        return
    counts = {one.day: one.answers for one in found.days}
    today = found.forecast.days[0].day
    label = max(len(frame.say("weekdays").split("/")[0]) * 2, 4)
    weeks = min(_MOST_WEEKS, frame.columns - label - len(INDENT))
    monday = today - timedelta(days=today.weekday())
    first = max(monday - timedelta(weeks=weeks - 1), _monday(found.days[0].day))
    mondays = [
        first + timedelta(weeks=n) for n in range((monday - first).days // 7 + 1)
    ]
    most = max(counts.values())
    yield frame.say("calendar", days=found.reviews.days, longest=found.reviews.longest)
    for number, name in enumerate(frame.say("weekdays").split("/")):
        days = [one + timedelta(days=number) for one in mondays]
        drawn = (
            shade(counts.get(day, 0), most, frame.ink) if day <= today else " "
            for day in days
        )
        yield f"{INDENT}{name} {''.join(drawn)}".rstrip()
    yield INDENT + frame.say(
        "shades",
        shades=frame.ink.shades[1:],
        most=most,
        first=first.isoformat(),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def kinds_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield the last weeks, each with its answers by kind and the time they took."""
    weeks: dict[date, list[Day]] = {}
    for one in found.days:
        weeks.setdefault(_monday(one.day), []).append(one)
    names = ("learn", "young", "mature", "relearn", "cram", "introduced")
    rows = []
    for monday in sorted(weeks)[-_FEW:]:
        sums = [sum(getattr(day, name) for day in weeks[monday]) for name in names]
        took = round(sum(day.took_ms for day in weeks[monday]) / 60_000)
        rows.append(
            [
                monday.strftime("%m-%d"),
                *map(str, sums),
                frame.say("minutes", count=took),
            ]
        )
    if rows:
        head = [frame.say(name) for name in ("weeks", *names, "time")]
        yield from frame.rows(head, rows)
        answers = [one.answers for one in found.days]
        line = sparkline(answers, frame.columns - len(INDENT), frame.ink)
        yield INDENT + line
        total = frame.time(found.reviews.took_ms)
        yield INDENT + frame.say("total", count=found.reviews.total, time=total)


def buttons_lines(found: Figures, frame: Frame) -> list[str]:
    """Return how cards of each kind were rated."""
    rows = [
        (
            frame.say(kind),
            *map(str, (one.again, one.hard, one.good, one.easy)),
            share_text(one.rate),
        )
        for kind, one in found.buttons.items()
        if one.total
    ]
    ratings = (rating_text(rating, frame.language) for rating in Rating)
    head = [frame.say("buttons"), *ratings, frame.say("success")]
    return frame.rows(head, rows) if rows else []


def hours_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield the hours with answers, and the share of successes as a bar."""
    rows = [
        (
            (f"{one.hour:02}", str(one.passed + one.failed), share_text(one.rate)),
            one.rate,
        )
        for one in found.hours
        if one.rate is not None
    ]
    if rows:
        yield frame.say("hours")
        yield from frame.bars([(cells, rate or 0.0) for cells, rate in rows], 1)


def spread_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield how cards spread over intervals, stability, difficulty and recall."""
    for name in ("intervals", "stability", "difficulty", "retrievability"):
        one: Spread = getattr(found, name)
        if one.cards:
            yield frame.say(name, median=_figure(one.median or 0, name))
            rows = (
                ((_span(part.low, part.high, name), str(part.count)), float(part.count))
                for part in _inner(one.bins)
            )
            yield from frame.bars(list(rows))


def _inner(bins: Sequence[Bin]) -> Sequence[Bin]:
    """Leave out the empty ones before the first and behind the last that is not."""
    taken = [at for at, one in enumerate(bins) if one.count]
    return bins[taken[0] : taken[-1] + 1]


def _span(low: float, high: float, name: str) -> str:
    if high == float("inf"):
        return f"{_figure(low, name)}+"
    return f"{_figure(low, name)}-{_figure(high, name)}"


def _figure(value: float, name: str) -> str:
    return f"{value:.0%}" if name == "retrievability" else f"{value:.0f}"


def knowledge_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield how much is known now, and a line over time."""
    points = found.knowledge.over_time
    if points:
        now = f"{found.knowledge.now:.0f}"
        yield frame.say("knowledge", now=now, first=points[0].day.isoformat())
        cards = [one.cards for one in points]
        yield INDENT + sparkline(cards, frame.columns - len(INDENT), frame.ink)


def calibration_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield the recall foretold against what happened, and how wrong it was."""
    one = found.calibration
    if one.log_loss is None or one.rmse is None:
        return
    head = [frame.say(name) for name in ("calibration", "answers", "happened")]
    rows = [
        (
            f"{level.low:.0%}-{level.high:.0%}",
            str(level.answers),
            share_text(level.happened),
        )
        for level in one.levels
    ]
    yield from frame.rows(head, rows)
    scores = {"loss": f"{one.log_loss:.3f}", "rmse": f"{one.rmse:.3f}"}
    yield INDENT + frame.say("score", **scores)


def map_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield the map of the notes: each section, and how well it is known."""
    notes = found.notes
    if notes.sections:
        yield from _parts_lines("map", notes.sections, frame)
        for key, slugs in (("never", notes.never), ("bare", notes.bare)):
            if slugs:
                yield INDENT + frame.say(key, count=len(slugs))


def topics_lines(found: Figures, frame: Frame) -> list[str]:
    """Return the topics, and how well each is known."""
    return _parts_lines("topics", found.notes.topics, frame)


def _parts_lines(key: str, parts: Sequence[Part], frame: Frame) -> list[str]:
    is_covered = any(one.facts for one in parts)
    names = [key, *(("covered",) if is_covered else ()), "studied", "below", "recall"]
    rows = [
        (
            frame.title(one),
            *((f"{one.cited}/{one.facts}",) if is_covered else ()),
            f"{one.studied}/{one.cards}",
            str(one.at_risk),
            share_text(one.recall),
        )
        for one in parts
    ]
    return frame.rows([frame.say(name) for name in names], rows) if rows else []


def weak_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield the topics, kinds and commands that fail most often."""
    titles = {one.name: frame.title(one) for one in found.notes.topics}
    for key in ("topics", "kinds", "commands"):
        weak: tuple[Weak, ...] = getattr(found.weak, key)
        rows = [
            (
                _name(one.name, key, titles, frame),
                f"{one.failed}/{one.asked}",
                share_text(one.rate),
            )
            for one in weak[:_FEW]
        ]
        if rows:
            head = [frame.say(f"weak-{key}"), frame.say("failed"), ""]
            yield from frame.rows(head, rows)


def _name(name: str, key: str, titles: dict[str, str], frame: Frame) -> str:
    if key == "kinds":
        return frame.say(f"kind-{name}")
    return titles.get(name, clean(name))


def marked_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield where cards stand, and the names of those that were marked."""
    cards = found.cards
    names = ("new", "learning", "young", "mature", "suspended", "buried")
    rows = [
        ((frame.say(name), str(count)), count)
        for name, count in ((name, getattr(cards, name)) for name in names)
    ]
    yield frame.say("cards", total=cards.total)
    yield from frame.bars(rows)
    for key in ("leeches", "flagged", "away"):
        marked = getattr(cards, key)
        if marked:
            yield INDENT + frame.say(f"marked-{key}", count=len(marked))
            yield from (INDENT * 2 + clean(card) for card in marked[:_FEW])


def confused_lines(found: Figures, frame: Frame) -> list[str]:
    """Return what is mistaken for what, and how often."""
    rows = [
        (
            frame.say("confusion", taken=clean(one.taken), due=clean(one.due)),
            str(one.count),
        )
        for one in found.confused[:_FEW]
    ]
    return frame.rows((frame.say("confused"), ""), rows) if rows else []


def doubtful_lines(found: Figures, frame: Frame) -> list[str]:
    """Return the cards whose verdicts are overruled again and again."""
    rows = [
        (clean(one.card), frame.say("of", part=one.overruled, whole=one.asked))
        for one in found.doubtful[:_FEW]
    ]
    return frame.rows((frame.say("doubtful"), ""), rows) if rows else []


def habits_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield what hints lead to, and how sittings in both languages compare."""
    hints = found.hints
    if hints.hinted:
        yield frame.say("hints", count=hints.hinted, total=hints.answers)
        yield from _tallies(
            [
                (frame.say("after-hint"), hints.after_hint),
                (frame.say("without-hint"), hints.without),
            ],
            frame,
        )
    if found.languages:
        yield frame.say("languages")
        named = [(frame.say(f"in-{key}"), one) for key, one in found.languages.items()]
        yield from _tallies(named, frame)


def _tallies(rows: Sequence[tuple[str, Tally]], frame: Frame) -> list[str]:
    return frame.bars(
        [
            ((name, f"{one.passed}/{one.asked}", percent(one)), one.rate or 0.0)
            for name, one in rows
        ],
        1,
    )


_PARTS: tuple[Callable[[Figures, Frame], Iterator[str] | list[str]], ...] = (
    today_lines,
    map_lines,
    topics_lines,
    lambda found, frame: risk_lines(found, frame, _FEW),
    lambda found, frame: fault_lines(found, frame, _MANY),
    weak_lines,
    confused_lines,
    doubtful_lines,
    lambda found, frame: retention_lines(found, frame, tuple(SPANS)),
    knowledge_lines,
    lambda found, frame: list(forecast_lines(found, frame, AHEAD)),
    calendar_lines,
    kinds_lines,
    buttons_lines,
    hours_lines,
    marked_lines,
    spread_lines,
    calibration_lines,
    habits_lines,
)
