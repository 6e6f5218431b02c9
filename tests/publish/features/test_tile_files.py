"""Files of tiles: each record once at each zoom, only what their reader may see, read back by other programs."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import subprocess

import mapbox_vector_tile
import pyogrio.raw
import pytest
import shapely
from click.testing import CliRunner
from pmtiles.reader import MmapSource, Reader, all_tiles

from kambila.cli import main
from kambila.journal import directory
from kambila.publish.tiles import building
from kambila.registry import access, whereabouts
from kambila.registry.kinds import kinds
from tests.publish.features.test_access import SQLITE, account
from tests.publish.features.test_tiles import PLACED

pytestmark = SQLITE
ZOOM = 3
LAND = shapely.box(-12, 10, 4, 25)


@pytest.fixture
def run(told, monkeypatch):
    """Runs `kambila tiles build` in the world; the ground is one square."""
    monkeypatch.setattr(building, "outlines", lambda: [LAND])

    def invoke(*arguments):
        path = str(directory.current().path)
        return CliRunner().invoke(main, ["--data", path, "tiles", "build", *map(str, arguments), "--zoom", str(ZOOM)])

    return invoke


def in_pmtiles(path):
    with open(path, "rb") as file:
        found = {at: gzip.decompress(content) for at, content in all_tiles(MmapSource(file))}
        return found, Reader(MmapSource(file)).metadata(), Reader(MmapSource(file)).header()


def in_mbtiles(path):
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT * FROM tiles").fetchall()
        said = dict(database.execute("SELECT * FROM metadata"))
    database.close()
    return {(z, x, 2**z - 1 - row): gzip.decompress(content) for z, x, row, content in rows}, said


def counted(tiles, z):
    """{kind: how many records the marks of a zoom stand for}"""
    found = dict.fromkeys(PLACED, 0)
    for content in (content for at, content in tiles.items() if at[0] == z):
        for kind, layer in mapbox_vector_tile.decode(content).items():
            marks = [each["properties"] for each in layer["features"] if each["geometry"]["type"] == "Point"]
            if kind != building.GROUND:
                found[kind] += sum(each["count"] for each in marks)
    return found


def may_be_placed(who):
    found = {kind: access.visible(account(who), kinds()[kind]) for kind in PLACED}
    return {kind: rows.filter(whereabouts.is_told(account(who), kinds()[kind])).count() for kind, rows in found.items()}


@pytest.mark.parametrize(("who", "said"), [(None, ["--public"]), ("operator", ["--as", "operator"])])
def test_a_file_has_each_record_of_its_reader_once_at_each_zoom(run, tmp_path, who, said):
    result = run("--to", tmp_path / "map.pmtiles", *said, "--json")
    assert result.exit_code == 0, result.output
    wanted = may_be_placed(who)
    assert json.loads(result.stdout)["records"] == {kind: number for kind, number in wanted.items() if number}
    tiles, _said, header = in_pmtiles(tmp_path / "map.pmtiles")
    assert header["max_zoom"] == ZOOM and header["clustered"]
    for z in range(ZOOM + 1):
        assert counted(tiles, z) == wanted, z


def test_nothing_restricted_is_in_the_public_file(run, told, tmp_path):
    run("--to", tmp_path / "map.pmtiles", "--public")
    tiles, said, _header = in_pmtiles(tmp_path / "map.pmtiles")
    whole = b"".join(tiles.values()) + json.dumps(said, ensure_ascii=False).encode()
    assert not [secret for secret in told.secrets if secret.encode() in whole]


def test_both_kinds_of_file_hold_the_same_tiles_and_name_the_same_layers(run, tmp_path):
    for name in ("map.pmtiles", "map.mbtiles"):
        assert run("--to", tmp_path / name, "--as", "auditor").exit_code == 0
    tiles, said, _header = in_pmtiles(tmp_path / "map.pmtiles")
    others, metadata = in_mbtiles(tmp_path / "map.mbtiles")
    assert others == tiles
    assert json.loads(metadata["json"])["vector_layers"] == said["vector_layers"]
    assert (metadata["format"], metadata["maxzoom"]) == ("pbf", str(ZOOM))
    named = {each["id"] for each in said["vector_layers"]}
    assert named >= {kind for content in tiles.values() for kind in mapbox_vector_tile.decode(content)}
    assert metadata["description"].endswith("auditor")  # nobody takes it for a public one


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL is not installed (Debian: gdal-bin)")
def test_gdal_reads_the_layers_with_their_codes(run, tmp_path):
    run("--to", tmp_path / "map.mbtiles", "--as", "auditor")
    command = ["ogrinfo", "-ro", "-al", str(tmp_path / "map.mbtiles"), "village"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "ERROR" not in done.stderr, done.stderr
    assert "title (String) = Gao" in done.stdout


def test_gdal_reads_pmtiles_too_with_each_record_of_a_kind(run, tmp_path):
    run("--to", tmp_path / "map.pmtiles", "--as", "auditor")
    meta, _ids, _shapes, columns = pyogrio.raw.read(tmp_path / "map.pmtiles", layer="village")
    told = dict(zip(meta["fields"], columns, strict=True))
    placed = kinds()["village"].objects.exclude(location=None)
    assert sum(told["count"]) == placed.count() and "Gao" in set(told["title"])


def test_the_ground_of_the_world_is_in_the_file_and_deeper_only_around_the_programme(told, monkeypatch):
    monkeypatch.setattr(building, "WORLDWIDE", 2)
    monkeypatch.setattr(building, "AROUND", 0.0)
    lands = building.numpy.array([building.squared(each) for each in (LAND, shapely.box(100, 10, 110, 20))])
    found = [tile for tile, _content in building._walked(None, [], lands, building.Tile(0, 0, 0), 6)]
    far = building.project(building.numpy.array([[105.0, 15.0]]))[0]
    is_far = [tile.z for tile in found if tile.box()[0] <= far[0] < tile.box()[2] and tile.z]
    assert max(tile.z for tile in found) == 6 and is_far == [1, 2]


@pytest.mark.parametrize("said", [[], ["--public", "--as", "auditor"]])
def test_it_must_be_said_for_whom(run, tmp_path, said):
    result = run("--to", tmp_path / "map.pmtiles", *said)
    assert result.exit_code == 2 and not (tmp_path / "map.pmtiles").exists()


def test_another_ending_is_refused(run, tmp_path):
    result = run("--to", tmp_path / "map.zip", "--public")
    assert result.exit_code == 1 and ".mbtiles" in result.output and not list(tmp_path.iterdir())
