"""What a phone sends to the server of a fault test, and what it is told. For tests only."""

from __future__ import annotations

import re

from defusedxml.ElementTree import fromstring

from kambila.accounts import keys
from kambila.intake.models import Quarantined
from kambila.registry.models import Report
from tests.serving import Answer, Server

NEWS = {"date": "2014-06-20", "title_en": "A course", "title_fr": "Un cours", "photo": "a.jpg"}
MB = 1024 * 1024
XML = "xml_submission_file"


def phone_of(account: str, **limits: object) -> str:
    """The address of a new phone of an account."""
    return f"/key/{keys.issue(account, 'app', 'phone', 'ana', **limits)[1]}"  # type: ignore[arg-type]


def sent(server: Server, base: str, xml: bytes, **files: bytes) -> Answer:
    return server.post(f"{base}/submission", {XML: xml, **files})


def told(answer: Answer) -> str:
    """What stands on the phone: lines for a person."""
    assert "Traceback" not in answer.text
    return fromstring(answer.text)[0].text or ""


def reports(xml: bytes) -> int:
    """How many reports a submission became."""
    instance = re.search(rb"<instanceID>(.*?)</instanceID>", xml)
    return Report.objects.filter(instance=instance[1].decode()).count() if instance else 0


def kept(author: str = "team") -> set[str]:
    """The reasons for which something of an account lies in quarantine."""
    return set(Quarantined.objects.filter(author=author).values_list("reason", flat=True))
