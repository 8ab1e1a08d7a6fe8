"""What the trials came to, told at the end of a run."""

from collections import Counter, defaultdict

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print for each test the sum of what its parts counted."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for report in terminalreporter.getreports("passed"):
        for name, count in report.user_properties:
            counts[report.nodeid.partition("[")[0]][name] += int(str(count))
    for test, found in counts.items():
        told = ", ".join(f"{name} {count:,}" for name, count in found.items())
        terminalreporter.write_line(f"{test}: {told}")
