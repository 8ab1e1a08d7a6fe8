"""Clocks that go back and forward, zones that change, days of 23 and 25 hours."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same days each time
from zoneinfo import ZoneInfo, available_timezones

from tests.decks import deck, write_decks
from tests.faults.stage import Recorder
from tests.faults.trials import trials
from tests.faults.wandering import wander
from tests.program import Program
from trainer.scheduling.studyday import study_day

NOON = datetime(2020, 1, 1, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_no_clock_makes_a_review_be_refused_or_the_log_be_out_of_order(
    tmp_path: Path, record_property: Recorder
) -> None:
    count = trials(500, 15)
    answers = sum(wander(tmp_path / str(seed), seed) for seed in range(count))
    record_property("trials", count)
    record_property("answers", answers)
    assert answers > count


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the noons, by UTC, after which the clocks were changed within a day."""
    for number in range(365 * 6):
        noon = NOON + DAY * number
        if (
            len({(noon + DAY * part).astimezone(zone).utcoffset() for part in (0, 1)})
            > 1
        ):
            yield noon


def test_the_day_steps_once_and_at_the_rollover_when_clocks_are_changed(
    record_property: Recorder,
) -> None:
    chance = Random(1)  # noqa: S311 - as above
    zones = sorted(available_timezones())
    tried = 0
    while tried < trials(500, 40):
        zone = ZoneInfo(chance.choice(zones))
        for noon in changes(zone):
            rollover = timedelta(hours=chance.choice((4, 4, *range(7))))
            steps_at_rollover(zone, noon, rollover)
            tried += 1
    record_property("days", tried)


def steps_at_rollover(zone: ZoneInfo, noon: datetime, rollover: timedelta) -> None:
    """Check each minute from one noon to the next but one."""
    minutes = [(noon + MINUTE * n).astimezone(zone) for n in range(48 * 60)]
    for one, other in pairwise(minutes):
        was, then = study_day(one, rollover), study_day(other, rollover)
        wall = one.replace(tzinfo=None), other.replace(tzinfo=None)
        at = datetime.combine(then, datetime.min.time()) + rollover
        assert (was != then) == (wall[0] < at <= wall[1]), (zone, one, rollover)
        assert was <= then, (zone, one, rollover)


def test_a_clock_that_went_back_is_told_once(tmp_path: Path) -> None:
    decks = write_decks(tmp_path / "decks", many=deck("many", *"abcdefgh"))
    program = Program(tmp_path / "home", {"TRAINER_DECKS": str(decks)})
    told = []
    for at in ("2026-11-23", "2029-01-01", "2026-11-24", "2026-11-24", "2026-11-25"):
        ran = program.at(f"{at}T09:00+08:00")("review", "--limit", "1", given="x\n")
        assert ran.code == 0
        told.append(ran.err.count("still to come"))
    assert told == [0, 0, 1, 0, 0]
