"""The command tree: walked for the manual page, and for what completes a line."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from trainer.cli.app import app, register
from trainer.cli.options import SWITCHES, VALUES, Options

AnyCommand = TyperCommand | TyperGroup
Parameter = TyperArgument | TyperOption
Found = tuple[tuple[str, ...], AnyCommand]
"""The words that lead to a command, and the command."""

Offers = list[tuple[str, str]]

_UNLIMITED = -1
_HELP = ("-h", "--help")


@dataclass(slots=True)
class Reached:
    """A command that words lead to, and what they gave to it."""

    command: AnyCommand
    name: str = ""
    operands: list[str] = field(default_factory=list)
    only_operands: bool = False


def root_of(words: list[str]) -> TyperGroup:
    """Load what the words need of the command tree; return its root."""
    register(words)
    root = get_command(app)
    if not isinstance(root, TyperGroup):
        raise TypeError(root)
    return root


def subcommands(command: AnyCommand) -> dict[str, AnyCommand]:
    """Return the visible commands below one, by name."""
    if not isinstance(command, TyperGroup):
        return {}
    return {
        name: one
        for name, one in command.commands.items()
        if isinstance(one, TyperCommand | TyperGroup) and not one.hidden
    }


def parameters(command: AnyCommand) -> list[Parameter]:
    """Return the visible arguments and options of a command."""
    return [
        one
        for one in command.params
        if isinstance(one, TyperArgument | TyperOption) and not one.hidden
    ]


def walk(command: AnyCommand, path: tuple[str, ...] = ()) -> Iterator[Found]:
    """Yield each command with the words that lead to it, groups before their own."""
    yield path, command
    for name, one in subcommands(command).items():
        yield from walk(one, (*path, name))


def takes_value(option: TyperOption) -> bool:
    """Whether a value follows an option."""
    return not option.is_flag and not option.count


def offers_at(
    words: list[str], pending: str, incomplete: str, options: Options
) -> Offers:
    """Return what may come after some words, or as the value of an option."""
    reached = _reached(root_of(words), words)
    last = pending or _pending(reached, words)
    option = _option(reached.command, last) if last else None
    if option is not None:
        return _completed(option, reached, incomplete, options)
    if incomplete.startswith("-") and not reached.only_operands:
        return _options(reached.command)
    below = subcommands(reached.command)
    named = {} if reached.operands else below
    first = [(name, summary(one)) for name, one in named.items()]
    argument = _argument(reached)
    if argument is None:
        return first
    taken = set(reached.operands)
    offers = _completed(argument, reached, incomplete, options)
    return [*first, *(one for one in offers if one[0] not in taken)]


def summary(command: AnyCommand) -> str:
    """Return the first line of a command's help."""
    return (command.help or "").strip().partition("\n")[0]


def _reached(root: TyperGroup, words: list[str]) -> Reached:
    """Follow the words; what makes no sense is passed over."""
    reached = Reached(root)
    queue = list(words)
    while queue:
        word = queue.pop(0)
        below = subcommands(reached.command)
        if word == "--":
            reached.only_operands = True
        elif word.startswith("-") and not reached.only_operands:
            option = _option(reached.command, word)
            if option and takes_value(option) and queue:
                queue.pop(0)
        elif word in below:
            reached = Reached(below[word], word)
        else:
            reached.operands.append(word)
    return reached


def _pending(reached: Reached, words: list[str]) -> str:
    """Return the option at the end that waits for its value."""
    last = words[-1] if words else ""
    option = _option(reached.command, last)
    return last if option and takes_value(option) else ""


def _option(command: AnyCommand, word: str) -> TyperOption | None:
    for one in parameters(command):
        if isinstance(one, TyperOption) and word in one.opts:
            return one
    return None


def _argument(reached: Reached) -> TyperArgument | None:
    """Return the argument whose turn it is."""
    place = len(reached.operands)
    for one in parameters(reached.command):
        if isinstance(one, TyperArgument):
            if one.nargs == _UNLIMITED or place < one.nargs:
                return one
            place -= one.nargs
    return None


def _completed(
    parameter: Parameter, reached: Reached, incomplete: str, options: Options
) -> Offers:
    command = reached.command
    context = command.context_class(command, info_name=reached.name, obj=options)
    operands = list(reached.operands)
    for one in parameters(command):
        if isinstance(one, TyperArgument) and one.name and operands:
            context.params[one.name] = operands.pop(0)
    found = parameter.shell_complete(context, incomplete)
    return [(str(one.value), one.help or "") for one in found if one.type == "plain"]


def _options(command: AnyCommand) -> Offers:
    own = [
        (name, one.help or "")
        for one in parameters(command)
        if isinstance(one, TyperOption)
        for name in one.opts
    ]
    everywhere = [(name, "") for name in (*VALUES, *SWITCHES, *_HELP)]
    return list(dict(everywhere + own).items())
