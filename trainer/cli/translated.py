"""The help of the commands in Chinese.

typer takes the texts of the help where commands are declared, in English. They are
exchanged in the finished tree of commands, of which typer's own copy of click is
not to be imported.
"""

from collections.abc import Iterator
from typing import Any

from trainer.language.help_zh import HELP
from trainer.language.width import text_width
from trainer.terminal.wrap import wrap_slices

_EXAMPLE = "Example: "
_IN_CHINESE = "示例："
_TITLES = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "REQUIRED_LONG_STRING": "[必填]",
    "DEFAULT_STRING": "[默认：{}]",
}
_TEXTS = ("help", "short_help", "rich_help_panel")


def help_texts(command: Any) -> Iterator[str]:  # noqa: ANN401 - see above
    """Yield all texts of a command and of those below it, examples left out."""
    return (getattr(owner, name) for owner, name in _places(command))


def translate(command: Any) -> None:  # noqa: ANN401 - see above
    """Put the texts of a command, and of those below it, into Chinese."""
    import rich.text
    from typer import rich_utils

    # rich breaks lines at blanks only, of which Chinese has few, and cuts off the rest
    rich.text.divide_line = _line_starts  # type: ignore[attr-defined]
    for name, title in _TITLES.items():
        setattr(rich_utils, name, title)
    for owner, name in list(_places(command)):
        text = getattr(owner, name)
        setattr(owner, name, HELP.get(text, text))
    for one in _tree(command):
        _exchange_the_rest(one)


def _line_starts(text: str, width: int, fold: bool = True) -> list[int]:
    """Return where the lines after the first begin.

    One column is left to the blank at a break, which rich keeps.
    """
    del fold
    if text_width(text) <= width:
        return []
    return [start for start, _ in wrap_slices(text, max(2, width - 1))[1:]]


def _exchange_the_rest(command: Any) -> None:  # noqa: ANN401 - see above
    """Exchange what a command makes only when its help is printed."""
    epilog = command.epilog or ""
    if epilog.startswith(_EXAMPLE):
        command.epilog = _IN_CHINESE + epilog.removeprefix(_EXAMPLE)
    usage, option = command.get_usage, command.get_help_option

    def help_option(context: Any) -> Any:  # noqa: ANN401 - see above
        made = option(context)
        if made is not None:
            made.help = HELP.get(made.help, made.help)
        return made

    command.get_usage = lambda context: usage(context).replace("Usage: ", "用法：", 1)
    command.get_help_option = help_option


def _places(command: Any) -> Iterator[tuple[Any, str]]:  # noqa: ANN401 - see above
    """Yield what has texts, and the names of its texts."""
    for one in _tree(command):
        for owner in (one, *one.params):
            for name in _TEXTS:
                text = getattr(owner, name, None)
                if isinstance(text, str) and text:
                    yield owner, name


def _tree(command: Any) -> Iterator[Any]:  # noqa: ANN401 - see above
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from _tree(below)
