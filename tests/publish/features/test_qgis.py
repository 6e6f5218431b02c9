"""QGIS itself, without a screen, opens collections as layers of the OGC API, with filters as its users write them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from kambila.journal import directory
from kambila.registry.kinds import kinds
from tests.publish.features.world import INCIDENT
from tests.serving import serving

PYTHON, QGIS = "/usr/bin/python3", Path("/usr/lib/python3/dist-packages/qgis")  # where Debian has them
FILTERS = {
    "village": ["title = 'Gao'", "title LIKE '%a%'", "place_class = 'town'", "information_date >= '2014-06-20'"],
    "incident": [
        "category = 'mine_erw' AND device = 'uxo'",
        "date = '2014-06-18'",
        "information_date = '2014-06-20'",
        "to_string(information_date) = '2014-06-18'",
        "information_date > '2015-01-01'",
    ],
}


pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif(not QGIS.exists(), reason="QGIS is not installed (Debian: python3-qgis, qgis-providers)"),
    pytest.mark.parametrize("_told", ["sqlite"], indirect=True),
]


@pytest.fixture
def found(told, key, tmp_path):
    """What QGIS found: ``found["village"]["title = 'Gao'"]`` is [count, ids]."""
    name, secret = key("device", "auditor", "read")
    with serving(directory.current()) as server:
        done = subprocess.run(
            [PYTHON, str(Path(__file__).with_name("qgis_reads.py")), f"http://127.0.0.1:{server.port}/ogc/",
             f"username='{name}' password='{secret}'", json.dumps(FILTERS)],
            capture_output=True, text=True, timeout=120,
            env={"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_qgis_counts_and_filters_as_the_registry_does(found):
    def village(filter):
        count, ids = found["village"][filter]
        assert count in (None, len(ids)), filter
        return {kinds()["village"]._default_manager.get(pk=each).title for each in ids} - {None}

    assert found["village"]["all"][0] == kinds()["village"]._default_manager.count()
    assert village("box") == {"Gao", "Kidal"}
    assert village("title = 'Gao'") == {"Gao"}
    assert village("title LIKE '%a%'") == {"Gao", "Kidal", "Tessalit"}
    assert village("place_class = 'town'") == {"Gao", "Kidal", "Ségou"}
    assert village("information_date >= '2014-06-20'") == {"Gao", "Kidal", "Ségou", "Tessalit", "Nowhere"}
    incidents = found["incident"]
    assert incidents["all"][0] == len(incidents["all"][1]) == kinds()["incident"]._default_manager.count()
    for each in FILTERS["incident"][:3]:  # also by the date of information, which is not the date of the event
        assert incidents[each] == [1, [INCIDENT]], each
    for each in FILTERS["incident"][3:]:
        assert incidents[each] == [0, []], each
