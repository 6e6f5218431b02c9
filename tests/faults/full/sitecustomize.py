"""A disk that is full for as long as a file is there: Python loads this by itself in a server that is started with it.

It is the fault-injecting wrapper of the store of files, for where nobody may mount a small disk.
"""

import errno
import os

_fsync = os.fsync


def fsync(handle: int) -> None:
    if os.path.exists(os.environ["KAMBILA_TEST_FULL"]):
        raise OSError(errno.ENOSPC, "No space left on device")
    _fsync(handle)


os.fsync = fsync
