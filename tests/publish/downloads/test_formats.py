"""Every list of every kind in every format is read back, by GDAL or by the library of the format, as the registry has it."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing

import pyogrio
import pytest
import python_calamine

from kambila.accounts.models import Account
from kambila.publish.downloads.formats import FORMATS, write
from kambila.publish.downloads.reading import Reading, Wanted
from kambila.registry import access
from kambila.registry.kinds import kinds
from tests.publish.features.world import MIDDLE, TRUE

SQLITE = pytest.mark.parametrize("_told", ["sqlite"], indirect=True)


def account(who):
    return Account.objects.get(username=who) if who else None


def made(folder, who, kind, name, filter=""):
    to = folder / f"{kind}{FORMATS[name].ending}"
    write(Reading(account(who), Wanted(kind, filter)), FORMATS[name], to, lambda done: None)
    return to


def layers(path):
    """{layer: its columns}, as GDAL reads them."""
    address = f"/vsizip/{path}" if path.suffix == ".zip" else path
    names = [each for each, _type in pyogrio.list_layers(address) if each != "layer_styles"]
    found = {}
    for name in names:
        _meta, table = pyogrio.read_arrow(address, layer=name)
        found[name] = table.to_pylist()
    return found


def counted(path, name):
    """How many records a file holds, by a reader that is not its writer."""
    if name in ("csv", "hxl"):
        lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        return len(lines) - (name == "hxl")
    if name == "xlsx":
        return len(python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()) - 1
    return sum(map(len, layers(path).values()))


@pytest.mark.parametrize("name", FORMATS)
def test_every_kind_has_in_every_format_the_records_that_the_registry_shows(told, tmp_path, name):
    for who in ("auditor", None):
        for kind, model in kinds().items():
            seen = access.visible(account(who), model).count()
            assert counted(made(tmp_path, who, kind, name), name) == seen, (kind, who)


def test_a_filter_chooses_and_what_it_asks_by_must_be_open(told, tmp_path):
    rows = layers(made(tmp_path, None, "village", "geojson", "title = 'Gao'"))
    assert [each["title"] for each in next(iter(rows.values()))] == ["Gao"]
