"""Templates with what they know: words of the catalogues, code in texts, own styles.

The only importer of jinja2, which escapes every text. A page is one file: its styles
and its script stand in it, and its policy lets the browser run these and load nothing.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from trainer.exchange.html_text import is_kept_whole
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.text import Language

_CODE = re.compile(r"`([^`\n]+)`")

TAGS = {Language.EN: "en", Language.ZH: "zh-Hans"}
"""Languages as pages name them, so that a browser chooses the right characters."""


def render_page(
    template: str,
    language: Language,
    styles: Sequence[str],
    script: str = "",
    **values: object,
) -> str:
    """Return a page in a language, made of files in the folder of templates.

    Styles follow each other; later ones win.
    """
    style = _source(*styles)
    program = _source(script) if script else ""

    def worded(key: str, **said: object) -> str:
        return say(language, key, **said)

    rendered = (
        _environment()
        .get_template(template)
        .render(
            say=worded,
            tag=TAGS[language],
            style=_as_written(style),
            program=_as_written(program),
            policy=_policy(style, program),
            **values,
        )
    )
    return f"{rendered}\n"


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a card's text, and whether each is code, in backticks."""
    for number, piece in enumerate(_CODE.split(clean(text))):
        if piece:
            yield piece, number % 2 == 1


@lru_cache(maxsize=1)
def _environment() -> Any:  # noqa: ANN401 - jinja2 is loaded only when a page is made
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("trainer.exchange.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["pieces"] = pieces
    environment.tests["kept_whole"] = is_kept_whole
    return environment


def _source(*names: str) -> str:
    """Return files of the folder of templates as they are, one after the other."""
    environment = _environment()
    texts = (environment.loader.get_source(environment, name)[0] for name in names)
    return "\n" + "\n".join(texts)


def _as_written(source: str) -> object:
    """Return our own style or script, which is no text to escape."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    return Markup(source)  # noqa: S704 - a file of the program's own


def _policy(style: str, program: str) -> str:
    """Return what a browser may do with a page: run and show what stands in it."""
    allowed = {"style-src": style, "script-src": program}
    rules = [f"{name} {_digest(text)}" for name, text in allowed.items() if text]
    fixed = ("default-src 'none'", *rules, "img-src data:", "base-uri 'none'")
    return "; ".join((*fixed, "form-action 'none'"))


def _digest(text: str) -> str:
    from trainer.language.digest import digest  # noqa: PLC0415 - loads OpenSSL

    return f"'sha256-{b64encode(digest(text)).decode()}'"
