"""Files from elsewhere, opened only where they are plain."""

import os
from errno import EINVAL
from stat import S_ISREG
from typing import BinaryIO


def open_plain(path: str) -> BinaryIO:
    """Open a file to read; raises OSError.

    What is no file of its own, such as a pipe or a device, might never end.
    """
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    stream = os.fdopen(file, "rb")
    if not S_ISREG(os.fstat(file).st_mode):
        stream.close()
        raise OSError(EINVAL, "not a plain file", path)
    return stream
