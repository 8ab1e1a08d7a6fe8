"""Edits that turn a command line into one that a learner may take for it.

Whether what they make is wrong, `soundness` tells.
"""

from collections.abc import Callable, Iterator

from trainer.grading.commandline import operand_roles
from trainer.grading.grammar import Command, Grammar, Option
from trainer.grading.values import is_refused, value_kind
from trainer.study.quiz.line import Edit, Line, Piece

Making = Callable[[Line], Iterator[Edit]]

HARDLY_MISSED = frozenset({"tty", "help"})
"""Options without which a line may well pass for right."""

_COMMON = frozenset({"container", "image", "network", "volume"})
_NEXT = 8
"""How much further off commands of other groups are."""

_OVERLAPPING_OPTIONS = (
    {"volume", "mount"},
    {"cpus", "cpu-quota"},
    {"last", "latest"},
    {"publish", "publish-all", "expose"},
    {"env", "env-file"},
    {"quiet", "format"},
    {"link", "network-alias"},
    {"attach", "interactive"},
    {"all", "tree"},
    {"tail", "since"},
)
"""Options of which one may do what the other was asked for."""

_OVERLAPPING_COMMANDS = (
    {"run", "create", "pull", "start"},
    {"start", "restart", "unpause"},
    {"stop", "restart", "kill", "pause"},
    {"rm", "prune", "kill"},
    {"inspect", "ls", "port", "history"},
    {"attach", "logs", "exec", "start"},
    {"top", "exec"},
    {"info", "version"},
    {"ls", "stats", "top"},
)
"""Commands of which one may do what the other was asked for."""


def other_option(line: Line) -> Iterator[Edit]:
    """Put another option of the same command in an option's place."""
    for piece in line.options():
        option = piece.command.option(option_name(piece))
        if option is None or option.long in HARDLY_MISSED:
            continue
        taken = {one.part.name for one in line.options()}
        for other in piece.command.options:
            now = _spelled(piece, option, other)
            if now and f"--{other.long}" not in taken:
                longer = abs(len(now) - len(piece.part.text))
                far = _distance(option, other) + longer // 2
                yield piece.becomes("option", now, far)


def other_command(line: Line) -> Iterator[Edit]:
    """Put another command that reads the rest of the line in a command's place."""
    for piece in line.pieces:
        if piece.part.role == "command" and piece.start >= line.begin:
            for command in _siblings(piece.command, line.grammar):
                if _reads_on(line, piece.command, command):
                    far = 0 if command.path[0] in _COMMON else _NEXT
                    yield piece.becomes("command", _named_like(piece, command), far)


def mixed_up_command(line: Line) -> Iterator[Edit]:
    """Put the command in a command's place that does the like to things of a kind."""
    for piece in line.pieces:
        now = _MIXED_UP.get(piece.part.text)
        if piece.part.role == "command" and now and piece.start >= line.begin:
            yield piece.becomes("mixed-up", now)


_PAIRS = (("rm", "rmi"), ("exec", "run"), ("import", "load"), ("export", "save"))
_MIXED_UP = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


def turned_value(line: Line) -> Iterator[Edit]:
    """Turn the two sides of a value around, or put another unit or switch there."""
    for piece in line.options():
        value = piece.part.value
        turn = _TURNS.get(piece.part.kind)
        if value is None or turn is None:
            continue
        before = piece.part.text.removesuffix(value)
        for now in turn(value):
            yield piece.becomes("value", before + now)


def turned_operands(line: Line) -> Iterator[Edit]:
    """Exchange two operands."""
    operands = line.operands()
    if len(operands) == 2:  # noqa: PLR2004
        one, two = operands
        if one.part.text != two.part.text:
            cuts = (
                (one.start, one.end, two.part.text),
                (two.start, two.end, one.part.text),
            )
            was = f"{one.part.text} {two.part.text}"
            now = f"{two.part.text} {one.part.text}"
            yield Edit("operands", was, now, cuts, 1)


def other_case(line: Line) -> Iterator[Edit]:
    """Write an option's letter small for capital, or the other way round."""
    for piece in line.options():
        name = option_name(piece)
        other = piece.command.option(name.swapcase())
        if len(name) == 2 and other and other.long not in HARDLY_MISSED:  # noqa: PLR2004
            text = piece.part.text
            at = text.index(name[1])
            now = text[:at] + name[1].swapcase() + text[at + 1 :]
            yield piece.becomes("case", now)


def behind_operand(line: Line) -> Iterator[Edit]:
    """Put an option behind the operand after which a command reads no more options."""
    operands = line.operands()
    if not operands or operands[0].command.interspersed:
        return
    first = operands[0]
    for piece in line.options():
        text = piece.part.text
        is_apart = text.startswith("-") and piece.end < first.start
        if is_apart and piece.command is first.command:
            gone, back = (
                (piece.start - 1, piece.end, ""),
                (first.end, first.end, f" {text}"),
            )
            yield Edit("behind", text, f"{first.part.text} {text}", (gone, back), 2)


def left_out(line: Line) -> Iterator[Edit]:
    """Leave an option out, where it is not all that is asked for."""
    for piece in line.options() if not line.begin else ():
        text = piece.part.text
        if text.startswith("-") and piece.part.name[2:] not in HARDLY_MISSED:
            cuts = ((piece.start - 1, piece.end, ""),)
            yield Edit("left-out", text, "", cuts, 9)


