"""A browser for pages, started once."""

from collections.abc import Iterator

import pytest

from tests.browser import PROGRAM, Browser, browser


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a running Chromium; without one, the tests that need it are skipped."""
    if PROGRAM is None:
        pytest.skip("Chromium is not installed: the pages are not looked at")
    with browser(tmp_path_factory.mktemp("chromium")) as running:
        yield running
