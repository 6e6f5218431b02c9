"""QGIS itself, without a screen, draws a GeoPackage as the maps here do, with nothing to be set."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from kambila.publish.tiles.symbols import symbol_of
from tests.publish.downloads.test_formats import SQLITE, layers, made
from tests.publish.features.test_qgis import PYTHON, QGIS


@SQLITE
@pytest.mark.campaign
@pytest.mark.skipif(not QGIS.exists(), reason="QGIS is not installed (Debian: python3-qgis, qgis-providers)")
def test_qgis_draws_every_record_with_the_one_symbol_that_it_has_on_the_maps_here(told, tmp_path):
    path = made(tmp_path, "auditor", "hazardous_area", "gpkg")
    wanted = {name: rows for name, rows in layers(path).items() if not name.endswith("without_place")}
    done = subprocess.run(
        [PYTHON, str(Path(__file__).with_name("qgis_opens.py")), str(path), *wanted],
        capture_output=True, text=True, timeout=120,
        env={"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name, (count, renderer, drawn) in json.loads(done.stdout).items():
        assert (count, renderer) == (len(wanted[name]), "RuleRenderer")
        assert drawn == {each["id"]: [symbol_of("hazardous_area", each).fill] for each in wanted[name]}
