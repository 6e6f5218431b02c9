"""What could not become a report is kept for a person to look at, if its sender is known."""

from __future__ import annotations

import pytest
from django.conf import settings

from kambila.accounts import people
from kambila.intake import quarantine
from kambila.intake.models import Quarantined
from kambila.journal import Draft, append
from kambila.journal.errors import Problem
from tests.intake.door import ACCIDENT, filled, open_door, send


@pytest.fixture(autouse=True)
def door(programme):
    open_door()


def refused(xml: bytes, files: dict[str, bytes] | None = None, by: str = "team") -> None:
    with pytest.raises(Problem):
        send(xml, files, by)


def test_the_bytes_and_files_of_a_known_sender_are_kept():
    refused(b"<broken", {"a.jpg": b"picture"})
    kept = Quarantined.objects.get()
    assert (kept.author, kept.reason, bytes(kept.content), kept.size) == ("team", "not-xml", b"<broken", 14)
    assert [(each.name, bytes(each.content)) for each in kept.files.all()] == [("a.jpg", b"picture")]


def test_other_content_under_a_known_id_is_kept_with_its_id():
    send(filled(instance="uuid:one"))
    refused(filled(answers=ACCIDENT | {"date": "2014-06-01"}, instance="uuid:one"))
    assert Quarantined.objects.values_list("instance", "reason").get() == ("uuid:one", "same-id-other-content")


def test_what_is_sent_again_and_again_is_kept_once():
    for _ in range(3):
        refused(b"<broken")
    assert Quarantined.objects.count() == 1


def test_nothing_is_kept_of_somebody_who_is_not_known():
    refused(b"<broken", by="nobody")
    assert Quarantined.objects.count() == 0


def test_a_sender_has_only_so_much_room(monkeypatch):
    monkeypatch.setattr(settings, "QUARANTINE", 20)
    refused(b"<broken" + b"1" * 10)
    with pytest.raises(Problem) as caught:
        send(b"<broken" + b"2" * 10)
    assert caught.value.code == "quarantine-full"
    assert Quarantined.objects.count() == 1


def test_what_was_looked_at_can_be_thrown_away():
    refused(b"<broken")
    quarantine.discard(Quarantined.objects.get().pk)
    assert Quarantined.objects.count() == 0


def test_an_erasure_takes_what_is_kept_of_a_record_and_what_still_comes():
    record = "00000000-0000-7000-8000-0000000000b9"
    refused(f"<broken {record}".encode())
    refused(b"<broken of another")
    append([Draft("erase", "ana", {"records": [["casualty", record]], "authority": "a court"})])
    refused(f"<broken {record} again".encode())
    assert [bytes(each.content) for each in Quarantined.objects.all()] == [b"<broken of another"]


def test_nothing_is_kept_of_an_account_that_is_disabled():
    people.disable("team")
    refused(b"<broken")
    assert Quarantined.objects.count() == 0
