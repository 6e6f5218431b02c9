"""Map files through GDAL: GeoJSON, GeoPackage, Shapefile, KML, KMZ, GPX. Geometries come out in WGS84."""

from __future__ import annotations

import shutil
import tempfile
import weakref
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.utils.translation import gettext as _

from kambila.intake.sheets import limits
from kambila.intake.sheets.tables import Cell, Row, Table, format_of
from kambila.journal.errors import Problem

BATCH = 2_000
SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
WGS84 = "EPSG:4326"


def open_map(path: Path, format: str, sheet: str = "") -> Table:
    """A layer of a map file as a table; by default the first that has features."""
    import pyogrio

    name = path.name
    folder = None
    if format in ("shapefile", "kmz"):
        folder = Path(tempfile.mkdtemp(prefix="kambila-map-"))
        path = _unpack(path, format, folder)
    try:
        layers = [str(each[0]) for each in pyogrio.list_layers(path)]
        if sheet and sheet not in layers:
            raise Problem("table-no-such-sheet", name=name, sheet=sheet, sheets=", ".join(layers))
        layer = sheet or next((each for each in layers if _has_features(path, each)), layers[0] if layers else "")
        if not layer:
            raise Problem("table-empty", name=name)
        info = pyogrio.read_info(path, layer=layer)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise Problem("table-unreadable", name=name, why=" ".join(str(error).split())) from None
    crs = str(info["crs"] or WGS84)
    columns = [str(each) for each in info["fields"]]
    details = {"crs": crs, "geometry": str(info["geometry_type"] or "")}
    options = {"DATE_AS_STRING": "YES"} if format == "geojson" else {}  # a text that looks like a date stays as typed
    read = lambda: _rows(path, name, layer, crs, options)  # noqa: E731
    table = Table(name, format, columns, read, layer, tuple(layers), details=details)
    if folder is not None:
        weakref.finalize(table, shutil.rmtree, folder, ignore_errors=True)
    return table


def _has_features(path: Path, layer: str) -> bool:
    import pyogrio

    return bool(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])


def _rows(path: Path, name: str, layer: str, crs: str, options: dict[str, str]) -> Iterator[Row]:
    import pyogrio

    number = 0
    try:
        with pyogrio.open_arrow(path, layer=layer, batch_size=BATCH, use_pyarrow=True, **options) as (meta, reader):
            geometry = meta["geometry_name"] or "wkb_geometry"
            for batch in reader:
                shapes = batch.column(geometry).to_pylist() if geometry in batch.schema.names else []
                drawn = _in_wgs84(shapes, crs)
                fields = [each for each in batch.schema.names if each != geometry]
                values = batch.select(fields).to_pylist()
                for index, cells in enumerate(values):
                    number += 1
                    shape, problem = drawn[index] if drawn else (None, "")
                    yield Row(number, {key: _cell(value) for key, value in cells.items()}, shape, problem)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError, ValueError, RuntimeError) as error:
        raise Problem("table-unreadable", name=name, why=" ".join(str(error).split())) from None


def _in_wgs84(shapes: list[bytes | None], crs: str) -> list[tuple[dict[str, Any] | None, str]]:
    """(GeoJSON, why there is none) for each WKB."""
    import numpy
    import shapely

    found = shapely.force_2d(shapely.from_wkb(numpy.array(shapes, dtype=object), on_invalid="ignore"))
    if (move := _transformer(crs)) is not None:
        found = shapely.transform(found, lambda places: numpy.column_stack(move.transform(places[:, 0], places[:, 1])))
    texts = shapely.to_geojson(found)
    told: list[tuple[dict[str, Any] | None, str]] = []
    for raw, text in zip(shapes, texts, strict=True):
        drawn = orjson.loads(text) if text else None
        broken = raw is not None and (drawn is None or _has_short_ring(drawn))
        why = _("Its geometry cannot be read: a line has two points at least, an area three.") if broken else ""
        told.append((drawn if drawn and drawn.get("coordinates") and not broken else None, why))
    return told


def _has_short_ring(drawn: dict[str, Any]) -> bool:
    places = drawn.get("coordinates", [])
    areas = {"Polygon": [places], "MultiPolygon": places}.get(drawn["type"], [])
    return any(0 < len(ring) < 4 for area in areas for ring in area)


def _transformer(crs: str) -> Any:
    from pyproj import CRS, Transformer

    known = CRS.from_user_input(crs)
    if known == CRS.from_epsg(4326) or known.to_epsg() == 4326:
        return None
    return Transformer.from_crs(known, WGS84, always_xy=True)


def _cell(value: Any) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:
            return None
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, int):
        return value
    if hasattr(value, "isoformat"):
        text = str(value.isoformat())
        return text.removesuffix("T00:00:00+00:00").removesuffix("T00:00:00")
    if isinstance(value, bytes):
        return None
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode()
    return str(value).replace("\x00", "\ufffd")


def _unpack(path: Path, format: str, folder: Path) -> Path:
    """The parts that are needed, under names of our own: those in the zip are not trusted."""
    with limits.open_zip(path) as packed:
        if format == "kmz":
            return _must_be(_unpack_one(packed, path.name, ".kml", folder / "doc.kml"), "kml", path.name)
        shape = _unpack_one(packed, path.name, ".shp", folder / "layer.shp")
        stem = next(each.filename for each in packed.infolist() if each.filename.lower().endswith(".shp"))[:-4]
        for part in packed.infolist():
            ending = part.filename[-4:].lower()
            if part.filename[:-4] == stem and ending in SHAPEFILE[1:]:
                with packed.open(part) as file:
                    limits.copy(file, folder / f"layer{ending}", part.file_size, path.name)
        return shape


def _must_be(path: Path, format: str, name: str) -> Path:
    """Raises Problem when what was unpacked is something else than its name says."""
    if format_of(path) != format:
        raise Problem("table-unreadable", name=name, why=_("what is in it is something else than its name says"))
    return path


def _unpack_one(packed: zipfile.ZipFile, name: str, ending: str, to: Path) -> Path:
    part = next(each for each in packed.infolist() if each.filename.lower().endswith(ending))
    with packed.open(part) as file:
        limits.copy(file, to, part.file_size, name)
    return to
