"""A backup put in place while others write: no answer goes where nobody looks."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.meanwhile import restore_often
from tests.faults.stage import Recorder, staged
from tests.faults.trials import trials
from tests.learning import MONDAY, Sitting, chain_is_whole, open_store
from trainer.storage.backup import Reason, back_up, restore
from trainer.storage.database import DatabaseError


def test_what_is_acknowledged_during_restores_is_in_the_database_or_kept_aside(
    tmp_path: Path, record_property: Recorder
) -> None:
    counts = staged(restore_often, tmp_path, trials(200, 5))
    for name, count in counts.items():
        record_property(name, count)
    assert counts["acknowledged"] > 0


def test_who_has_the_database_open_writes_to_the_restored_one(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with open_store(home) as store:
        Sitting(store).answer("deck/a", 3, "a")
        made = back_up(str(home), MONDAY, Reason.ASKED)
        restore(str(home), made, MONDAY)
        Sitting(store, MONDAY + timedelta(hours=1)).answer("deck/b", 3, "b")
    with open_store(home) as store:
        assert [one.response for one in store.log.reviews()] == ["a", "b"]
        assert chain_is_whole(home)


def test_a_number_of_the_log_is_not_given_twice_by_who_had_it_open(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with open_store(home) as store:
        sitting = Sitting(store)
        sitting.answer("deck/a", 3, "a")
        made = back_up(str(home), MONDAY, Reason.ASKED)
        sitting.answer("deck/b", 3, "b")
        restore(str(home), made, MONDAY)
        with pytest.raises(DatabaseError, match="once more"):
            sitting.answer("deck/c", 3, "c")
        assert [one.response for one in store.log.reviews()] == ["a"]
