"""The pages of phones: setting one up, what it holds, ending it."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

import pytest
from django.test import Client

from kambila.accounts import keys
from kambila.accounts.models import Key
from kambila.desk.pages.phones import collect_settings
from kambila.intake import forms
from kambila.intake.openrosa.held import note

NEW = {"account": "reporter", "title": "Phone 3", "use": "app", "places": "ml07 ml08", "only_forms": ["accident"]}


@pytest.fixture(autouse=True)
def published(world: Any) -> None:
    forms.publish_forms("fatou")


def test_a_phone_is_set_up_with_a_code_that_is_shown_once(sign_in):
    fatou = sign_in("fatou")
    page = fatou.post("/phones/new/", NEW).content.decode()
    address = re.search(r"http://testserver/key/[\w-]{40,}", page)
    assert "<svg" in page and address
    key = Key.objects.get()
    assert (key.account.username, key.forms, key.places) == ("reporter", ["accident"], ["ML07", "ML08"])
    assert address[0].rpartition("/")[2] not in fatou.get(f"/phones/{key.pk}/").content.decode()
    assert Client().get(f"{address[0]}/formList", HTTP_X_OPENROSA_VERSION="1.0").status_code == 200


def test_the_code_holds_what_collect_reads():
    said = collect_settings({"server_url": "http://x/key/y"}, "Bamako")
    assert json.loads(zlib.decompress(base64.b64decode(said))) == {
        "general": {"server_url": "http://x/key/y"},
        "admin": {},
        "project": {"name": "Bamako"},
    }


def test_a_device_password_is_shown_with_its_user_name(sign_in):
    page = sign_in("fatou").post("/phones/new/", NEW | {"use": "device"}).content.decode()
    assert re.search(r">[a-z2-7]{26}<", page) and "http://testserver/openrosa" in page


def test_what_is_wrong_is_said_beside_the_field(sign_in):
    fatou = sign_in("fatou")
    answer = fatou.post("/phones/new/", NEW | {"account": "nobody", "valid_from": "2014-07-01"})
    assert answer.status_code == 400 and "no account called nobody" in answer.content.decode()
    answer = fatou.post("/phones/new/", NEW | {"valid_from": "yesterday"})
    assert answer.status_code == 400 and not Key.objects.exists()


def test_people_set_up_their_own_phones_and_nobody_elses(sign_in):
    gao = sign_in("gao")
    assert gao.post("/phones/new/", NEW | {"account": "gao"}).status_code == 200
    answer = gao.post("/phones/new/", NEW)
    assert answer.status_code == 400 and "right to grant" in answer.content.decode()


def test_people_see_their_own_phones_and_who_grants_sees_all(sign_in):
    for name in ("gao", "reporter"):
        keys.issue(name, "app", f"Phone of {name}", "fatou")
    assert "Phone of reporter" not in sign_in("gao").get("/phones/").content.decode()
    everybody = sign_in("fatou").get("/phones/").content.decode()
    assert "Phone of reporter" in everybody and "Phone of gao" in everybody
    assert sign_in("gao").get(f"/phones/{Key.objects.get(title='Phone of reporter').pk}/").status_code == 404


def test_a_phone_that_is_lost_is_ended_and_its_page_tells_what_is_on_it(sign_in):
    key, secret = keys.issue("reporter", "app", "Phone 3", "fatou")
    account = keys.opened(key)
    note(account, "form", "accident", "2014010102")
    note(account, "list", "village.csv", "md5:x", 812)
    fatou = sign_in("fatou")
    page = fatou.get(f"/phones/{key.pk}/").content.decode()
    assert "accident" in page and "village.csv" in page and "812" in page
    assert fatou.post(f"/phones/{key.pk}/", {}).status_code == 400
    fatou.post(f"/phones/{key.pk}/", {"because": "stolen", "reason": "in Ansongo"})
    assert "stolen: in Ansongo" in fatou.get(f"/phones/{key.pk}/").content.decode()
    assert Client().get(f"/key/{secret}/formList", HTTP_X_OPENROSA_VERSION="1.0").status_code == 403


def test_what_is_still_to_come_and_the_clock_of_the_phone_are_shown(sign_in):
    from kambila.intake.fill import fill
    from kambila.intake.receive import receive

    news = {"date": "2014-06-20", "title_en": "A course", "title_fr": "Un cours", "photo": "a.jpg"}
    xml = fill(forms.in_box("news_item"), news)
    receipt = receive(xml, {}, "fatou", sent="2014-06-20T10:00:00Z")
    page = sign_in("fatou").get(f"/journal/{receipt.report_id}/").content.decode()
    assert "Files still to come" in page and "a.jpg" in page and "Sent, by the phone" in page


@pytest.mark.parametrize("name", ["a.jpg", "a.svg", "a.html"])
def test_a_file_from_a_phone_is_never_shown_as_a_page(sign_in, name):
    from kambila.intake.fill import fill
    from kambila.intake.receive import receive

    news = {"date": "2014-06-20", "title_en": "A course", "title_fr": "Un cours", "photo": name}
    receipt = receive(fill(forms.in_box("news_item"), news), {name: b"<script>alert(1)</script>"}, "fatou")
    answer = sign_in("fatou").get(f"/journal/{receipt.report_id}/part/file/{name}")
    if name == "a.html":
        assert b"<script>alert" not in answer.content and b"&lt;script&gt;" in answer.content
    else:
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
