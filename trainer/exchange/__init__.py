"""Other formats: one file each, one line in this registry."""

from collections.abc import Callable

from trainer.exchange.json_format import export_json
from trainer.exchange.snapshot import Snapshot

EXPORTERS: dict[str, Callable[[Snapshot], str]] = {
    "json": export_json,
}
