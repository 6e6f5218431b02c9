"""Reports to be reviewed, and how a person decides about them on a page. For tests only."""

from __future__ import annotations

import re

from kambila.journal import Draft, append
from kambila.registry.models import Report
from tests.desk.conftest import accepted, said
from tests.desk.conftest import incident as any_incident
from tests.domain.land import saying

NAME = "Aminata Invented"
PHOTO = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
ACCIDENT = {
    "category": "mine_erw", "date": "2014-06-18", "device": "uxo", "adm1": "ML07", "adm2": "ML0701", "anyone_hurt": "yes",
    "casualties": [{"outcome": "injured", "sex": "female", "age": 9, "status": "civilian", "full_name": NAME}],
    "source": ["witness"], "verification": "not_verified", "photograph": "p.png",
}  # fmt: skip
SQUARE = [[[0, 16], [0.01, 16], [0.01, 16.01], [0, 16.01], [0, 16]]]
WIDER = [[[0, 16], [0.02, 16], [0.02, 16.01], [0, 16.01], [0, 16]]]
GROUND = (0, 0, 10, 10)  # cells of a grid
AREA = {"code": "EX-HA-1", "title": "Tin Hama", "classification": "cha", "devices": ["uxo"], "adm1": "ML07"}


def text(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def incident(code="EX-INC-1", **values):
    """An incident of which everything is stated that must be."""
    return any_incident(code, **{"device": "uxo", **values})


def grant(account, role, **scope):
    append([Draft("grant", "head", {"verb": "grant", "account": account, "role": role, "scope": scope})])


def area(id="00000000-0000-4000-8000-0000000000d1", polygon=SQUARE, **values):
    shape = {"type": "Polygon", "coordinates": polygon}
    return {"kind": "hazardous_area", "id": id, "values": {**AREA, "polygon": shape, **values}}


def known(office="GAO", number=1, **more):
    """An area that was reported by an office and accepted; `uuid(number)` is its id."""
    changes = [saying.area(number, GROUND, adm1="ML07", **more)]
    accepted(said(changes, office=office, code=f"EX-R-{number}"))


def shown(page):
    """The mark of what a page showed."""
    return re.search(r'name="shown" value="([^"]+)"', page)[1]


def decide(client, report, verb, reason="seen", **more):
    address = f"/review/{report.id}/"
    mark = more.pop("mark", None) or shown(text(client, address))
    return client.post(address, {"verb": verb, "reason": reason, "shown": mark, **more})


def status(report):
    return Report.objects.get(pk=report.id).status
