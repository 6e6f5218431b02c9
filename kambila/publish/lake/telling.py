"""How a lake is opened in the tools that people have: lines to be copied."""

from __future__ import annotations

from kambila.figures.lake import lake_at, manifest_of
from kambila.journal.errors import Problem
from kambila.registry.kinds import model_of

LINES = """# DuckDB (in the folder of the lake)
cd {folder}
duckdb -init views.sql
SELECT * FROM {kind} LIMIT 5;

# pandas
import json, pathlib, {imports}
lake = pathlib.Path("{folder}")
files = json.loads((lake / "latest.json").read_text())["kinds"]["{kind}"]["files"]
records = pandas.concat({package}.read_parquet(lake / each["path"]) for each in files)
records.head()

# R
library(arrow); library(jsonlite)
lake <- "{folder}"
files <- fromJSON(file.path(lake, "latest.json"))$kinds${kind}$files$path
records <- open_dataset(file.path(lake, files)) |> dplyr::collect()
head(records)

# QGIS: Layer > Add Layer > Add Vector Layer, one of these files
{paths}
"""


def lines(address: str, kind: str) -> str:
    """The lines for one kind. Raises Problem when the lake, or the kind in it, is not there."""
    model_of(kind)
    lake = lake_at(address)
    told = manifest_of(lake)["kinds"].get(kind)
    if not told or not told["files"]:
        raise Problem("not-in-lake", kind=kind, fields="–", whose=manifest_of(lake)["for"])
    is_place = "binary" in told["columns"].values()
    return LINES.format(
        folder=lake.root,
        kind=kind,
        imports="pandas, geopandas" if is_place else "pandas",
        package="geopandas" if is_place else "pandas",
        paths="\n".join(lake.path(each["path"]) for each in told["files"]),
    ).rstrip()
