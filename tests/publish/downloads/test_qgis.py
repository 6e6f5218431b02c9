"""QGIS itself, without a screen, reads every file, and draws a GeoPackage as the maps here do, with nothing to be set."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from kambila.publish.downloads.formats import FORMATS
from kambila.publish.tiles.symbols import symbol_of
from kambila.registry import access
from kambila.registry.kinds import kinds
from tests.publish.downloads.test_formats import SQLITE, account, layers, made
from tests.publish.features.test_qgis import PYTHON, QGIS

INSTALLED = pytest.mark.skipif(not QGIS.exists(), reason="QGIS is not installed (Debian: python3-qgis, qgis-providers)")


def by_qgis(home, script, *arguments):
    """What a script prints that the Python of QGIS runs."""
    done = subprocess.run(
        [PYTHON, str(Path(__file__).with_name(script)), *map(str, arguments)],
        capture_output=True, text=True, timeout=300,
        env={"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "HOME": str(home)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@SQLITE
@pytest.mark.campaign
@INSTALLED
@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"hxl"}))
def test_qgis_finds_every_record_of_every_kind_in_every_file(told, tmp_path, name):
    wanted = {
        str(made(tmp_path, "auditor", kind, name)): access.visible(account("auditor"), model).count()
        for kind, model in kinds().items()
    }
    assert by_qgis(tmp_path, "qgis_counts.py", *wanted) == wanted


@SQLITE
@pytest.mark.campaign
@INSTALLED
def test_qgis_draws_every_record_with_the_one_symbol_that_it_has_on_the_maps_here(told, tmp_path):
    path = made(tmp_path, "auditor", "hazardous_area", "gpkg")
    wanted = {name: rows for name, rows in layers(path).items() if not name.endswith("without_place")}
    for name, (count, renderer, drawn) in by_qgis(tmp_path, "qgis_opens.py", path, *wanted).items():
        assert (count, renderer) == (len(wanted[name]), "RuleRenderer")
        assert drawn == {each["id"]: [symbol_of("hazardous_area", each).fill] for each in wanted[name]}
