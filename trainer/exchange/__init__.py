"""Other formats: one file each, one line in this registry."""

from trainer.exchange.exporter import Exporter
from trainer.exchange.html_format import export_html
from trainer.exchange.json_format import export_json

EXPORTERS: dict[str, Exporter] = {
    "json": Exporter(export_json),
    "html": Exporter(export_html, can_switch=True),
}
