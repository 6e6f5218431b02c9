"""Roles × kinds × formats: a file holds the records and the values that are open to its reader, and nothing else."""

from __future__ import annotations

import zipfile
from types import SimpleNamespace

import pytest

from kambila.publish.downloads.formats import FORMATS
from kambila.publish.features import finding
from kambila.registry import access, precision
from kambila.registry.kinds import kinds
from tests.publish.downloads.test_formats import SQLITE, account, layers, lines, made
from tests.publish.features.world import ROLES

EXTRA = {"id", "information_date", "place_precision", "example", "x", "y", "wkt"}


def look_through(folder, who):
    """Every kind; raises AssertionError where more or less is given than is open."""
    for kind, model in kinds().items():
        seen = {row.pk: row for row in access.visible(account(who), model)}
        found = lines(made(folder, who, kind, "csv"))
        assert {each["id"] for each in found} == set(seen), kind
        for each in found:
            opened = set(access.fields(account(who), model, seen[each["id"]]))
            sizes = {f"{name}_area_m2" for name in opened & set(precision.shapes(model))}
            assert {name for name, value in each.items() if value} - EXTRA <= opened | sizes, kind


@pytest.mark.parametrize("who", [None, "operator", "officer"])
def test_a_file_holds_what_its_reader_may_see(told, tmp_path, who):
    look_through(tmp_path, who)


@SQLITE
@pytest.mark.parametrize("who", sorted(set(ROLES) - {"operator", "officer", "stranger"}))
def test_so_does_that_of_a_reader_of_every_other_role(told, tmp_path, who):
    look_through(tmp_path, who)


@SQLITE
def test_without_the_rule_in_the_query_this_would_be_noticed(told, tmp_path, monkeypatch):
    open_door = SimpleNamespace(**vars(access))
    open_door.visible = lambda account, model, queryset=None: access.visible("auditor", model, queryset)
    monkeypatch.setattr(finding, "access", open_door)
    with pytest.raises(AssertionError):
        look_through(tmp_path, "operator")


@SQLITE
@pytest.mark.parametrize("name", FORMATS)
def test_nothing_restricted_is_in_a_file_for_everybody(told, tmp_path, name):
    said = b""
    for kind in kinds():
        path = made(tmp_path, None, kind, name)
        if path.suffix in (".xlsx", ".zip"):
            with zipfile.ZipFile(path) as packed:
                said += b"".join(packed.read(each) for each in packed.namelist())
        else:
            said += path.read_bytes() if path.suffix != ".gpkg" else repr(layers(path)).encode()
    assert not [secret for secret in told.secrets if secret.encode() in said]
