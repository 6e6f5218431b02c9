"""Part 3 and CQL2 text: what filters find, on both databases, and what is refused."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from tests.publish.features.world import AREA, TOWNS

pytestmark = pytest.mark.usefixtures("told")


def found(ask, filter, who=None, kind="village", **more):
    extra = "".join(f"&{name.replace('_', '-')}={value}" for name, value in more.items())
    answer = ask(f"{kind}/items?filter={quote(filter)}{extra}", who)
    assert answer.status_code == 200, answer.content
    features = json.loads(answer.content)["features"]
    return {each["properties"]["title"] for each in features} & set(TOWNS)


TABLE = [
    ("title = 'Gao'", {"Gao"}),
    ("'Gao' = title", {"Gao"}),
    ("title <> 'Gao'", {"Kidal", "Tessalit", "Ségou", "Nowhere"}),
    ("title > 'S'", {"Ségou", "Tessalit"}),
    ("title LIKE '%a%'", {"Gao", "Kidal", "Tessalit"}),
    ("title LIKE 'g%'", set()),  # capitals are told apart
    ("title LIKE '_ao'", {"Gao"}),
    ("title LIKE 'G*'", set()),
    ("title LIKE 'S\u00e9%'", {"Ségou"}),
    ("NOT title LIKE 'G%'", {"Kidal", "Tessalit", "Ségou", "Nowhere"}),
    ("title IN ('Gao', 'Kidal')", {"Gao", "Kidal"}),
    ("title BETWEEN 'G' AND 'L'", {"Gao", "Kidal"}),
    ("place_class IS NULL", {"Nowhere"}),
    ("place_class = 'town'", {"Gao", "Kidal", "Ségou"}),
    ("NOT place_class = 'town'", {"Tessalit"}),  # what is not known is neither
    ("place_class <> 'town'", {"Tessalit"}),
    ("NOT (place_class = 'town' OR title = 'Tessalit')", set()),
    ("place_class = 'town' AND NOT title IN ('Gao')", {"Kidal", "Ségou"}),
    ("true", set(TOWNS)),
    ("false", set()),
    ("S_INTERSECTS(geometry, BBOX(-1, 16, 2, 19))", {"Gao", "Kidal"}),
    ("S_INTERSECTS(geometry, POLYGON((-1 16, 2 19, 2 18, 0 16, -1 16)))", {"Gao"}),
    ("S_WITHIN(geometry, BBOX(-1, 16, 2, 19))", {"Gao", "Kidal"}),
    ("S_EQUALS(geometry, POINT(-0.04 16.27))", {"Gao"}),
    ("S_DISJOINT(geometry, BBOX(-1, 16, 2, 19))", {"Tessalit", "Ségou"}),
    ("NOT S_INTERSECTS(geometry, BBOX(-1, 16, 2, 19))", {"Tessalit", "Ségou"}),
    ("geometry IS NULL", {"Nowhere"}),
    ("valid_from = DATE('2014-06-20')", {"Gao", "Nowhere"}),
    ("valid_from > DATE('2014-05-31')", {"Gao", "Kidal", "Nowhere"}),
    ("valid_from < DATE('2014-02-20')", {"Tessalit"}),  # February may have been after it
    ("valid_from >= DATE('2014-02-01')", {"Gao", "Kidal", "Ségou", "Nowhere"}),
    ("valid_from BETWEEN DATE('2013-01-01') AND DATE('2014-03-01')", {"Tessalit", "Ségou"}),
    ("T_INTERSECTS(valid_from, DATE('2014-02-20'))", {"Ségou"}),
    ("T_AFTER(valid_from, DATE('2014-06-01'))", {"Gao", "Nowhere"}),
    ("T_BEFORE(valid_from, TIMESTAMP('2014-01-01T00:00:00Z'))", {"Tessalit"}),
    ("T_DURING(valid_from, INTERVAL('2014-01-01', '2014-06-10'))", {"Kidal", "Ségou"}),
    ("T_DISJOINT(valid_from, INTERVAL('2014-01-01', '..'))", {"Tessalit"}),
    ("information_date = DATE('2014-06-20')", set(TOWNS)),
]


@pytest.mark.parametrize(("filter", "titles"), TABLE, ids=[each[0][:50] for each in TABLE])
def test_a_filter_finds_what_it_means(ask, filter, titles):
    assert found(ask, filter) == titles


def test_several_values_are_asked_for_by_what_they_contain(ask):
    def ids(filter):
        answer = ask(f"hazardous_area/items?filter={quote(filter)}", "auditor")
        return [each["id"] for each in json.loads(answer.content).get("features", ())], answer.status_code

    assert ids("A_CONTAINS(devices, ('uxo', 'ied'))") == ([AREA], 200)
    assert ids("A_OVERLAPS(devices, ('uxo', 'nothing'))") == ([AREA], 200)
    assert ids("A_CONTAINS(devices, ('uxo', 'nothing'))") == ([], 200)
    assert ids("devices = 'uxo'") == ([], 400)


def test_the_geometries_of_a_filter_may_be_in_another_system(ask):
    uri = "http://www.opengis.net/def/crs/EPSG/0/4326"
    assert found(ask, "S_INTERSECTS(geometry, BBOX(16, -1, 19, 2))", filter_crs=uri) == {"Gao", "Kidal"}


REFUSED = [
    "title =",
    "title = 5",
    "title",
    "1 = 1",
    "nonsense = 'x'",
    "title = place_class",
    "title = null",
    "CASEI(title) = 'gao'",
    "nonsense(title) = 1",
    "S_INTERSECTS(title, POINT(0 0))",
    "S_INTERSECTS(geometry, POINT(0))",
    "S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))",
    "geometry = 'x'",
    "valid_from = 'soon'",
    "valid_from LIKE '2014%'",
    "T_AFTER(title, DATE('2014-01-01'))",
    "title IN ()",
    "a" * 30_000,
    "(" * 5_000 + "title = 'x'" + ")" * 5_000,
    "NOT " * 4_000 + "title = 'x'",
    "title = " + "-" * 9_000 + "1",
    "title = 1" + "+1" * 4_000,
    "title = 1" + " div 1" * 2_000,
]


@pytest.mark.parametrize("_told", ["sqlite"], indirect=True)
@pytest.mark.parametrize("filter", REFUSED, ids=[each[:40] for each in REFUSED])
def test_what_is_no_filter_gets_a_sentence(ask, filter):
    answer = ask(f"village/items?filter={quote(filter)}")
    said = json.loads(answer.content)
    assert answer.status_code == 400, said
    assert said["code"] in ("bad-filter", "unknown-property") and said["sentence"] and said["remedy"]


@pytest.mark.parametrize("_told", ["sqlite"], indirect=True)
def test_queryables_and_schema_have_titles_and_code_lists(ask):
    said = json.loads(ask("village/queryables").content)
    assert said["properties"]["place_class"]["title"] == "class of place"
    assert "capital" in said["properties"]["place_class"]["x-codes"]
    assert said["properties"]["geometry"]["format"] == "geometry-point"
    assert "circumstances" not in json.loads(ask("incident/schema", "auditor").content)["properties"]
    assert "category" in json.loads(ask("incident/schema").content)["properties"]
    assert "category" not in json.loads(ask("incident/queryables").content)["properties"]
    french = json.loads(ask("village/queryables", **{"accept-language": "fr"}).content)
    assert french["properties"]["place_class"]["title"] != "class of place"


SORTS = [
    ("title", ["Gao", "Kidal", "Nowhere", "Ségou", "Tessalit"]),
    ("-title", ["Tessalit", "Ségou", "Nowhere", "Kidal", "Gao"]),
    ("place_class,-title", ["Ségou", "Kidal", "Gao", "Tessalit", "Nowhere"]),
    ("-place_class,+title", ["Tessalit", "Gao", "Kidal", "Ségou", "Nowhere"]),
    ("valid_from,title", ["Tessalit", "Ségou", "Kidal", "Gao", "Nowhere"]),
]


@pytest.mark.parametrize(("sortby", "titles"), SORTS)
def test_pages_follow_the_order_that_was_asked_for_and_what_is_not_known_comes_last(ask, sortby, titles):
    seen, address = [], f"/ogc/collections/village/items?limit=2&f=json&sortby={quote(sortby)}"
    while address:
        page = json.loads(ask(address).content)
        seen += [each["properties"]["title"] for each in page["features"]]
        address = next((e["href"].replace("http://testserver", "") for e in page["links"] if e["rel"] == "next"), "")
    assert [each for each in seen if each in TOWNS] == titles
    assert len(seen) == len(TOWNS) + 1


@pytest.mark.parametrize("after", ["x", "W10", "WzEsMl0", "WyJ4Il0"])
def test_a_place_that_is_none_in_this_order_is_400(ask, after):
    assert ask(f"village/items?sortby=title,code&after={after}").status_code == 400


@pytest.mark.parametrize("_told", ["sqlite"], indirect=True)
def test_only_the_properties_that_are_asked_for(ask):
    features = json.loads(ask("village/items?properties=title,code").content)["features"]
    assert all(set(each["properties"]) == {"title", "code"} for each in features)
    assert ask("village/items?properties=nonsense").status_code == 400
    assert ask("village/items?sortby=nonsense").status_code == 400
