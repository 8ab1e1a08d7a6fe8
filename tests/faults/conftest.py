"""What the trials came to, told at the end of a run."""

import signal
from collections import Counter, defaultdict

import pytest

# a run in the background ignores it, and so would the programs that are interrupted
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print for each test the sum of what its parts counted."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for report in terminalreporter.getreports("passed"):
        for name, count in report.user_properties:
            counts[report.nodeid.partition("[")[0]][name] += int(str(count))
    for test, found in counts.items():
        told = ", ".join(f"{name} {count:,}" for name, count in found.items())
        terminalreporter.write_line(f"{test}: {told}")
