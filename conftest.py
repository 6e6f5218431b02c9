"""What holds for every test run: where it writes, how hard property tests search, and that CI skips nothing."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

MEMORY = Path("/dev/shm")  # noqa: S108  each test has a folder of its own in it
ROOM = 6 * 1024**3  # bytes that a run may fill at most, several times over
BY_DESIGN = "data absent by design"

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("campaign", deadline=None, max_examples=5_000, suppress_health_check=list(HealthCheck))


def _write_in_memory() -> None:
    """Databases sync every commit: on a disk a run would spend half of its time waiting for that, in memory none."""
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        available = next(line for line in Path("/proc/meminfo").read_text().splitlines() if "MemAvailable" in line)
        if int(available.split()[1]) * 1024 > ROOM:
            os.environ["TMPDIR"] = str(MEMORY)
            tempfile.tempdir = None  # it may have been asked for already


_write_in_memory()


class NothingSkipped:
    """Fails a run in which a test was skipped, unless its reason begins with "data absent by design"."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def _notice(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if not report.skipped or hasattr(report, "wasxfail"):
            return
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        if not reason.removeprefix("Skipped: ").startswith(BY_DESIGN):
            self.skipped.append(f"{report.nodeid}: {reason}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._notice(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._notice(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.skipped:
            terminalreporter.section("CI skips nothing, but these were skipped", red=True)
            for line in self.skipped:
                terminalreporter.line(line)


def pytest_configure(config: pytest.Config) -> None:
    """In CI: search the same examples every time, and let nothing be skipped."""
    in_ci = os.environ.get("CI") == "true"
    if not config.getoption("--hypothesis-profile", default=None):
        settings.load_profile("ci" if in_ci else "default")
    if in_ci:
        config.pluginmanager.register(NothingSkipped(), "nothing-skipped")
