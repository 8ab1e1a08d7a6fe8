"""Killed at any moment, the store loses nothing that it acknowledged."""

from pathlib import Path

import pytest

from tests.faults.killing import kill_often
from tests.faults.stage import Recorder, staged
from tests.faults.trials import PARTS, trials


@pytest.mark.parametrize("part", range(PARTS))
def test_a_store_that_is_killed_keeps_all_that_it_acknowledged(
    tmp_path: Path, part: int, record_property: Recorder
) -> None:
    counts = staged(kill_often, tmp_path, part, trials(10_000, 50, PARTS))
    for name, count in counts.items():
        record_property(name, count)
    assert counts["acknowledged"] > counts["kills"]
    assert counts["kept"] - counts["acknowledged"] == counts["extra"]
