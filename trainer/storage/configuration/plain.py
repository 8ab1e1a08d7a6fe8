"""The part of TOML that a configuration is mostly written in, read without tomllib.

Loading tomllib costs half an interpreter start. Starts fast.
"""

_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
_BLANKS = " \t"
_MOST_DIGITS = 15


def read_plain(text: str) -> dict[str, object] | None:
    """Return the values of a file by dotted name.

    Nothing where it holds more than tables, and words, numbers and switches on a line
    each, or where anything is amiss: tomllib is to read it then.
    """
    if not all(char.isprintable() or char in "\n\t" for char in text):
        return None
    reader = _Reader()
    try:
        for line in text.split("\n"):
            reader.take(line.strip(_BLANKS))
    except ValueError:
        return None
    return reader.found


class _Reader:
    """What was read so far; what could clash with it is refused."""

    def __init__(self) -> None:
        self.found: dict[str, object] = {}
        self._tables: set[str] = set()
        self._table = ""

    def take(self, line: str) -> None:
        """Read a line; raises ValueError at what is not plain."""
        if line.startswith("["):
            name, bracket, rest = line[1:].partition("]")
            _check(bracket and name not in self._tables and name not in self.found)
            _check(_is_word(name) and _is_comment(rest))
            self._tables.add(name)
            self._table = name
        elif not _is_comment(line):
            name, equals, value = line.partition("=")
            _check(equals)
            self._put(name.rstrip(_BLANKS), _value(value.lstrip(_BLANKS)))

    def _put(self, name: str, value: object) -> None:
        table, dot, key = name.rpartition(".")
        if dot:
            _check(not self._table and _is_word(table) and table not in self.found)
            self._tables.add(table)
        else:
            _check(self._table or name not in self._tables)
        table = table or self._table
        whole = f"{table}.{key}" if table else key
        _check(_is_word(key) and whole not in self.found)
        self.found[whole] = value


def _value(text: str) -> object:
    if text.startswith('"'):
        word, quote, rest = text[1:].partition('"')
        _check(quote and "\\" not in word and _is_comment(rest))
        return word
    text = text.partition("#")[0].rstrip(_BLANKS)
    if text in {"true", "false"}:
        return text == "true"
    whole, dot, part = text.partition(".")
    _check(_is_number(whole) and (whole == "0" or whole[0] != "0"))
    _check(len(text) <= _MOST_DIGITS and (not dot or _is_number(part)))
    return float(text) if dot else int(text)


def _is_word(text: str) -> bool:
    return bool(text) and _WORD.issuperset(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_comment(text: str) -> bool:
    return text.strip(_BLANKS)[:1] in {"", "#"}


def _check(holds: object) -> None:
    if not holds:
        raise ValueError