def foreign_option(line: Line) -> Iterator[Edit]:
    """Put an option in an option's place that only commands beside it have."""
    for piece in line.options():
        option = piece.command.option(option_name(piece))
        if option is None:
            continue
        group = [
            one
            for one in line.grammar.commands
            if one.path[:1] == piece.command.path[:1] and one.runnable
        ]
        foreign = {one.long: one for command in group for one in command.options}
        for name, other in sorted(foreign.items()):
            now = _spelled(piece, option, other)
            known = (f"--{name}", f"-{other.short}")
            if now and not any(map(piece.command.option, known)):
                far = abs(len(now) - len(piece.part.text))
                yield piece.becomes("foreign", now, far)


def option_name(piece: Piece) -> str:
    """Return an option as it is written, with dashes and without its value."""
    text = piece.part.text
    if text.startswith("--"):
        return text.partition("=")[0].split()[0]
    return f"-{text.removeprefix('-')[:1]}"


def _spelled(piece: Piece, option: Option, other: Option) -> str:
    """Return another option as this one is written; empty where it cannot be."""
    value = piece.part.value
    if (
        other.hidden
        or other.deprecated
        or other.removed
        or other.plugin
        or other.long in HARDLY_MISSED
        or other.takes_value is not option.takes_value
        or (option.type == "bool") is not (other.type == "bool")
        or serve_alike(option.long, other.long)
    ):
        return ""
    if value is not None and is_refused(value_kind(other), value):
        return ""
    name = option_name(piece)
    text = piece.part.text
    if name.startswith("--"):
        return f"--{other.long}" + text.removeprefix(name)
    if other.short is None:
        return ""
    at = text.index(name[1])
    return text[:at] + other.short + text[at + 1 :]


def _distance(option: Option, other: Option) -> int:
    """Return how little two options have to do with each other."""
    if option.long[:3] == other.long[:3]:
        return 0
    if value_kind(option) and value_kind(option) == value_kind(other):
        return 1
    return 4 if option.type == other.type else 8


def _siblings(command: Command, grammar: Grammar) -> Iterator[Command]:
    for other in grammar.commands:
        is_near = other.path[:-1] == command.path[:-1]
        is_list = not command.operands and other.path[-1] == command.path[-1]
        is_usable = other.runnable and not (
            other.hidden
            or other.opaque
            or other.plugin
            or other.deprecated
            or other.removed
            or other.path[-1] == "update"  # without options it has nothing to do
        )
        if (is_near or is_list) and other is not command and is_usable:
            names = command.path[-1], other.path[-1]
            if is_list or not do_alike(*names):
                yield other


def _reads_on(line: Line, command: Command, other: Command) -> bool:
    """Tell whether another command accepts the options and operands of a line."""
    operands = [one for one in line.operands() if one.command is command]
    count = len(operands)
    if count < other.least or (other.most is not None and count > other.most):
        return False
    if operand_roles(command, count) != operand_roles(other, count):
        return False
    for piece in line.options():
        if piece.command is command:
            found = other.option(option_name(piece))
            if found is None or f"--{found.long}" != piece.part.name:
                return False
    return True


def _named_like(piece: Piece, command: Command) -> str:
    """Return a command's name with as many words as the one in its place."""
    count = len(piece.part.text.split())
    names = (command.path, *command.aliases)
    fit = min(names, key=lambda name: (abs(len(name) - count), len(name[-1])))
    return " ".join(fit)


def do_alike(one: str, other: str) -> bool:
    """Tell whether one of two commands may do what the other was asked for."""
    return _overlap(one, other, _OVERLAPPING_COMMANDS)


def serve_alike(one: str, other: str) -> bool:
    """Tell whether one of two options may do what the other was asked for."""
    return _overlap(one, other, _OVERLAPPING_OPTIONS)


def _overlap(one: str, other: str, groups: tuple[set[str], ...]) -> bool:
    return any(one in group and other in group for group in groups)


def _exchanged(value: str) -> Iterator[str]:
    one, colon, other = value.partition(":")
    if colon and one and other and one != other and ":" not in other:
        yield f"{other}:{one}"
    if value.count(":") == 2:  # noqa: PLR2004
        one, two, three = value.split(":")
        if three == "ro":
            yield f"{two}:{one}:{three}"
            yield f"{one}:{two}:rw"
        elif two and two != three:
            yield f"{one}:{three}:{two}"


def _other_unit(value: str) -> Iterator[str]:
    if value[-1:] in "bkmg" and value[:-1].isdigit():
        yield from (value[:-1] + unit for unit in "bkmg" if unit != value[-1])


def _other_time(value: str) -> Iterator[str]:
    if value[-1:] in "smh" and value[:-1].isdigit():
        yield from (value[:-1] + unit for unit in "smh" if unit != value[-1])


_TURNS: dict[str, Callable[[str], Iterator[str]]] = {
    "port": _exchanged,
    "volume": _exchanged,
    "link": _exchanged,
    "volumes-from": _exchanged,
    "bytes": _other_unit,
    "duration": _other_time,
    "time": _other_time,
}
