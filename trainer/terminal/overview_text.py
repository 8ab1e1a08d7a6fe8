"""The statistics as a page of text."""

from collections.abc import Iterator

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.statistics.overview import Overview, Retention
from trainer.terminal.table import table

BAR = 24


def overview_lines(
    seen: Overview, language: Language, *, ascii_only: bool
) -> Iterator[str]:
    """Yield today, card states, true retention and forecast."""
    minutes, seconds = divmod(seen.took_ms_today // 1000, 60)
    yield say(
        language,
        "stats.today",
        count=seen.reviews_today,
        time=f"{minutes}:{seconds:02}",
        total=seen.reviews_total,
    )
    yield ""
    yield say(language, "stats.states")
    names = ("new", "learning", "review", "suspended", "total")
    rows = [
        [say(language, f"stats.{name}"), str(getattr(seen.states, name))]
        for name in names
    ]
    yield from _indented(table(rows, frozenset({1})))
    if seen.leeches:
        yield say(language, "stats.leeches", count=seen.leeches)
    yield ""
    yield say(language, "stats.retention")
    yield from _indented(table(_retention_rows(seen, language), frozenset({1, 2})))
    yield ""
    yield say(language, "stats.forecast")
    yield from _indented(_forecast(seen, "#" if ascii_only else "█"))


def _retention_rows(seen: Overview, language: Language) -> list[list[str]]:
    return [
        [say(language, f"stats.span-{name}"), _rate(one), _asked(one)]
        for name, one in seen.retention.items()
    ]


def _rate(one: Retention) -> str:
    return "-" if one.rate is None else f"{one.rate:.0%}"


def _asked(one: Retention) -> str:
    return f"{one.passed}/{one.passed + one.failed}"


def _forecast(seen: Overview, block: str) -> list[str]:
    most = max((load.due for load in seen.forecast), default=0) or 1
    rows = [
        [load.day.strftime("%m-%d"), str(load.due), block * (load.due * BAR // most)]
        for load in seen.forecast
    ]
    return table(rows, frozenset({1}))


def _indented(lines: list[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)
