"""HTML as the plain Markdown that cards are written in."""

import re
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

_DROPPED = frozenset(
    ("script", "style", "head", "title", "template", "iframe", "object", "svg", "math")
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_BLOCKS = _HEADINGS | {
    *("p", "div", "ul", "ol", "li", "table", "tr", "section", "article"),
    *("blockquote", "dl", "dt", "dd", "hr", "pre"),
}
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_CODE = frozenset(("code", "tt", "kbd", "samp"))
_CELLS = frozenset(("td", "th"))

_WHOLE = 16
_CODE_SPAN = re.compile(r"`([^`]+)`")

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
"""A tag; what else begins like one is text. The parser would stumble over it."""

Attributes = Sequence[tuple[str, str | None]]


def markdown_of(html: str) -> str:
    """Return what a piece of HTML says: emphasis, code, lists and lines stay.

    Scripts, styles and pictures go, and so do tags that nobody knows.
    """
    if "<" not in html and "&" not in html:
        return _joined([html])
    reader = _Reader()
    reader.feed(_with_tags_only(html))
    reader.close()
    return _joined(reader.parts)


def _with_tags_only(html: str) -> str:
    """Return HTML without comments, in which `<` begins tags and nothing else."""
    at, kept = 0, list[str]()
    while (begin := html.find("<!--", at)) >= 0:
        kept.append(html[at:begin])
        end = html.find("-->", begin)
        at = len(html) if end < 0 else end + 3
    html, at = "".join(kept) + html[at:], 0
    parts = list[str]()
    for tag in _TAG.finditer(html):
        parts += html[at : tag.start()].replace("<", "&lt;"), tag[0]
        at = tag.end()
    return "".join(parts) + html[at:].replace("<", "&lt;")


def _joined(parts: Sequence[str]) -> str:
    """Put the parts together, with no more than one empty line in a row."""
    text = "".join(parts).replace("\xa0", " ")
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Collects the text of a document, with Markdown for the tags that it keeps."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._dropping = ""
        self._depth = 0
        self._in_pre = 0
        self._code: list[str] | None = None
        self._lists: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Begin a line, a list item, emphasis or code."""
        del attrs
        if self._dropping:
            self._depth += tag == self._dropping
        elif tag in _DROPPED:
            self._dropping, self._depth = tag, 1
        elif tag == "br":
            self._say("\n")
        elif tag in _CODE or tag == "pre":
            self._begin_code(tag)
        elif tag in _MARKS:
            self._say(_MARKS[tag])
        elif tag in _CELLS:
            self._say_blank()
        elif tag in _BLOCKS:
            self._begin_block(tag)

    def handle_endtag(self, tag: str) -> None:
        """End what the tag began."""
        if self._dropping:
            self._depth -= tag == self._dropping
            self._dropping = self._dropping if self._depth else ""
        elif tag in _CODE or tag == "pre":
            self._end_code(tag)
        elif tag in _MARKS:
            self._end_mark(_MARKS[tag])
        elif tag in _BLOCKS:
            if tag in {"ul", "ol"} and self._lists:
                self._lists.pop()
            self._new_line()

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Take `<br/>`; other tags without content say nothing."""
        if tag in {"br", "hr"}:
            self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        """Take a text; outside of code, blanks and line ends are one blank."""
        if self._dropping:
            return
        if self._code is not None:
            self._code.append(data if self._in_pre else re.sub(r"\s+", " ", data))
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        if not self.parts or self.parts[-1].endswith(("\n", " ")):
            text = text.lstrip(" ")
        self._say(text)

    def close(self) -> None:
        """End what was left open."""
        super().close()
        if self._code is not None:
            self._in_pre = 0
            self._end_code("code")

    def _begin_block(self, tag: str) -> None:
        self._new_line()
        if tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            number = self._lists[-1] if self._lists else None
            indent = "  " * min(max(len(self._lists) - 1, 0), 8)
            if number is not None:
                self._lists[-1] = number + 1
            self._say(f"{indent}{f'{number}.' if number else '-'} ")

    def _begin_code(self, tag: str) -> None:
        self._in_pre += tag == "pre"
        if self._code is None:
            if tag == "pre":
                self._new_line()
            self._code = []

    def _end_code(self, tag: str) -> None:
        self._in_pre = max(self._in_pre - (tag == "pre"), 0)
        if self._code is None or self._in_pre:
            return
        code, self._code = "".join(self._code).strip("\n"), None
        if "\n" in code:
            self._new_line()
            self._say(f"```\n{code}\n```\n")
        elif code.strip():
            fence = "``" if "`" in code else "`"
            pad = " " if code.startswith("`") or code.endswith("`") else ""
            self._say(f"{fence}{pad}{code.strip()}{pad}{fence}")

    def _end_mark(self, mark: str) -> None:
        """End an emphasis; of nothing, it is none."""
        if self.parts and self.parts[-1] == mark:
            self.parts.pop()
        else:
            self._say(mark)

    def _say_blank(self) -> None:
        if self.parts and not self.parts[-1].endswith(("\n", " ")):
            self._say(" ")

    def _new_line(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self._say("\n")

    def _say(self, text: str) -> None:
        if self._code is not None:
            if text == "\n":
                self._code.append(text)
        elif text:
            self.parts.append(text)


def is_kept_whole(code: str) -> bool:
    """Whether code, such as an option, is not to be parted after its hyphens.

    Browsers would; what is longer than a narrow column has to be parted somewhere.
    """
    return "-" in code and len(code) <= _WHOLE and code.isascii()


def html_of(markdown: str) -> str:
    """Return a card's text as HTML: what stands in backticks is code, lines stay."""
    parts = _CODE_SPAN.split(markdown)
    shown = (
        f"<code>{escape(part, quote=False)}</code>"
        if number % 2
        else escape(part, quote=False)
        for number, part in enumerate(parts)
    )
    return "".join(shown).replace("\n", "<br>")
