"""A power cut loses nothing acknowledged, whatever the disk made of what was under way.

Two controls show that the trials would find a loss.
"""

from pathlib import Path

import pytest

from tests.faults.disk import preloaded
from tests.faults.power import cut_power
from tests.faults.stage import Recorder, staged
from tests.faults.trials import PARTS, trials


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("work", ["answering", "restoring", "migrating"])
def test_a_power_cut_loses_nothing_acknowledged(
    tmp_path: Path, work: str, part: int, record_property: Recorder
) -> None:
    cuts = trials(2000 if work == "answering" else 400, 30, PARTS)
    counts = staged(cut_power, tmp_path, work, part, cuts, extra=preloaded())
    for name, count in counts.items():
        record_property(name, count)
    assert counts["acknowledged"] > cuts
    assert (counts["lost"], counts["broken"]) == (0, 0)


@pytest.mark.parametrize("control", ["unsafely", "too_early"])
def test_a_control_that_does_not_wait_for_the_disk_loses_answers(
    tmp_path: Path, control: str, record_property: Recorder
) -> None:
    counts = staged(cut_power, tmp_path, control, 0, trials(200, 40), extra=preloaded())
    lost = counts["lost"] + counts["broken"]  # the marker tells of some
    record_property(f"lost {control}", lost)
    assert lost > 0
