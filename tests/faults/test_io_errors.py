"""A disk that fails or is full: a sentence, nothing lost, nothing twice."""

from pathlib import Path

import pytest

from tests.faults.disk import preloaded
from tests.faults.failing import COMMANDS, answer_again, fail_everywhere, fill_up
from tests.faults.stage import Recorder, staged


@pytest.mark.parametrize("command", ["first", *COMMANDS])
def test_a_call_that_fails_is_told_and_loses_nothing(
    tmp_path: Path, command: str, record_property: Recorder
) -> None:
    counts = staged(fail_everywhere, tmp_path, command, 1, extra=preloaded())
    for name, count in counts.items():
        record_property(name, count)
    assert counts["points"] >= 4


@pytest.mark.parametrize("command", ["first", *COMMANDS])
def test_a_disk_that_is_full_is_told_and_reading_goes_on(
    tmp_path: Path, command: str, record_property: Recorder
) -> None:
    counts = staged(fill_up, tmp_path, command, 1, extra=preloaded())
    for name, count in counts.items():
        record_property(name, count)


def test_an_answer_that_was_refused_can_be_given_again_and_is_kept_once(
    tmp_path: Path, record_property: Recorder
) -> None:
    counts = staged(answer_again, tmp_path, 5, extra=preloaded())
    for name, count in counts.items():
        record_property(name, count)
    assert counts["refused"]
