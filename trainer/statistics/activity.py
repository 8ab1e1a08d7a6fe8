"""What was done: by study day and kind, and the time it took."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import compress
from operator import itemgetter

from trainer.statistics.daily import AnswerKind
from trainer.statistics.evidence import Evidence
from trainer.statistics.tally import Tally


@dataclass(frozen=True, slots=True)
class Day:
    """A study day with answers.

    The five kinds are those of `AnswerKind`; `introduced` counts the cards that were
    answered for the first time. An answer counts as a minute at most.
    """

    day: date
    learn: int
    young: int
    mature: int
    relearn: int
    cram: int
    introduced: int
    took_ms: int

    @property
    def answers(self) -> int:
        """How many answers were given."""
        return self.learn + self.young + self.mature + self.relearn + self.cram


@dataclass(frozen=True, slots=True)
class Activity:
    """All answers, and those of today.

    `days` counts the study days with answers since the first one, `span` all days
    since then, today included; `streak` counts the days in a row up to today (or
    yesterday, while today is still to come), `longest` the longest row there was.
    `right_today` is about the answers of today that schedule.
    """

    total: int
    took_ms: int
    today: int
    took_ms_today: int
    introduced_today: int
    right_today: Tally
    days: int
    span: int
    streak: int
    longest: int


def days(evidence: Evidence) -> tuple[Day, ...]:
    """Return the study days with answers, in order."""
    daily, nothing = evidence.seen, dict.fromkeys(AnswerKind, 0)
    answers = daily.answers
    rows = zip(answers.day, answers.kind, answers.given, answers.took_ms, strict=True)
    counts: dict[date, dict[AnswerKind, int]] = {}
    took_ms: dict[date, int] = {}
    introduced: dict[date, int] = {}
    for day, kind, given, took in rows:
        if day not in counts:
            counts[day], took_ms[day] = nothing.copy(), 0
        counts[day][kind] += given
        took_ms[day] += took
    for notes in daily.notes:
        introduced[notes.day] = introduced.get(notes.day, 0) + notes.introduced
    return tuple(
        Day(
            day=day,
            learn=kinds[AnswerKind.LEARN],
            young=kinds[AnswerKind.YOUNG],
            mature=kinds[AnswerKind.MATURE],
            relearn=kinds[AnswerKind.RELEARN],
            cram=kinds[AnswerKind.CRAM],
            introduced=introduced.get(day, 0),
            took_ms=took_ms[day],
        )
        for day, kinds in sorted(counts.items(), key=itemgetter(0))
    )


def activity(evidence: Evidence) -> Activity:
    """Sum up all answers, and those of today."""
    seen, today = evidence.seen, evidence.today
    answers, asked = seen.answers, seen.asked
    now = [day == today for day in answers.day]
    asked_now = [day == today for day in asked.day]
    dates = sorted(set(answers.day))
    return Activity(
        total=sum(answers.given),
        took_ms=sum(answers.took_ms),
        today=sum(compress(answers.given, now)),
        took_ms_today=sum(compress(answers.took_ms, now)),
        introduced_today=sum(row.introduced for row in seen.notes if row.day == today),
        right_today=Tally(
            sum(compress(asked.passed, asked_now)),
            sum(compress(asked.failed, asked_now)),
        ),
        days=len(dates),
        span=(today - dates[0]).days + 1 if dates else 0,
        streak=_streak(set(dates), today),
        longest=_longest(dates),
    )


def _streak(dates: set[date], today: date) -> int:
    day = today if today in dates else today - timedelta(days=1)
    count = 0
    while day in dates:
        count += 1
        day -= timedelta(days=1)
    return count


def _longest(dates: Iterable[date]) -> int:
    longest = count = 0
    last = None
    for day in dates:
        is_next = last is not None and day - last == timedelta(days=1)
        count = count + 1 if is_next else 1
        longest, last = max(longest, count), day
    return longest
