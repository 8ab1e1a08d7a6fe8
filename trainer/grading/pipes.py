"""Pipes that amount to something else: `cat f | x` to `x < f`, and `xargs`.

So does `echo a | x`, which is `x <<< a`.
"""

from dataclasses import replace

from trainer.grading.shell import (
    MOST_SUBSTITUTIONS,
    SUBSTITUTION,
    Redirect,
    Script,
    Simple,
    Word,
)

_XARGS_OPTIONS = frozenset({"-r", "--no-run-if-empty", "-t", "-rt", "-tr"})


def without_detours(script: Script) -> Script:
    """Rewrite a line's pipes to the shortest that does the same."""
    if all(len(pipeline) == 1 for pipeline in script.pipelines):
        return script
    found = list(script.substitutions)
    pipelines = tuple(_shorter(pipeline, found) for pipeline in script.pipelines)
    return replace(script, pipelines=pipelines, substitutions=tuple(found))


def _shorter(pipeline: tuple[Simple, ...], found: list[Script]) -> tuple[Simple, ...]:
    if len(pipeline) > 1 and (source := _source(pipeline[0])):
        first = pipeline[1]
        if not any(one.op.startswith("<") for one in first.redirects):
            first = replace(first, redirects=(*first.redirects, source))
            pipeline = (first, *pipeline[2:])
    last = _after_xargs(pipeline[-1]) if len(pipeline) > 1 else None
    if last is None or len(found) >= MOST_SUBSTITUTIONS:
        return pipeline
    sign = chr(SUBSTITUTION + len(found))
    found.append(Script((pipeline[:-1],), ("",)))
    start, end = pipeline[0].start, pipeline[-2].end
    arguments = Word(sign, f"| {pipeline[-1].words[0].raw}", start, end)
    return (replace(last, words=(*last.words, arguments)),)


def _source(simple: Simple) -> Redirect | None:
    """Return the redirect that `cat FILE` or `echo TEXT` is in front of a pipe."""
    words = simple.words
    if len(words) != 2 or simple.redirects or words[1].text.startswith("-"):  # noqa: PLR2004
        return None
    op = _OPERATORS.get(words[0].text)
    return Redirect("", op, words[1], simple.start, simple.end) if op else None


_OPERATORS = {"cat": "<", "echo": "<<<"}


def _after_xargs(simple: Simple) -> Simple | None:
    """Return the command that `xargs` runs, where it runs it once, on all words."""
    words = list(simple.words)
    if len(words) > 1 and words[0].text == "sudo":
        words = words[1:]
    if not words or words[0].text != "xargs":
        return None
    rest = words[1:]
    while rest and rest[0].text in _XARGS_OPTIONS:
        rest = rest[1:]
    if not rest or rest[0].text.startswith("-"):
        return None
    return replace(simple, words=tuple(rest))
