"""Notes in Markdown: their headings, and which lines tell something.

The one place that knows markdown-it-py. It cuts the notes into blocks; running text
is then looked at line by line, so that what is found has a line to be cited by.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from trainer.language.clean import clean

LONGEST_HEADING = 300
LONGEST_LINE = 10_000
"""A longer line is taken as plain text, without looking for links or code in it."""

_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)
_ADDRESS = re.compile(r"https?://(?!localhost|[0-9])\S+")
_POINTING = re.compile(
    r"参考|参见|参阅|详见|详情|详细|官网|官方|文档|文献|手册|资料|链接|地址|原文|来源|出处"
    r"|信息|查看|了解|更多|更|请|见|的"
    r"|\b(?:a|also|and|at|detail|details|doc|docs|documentation|for|from|guide|here|in"
    r"|link|links|manual|more|of|official|on|page|read|ref|reference|references|see"
    r"|source|sources|the|to|website)\b",
    re.IGNORECASE,
)
"""Words that only point somewhere else, where there is a link beside them."""


class PartKind(StrEnum):
    """What a part of a line is."""

    TEXT = "text"
    CODE = "code"  # in backticks
    LINK = "link"  # the words of a link or an image
    MARKUP = "markup"  # a tag of HTML


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line."""

    kind: PartKind
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text; `parent` is the line of the list item it is part of.

    The parent of an item's own first line is the item around it. A parent always
    stands above its line.
    """

    number: int
    parts: tuple[Part, ...]
    is_item: bool
    parent: int | None

    @property
    def text(self) -> str:
        """The line without its markup."""
        return "".join(part.text for part in self.parts)

    @property
    def tells(self) -> bool:
        """Whether it says anything itself rather than pointing somewhere else."""
        if any(one.kind is PartKind.CODE and _says(one.text) for one in self.parts):
            return True
        text = "".join(one.text for one in self.parts if one.kind is PartKind.TEXT)
        own, addresses = _ADDRESS.subn(" ", text)
        if addresses or any(one.kind is PartKind.LINK for one in self.parts):
            return any(char.isalpha() for char in _POINTING.sub("", own))
        return _says(own)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and the lines it takes."""

    level: int
    text: str
    line: int
    last: int


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes as far as the trainer reads them; lines are counted from 1.

    `facts` are the lines that tell something, in order.
    """

    lines: tuple[str, ...]
    headings: tuple[Heading, ...]
    texts: tuple[Line, ...]
    facts: tuple[int, ...]

    def line(self, number: int) -> str:
        """Return a line as it was written."""
        return self.lines[number - 1]

    def facts_in(self, first: int, last: int) -> tuple[int, ...]:
        """Return the lines with facts from one line to another, both included."""
        begin = bisect_left(self.facts, first)
        return self.facts[begin : bisect_right(self.facts, last)]


def parse_notes(text: str) -> Notes:
    """Read notes. Any text is Markdown, so this never fails."""
    lines = tuple(re.split(r"\r\n?|\n", text))
    walk = _Walk(lines)
    for token in _parser().parse("\n".join(lines), walk.references):
        walk.take(token)
    told = {line.number for line in walk.texts if line.tells}
    return Notes(
        lines, tuple(walk.headings), tuple(walk.texts), tuple(sorted(walk.code | told))
    )


def plain_heading(text: str) -> str:
    """Return a heading's text on one line, safe to be shown and written down."""
    return clean(" ".join(text.split()))[:LONGEST_HEADING].rstrip()


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _says(text: str) -> bool:
    return any(char.isalnum() for char in text)


@dataclass(slots=True)
class _Walk:
    """Goes through the blocks and collects what they hold."""

    lines: tuple[str, ...]
    references: dict[str, object] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    texts: list[Line] = field(default_factory=list)
    code: set[int] = field(default_factory=set)
    items: list[int] = field(default_factory=list)
    heading: Token | None = None

    def take(self, token: Token) -> None:
        """Take the next block, or the beginning or end of one."""
        first, end = token.map or (0, 0)
        match token.type:
            case "list_item_open":
                self.items.append(first + 1)
            case "list_item_close":
                self.items.pop()
            case "heading_open" | "heading_close":
                self.heading = token if token.nesting > 0 else None
            case "inline" if self.heading:
                self._take_heading(token, self.heading)
            case "inline":
                self._take_texts(token, first + 1)
            case "fence":
                inside = range(first + 2, first + 2 + token.content.count("\n"))
                self._take_code(inside)
            case "code_block":
                self._take_code(range(first + 1, end + 1))
            case "html_block":
                self._take_html(token, first + 1)
            case _:  # paragraphs and rules hold nothing themselves
                pass

    def _take_heading(self, token: Token, opening: Token) -> None:
        first, end = opening.map or (0, 0)
        parts = self._parts(" ".join(token.content.split("\n")))
        text = plain_heading("".join(part.text for part in parts))
        if text and opening.level == 0:
            level = int(opening.tag.removeprefix("h"))
            self.headings.append(Heading(level, text, first + 1, end))

    def _take_texts(self, token: Token, first: int) -> None:
        for number, content in enumerate(token.content.split("\n"), first):
            is_item = number in self.items[-1:]
            around = (item for item in reversed(self.items) if item < number)
            parts = tuple(self._parts(content))
            line = Line(number, parts, is_item, next(around, None))
            self.texts.append(line)

    def _take_code(self, numbers: range) -> None:
        self.code.update(one for one in numbers if self.lines[one - 1].strip())

    def _take_html(self, token: Token, first: int) -> None:
        bare = _MARKUP.sub(lambda tag: "\n" * tag[0].count("\n"), token.content)
        lines = enumerate(bare.split("\n"), first)
        self.code.update(number for number, line in lines if _says(line))

    def _parts(self, content: str) -> Iterator[Part]:
        if len(content) > LONGEST_LINE:
            yield Part(PartKind.TEXT, content)
            return
        tokens: list[Token] = []
        parser = _parser()
        parser.inline.parse(content, parser, self.references, tokens)
        depth = 0
        for token in tokens:
            depth += token.nesting if token.type.startswith("link") else 0
            kind = PartKind.LINK if depth else _KINDS.get(token.type, PartKind.TEXT)
            if token.content:
                yield Part(kind, token.content)


_KINDS = {
    "code_inline": PartKind.CODE,
    "image": PartKind.LINK,
    "html_inline": PartKind.MARKUP,
}
