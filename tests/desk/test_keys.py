"""The pages of tokens: making one, what it may do, ending it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kambila.accounts import keys
from kambila.accounts.models import Key
from kambila.intake import forms

NEW = {
    "account": "reporter",
    "title": "Reporting system",
    "actions": ["read", "report"],
    "only_forms": ["accident"],
    "places": "ml07",
    "valid_until": "2999-12-31",
}


@pytest.fixture(autouse=True)
def published(world: Any) -> None:
    forms.publish_forms("fatou")


def asked(token: str) -> Any:
    return Client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})


def made(client: Client, **more: Any) -> str:
    page = client.post("/keys/new/", NEW | more).content.decode()
    found = re.search(r"Bearer ([\w-]{40,})", page)
    assert found
    return found[1]


def test_a_token_is_made_with_its_limits_and_shown_once(sign_in):
    fatou = sign_in("fatou")
    token = made(fatou)
    key = Key.objects.get()
    assert (key.use, key.actions, key.forms, key.places) == ("api", ["read", "report"], ["accident"], ["ML07"])
    assert str(key.valid_until) == "2999-12-31" and key.created_by == "fatou"
    assert asked(token).status_code == 200
    for page in ("/keys/", f"/keys/{key.pk}/"):
        shown = fatou.get(page).content.decode()
        assert "Reporting system" in shown and token not in shown


def test_a_token_must_be_for_something_and_for_somebody(sign_in):
    fatou = sign_in("fatou")
    for wrong in ({"actions": []}, {"actions": ["grant"]}, {"account": "nobody"}, {"title": ""}):
        assert fatou.post("/keys/new/", NEW | wrong).status_code == 400, wrong
    assert not Key.objects.exists()


def test_people_make_their_own_tokens_and_nobody_elses(sign_in):
    gao = sign_in("gao")
    assert made(gao, account="gao")
    answer = gao.post("/keys/new/", NEW)
    assert answer.status_code == 400 and "right to grant" in answer.content.decode()


def test_people_see_their_own_tokens_and_who_grants_sees_all(sign_in):
    for name in ("gao", "reporter"):
        keys.issue(name, "api", f"System of {name}", "fatou")
    assert "System of reporter" not in sign_in("gao").get("/keys/").content.decode()
    everybody = sign_in("fatou").get("/keys/").content.decode()
    assert "System of reporter" in everybody and "System of gao" in everybody
    other = Key.objects.get(title="System of reporter").pk
    assert sign_in("gao").get(f"/keys/{other}/").status_code == 404
    assert sign_in("gao").post(f"/keys/{other}/", {"because": "no longer needed"}).status_code == 404


def test_phones_and_tokens_stand_on_pages_of_their_own(sign_in):
    phone, _secret = keys.issue("gao", "app", "A phone", "fatou")
    token, _secret = keys.issue("gao", "api", "A system", "fatou")
    gao = sign_in("gao")
    assert "A phone" not in gao.get("/keys/").content.decode()
    assert "A system" not in gao.get("/phones/").content.decode()
    assert gao.get(f"/keys/{phone.pk}/").status_code == gao.get(f"/phones/{token.pk}/").status_code == 404


def test_a_token_is_ended_for_a_reason_and_opens_nothing_then(sign_in):
    fatou = sign_in("fatou")
    token = made(fatou)
    page = f"/keys/{Key.objects.get().pk}/"
    assert fatou.post(page, {}).status_code == 400 and asked(token).status_code == 200
    fatou.post(page, {"because": "others may know it", "reason": "it stood in an e-mail"})
    assert "others may know it: it stood in an e-mail" in fatou.get(page).content.decode()
    assert asked(token).status_code == 401


def test_the_pages_speak_french(sign_in):
    page = sign_in("fatou", "fr").get("/keys/new/").content.decode()
    assert "Envoyer des rapports" in page and "Send reports" not in page
