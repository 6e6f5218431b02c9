"""The short table of places that the project states itself: régions and cercles of Mali, and the towns with an office.

P-codes of the common operational dataset of 2015; positions are those of the chief towns, rounded to two decimals (about
a kilometre). The example programme stands on it, so that it needs no other file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kambila.domain.places.gazetteer import Found

TABLE = Path(__file__).with_name("short_table.csv")


def rows(date: str = "2012-01-01") -> Iterator[Found]:
    """The places of the table, as `import_rows` takes them, true since `date`."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            yield _found(row, f"{TABLE.name}/{number}", date)


def _found(row: dict[str, str], where: str, date: str) -> Found:
    is_area = row["type"].startswith("adm")
    values: dict[str, Any] = {"code": row["pcode"], "pcode": row["pcode"], "title": row["title"]}
    values["level" if is_area else "place_class"] = row["type"]
    if row["longitude"]:
        position = [float(row["longitude"]), float(row["latitude"])]
        values["seat" if is_area else "location"] = {"type": "Point", "coordinates": position}
    if not is_area:
        # The table leaves communes out, so that the chain upwards is stated with the town: two digits for each level.
        values.update(adm1=row["parent"][:4], adm2=row["parent"][:6])
    return Found(where, "admin_area" if is_area else "village", row["pcode"], row["parent"], date, values)
