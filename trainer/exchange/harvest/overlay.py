"""What no help page tells: merged by hand over what was harvested."""

from collections.abc import Iterable, Mapping
from typing import Any, NotRequired, TypedDict, cast

from trainer.grading.shape import CommandData, GrammarData, OptionData


class Patch(TypedDict):
    """Fields of `CommandData` for one or more commands, `paths`.

    Options are merged by their long names, aliases and slips are added, and
    everything else replaces what was harvested. What is new is added.
    """

    paths: list[str]
    aliases: NotRequired[list[str]]
    options: NotRequired[list[OptionData]]
    slips: NotRequired[dict[str, str]]


class Overlay(TypedDict):
    """A hand-written file beside a grammar, `NAME.overlay.json`.

    `probe_words` are subcommands that the client may accept without telling, and
    `probe_options` long names with the group they are tried in (nothing for every
    command). `synonyms` maps older long names to today's,
    `kinds` long names to the kind of their values, both wherever they occur.
    """

    probe_words: NotRequired[list[str]]
    probe_options: NotRequired[dict[str, str]]
    synonyms: NotRequired[dict[str, str]]
    kinds: NotRequired[dict[str, str]]
    options: NotRequired[list[OptionData]]
    everywhere: NotRequired[list[OptionData]]
    commands: NotRequired[list[Patch]]


_FIELDS = tuple(CommandData.__annotations__)
_KINDS_OF_TYPES = frozenset({"bytes", "duration", "filter", "mount", "port"})


def merge(harvested: GrammarData, overlay: Overlay) -> GrammarData:
    """Lay the overlay over the harvest; commands and options come out sorted."""
    commands = {one["path"]: one for one in harvested["commands"]}
    for patch in overlay.get("commands", ()):
        for path in patch["paths"]:
            commands[path] = _patched(commands.get(path, CommandData(path=path)), patch)
    return {
        **harvested,
        "options": _joined_options("options", harvested, overlay),
        "everywhere": _joined_options("everywhere", harvested, overlay),
        "commands": [_finished(commands[path], overlay) for path in _sorted(commands)],
    }


def _joined_options(
    part: str, harvested: Mapping[str, Any], overlay: Mapping[str, Any]
) -> list[OptionData]:
    merged = _merged(harvested.get(part, ()), overlay.get(part, ()))
    return [_with_kind(one, overlay.get("kinds", {})) for one in merged]


def _sorted(paths: Iterable[str]) -> list[str]:
    return sorted(paths, key=str.split)


def _patched(command: CommandData, patch: Patch) -> CommandData:
    fields = {**command, **patch}
    del fields["paths"]
    for name in ("aliases", "slips", "options"):
        if name in command and name in patch:
            fields[name] = _joined(name, command, patch)
    return cast("CommandData", fields)


def _joined(
    name: str, command: Mapping[str, Any], patch: Mapping[str, Any]
) -> list[str] | list[OptionData] | dict[str, str]:
    if name == "options":
        return _merged(command[name], patch[name])
    if name == "slips":
        return {**command[name], **patch[name]}
    return list(dict.fromkeys([*command[name], *patch[name]]))


def _merged(
    own: Iterable[OptionData], patches: Iterable[OptionData]
) -> list[OptionData]:
    options = {one["long"]: one for one in own}
    for patch in patches:
        options[patch["long"]] = {**options.get(patch["long"], patch), **patch}
    return [options[long] for long in sorted(options)]


def _finished(command: CommandData, overlay: Overlay) -> CommandData:
    fields = {name: command[name] for name in _FIELDS if name in command}  # type: ignore[literal-required]
    if "options" in command:
        options = _with_synonyms(command["options"], overlay.get("synonyms", {}))
        kinds = overlay.get("kinds", {})
        fields["options"] = [_with_kind(one, kinds) for one in options]
    return cast("CommandData", fields)


def _with_synonyms(
    options: list[OptionData], synonyms: Mapping[str, str]
) -> list[OptionData]:
    """Turn an option that is only another's older name into a synonym of it."""
    longs = {one["long"] for one in options}
    older = {old: new for old, new in synonyms.items() if {old, new} <= longs}
    kept = [one for one in options if one["long"] not in older]
    return [_with_older(one, older) for one in kept]


def _with_older(option: OptionData, older: Mapping[str, str]) -> OptionData:
    names = sorted(old for old, new in older.items() if new == option["long"])
    return {**option, "synonyms": names} if names else option


def _with_kind(option: OptionData, kinds: Mapping[str, str]) -> OptionData:
    told = option.get("type", "string")
    kind = told if told in _KINDS_OF_TYPES else kinds.get(option["long"])
    if kind is None or "kind" in option or told == "bool":
        return option
    return {**option, "kind": kind}
