"""The kinds of values in a configuration: how each is read, written and explained.

Texts from a command line and values from the file go the same way. Starts fast.
"""

from collections.abc import Callable
from datetime import timedelta

_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_MOST_DIGITS = 9
_MOST_STEPS = 20
_HOURS, _MINUTES = 24, 60
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS_ZH = tuple("一二三四五六日")
_YES = frozenset({"yes", "true", "on", "是"})
_NO = frozenset({"no", "false", "off", "否"})


class Kind:
    """A kind of value.

    `read` understands a plain text and raises ValueError at what is not allowed;
    `show` writes a value so that `read` understands it; `wanted` names the message
    that says what is allowed, with `limits`.
    """

    __slots__ = ("limits", "read", "show", "wanted")

    def __init__(
        self,
        wanted: str,
        read: Callable[[str], object],
        show: Callable[..., str],
        **limits: object,
    ) -> None:
        self.wanted = wanted
        self.read = read
        self.show = show
        self.limits = limits

    def plain(self, value: object) -> str | float:
        """Return a value as TOML has it."""
        return value if isinstance(value, int | float) else self.show(value)


def plain_text(value: object) -> str:
    """Return what was typed, or a value of the file, as a plain text.

    What Chinese input methods type in full width becomes ordinary characters.
    """
    if isinstance(value, bool):
        return _show_switch(value=value)
    if isinstance(value, list):
        return " ".join(map(plain_text, value))
    text = str(value)
    if not text.isascii():
        from unicodedata import normalize  # noqa: PLC0415 - rarely needed

        text = normalize("NFKC", text)
    return text.strip().lower()


def choice(*names: str) -> Kind:
    """Return the kind of one of several words."""

    def read(text: str) -> str:
        return names[names.index(text)]

    return Kind("choice", read, str, known=", ".join(names))


def count(least: int, most: int) -> Kind:
    """Return the kind of whole numbers within limits."""

    def read(text: str) -> int:
        return int(_within(_number(text), least, most))

    return Kind("count", read, str, least=least, most=most)


def ratio(least: float, most: float) -> Kind:
    """Return the kind of shares, written as `0.9` or `90%`."""

    def read(text: str) -> float:
        return _read_ratio(text, least, most)

    limits = {"least": f"{least:.2f}", "most": f"{most:.2f}"}
    return Kind("ratio", read, str, **limits)


def switch() -> Kind:
    """Return the kind of yes and no."""
    return Kind("switch", _read_switch, lambda value: _show_switch(value=value))


def time_of_day() -> Kind:
    """Return the kind of times of day, read as the time since midnight."""
    return Kind("time", _read_time, _show_time)


def duration(most: timedelta) -> Kind:
    """Return the kind of durations such as `20m`."""

    def read(text: str) -> timedelta:
        value = _read_duration(text)
        _within(value.total_seconds(), 0, most.total_seconds())
        return value

    return Kind("duration", read, _show_duration, most=_show_duration(most))


def steps(most: timedelta) -> Kind:
    """Return the kind of lists of durations such as `1m 10m`."""

    def read(text: str) -> tuple[timedelta, ...]:
        words = text.replace(",", " ").replace("、", " ").split()
        values = tuple(map(_read_duration, words))
        _within(len(values), 0, _MOST_STEPS)
        for value in values:
            _within(value.total_seconds(), 1, most.total_seconds())
        return values

    def show(values: tuple[timedelta, ...]) -> str:
        return " ".join(map(_show_duration, values))

    return Kind("steps", read, show, most=_show_duration(most))


def week() -> Kind:
    """Return the kind of shares of single days of a week, such as `sat=0.5 sun=0`.

    They are read as those of all seven days from Monday on; others have the whole.
    """

    def read(text: str) -> tuple[float, ...]:
        shares = [1.0] * len(_DAYS)
        for word in text.replace(",", " ").replace("、", " ").split():
            day, equals, value = word.partition("=")
            if not equals:
                raise ValueError(word)
            shares[_day_of_week(day)] = _read_ratio(value, 0, 1)
        return tuple(shares)

    def show(shares: tuple[float, ...]) -> str:
        days = zip(_DAYS, shares, strict=True)
        return " ".join(f"{day}={value:g}" for day, value in days if value < 1)

    return Kind("week", read, show)


def _read_ratio(text: str, least: float, most: float) -> float:
    number = text.removesuffix("%")
    value = float(number) / (100 if number != text else 1)
    return round(_within(value, least, most), 4)


def _day_of_week(name: str) -> int:
    chinese = name.removeprefix("周")
    return _DAYS_ZH.index(chinese) if chinese in _DAYS_ZH else _DAYS.index(name)


def _within(value: float, least: float, most: float) -> float:
    if least <= value <= most:
        return value
    raise ValueError(value)


def _number(text: str) -> int:
    if text.isdecimal() and len(text) <= _MOST_DIGITS:
        return int(text)
    raise ValueError(text)


def _read_switch(text: str) -> bool:
    if text in _YES | _NO:
        return text in _YES
    raise ValueError(text)


def _show_switch(*, value: bool) -> str:
    return "yes" if value else "no"


def _read_time(text: str) -> timedelta:
    hours, minutes, seconds = (*text.split(":"), "0", "0")[:3]
    if text.count(":") > 2 or _number(seconds):  # noqa: PLR2004 - hours, minutes, seconds
        raise ValueError(text)
    return timedelta(
        hours=_within(_number(hours), 0, _HOURS - 1),
        minutes=_within(_number(minutes), 0, _MINUTES - 1),
    )


def _show_time(value: timedelta) -> str:
    hours, minutes = divmod(value // timedelta(minutes=1), _MINUTES)
    return f"{hours:02}:{minutes:02}"


def _read_duration(text: str) -> timedelta:
    if text[-1:] not in _UNITS:
        raise ValueError(text)
    return timedelta(seconds=_number(text[:-1]) * _UNITS[text[-1]])


def _show_duration(value: timedelta) -> str:
    seconds = value // timedelta(seconds=1)
    if not seconds:
        return "0m"
    unit = next(unit for unit, size in _UNITS.items() if seconds % size == 0)
    return f"{seconds // _UNITS[unit]}{unit}"
