"""The page of quality visits: for those who see every visit, and for nobody else."""

from __future__ import annotations

import pytest

from tests.desk.conftest import accepted, said
from tests.domain.operations.test_standing import NC, STS, VISIT
from tests.registry.telling import at


@pytest.fixture(autouse=True)
def visits(world):
    at("2014-06-29")
    visit = {"date": "2014-06-01", "visit_type": "external", "operator": STS, "result": "failed", "code": "EX-QA-1"}
    wrong = {"visit": VISIT, "severity": "critical", "status": "open", "code": "EX-NC-1"}
    organisation = {"title": "Sahel Terre Sûre", "roles": ["operator"], "code": "EX-ORG-1"}
    accepted(
        said(
            [
                {"kind": "organisation", "id": STS, "values": organisation},
                {"kind": "quality_visit", "id": VISIT, "values": visit},
                {"kind": "non_conformity", "id": NC, "values": wrong},
            ]
        )
    )


def test_it_shows_who_was_seen_and_how_they_stand(sign_in):
    page = sign_in("fatou").get("/quality/").content.decode()
    assert "Sahel Terre Sûre" in page and "1 June 2014" in page
    assert f"/record/non_conformity/{NC}/" in page and "Operations suspended" in page
    french = sign_in("fatou", "fr").get("/quality/").content.decode()
    assert "suspendues" in french and "1 juin 2014" in french


def test_fewer_weeks_show_who_was_not_seen_in_them(sign_in):
    client = sign_in("fatou")
    assert "not seen" not in client.get("/quality/?weeks=8").content.decode()
    assert "not seen" in client.get("/quality/?weeks=2").content.decode()
    assert client.get("/quality/?weeks=9999999999999").status_code == 200


@pytest.mark.parametrize("name", ["gao", "reporter", "admin"])
def test_nobody_sees_it_who_does_not_see_every_visit(sign_in, name):
    client = sign_in(name)
    assert client.get("/quality/").status_code == 404
    assert "/quality/" not in client.get("/").content.decode()
