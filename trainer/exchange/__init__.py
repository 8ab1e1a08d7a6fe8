"""Other formats: one file each, one line in these registries."""

from trainer.exchange.anki.export import export_anki
from trainer.exchange.anki.importing import import_anki
from trainer.exchange.anki.unpacking import is_too_large_package
from trainer.exchange.anki_text_format import export_anki_text
from trainer.exchange.anki_text_import import import_anki_text
from trainer.exchange.exporter import Exporter
from trainer.exchange.fsrs_format import export_fsrs
from trainer.exchange.gift_format import export_gift
from trainer.exchange.hashcards_import import import_hashcards
from trainer.exchange.html_format import export_html
from trainer.exchange.imported import Importer
from trainer.exchange.json_format import export_json
from trainer.exchange.json_import import import_json
from trainer.exchange.json_stream import is_too_large_json
from trainer.exchange.markdown_format import FLAVOURS, export_markdown
from trainer.exchange.mochi_format import export_mochi
from trainer.exchange.print_format import STYLES, export_print
from trainer.exchange.quizlet_format import export_quizlet
from trainer.exchange.table_format import export_csv, export_tsv
from trainer.exchange.table_import import import_csv, import_tsv

EXPORTERS: dict[str, Exporter] = {
    "json": Exporter(export_json, has_progress=True, is_too_large=is_too_large_json),
    "anki": Exporter(
        export_anki,
        is_binary=True,
        dates_notes=True,
        has_progress=True,
        is_too_large=is_too_large_package,
    ),
    "anki-text": Exporter(export_anki_text),
    "csv": Exporter(export_csv),
    "tsv": Exporter(export_tsv),
    "quizlet": Exporter(export_quizlet),
    "markdown": Exporter(export_markdown, option="--flavour", variants=FLAVOURS),
    "gift": Exporter(export_gift),
    "mochi": Exporter(export_mochi, is_binary=True),
    "fsrs": Exporter(export_fsrs, has_progress=True),
    "html": Exporter(export_html, can_switch=True),
    "print": Exporter(export_print, option="--style", variants=STYLES),
}

IMPORTERS: dict[str, Importer] = {
    "json": Importer(import_json, (".json",), keeps_decks=True),
    "anki": Importer(import_anki, (".apkg", ".colpkg")),
    "anki-text": Importer(import_anki_text, (".txt",), takes_encoding=True),
    "csv": Importer(import_csv, (".csv",), takes_mapping=True, takes_encoding=True),
    "tsv": Importer(
        import_tsv, (".tsv", ".tab"), takes_mapping=True, takes_encoding=True
    ),
    "hashcards": Importer(import_hashcards, (".md", ".markdown"), takes_encoding=True),
}
