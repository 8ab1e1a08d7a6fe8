"""The plain Markdown of cards as HTML, in which nothing is markup but what we make."""

import re
from html import escape

from trainer.exchange.html_text import is_kept_whole

_SPECIAL = re.compile(r"[&<>\[\n]")
_FENCE = re.compile(r"```[^\n`]*\n(.*?)\n?```\n?", re.DOTALL)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


def plain_html(text: str) -> str:
    """Return a text as HTML that shows just it, lines parted.

    A bracket might begin a sound or a formula of Anki's.
    """
    if _SPECIAL.search(text) is None:
        return text
    return escape(text, quote=False).replace("[", "&#91;").replace("\n", "<br>")


def card_html(text: str) -> str:
    """Return a text as HTML, with code between backticks."""
    if "`" not in text:
        return plain_html(text)
    parts, at = [], 0
    for found in _FENCE.finditer(text):
        code = escape(found[1], quote=False).replace("[", "&#91;")
        parts += [_spans(text[at : found.start()]), f"<pre><code>{code}</code></pre>"]
        at = found.end()
    return "".join((*parts, _spans(text[at:])))


def _spans(text: str) -> str:
    return _CODE.sub(_code, plain_html(text))


def _code(found: re.Match[str]) -> str:
    inner = found[2]
    if inner.strip() and "`" in inner:
        inner = inner.removeprefix(" ").removesuffix(" ")
    style = ' class="whole"' if is_kept_whole(inner) else ""
    return f"<code{style}>{inner}</code>"
