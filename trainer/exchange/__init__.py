"""Other formats: one file each, one line in this registry."""

from trainer.exchange.exporter import Exporter
from trainer.exchange.html_format import export_html
from trainer.exchange.json_format import export_json
from trainer.exchange.print_format import STYLES, export_print

EXPORTERS: dict[str, Exporter] = {
    "json": Exporter(export_json),
    "html": Exporter(export_html, can_switch=True),
    "print": Exporter(export_print, option="--style", variants=STYLES),
}
