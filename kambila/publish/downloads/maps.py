"""A list as GeoPackage, Shapefile or KML, written by GDAL from files of columns."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kambila.publish.downloads import shortening, styles
from kambila.publish.downloads.parting import Part, parted
from kambila.publish.downloads.reading import SHAPE, Reading

WGS84 = "EPSG:4326"
NAME = "Name"  # what a KML viewer shows beside a mark


def geopackage(reading: Reading, to: Path, heard: Any) -> None:
    """A layer for each sort of geometry, and how QGIS draws it."""
    to.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent) as folder:
        parts = parted(reading, Path(folder), heard)
        for part in parts:
            _write(part.reader(), part, to, "GPKG", append=to.exists())
    styles.put(to, reading, parts)


def kml(reading: Reading, to: Path, heard: Any) -> None:
    """One layer; a record without a place is a line in the list of a viewer and no mark."""
    to.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent) as folder:
        parts = parted(reading, Path(folder), heard)
        source = _named([part.stored() for part in parts])
        _write(source, Part(reading.kind, "Unknown", to), to, "KML")


def _named(parts: list[pa.RecordBatchReader]) -> pa.RecordBatchReader:
    """All parts one after the other, each record with a name for its mark: its code, else its id."""
    schema = parts[0].schema
    column = "code" if "code" in schema.names else "id"
    batches = (
        pa.RecordBatch.from_arrays(
            [pc.coalesce(each.column(column), each.column("id")), *each.columns], names=[NAME, *schema.names]
        )
        for part in parts
        for each in part
    )
    return pa.RecordBatchReader.from_batches(schema.insert(0, pa.field(NAME, pa.string())), batches)


def shapefile(reading: Reading, to: Path, heard: Any) -> None:
    """A zip with a Shapefile for each sort of geometry, and a text that tells what had to be shortened."""
    with tempfile.TemporaryDirectory(dir=to.parent) as said:
        folder = Path(said)
        parts = parted(reading, folder, heard)
        short = shortening.names(list(reading.fields))
        cut: dict[str, int] = {}
        for part in parts:
            source = part.reader()
            batches = shortening.shortened(source, short, cut)
            schema = pa.schema([field.with_name(short.get(field.name, field.name)) for field in source.schema])
            ending = ".shp" if part.type else ".dbf"
            path = folder / f"{part.layer}{ending}"
            _write(pa.RecordBatchReader.from_batches(schema, batches), part, path, "ESRI Shapefile")
            part.file.unlink()
        (folder / "README.txt").write_text(shortening.told(short, cut), encoding="utf-8")
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
            for each in sorted(folder.iterdir()):
                packed.write(each, each.name)


def _write(source: Any, part: Part, to: Path, driver: str, append: bool = False) -> None:
    import pyogrio

    place: dict[str, Any] = {}
    if part.type is not None:
        place = {"geometry_name": SHAPE, "geometry_type": part.type, "crs": WGS84}
    # An older version of GeoPackage has all that is needed, and older programs do not warn of it.
    options = {"dataset_options": {"VERSION": "1.2"}} if driver == "GPKG" and not append else {}
    encoding = "UTF-8" if driver == "ESRI Shapefile" else None
    pyogrio.write_arrow(
        source, to, layer=part.layer, driver=driver, append=append, encoding=encoding, **place, **options
    )
