"""From a client's help pages to a grammar file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from trainer.exchange.harvest.helptext import Page, operands_of, parse_help
from trainer.exchange.harvest.overlay import Overlay, merge
from trainer.exchange.harvest.probe import (
    Run,
    Words,
    accepts_option,
    accepts_word,
    client,
    count_operands,
    in_parallel,
    takes_options_after_operands,
    version_of,
    walk,
)
from trainer.grading.shape import SCHEMA, CommandData, GrammarData, OptionData
from trainer.language.errors import TrainerError

ENGINES_OUT_OF_REACH = frozenset({"docker"})
"""Clients that `probe.client` surely cuts off from what they control.

Only these are started with operands that they might accept.
"""


class NoCommandsError(TrainerError):
    """The program's help lists no commands."""


@dataclass(frozen=True, slots=True)
class _Client:
    """What the walk found: pages by path, and who is whose alias."""

    name: str
    run: Run
    pages: Mapping[Words, Page]
    canonical: Mapping[Words, Words]
    shared: Mapping[str, OptionData]


def harvest_grammar(program: Path | str, overlay: Overlay | None = None) -> GrammarData:
    """Return the grammar of an installed client, the overlay merged into it.

    Takes seconds: the client is started about a thousand times. Raises
    `ProgramMissingError` and `NoCommandsError`.
    """
    with client(program) as run:
        return harvest(Path(program).stem, run, overlay or Overlay())


def harvest(name: str, run: Run, overlay: Overlay) -> GrammarData:
    """Return the grammar of the client that `run` starts."""
    pages = walk(run)
    if len(pages) == 1:
        raise NoCommandsError("program-without-help", program=name)
    found = _client(name, run, pages)
    aliases = _aliases(found, overlay.get("probe_words", ()))
    paths = sorted({path for path in found.canonical.values() if path})
    commands = in_parallel(
        lambda path: _command(found, path, aliases.get(path, ()), overlay), paths
    )
    data = GrammarData(
        schema=SCHEMA,
        program=name,
        version=version_of(run),
        options=_unless(pages[()].options + pages[()].inherited, {}),
        everywhere=list(found.shared.values()),
        commands=commands,
    )
    return merge(data, overlay)


def _client(name: str, run: Run, pages: Mapping[Words, Page]) -> _Client:
    canonical = {path: _canonical(pages, path) for path in pages}
    return _Client(name, run, pages, canonical, _shared(run, pages))


def _canonical(pages: Mapping[Words, Page], path: Words) -> Words:
    """Return the first of the names that a page gives, which is the fullest."""
    names = [_full(path, alias) for alias in pages[path].aliases]
    return names[0] if path in names and names[0] in pages else path


def _full(path: Words, alias: str) -> Words:
    """Return an alias from the first word on: some clients print only the last."""
    words = tuple(alias.split())
    return words[1:] if len(words) > 1 else (*path[:-1], *words)


def _shared(run: Run, pages: Mapping[Words, Page]) -> dict[str, OptionData]:
    """Return the options that every command has from the program."""
    said = parse_help(run(["options"])).inherited
    inherited = [{one["long"] for one in page.inherited} for page in _below(pages)]
    common = set.intersection(*inherited) | {one["long"] for one in said}
    known = [*said, *(one for page in _below(pages) for one in page.inherited)]
    return {one["long"]: one for one in known if one["long"] in common}


def _below(pages: Mapping[Words, Page]) -> list[Page]:
    return [page for path, page in pages.items() if path]


def _aliases(found: _Client, words: Iterable[str]) -> dict[Words, list[Words]]:
    """Return every other name by canonical path, hidden ones last."""
    names: dict[Words, list[Words]] = {}
    for path, page in found.pages.items():
        told = [_full(path, alias) for alias in page.aliases]
        names.setdefault(found.canonical[path], []).extend([path, *told])
    for name, target in _hidden_names(found, words):
        names.setdefault(found.canonical.get(target, target), []).append(name)
    return {path: _others(path, known) for path, known in names.items()}


def _others(path: Words, names: Iterable[Words]) -> list[Words]:
    return [name for name in dict.fromkeys(names) if name != path]


def _hidden_names(found: _Client, words: Iterable[str]) -> list[tuple[Words, Words]]:
    """Try words after every group that its help does not list."""
    tried = [
        (path, word)
        for path, page in found.pages.items()
        if page.commands
        for word in words
        if word not in page.commands
    ]
    targets = in_parallel(lambda one: accepts_word(found.run, *one), tried)
    return [
        ((*group, word), target)
        for (group, word), target in zip(tried, targets, strict=True)
        if target and target in found.pages and target != (*group, word)
    ]


def _command(
    found: _Client, path: Words, aliases: Iterable[Words], overlay: Overlay
) -> CommandData:
    page = found.pages[path]
    command = CommandData(path=" ".join(path))
    if aliases := sorted(aliases):
        command["aliases"] = [" ".join(alias) for alias in aliases]
    if options := _unless(page.options + page.inherited, found.shared):
        command["options"] = options
    if page.commands and not _runs_alone(page):
        command["runnable"] = False
        return command
    return _probed(found, command, path, overlay)


def _runs_alone(page: Page) -> bool:
    """Whether a group does something of its own: its synopsis needs no command."""
    return any("command" not in line.lower() for line in page.usage)


def _probed(
    found: _Client, command: CommandData, path: Words, overlay: Overlay
) -> CommandData:
    """Add what help is silent about."""
    run, page = found.run, found.pages[path]
    operands = operands_of(page.usage[0], page.usage[0].split()[1 : 1 + len(path)])
    if found.name in ENGINES_OUT_OF_REACH:
        operands = count_operands(run, path, operands)
    if operands:
        command["operands"] = operands
    if operands and not takes_options_after_operands(run, path):
        command["interspersed"] = False
    hidden = _hidden_options(run, path, command, overlay)
    if hidden:
        options = [*command.get("options", ()), *hidden]
        command["options"] = sorted(options, key=_by_long)
    return command


def _hidden_options(
    run: Run, path: Words, command: CommandData, overlay: Overlay
) -> list[OptionData]:
    told = {one["long"] for one in command.get("options", ())}
    tried = (
        accepts_option(run, path, long)
        for long, group in overlay.get("probe_options", {}).items()
        if long not in told and path[: len(group.split())] == tuple(group.split())
    )
    return [option for option in tried if option]


def _by_long(option: OptionData) -> str:
    return option["long"]


def _unless(
    options: Iterable[OptionData], shared: Mapping[str, OptionData]
) -> list[OptionData]:
    """Return the options that are not shared by every command, sorted."""
    own = {one["long"]: one for one in options if shared.get(one["long"]) != one}
    return [own[long] for long in sorted(own)]
