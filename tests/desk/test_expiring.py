"""The page of what expires."""

from __future__ import annotations

from tests.desk.conftest import accepted, said
from tests.domain.operations.test_standing import STS
from tests.registry.telling import at

ID = "00000000-0000-7000-8000-0000000005a1"


def test_everybody_sees_what_expires_of_the_records_that_they_see(world, sign_in):
    at("2014-06-29")
    values = {"holder": STS, "policy": "P-1", "valid_until": "2014-07-09", "code": "EX-INS-1"}
    accepted(said([{"kind": "insurance", "id": ID, "values": values}]))
    page = sign_in("fatou").get("/expiring/").content.decode()
    assert f"/record/insurance/{ID}/" in page and "9 July 2014" in page and "10 days left" in page
    assert "9 juillet 2014" in sign_in("fatou", "fr").get("/expiring/").content.decode()
    assert "EX-INS-1" not in sign_in("fatou").get("/expiring/?within=9").content.decode()
    assert "EX-INS-1" not in sign_in("admin").get("/expiring/").content.decode()
