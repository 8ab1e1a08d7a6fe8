"""Decks edited, renamed, emptied and deleted, between sittings and during them."""

from pathlib import Path

import pytest

from tests.faults.scripts import play_scripts
from tests.faults.stage import Recorder, staged
from tests.faults.trials import PARTS, trials


@pytest.mark.parametrize("part", range(PARTS))
def test_ids_keep_their_history_whatever_becomes_of_their_decks(
    tmp_path: Path, part: int, record_property: Recorder
) -> None:
    count = trials(500, 6, PARTS)
    counts = staged(play_scripts, tmp_path, part * count, count)
    for name, found in counts.items():
        record_property(name, found)
    assert counts["answers"] > count
    assert counts["parked"] > 0
