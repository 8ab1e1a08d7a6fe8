"""Someone who writes with short commands while a backup is put in place."""

import os
from datetime import timedelta
from functools import partial
from pathlib import Path

from tests.faults.plan import soundly_kept
from tests.faults.stage import Child
from tests.learning import MONDAY, Sitting, open_store
from trainer.language.errors import TrainerError
from trainer.storage.backup import Backup, Reason, back_up, read_only, restore


def restore_often(folder: str, times: int) -> dict[str, int]:
    """Go back to a backup again and again while others write; count their answers."""
    home = Path(folder) / "home"
    with open_store(home) as store:
        Sitting(store).answer("deck/first", 3, "first")
    made = back_up(str(home), MONDAY - timedelta(hours=1), Reason.ASKED)
    over = Path(folder) / "over"
    writers = [Child(partial(_write, home, name, over)) for name in range(2)]
    for writer in writers:
        writer.hear()
    kept = _restored(home, made, times)
    over.touch()
    counts = {"restores": times, "acknowledged": 0, "refused": 0}
    for writer in writers:
        assert writer.end() == 0
        counts["refused"] += writer.heard.count(b"!")
    said = {one for writer in writers for one in writer.heard.decode().split("\n")}
    acknowledged = {one for one in said if one and "!" not in one}
    kept |= {response for _, response in soundly_kept(home)}
    assert acknowledged <= kept, acknowledged - kept
    counts["acknowledged"] = len(acknowledged)
    return counts


def _restored(home: Path, made: Backup, times: int) -> set[str]:
    """Restore some times; return all answers that the files put aside hold."""
    kept: set[str] = set()
    for number in range(times):
        done = restore(str(home), made, MONDAY + timedelta(minutes=number))
        assert done.aside
        db = read_only(str(home / done.aside), "immutable=1")
        kept |= {response for (response,) in db.execute("SELECT response FROM reviews")}
        db.close()
    return kept


def _write(home: Path, name: int, over: Path, mouth: int) -> None:
    """Open the store, answer twice, and again, until all is over."""
    number = 0
    while not over.exists():
        try:
            with open_store(home) as store:
                now = MONDAY + timedelta(hours=number)
                sitting = Sitting(store, now)
                for _ in range(2):
                    number += 1
                    sitting.answer(f"deck/{name}", 3, f"{name}.{number}")
                    os.write(mouth, f"{name}.{number}\n".encode())
        except TrainerError as error:
            if error.message.key != "errors.database-replaced":
                raise
            os.write(mouth, b"!\n")
