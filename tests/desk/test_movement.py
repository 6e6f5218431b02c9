"""The page of freedom of movement."""

from __future__ import annotations

from tests.desk.conftest import accepted, said

LINE = {"type": "LineString", "coordinates": [[0.0, 16.0], [0.1, 16.2]]}


def test_it_tells_what_is_closed_with_a_drawing_and_a_link_to_the_record(sign_in):
    road = {
        "title": "Gao – Bourem",
        "status": "closed",
        "last_verified": "2014-06-01",
        "geometry": LINE,
        "adm1": "ML07",
    }
    record = {"kind": "route_status", "id": "00000000-0000-7000-8000-0000000000aa", "values": road}
    accepted(said([record], office="GAO", code="EX-R-1"))
    page = sign_in("fatou").get("/movement/").content.decode()
    assert "/record/route_status/00000000-0000-7000-8000-0000000000aa/" in page
    assert "Closed" in page and 'class="drawing"' in page
