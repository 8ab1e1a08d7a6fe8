"""What an exporter is, and what is wanted of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from trainer.cards.card import CardId
from trainer.exchange.snapshot import Snapshot
from trainer.language.text import Language
from trainer.scheduling.settings import Settings


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an export is wanted.

    Card texts are written in `languages`, the first of them leading. `variant` is one
    of the exporter's, its first where none was asked for. What has to name an instant
    names `now`. `settings` are those that memories are made with. `since` tells by
    card since when, in seconds, a note has said what it says; without it, since now.
    """

    now: datetime
    languages: tuple[Language, ...] = tuple(Language)
    variant: str = ""
    settings: Settings = field(default_factory=Settings)
    since: Mapping[CardId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format to write: as text, whole or in parts, or as bytes where it `is_binary`.

    `option` is the word on the command line that chooses among its `variants`. What
    `can_switch` is written in both languages unless one is asked for. One that
    `dates_notes` wants to know since when they are as they are, and one that
    `has_progress` holds more than cards. Of a file that `is_too_large` its importer
    would not read all.
    """

    write: Callable[[Snapshot, Wanted], str | bytes | Iterator[str]]
    is_binary: bool = False
    can_switch: bool = False
    dates_notes: bool = False
    has_progress: bool = False
    is_too_large: Callable[[str], bool] | None = None
    option: str = ""
    variants: tuple[str, ...] = ("",)
