"""The statistics on one screen: the most telling first, advice at the end."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from trainer.language.clean import clean
from trainer.language.width import text_width
from trainer.statistics.advice import Sentence, fault_message
from trainer.statistics.figures import Figures
from trainer.statistics.weakspots import Fault
from trainer.terminal.frame import INDENT, Frame, percent, share_text
from trainer.terminal.table import table
from trainer.terminal.wrap import wrap

MOST_LINES = 40
"""So many lines at 60 columns, so that nothing scrolls away."""

_WEEK = 7
_LISTED = 5
_SHORT_SPANS = ("today", "week", "month", "all")


def short_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield today, the week, retention, forecast, risk, weak spots and advice."""
    head = [*today_lines(found, frame), ""]
    parts = [retention_lines(found, frame, _SHORT_SPANS)]
    if found.cards.review or found.cards.learning:
        parts.append(list(forecast_lines(found, frame, _WEEK)))
    for part in filter(None, parts):
        head += [*part, ""]
    advice = advice_lines(found, frame)
    left = MOST_LINES - len(head) - len(advice)
    rows = max(1, min(_LISTED, left // 2 - 2))
    for part in (risk_lines(found, frame, rows), fault_lines(found, frame, rows)):
        head += [*part, ""] if part else []
    yield from head
    yield from advice


def today_lines(found: Figures, frame: Frame) -> Iterator[str]:
    """Yield what was done today and in the last seven days, and what is known."""
    done, cards = found.reviews, found.cards
    if not done.total:
        yield frame.say("no-answers")
    elif not done.today:
        yield frame.say("today-none")
    else:
        time, right = frame.time(done.took_ms_today), percent(done.right_today)
        yield frame.say("today", count=done.today, time=time, right=right)
    if done.total:
        yield _week(found, frame)
    counts = {"known": round(found.knowledge.now), "total": cards.total}
    yield frame.say("known", **counts, new=cards.new)
    if cards.leeches:
        yield frame.say("leeches", count=len(cards.leeches))


def _week(found: Figures, frame: Frame) -> str:
    """Say of each of the last seven days whether there was an answer."""
    today = found.forecast.days[0].day
    dates = [today - timedelta(days=ago) for ago in range(_WEEK - 1, -1, -1)]
    days = {one.day: one for one in found.days if one.day in dates}
    signs = frame.signs
    drawn = (signs.studied if day in days else signs.not_studied for day in dates)
    return frame.say(
        "week",
        days="".join(drawn),
        count=sum(one.answers for one in days.values()),
        time=frame.time(sum(one.took_ms for one in days.values())),
        streak=found.reviews.streak,
    )


def retention_lines(found: Figures, frame: Frame, spans: Sequence[str]) -> list[str]:
    """Return true retention by span, of young, mature and all cards."""
    if not found.retention["all"].total.asked:
        return []
    names = [frame.say(name) for name in ("young", "mature", "both")]
    rows = [[frame.say("retention"), *names, ""]]
    for span in spans:
        one = found.retention[span]
        rates = [percent(tally) for tally in (one.young, one.mature, one.total)]
        asked = f"{one.passed}/{one.total.asked}"
        rows.append([INDENT + frame.say(f"span-{span}"), *rates, asked])
    return table(rows, frozenset({1, 2, 3, 4}))


def forecast_lines(found: Figures, frame: Frame, days: int) -> Iterator[str]:
    """Yield how many cards are due on the coming days, and how many are overdue."""
    ahead = found.forecast
    busy = [at for at, load in enumerate(ahead.days) if load.due]
    last = min(days, max([_WEEK, *(at + 1 for at in busy)]))
    key = "forecast-overdue" if ahead.overdue else "forecast"
    yield frame.say(key, load=f"{ahead.per_day:.0f}", count=ahead.overdue)
    yield from frame.bars(
        [
            ((load.day.strftime("%m-%d"), str(load.due)), float(load.due))
            for load in ahead.days[:last]
        ]
    )


def risk_lines(found: Figures, frame: Frame, most: int) -> list[str]:
    """Return the sections of the notes of which most is likely to be forgotten.

    Where no card cites a section, it is the topics.
    """
    sections = found.notes.sections
    is_cited = any(one.studied for one in sections)
    places = sections if is_cited else found.notes.topics
    worst = sorted(places, key=lambda one: one.known - one.studied)
    rows = [
        (frame.title(one), f"{lost}/{one.studied}", share_text(one.recall))
        for one in worst[:most]
        if (lost := round(one.studied - one.known))
    ]
    head = [frame.say(name) for name in ("at-risk", "lost", "recall")]
    return frame.rows(head, rows) if rows else []


def fault_lines(found: Figures, frame: Frame, most: int) -> list[str]:
    """Return what keeps being wrong, and how often."""
    rows = [
        (clean(fault_message(one).in_language(frame.language)), _missed(one, frame))
        for one in found.weak.faults[:most]
    ]
    return frame.rows((frame.say("faults"), ""), rows) if rows else []


def _missed(fault: Fault, frame: Frame) -> str:
    return frame.say("of", part=fault.missed, whole=fault.asked)


def advice_lines(found: Figures, frame: Frame) -> list[str]:
    """Return three sentences, each with the command that follows it."""
    given = found.advice
    lines = (_sentence(one, frame) for one in (given.risk, given.failing, given.next))
    return [line for sentence in lines for line in sentence]


def _sentence(one: Sentence, frame: Frame) -> list[str]:
    lines = wrap(clean(one.said.in_language(frame.language)), frame.columns)
    if not one.command:
        return lines
    follows = f"{frame.signs.leads_to} {clean(one.command)}"
    if text_width(lines[-1]) + 1 + text_width(follows) <= frame.columns:
        return [*lines[:-1], f"{lines[-1]} {follows}"]
    return [*lines, INDENT + follows]
