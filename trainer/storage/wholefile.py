"""Files that are written whole or not at all."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import NamedTemporaryFile


def write_whole(
    content: str | bytes | Iterable[str], path: str, mode: int = 0o600
) -> None:
    """Write a file under another name first, then rename it; raises OSError.

    It is on disk before it takes the name. Unless `mode` says otherwise, it can be read
    by its owner alone.
    """
    file = NamedTemporaryFile(  # noqa: SIM115 - closed before it is renamed
        dir=os.path.dirname(os.path.abspath(path)),
        prefix=".trainer-",
        delete=False,
    )
    with _gone_unless_renamed(file.name):
        with file:
            file.writelines(_parts(content))
            file.flush()
            os.chmod(file.name, mode)
            os.fsync(file.fileno())
        os.replace(file.name, path)


def put_in_place(path: str, name: str) -> None:
    """Give a finished file its name, for good; raises OSError."""
    os.chmod(path, 0o600)
    synced(path)
    os.replace(path, name)
    synced(os.path.dirname(name))


def synced(path: str) -> None:
    """Force a file, or the names in a folder, to disk; raises OSError."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _parts(content: str | bytes | Iterable[str]) -> Iterable[bytes]:
    if isinstance(content, bytes):
        return [content]
    parts = [content] if isinstance(content, str) else content
    return (part.encode() for part in parts)


@contextmanager
def _gone_unless_renamed(path: str) -> Iterator[None]:
    try:
        yield
    except BaseException:
        os.unlink(path)
        raise
