"""One sitting at a time: a lock file beside the database that names its holder.

The operating system holds the lock (flock) and frees it when its holder ends, however
it ends: so one left by a killed sitting or by a reboot is taken over as if there were
none. On network file systems that know no flock the named holder decides: it counts as
gone if it is of this machine and no process has its number and its start. A holder on
another machine is then believed to be there until the file is removed by hand.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import NamedTuple

from trainer.language.errors import Exit, TrainerError
from trainer.storage.database import make_folder, worded
from trainer.storage.deckfiles import read_plain

LOCK = "trainer.lock"
_BOOT = "/proc/sys/kernel/random/boot_id"


class SittingError(TrainerError):
    """Another sitting is open."""

    exit_code = Exit.BUSY


class Holder(NamedTuple):
    """Who holds the lock, and since when.

    `start` tells the process from a later one with the same number, where that can be
    known.
    """

    pid: int
    host: str
    since: str
    start: str

    @property
    def is_gone(self) -> bool:
        """Whether it is known to run no more."""
        if self.host != os.uname().nodename:
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False  # it runs, as another user
        return self.start != _start_of(self.pid)


@contextmanager
def sitting_lock(home: str, now: datetime) -> Iterator[None]:
    """Hold the lock of a folder; raises `SittingError` if another sitting does.

    Where the folder cannot be written there is nothing to protect, and no lock.
    """
    path = os.path.join(home, LOCK)
    with worded(path):
        make_folder(home)
        file = _opened(path)
    if file is None:
        yield
        return
    with _taken(file, path):
        pid = os.getpid()
        since = f"{now:%Y-%m-%d %H:%M}"
        holder = Holder(pid, os.uname().nodename, since, _start_of(pid))
        _write(file, "\n".join(map(str, holder)))
        yield


@contextmanager
def _taken(file: int, path: str) -> Iterator[None]:
    """Hold the lock of an open file; nobody is named in it afterwards."""
    try:
        _take(file, path)
        try:
            yield
        finally:
            _write(file, "")
    finally:
        os.close(file)


def holder_of(home: str) -> Holder | None:
    """Return whom the lock file of a folder names."""
    return _named(os.path.join(home, LOCK))


def clear_lock(home: str) -> None:
    """Take a holder that is gone out of the lock; raises `SittingError` otherwise."""
    path = os.path.join(home, LOCK)
    with worded(path):
        file = _opened(path, flags=0)
    if file is not None:
        with _taken(file, path):
            pass


def is_held(home: str) -> bool:
    """Whether a sitting is open in a folder."""
    path = os.path.join(home, LOCK)
    with worded(path):
        file = _opened(path, flags=0)
    if file is None:
        return False
    try:
        _take(file, path)
    except SittingError:
        return True
    finally:
        os.close(file)
    return False


def _opened(path: str, flags: int = os.O_CREAT) -> int | None:
    try:
        return os.open(path, os.O_RDWR | flags, 0o600)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None


def _take(file: int, path: str) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _held(_named(path)) from None
    except OSError:  # a file system without such locks
        holder = _named(path)
        if holder and holder.pid != os.getpid() and not holder.is_gone:
            raise _held(holder) from None


def _held(holder: Holder | None) -> SittingError:
    if holder is None:
        return SittingError("sitting-open")
    pid, host, since, _ = holder
    return SittingError("sitting-open-by", pid=pid, host=host, since=since)


def _write(file: int, text: str) -> None:
    with suppress(OSError):  # the lock holds without its holder's name
        os.ftruncate(file, 0)
        os.pwrite(file, text.encode(), 0)


def _named(path: str) -> Holder | None:
    try:
        text = read_plain(path).decode(errors="replace")
        pid, host, since, start = text.split("\n")
        return Holder(int(pid), host, since, start)
    except (OSError, ValueError):
        return None


def _start_of(pid: int) -> str:
    """Return when a process began, in a form that no other boot repeats."""
    try:
        with open(_BOOT, encoding="utf-8") as stream:
            boot = stream.read().strip()
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stream:
            ticks = stream.read().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
    return f"{boot} {ticks}"
