"""From differences to findings: the few that say most, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from trainer.grading.difference import Difference
from trainer.grading.images import tag_of
from trainer.grading.meaning import Item, shown
from trainer.grading.repair import Repaired
from trainer.grading.verdict import Finding
from trainer.language.text import Message, message

MOST_FINDINGS = 3

_REFUSED = [
    "unknown-command",
    "answer",
    "removed-command",
    "group",
    "wrong-command",
    "inspecting",
    "missing-program",
    "other-program",
    "program-typo",
    "command-typo",
    "glued",
    "unknown-option",
    "single-dash",
    "double-dash",
    "removed-option",
    "needs-value",
    "took-letters",
    "bad-image",
    "no-mount-target",
    "bad-value",
    "bad-switch",
    "too-many",
    "too-few",
    "open-quote",
    "open-tick",
    "open-line",
    "arithmetic",
    "leading-word",
    "open-parenthesis",
    "stray-parenthesis",
    "no-command",
    "no-connector",
    "no-substitution",
    "no-xargs",
    "quoted-line",
    "no-target",
    "too-deep",
    "too-long",
    "took-option",
    "swallowed",
]
KINDS = (
    *_REFUSED,
    *(
        "misread",
        "misplaced",
        "unquoted",
        "no-expansion",
        "dangerous-option",
        "wrong-option",
    ),
    *("missing-option", "missing-redirect", "missing-operand", "missing-tag"),
    *("missing-tail", "missing-word", "missing-step", "missing-stage"),
    *("swapped", "swapped-operands", "quoting", "capitals", "wrong-value"),
    *(
        "wrong-redirect",
        "redirect-order",
        "wrong-tag",
        "wrong-operand",
        "wrong-tail",
        "connector",
    ),
    *("order", "extra-option", "extra-redirect", "extra-operand", "extra-tail"),
    *("extra-word", "extra-step", "extra-stage"),
)
_MENDED = (
    *("missing-option", "missing-operand", "missing-tail", "missing-word"),
    *("missing-step", "missing-stage", "missing-redirect"),
    *("wrong-", "misread", "swapped", "capitals"),
)
"""How the kinds begin whose expected text stands in place of what was typed."""
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


def findings_of(
    differences: Iterable[Difference], repaired: Repaired
) -> tuple[Finding, ...]:
    """Word the differences that matter most, at most `MOST_FINDINGS` of them."""
    refined = _joined([_refined(one) for one in differences])
    ordered = sorted(refined, key=lambda one: _RANK.get(one.kind, len(_RANK)))
    found: dict[tuple[str, str, str], Finding] = {}
    for one in ordered:
        key = (one.kind, one.subject, one.expected)
        found.setdefault(key, _finding(one, repaired))
    return tuple(found.values())[:MOST_FINDINGS]


def _finding(one: Difference, repaired: Repaired) -> Finding:
    spans = tuple(repaired.span(*place) for place in one.places)
    mended = shown(_due(one)) if one.kind.startswith(_MENDED) else ""
    after = repaired.span(one.after - 1, one.after).end if one.after else None
    return Finding(one.kind, shown(one.subject), _message(one), spans, mended, after)


def _due(one: Difference) -> str:
    """Return what stands in place of what was typed; a command without its program."""
    program, _, command = one.expected.partition(" ")
    return command or program if one.kind == "wrong-command" else one.expected


def _message(one: Difference) -> Message:
    key = f"findings.{one.kind}"
    if one.kind in _WITH_NEAR and one.expected:
        key += "-near"
    elif one.kind in _WITH_DETAIL and one.detail:
        key += "-detail"
    values = {
        "subject": shown(one.subject),
        "expected": shown(one.expected),
        "got": shown(one.got),
        "detail": _detail(one),
        "both": _both_names(one.item, one.expected or one.got),
    }
    return message(key, **values)


_WITH_NEAR = frozenset({"unknown-option", "removed-option", "removed-command", "order"})
_WITH_DETAIL = frozenset({"unknown-option", "unknown-command"})
_ROLES = frozenset(
    [
        "image",
        "container",
        "command",
        "repository",
        "file",
        "context",
        "volume",
        "network",
        "name",
        "object",
        "path",
        "port",
        "term",
        "address",
        "server",
        "node",
        "service",
        "stack",
        "config",
        "secret",
        "plugin",
    ]
)


def _detail(one: Difference) -> object:
    if one.kind in ("too-few", "swallowed", "missing-operand", "misread"):
        role = one.expected
        if one.kind == "misread":
            role = one.detail
        elif one.kind == "missing-operand":
            role = one.subject
        return message(f"findings.role-{role if role in _ROLES else 'operand'}")
    return shown(one.detail)


def _both_names(item: Item | None, typed: str) -> str:
    """Name an option by what was typed, and by its other name."""
    said = f"`{shown(typed)}`"
    if item is None or item.option is None:
        return said
    option = item.option
    long, short = f"--{option.long}", f"-{option.short}"
    if item.spelled != long:
        return f"{said} (`{long}`)"
    return f"{said} (`{short}`)" if option.short else said


# Refining ------------------------------------------------------------------------


def _refined(one: Difference) -> Difference:
    if one.item is not None and one.item.option is None:
        return _redirect(one)
    if one.kind == "extra-option":
        return _dangerous(one)
    if one.kind in ("wrong-operand", "wrong-value", "wrong-tail"):
        return _spelling(one)
    if one.kind == "swallowed":
        return replace(one, got=one.detail)
    return one


def _redirect(one: Difference) -> Difference:
    kinds = {
        "missing-option": "missing-redirect",
        "extra-option": "extra-redirect",
        "wrong-value": "wrong-redirect",
    }
    kind = kinds.get(one.kind, one.kind)
    if kind == "wrong-redirect" and one.expected == one.got:
        return replace(one, kind="redirect-order")
    if kind == "missing-redirect" and one.subject not in ("<", ">", ">>", "<<"):
        return replace(one, kind="missing-option")
    return replace(one, kind=kind)


_ALWAYS_DANGEROUS = frozenset({"force", "privileged", "volumes"})


def _dangerous(one: Difference) -> Difference:
    name = one.subject.removeprefix("--")
    prunes = name == "all" and one.detail.endswith("prune")
    if name in _ALWAYS_DANGEROUS or prunes:
        return replace(one, kind="dangerous-option")
    return one


def _spelling(one: Difference) -> Difference:
    """Tell quoting, capitals and tags from other wrong words."""
    if _unquoted(one.expected) == _unquoted(one.got):
        both = one.expected + one.got
        stopped = "$" in both and "'" in both
        return replace(one, kind="no-expansion" if stopped else "quoting")
    if one.expected.casefold() == one.got.casefold():
        return replace(one, kind="capitals")
    if one.kind == "wrong-operand" and one.subject in ("image", "repository"):
        return _tag(one)
    return one


def _unquoted(text: str) -> str:
    return "".join(char for char in text if char not in "'\"\\ ").replace("`", "$")


def _tag(one: Difference) -> Difference:
    wanted, typed = tag_of(one.expected), tag_of(one.got)
    names = one.expected.removesuffix(wanted), one.got.removesuffix(typed)
    if names[0] != names[1]:
        return one
    return replace(one, kind="wrong-tag" if typed else "missing-tag", detail=wanted)


def _joined(differences: Sequence[Difference]) -> list[Difference]:
    """Join a missing option with the extra one that was typed in its place."""
    missing = [one for one in differences if one.kind == "missing-option"]
    extra = [one for one in differences if one.kind in _EXTRA]
    left = list(differences)
    for one in missing:
        rival = next((x for x in extra if x in left and _are_rivals(one, x)), None)
        if rival is not None:
            at = left.index(one)
            left[at] = replace(
                one, kind="wrong-option", got=rival.got, places=rival.places
            )
            left.remove(rival)
    return left


_EXTRA = ("extra-option", "dangerous-option")


def _are_rivals(missing: Difference, extra: Difference) -> bool:
    """Tell whether one option was typed for another: same value, or the other case."""
    one, other = missing.item, extra.item
    if one is None or other is None or one.option is None or other.option is None:
        return False
    if extra.kind == "dangerous-option" and one.raw != other.raw:
        return False
    if one.raw and one.raw == other.raw:
        return True
    shorts = one.option.short or "", other.option.short or "-"
    return shorts[0].casefold() == shorts[1].casefold() or (
        one.spelled.lstrip("-") == other.spelled.lstrip("-")
    )
