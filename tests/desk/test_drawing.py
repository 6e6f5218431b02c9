"""Drawing with the table alone, over HTTP: what is typed, what is said of it, and the report that it becomes."""

from __future__ import annotations

import html
import math
import re

import pytest

from kambila.intake.drawing import points
from kambila.intake.lookup import entry_of
from kambila.registry.models import Report
from tests.desk.conftest import accepted, said
from tests.domain.land.saying import area, uuid

SQLITE = pytest.mark.parametrize("new_programme", ["sqlite"], indirect=True)  # nothing here asks the database anew
SQUARE = (0, 0, 10, 10)  # 16.27 to 16.271 north, 0.05 to 0.049 west
POINTS = ["16.27 -0.0495", "16.27 -0.049", "16.271 -0.049", "16.271 -0.0495"]
APART = ["16.28, -0.05", "16°16'48\"N 0°2'56.4\"W", "16.281, -0.049", "16.281, -0.05"]


def known(office="GAO", number=1, corners=SQUARE, **more):
    accepted(
        said([area(number, corners, adm1="ML07", evidence="direct", **more)], office=office, code=f"EX-R-{number}")
    )


def drawn(client, positions=APART, path="/map/draw/", **more):
    """What the page answers to positions; `more` are other fields of it."""
    given = {"kind": "hazardous_area", "field": "polygon", "position": positions, **more}
    return client.post(path, given)


def text(answer):
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def whole(**more):
    return {"answer-classification": "sha", "answer-devices": ["uxo", "ied"], "reason": "walked", **more}


def gao():
    values = {"code": "ML07", "pcode": "ML07", "title": "Gao", "level": "adm1", "adm1": "ML07"}
    accepted(said([{"kind": "admin_area", "id": uuid(70), "values": values}], code="EX-R-70"))


def test_an_area_typed_in_the_table_waits_in_the_review_queue(sign_in):
    gao()
    client = sign_in("fatou")
    answer = drawn(client, save="yes", **whole(place="ML07"))
    report = Report.objects.get(pk=answer.url.split("/")[2])
    assert (report.status, report.author) == ("waiting", "fatou")
    assert report.code in client.get("/review/").content.decode()
    [change] = entry_of(report.id).body["changes"]
    assert change["values"]["devices"] == ["uxo", "ied"] and change["values"]["adm1"] == "ML07"
    assert change["values"]["code"] and change["values"]["polygon"]["typed"] == APART
    assert change["values"]["polygon"]["coordinates"][0][1] == [-0.049, 16.28]


@SQLITE
def test_a_point_may_be_a_bearing_and_a_distance_from_the_one_before(sign_in):
    columns = {"bearing": ["", "", "", "270"], "distance": ["", "", "", "106.9"], "check": "yes"}
    page = text(drawn(sign_in("fatou"), [*APART[:3], ""], **columns))
    assert "270.0° · 106.9 m" in page and "16.28100° N, 0.05000° W" in page


@SQLITE
def test_every_notation_of_the_import_is_read_in_one_cell(sign_in):
    page = text(
        drawn(sign_in("fatou"), ["30QZC0145080017", "30Q 801450 1800170", "16.27, -0.17", "nowhere"], check="yes")
    )
    assert page.count("° N, ") >= 3 and "“nowhere” is no position" in page


@SQLITE
def test_more_rows_are_there_for_the_asking_and_one_is_taken_away(sign_in):
    client = sign_in("fatou")
    assert text(drawn(client, add="yes")).count('name="position"') == 12
    page = text(drawn(client, remove="2"))
    assert 'value="16.281, -0.049"' in page and "2'56.4" not in page


@SQLITE
def test_size_faults_and_repair_are_shown_and_the_proposal_is_taken(sign_in):
    client = sign_in("fatou")
    crossing = [APART[0], APART[2], "16.28, -0.049", APART[3]]
    page = text(drawn(client, crossing, check="yes"))
    assert "The polygon crosses itself" in page and "A repair that could be made" in page and page.count("<svg") >= 2
    mended = text(drawn(client, crossing, repair="yes"))
    assert "crosses itself" not in mended and "11,8" in mended  # m²
    refused = drawn(client, crossing, save="yes", **whole())
    assert refused.status_code == 400 and "crosses itself" in text(refused) and "16.28, -0.05" in text(refused)
    assert drawn(client, crossing, save="yes", stands="yes", **whole()).status_code == 302


def test_a_corner_near_a_neighbours_lies_on_it_and_they_have_no_ground_in_common(sign_in):
    known()
    near = ["16.2700001, -0.0489999", "16.2709996, -0.0490002", "16.271, -0.048", "16.27, -0.048"]
    page = text(drawn(sign_in("fatou"), near, snap="1", check="yes"))
    assert "onto the edge of HA-1" in page and "touches it" in page and "in common" not in page
    assert "in common" in text(drawn(sign_in("fatou"), near, snap="0", check="yes"))


@SQLITE
def test_a_leg_follows_the_neighbours_edge_when_it_is_told_to(sign_in):
    known()
    around = ["16.2705, -0.05", "16.2705, -0.049", "16.28, -0.0495"]  # west side, east side, north
    page = text(drawn(sign_in("fatou"), around, begins=["along", "", ""], check="yes"))
    assert page.count("Taken over from HA-1") == 2


