"""Line breaks of texts that mix Chinese and English.

Chinese is written without blanks: a line may end after any of its characters,
but closing punctuation never starts a line and opening punctuation never ends one
(GB/T 15834), nor do the backticks around code. Latin words break at blanks only,
unless they are wider than a line.
"""

from collections.abc import Iterator

from trainer.language.width import char_width, text_width

Slice = tuple[int, int]
"""A part of a text: from the first index up to, not including, the second."""

_CLOSING = frozenset("，。、；：？！）】》〉」』〕〗”’…—·～％%,.;:?!)]}")
_OPENING = frozenset("（【《〈「『〔〖“‘([{￥＄")
_WIDE = 2


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` columns, two or more.

    Blanks at a break are dropped, and nothing else.
    """
    return [text[start:end] for start, end in wrap_slices(text, width)]


def wrap_slices(text: str, width: int) -> list[Slice]:
    """Return where the lines of `wrap` stand in the text."""
    slices: list[Slice] = []
    begin = 0
    for line in text.split("\n"):
        slices += _wrap_line(text, (begin, begin + len(line)), width)
        begin += len(line) + 1
    return slices


def cut(text: str, width: int, ellipsis: str) -> str:
    """Shorten a text to `width` columns; what was cut off shows as an ellipsis."""
    line = " ".join(text.split())
    if text_width(line) <= width:
        return line
    kept = _fitting(line, 0, max(0, width - text_width(ellipsis)))
    return line[:kept].rstrip() + ellipsis if text_width(ellipsis) <= width else ""


def pad(text: str, width: int) -> str:
    """Fill a text up with blanks to `width` columns."""
    return text + " " * (width - text_width(text))


def _wrap_line(text: str, line: Slice, width: int) -> Iterator[Slice]:
    begin, _ = line
    end = begin
    for start, stop in _words(text, line):
        last = start + len(text[start:stop].rstrip(" "))
        if end > begin and text_width(text[begin:last]) > width:
            yield begin, end
            begin = start
        while (fold := _fitting(text, begin, width)) < last:
            yield begin, max(fold, begin + 1)
            begin = max(fold, begin + 1)
        end = last
    yield begin, max(begin, end)


def _words(text: str, line: Slice) -> Iterator[Slice]:
    """Yield what stays together, each with the blanks behind it.

    Blanks at the start of a line are indentation and stay with the first.
    """
    begin, stop = line
    indented = begin + len(text[begin:stop]) - len(text[begin:stop].lstrip(" "))
    in_code = False
    for index in range(max(begin, indented) + 1, stop):
        before, after = text[index - 1], text[index]
        in_code ^= before == "`"
        is_held = in_code and "`" in (before, after)
        if not is_held and _may_break(before, after):
            yield begin, index
            begin = index
    if begin < stop:
        yield begin, stop


def _may_break(before: str, after: str) -> bool:
    if " " in (before, after):
        return after != " "
    if char_width(after) == 0 or before == "\u200d":
        return False
    if after in _CLOSING or before in _OPENING:
        return False
    return _WIDE in (char_width(before), char_width(after))


def _fitting(text: str, begin: int, width: int) -> int:
    """Return the index up to which a text fits into a width."""
    used = 0
    for index in range(begin, len(text)):
        used += char_width(text[index])
        if used > width:
            return index
    return len(text)


def folded_rows(text: str, width: int) -> int:
    """Return how many rows a text takes that is folded at any character."""
    rows, used = 1, 0
    for char in text:
        if used + char_width(char) > width:
            rows, used = rows + 1, 0
        used += char_width(char)
    return rows
