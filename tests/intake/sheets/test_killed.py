"""An import that is killed goes on where it stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from kambila.intake.sheets import batches
from kambila.registry.models import Report
from tests.intake.sheets.accidents import ACCIDENTS, YES, bring, incidents, people_account, sheet

PROGRAM = """
import sys
from pathlib import Path
import django
django.setup()
from kambila.journal import clock, directory
import datetime
moment = datetime.datetime.fromisoformat("2014-07-01T12:00:00+00:00")
clock.set_clock(lambda: moment)
directory.open_directory(Path(sys.argv[1]), sys.argv[2])
from kambila.intake.sheets import importing, profile
from kambila.intake.sheets.rows import Acceptance
importing.CHUNK = 50
importing.import_file(Path(sys.argv[3]), profile.read(Path(sys.argv[4]).read_text()), "omar",
                      Acceptance("compared", "known"), heard=lambda n: print(n, flush=True))
"""


def test_an_import_that_was_killed_goes_on_to_the_same_end(people, tmp_path):
    """Killed at three moments, never asked to stop: each row is in once, with its decision."""
    rows = [(f"A{n}", "18/06/2014", "mine_erw", "uxo", f"Place {n}", "1", "16.1", "-0.05", "") for n in range(600)]
    path = sheet(tmp_path / "a.csv", rows)
    (tmp_path / "p.toml").write_text(ACCIDENTS)
    command = [sys.executable, "-c", PROGRAM, str(people.path), people.database, str(path), str(tmp_path / "p.toml")]
    known = os.environ | {"DJANGO_SETTINGS_MODULE": "kambila.settings"}
    for pieces in (1, 3):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=known, cwd=Path(__file__).parents[3])
        for _piece in range(pieces):
            process.stdout.readline()
        time.sleep(0.03 * pieces)
        process.send_signal(signal.SIGKILL)
        process.wait()
    cut = Report.objects.count()
    assert 0 < cut < 600 and cut % 50 == 0 and batches.listed(people_account("omar"))[0].whole is False
    outcome = bring(path, acceptance=YES)
    assert (outcome.counts["known"], outcome.counts["new"]) == (cut, 600 - cut)
    assert Report.objects.filter(status="accepted").count() == len(incidents()) == 600
    assert batches.listed(people_account("omar"))[0].whole