def test_what_lies_beside_it_is_told_only_to_who_may_see_it(sign_in):
    known("KID", code="CANARY-7")
    inside = ["16.2701, -0.0499", "16.2701, -0.0491", "16.2709, -0.0495"]
    assert "CANARY-7" in text(drawn(sign_in("fatou"), inside, check="yes"))
    for way in ({"check": "yes"}, {"save": "yes", **whole(office="GAO")}):
        assert "CANARY-7" not in text(drawn(sign_in("gao"), inside, snap="5", **way))
    answer = sign_in("gao").post("/map/draw/check/", {"kind": "hazardous_area", "field": "polygon", "position": inside})
    told = answer.json()
    assert "CANARY-7" not in answer.content.decode() and not told["wrong"] and "m²" in told["brief"]


@SQLITE
def test_a_known_area_is_drawn_anew_by_a_report(sign_in):
    known()
    client, page = sign_in("fatou"), f"/record/hazardous_area/{uuid(1)}/draw/"
    assert page in client.get(f"/record/hazardous_area/{uuid(1)}/").content.decode()
    assert client.get(page).content.decode().count('value="16.27') == 4
    answer = drawn(client, [*APART[:3], "16.2815, -0.05"], page, save="yes", way="anew", reason="surveyed again")
    [change] = entry_of(answer.url.split("/")[2]).body["changes"]
    assert (change["id"], set(change["values"])) == (uuid(1), {"polygon"})


@SQLITE
def test_a_part_is_split_off_on_the_same_page(sign_in):
    known()
    client, page = sign_in("fatou"), f"/record/hazardous_area/{uuid(1)}/draw/"
    assert "still dangerous" not in text(client.get(f"{page}?way=split"))
    answer = drawn(client, POINTS, page, way="split", reason="the road", save="yes")
    assert answer.status_code == 302 and answer.url.startswith("/review/")
    wrong = drawn(client, ["16.3 0", "nonsense"], page, way="split", reason="x", save="yes")
    assert wrong.status_code == 400 and "nonsense" in text(wrong)


@SQLITE
def test_who_may_only_look_does_not_draw(sign_in):
    known()
    for name in ("auditor", "kidal"):
        assert sign_in(name).get(f"/record/hazardous_area/{uuid(1)}/draw/").status_code == 404
    assert sign_in("auditor").get("/map/draw/").status_code == 404
    assert drawn(sign_in("auditor"), path="/map/draw/check/").status_code == 404


@SQLITE
def test_a_report_of_another_office_is_refused(sign_in):
    answer = drawn(sign_in("gao"), save="yes", **whole(reason=""))
    assert answer.status_code == 400 and "needs a reason" in text(answer)


@SQLITE
def test_a_place_that_nobody_knows_is_refused_and_what_was_drawn_stays(sign_in):
    crossing = [APART[0], APART[2], "16.28, -0.049", APART[3]]
    answer = drawn(sign_in("fatou"), crossing, save="yes", **whole(place="XX99"))
    assert answer.status_code == 400 and "P-code XX99" in text(answer) and 'value="16.28, -0.05"' in text(answer)
    assert "crosses itself" in text(answer)


@SQLITE
def test_the_course_of_a_road_is_drawn_as_a_line(sign_in):
    client = sign_in("fatou")
    given = {"kind": "route_status", "field": "geometry", "position": ["16.27, -0.05", "16.28, -0.05"]}
    assert "Length: 1,10" in text(client.post("/map/draw/", {**given, "check": "yes"}))
    more = {"answer-title": "To the well", "answer-last_verified": "2014-06-20", "reason": "driven", "save": "yes"}
    [change] = entry_of(client.post("/map/draw/", {**given, **more}).url.split("/")[2]).body["changes"]
    assert change["values"]["geometry"]["type"] == "LineString"


def ring(number):
    return [f"{16.28 + 0.001 * math.sin(at):.7f}, {-0.05 + 0.001 * math.cos(at):.7f}" for at in steps(number)]


def steps(number):
    return [2 * math.pi * at / number for at in range(number)]


@SQLITE
def test_a_table_of_as_many_points_as_there_may_be_is_read_and_one_more_is_never_left_out_in_silence(
    sign_in, monkeypatch
):
    client = sign_in("fatou")
    monkeypatch.setattr(points, "MOST", 400)  # four fields each: more than a page may send otherwise
    columns = {name: [""] * points.MOST for name in ("bearing", "distance", "begins")}
    assert f"<dd>{points.MOST}</dd>" in text(drawn(client, ring(points.MOST), check="yes", **columns))
    more = drawn(client, ring(points.MOST + 1), save="yes", **whole())
    assert more.status_code == 400 and "400 points at most" in text(more) and not Report.objects.exists()


@SQLITE
def test_a_hole_stays_a_hole_when_its_first_point_is_removed(sign_in):
    inside = ["16.2803, -0.0497", "16.2803, -0.0493", "16.2807, -0.0493", "16.2807, -0.0497"]
    begins = ["", "", "", "", "hole", "", "", ""]
    client = sign_in("fatou")
    page = text(drawn(client, [*APART, *inside], begins=begins, remove="5"))
    assert page.count('<option value="hole" selected>') == 1
    emptied = [*APART, "", *inside[1:]]
    answer = drawn(client, emptied, begins=begins, save="yes", **whole())
    [change] = entry_of(answer.url.split("/")[2]).body["changes"]
    assert [len(each) for each in change["values"]["polygon"]["coordinates"]] == [5, 4]


def test_a_character_that_no_database_takes_is_no_fault_of_the_server(sign_in):
    client = sign_in("fatou")
    assert client.get("/record/hazardous_area/\x00/draw/").status_code == 404
    answer = drawn(client, [f"{each}\x00" for each in APART], save="yes", **whole(place="\x00"), id="\x00", remove="²")
    assert answer.status_code == 302
