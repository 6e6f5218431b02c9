"""The abstract tests of Part 1 (OGC 17-069r4, annex A) and Part 2 (18-058r1, annex A), each by its identifier."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from kambila.publish.features import documents
from kambila.registry.kinds import kinds
from tests.publish.features.world import MIDDLE, TOWNS

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
SQLITE = pytest.mark.parametrize("_told", ["sqlite"], indirect=True)
pytestmark = SQLITE


def said(answer):
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def towns(answer):
    return [each["properties"]["title"] for each in said(answer)["features"]]


def rels(document):
    return {each["rel"] for each in document["links"]}


def test_core_root_op_and_root_success(ask):
    found = said(ask("/ogc/"))
    assert {"self", "alternate", "service-desc", "service-doc", "conformance", "data"} <= rels(found)
    for each in found["links"]:
        assert ask(each["href"].replace("http://testserver", "")).status_code == 200, each


def test_core_conformance_op_and_success(ask):
    assert said(ask("/ogc/conformance")) == {"conformsTo": documents.CONFORMS}


def test_core_api_definition_and_oas30(ask):
    answer = ask("/ogc/api")
    assert answer.headers["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    document = said(answer)
    assert document["openapi"].startswith("3.0.")
    names = [
        f"#/components/{group}/{name}" for group in document["components"] for name in document["components"][group]
    ]
    assert set(re.findall(r'"\$ref": ?"([^"]+)"', json.dumps(document))) <= set(names)
    operations = [each["get"]["operationId"] for each in document["paths"].values()]
    assert len(operations) == len(set(operations))
    for path in document["paths"]:
        if "{" not in path:
            assert ask(f"/ogc{path}").status_code == 200, path


def test_core_http_only_what_asks_is_taken(ask):
    from django.test import Client

    for method in ("post", "put", "delete", "patch"):
        assert getattr(Client(), method)("/ogc/collections/village/items").status_code == 405
    assert Client().head("/ogc/collections/village/items").content == b""


def test_core_fc_md_and_sfc_md(ask):
    found = {each["id"]: each for each in said(ask("/ogc/collections"))["collections"]}
    assert set(found) == set(kinds())
    for kind, listed in found.items():
        alone = said(ask(kind))
        listed_links, alone_links = listed.pop("links"), alone.pop("links")
        assert alone == listed
        assert {"items", f"{documents.REL}queryables"} <= {each["rel"] for each in listed_links}
        assert {"self", "alternate", "items"} <= {each["rel"] for each in alone_links}


def test_core_a_collection_that_is_not_there_is_404(ask):
    answer = ask("nonsense/items")
    assert answer.status_code == 404
    assert json.loads(answer.content)["code"] == "no-such-kind"


def test_core_fc_op_and_fc_response(ask):
    answer = ask("village/items?limit=2")
    found = said(answer)
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert found["type"] == "FeatureCollection"
    assert (found["numberReturned"], len(found["features"])) == (2, 2)
    assert found["numberMatched"] == len(TOWNS) + 1  # the one of the canaries
    assert {"self", "alternate", "next"} <= rels(found)
    for each in found["features"]:
        assert each["type"] == "Feature" and set(each) == {"type", "id", "geometry", "properties"}


def test_core_fc_links_lead_from_page_to_page_to_the_end(ask):
    seen, address = [], "/ogc/collections/village/items?limit=2&f=json"
    while address:
        page = said(ask(address))
        seen += [each["id"] for each in page["features"]]
        address = next((e["href"].replace("http://testserver", "") for e in page["links"] if e["rel"] == "next"), "")
    assert len(seen) == len(set(seen)) == len(TOWNS) + 1


@pytest.mark.parametrize(
    ("limit", "status"), [("1", 200), ("10001", 200), ("0", 400), ("-1", 400), ("x", 400), ("", 200)]
)
def test_core_fc_limit_definition_and_response(ask, limit, status):
    assert ask(f"village/items?limit={limit}").status_code == status


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ("-1,16,0,17", {"Gao"}),
        ("-0.04,16.27,-0.04,16.27", {"Gao"}),  # the edge belongs to it
        ("-1,16,2,19", {"Gao", "Kidal"}),
        ("-1,16,0,2,19,100", {"Gao", "Kidal"}),  # with heights
        ("170,10,0,30", {"Gao", "Ségou"}),  # across the meridian of 180°: all that is west of 0°
        ("10,10,11,11", set()),
    ],
)
def test_core_fc_bbox_definition_and_response(ask, box, found):
    assert set(towns(ask(f"village/items?bbox={box}"))) - {"CANARY"} >= found
    assert not (set(TOWNS) - found) & set(towns(ask(f"village/items?bbox={box}")))


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "1,2,3,4,5", "0,10,5,5", "nan,0,1,1", "0,0,1e9,1", ""])
def test_core_fc_bbox_that_is_none_is_400(ask, box):
    answer = ask(f"village/items?bbox={box}")
    assert (answer.status_code, json.loads(answer.content)["code"]) == (400, "bad-parameter")


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("2014-06-20", 5),
        ("2014-06-20T08:00:00Z", 5),
        ("2014-06-01/2014-06-30", 5),
        ("../2014-06-19", 0),
        ("2014-06-20/..", 5),
        ("/2014", 5),
        ("2014-06", 5),
    ],
)
def test_core_fc_time_definition_and_response(ask, asked, number):
    assert len(set(towns(ask(f"village/items?datetime={asked}"))) & set(TOWNS)) == number


@pytest.mark.parametrize("asked", ["yesterday", "..", "../..", "2014-02-30", "2014-07/2014-06", "2014-06-20T25:00:00Z"])
def test_core_fc_time_that_is_none_is_400(ask, asked):
    assert ask(f"village/items?datetime={asked}").status_code == 400


@pytest.mark.parametrize("asked", ["nonsense=1", "limit=1&limit=2", "f=xml", "LIMIT=1"])
def test_core_query_param_unknown_and_invalid(ask, asked):
    for path in ("village/items", "village", "village/queryables"):
        assert ask(f"{path}?{asked}").status_code == 400


def test_core_f_op_and_f_success(ask):
    one = said(ask("village/items?limit=1"))["features"][0]
    alone = said(ask(f"village/items/{one['id']}"))
    assert {"self", "alternate", "collection"} <= rels(alone)
    assert {name: alone[name] for name in one} == one
    assert ask("village/items/00000000-0000-7000-8000-00000000dead").status_code == 404


def test_core_fields_as_parameters(ask):
    assert towns(ask("village/items?title=Gao")) == ["Gao"]
    assert set(towns(ask("village/items?place_class=town"))) == {"Gao", "Kidal", "Ségou"}


def test_html_every_answer_has_a_page(ask):
    one = said(ask("village/items?limit=1"))["features"][0]["id"]
    for path in ("/ogc/", "/ogc/conformance", "/ogc/api", "/ogc/collections"):
        assert b"<h1>" in ask(path, accept="text/html,*/*;q=0.1").content
    for path in ("village", "village/items?limit=3", f"village/items/{one}"):
        assert b"<h1>" in ask(path, accept="text/html").content
    assert b"<h1>" in ask("village/items?limit=0", accept="text/html").content


def test_csv_what_a_sheet_would_run_is_neutralised(ask, monkeypatch):
    answer = ask("village/items?f=csv")
    assert answer.content.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    gao = next(each for each in rows if each["title"] == "Gao")
    assert (float(gao["x"]), float(gao["y"]), gao["place_precision"]) == (-0.04, 16.27, "exact")
    assert answer.headers["OGC-NumberMatched"] == str(len(TOWNS) + 1)
    from kambila.publish.features.writing import _cell

    assert _cell("=1+1") == "'=1+1" and _cell(["uxo", "ied"]) == "uxo ied"


def test_crs_md_lists_what_is_supported(ask):
    found = said(ask("/ogc/collections"))
    village = said(ask("village"))
    assert village["crs"] == found["crs"] and village["crs"][0] == village["storageCrs"] == CRS84
    assert f"{documents.crs.EPSG}32631" in village["crs"]
    assert "crs" not in said(ask("casualty"))


@pytest.mark.parametrize(
    ("uri", "place"),
    [
        (CRS84, MIDDLE),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", MIDDLE[::-1]),
        ("http://www.opengis.net/def/crs/EPSG/0/3857", (55659.75, 1979147.6)),
        ("http://www.opengis.net/def/crs/EPSG/0/32631", (234514.4, 1936542.6)),
    ],
)
def test_crs_parameter_and_header(ask, uri, place):
    answer = ask(f"incident/items?crs={uri}")
    assert answer.headers["Content-Crs"] == f"<{uri}>"
    assert said(answer)["features"][0]["geometry"]["coordinates"] == pytest.approx(place, rel=1e-3)
    one = said(answer)["features"][0]
    assert said(ask(f"incident/items/{one['id']}?crs={uri}"))["geometry"] == one["geometry"]


def test_crs_header_is_that_of_storage_where_none_is_asked_for(ask):
    assert ask("village/items").headers["Content-Crs"] == f"<{CRS84}>"


@pytest.mark.parametrize("name", ["crs", "bbox-crs", "filter-crs"])
@pytest.mark.parametrize("uri", ["http://www.opengis.net/def/crs/EPSG/0/2154", "nonsense", "EPSG:99999"])
def test_crs_one_that_is_not_offered_is_400(ask, name, uri):
    assert ask(f"village/items?bbox=0,0,1,1&{name}={uri}").status_code == 400


def test_crs_bbox_crs_is_that_of_the_box(ask):
    uri = "http://www.opengis.net/def/crs/EPSG/0/"
    assert set(towns(ask(f"village/items?bbox=16,-1,17,0&bbox-crs={uri}4326"))) & set(TOWNS) == {"Gao"}
    assert set(towns(ask(f"village/items?bbox=-100000,1800000,0,1900000&bbox-crs={uri}3857"))) & set(TOWNS) == {"Gao"}
