"""Other formats: one file each, one line in these registries."""

from trainer.exchange.anki.export import export_anki
from trainer.exchange.anki.importing import import_anki
from trainer.exchange.exporter import Exporter
from trainer.exchange.imported import Importer
from trainer.exchange.json_format import export_json
from trainer.exchange.json_import import import_json

EXPORTERS: dict[str, Exporter] = {
    "json": Exporter(export_json),
    "anki": Exporter(export_anki, is_binary=True),
}

IMPORTERS: dict[str, Importer] = {
    "json": Importer(import_json, (".json",), keeps_decks=True),
    "anki": Importer(import_anki, (".apkg", ".colpkg")),
}
