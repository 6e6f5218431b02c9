"""What processes take of the processor, and when they rest."""

from __future__ import annotations

import os
import time
from pathlib import Path

# Seconds that a server may take to begin (ours counts figures ahead, PostgreSQL looks through what was filled in), and
# processor time of one in which it rests.
SETTLING, IDLE = 60, 0.1
MACHINE = 1  # the process from which all others come


def spent(*processes: int) -> float:
    """Seconds of processor time that some processes and all that they started have taken."""
    children: dict[int, list[int]] = {}
    ticks: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        process = int(stat.parent.name)
        children.setdefault(int(parts[1]), []).append(process)
        ticks[process] = sum(map(int, parts[11:15]))  # its own, and of children that have ended
    waiting, whole = list(processes), 0
    while waiting:
        process = waiting.pop()
        whole += ticks.get(process, 0)
        waiting += children.get(process, [])
    return whole / os.sysconf("SC_CLK_TCK")


def settle(*processes: int) -> None:
    """Wait until a server has done what it does when it begins."""
    for _second in range(SETTLING):
        before = spent(*processes)
        time.sleep(1)
        if _second > 2 and spent(*processes) - before < IDLE:
            return
