"""The panels of the report, in their order: the registry."""

from collections.abc import Callable

from trainer.exchange.report.ahead import forecast_panel, knowledge_panel
from trainer.exchange.report.panel import Panel, Report
from trainer.exchange.report.past import calendar_panel, hours_panel, reviews_panel
from trainer.exchange.report.recall import (
    buttons_panel,
    calibration_panel,
    hints_panel,
    retention_panel,
    spread_panel,
)
from trainer.exchange.report.trouble import (
    confusions_panel,
    doubtful_panel,
    faults_panel,
    marked_panel,
    risk_panel,
    weak_panel,
)


def _spread(name: str) -> Callable[[Report], Panel]:
    return lambda report: spread_panel(name, report)


PANELS: tuple[Callable[[Report], Panel], ...] = (
    forecast_panel,
    retention_panel,
    calendar_panel,
    reviews_panel,
    buttons_panel,
    hours_panel,
    _spread("intervals"),
    _spread("stability"),
    _spread("difficulty"),
    _spread("retrievability"),
    knowledge_panel,
    calibration_panel,
    risk_panel,
    weak_panel,
    faults_panel,
    confusions_panel,
    marked_panel,
    doubtful_panel,
    hints_panel,
)
