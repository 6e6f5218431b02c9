"""Rules that hold for every page: headers, no script, logical directions, languages."""

import re
from pathlib import Path

from django.test import Client

DESK = Path(__file__).resolve().parents[2] / "kambila" / "desk"
TEMPLATES = sorted((DESK / "templates").rglob("*.html"))


def test_pages_forbid_all_script_but_our_own_files(world):
    policy = Client().get("/programme/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy


def test_templates_hold_no_inline_script_or_style():
    for path in TEMPLATES:
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|javascript:|\|safe\b", path.read_text()), path


def test_the_style_sheet_knows_no_left_and_no_right():
    style = (DESK / "static" / "desk.css").read_text()
    assert not re.search(
        r"(?<![-\w])(left|right)\s*:|(margin|padding|border)-(left|right)|text-align:\s*(left|right)", style
    )
    assert len(style.encode()) < 20_000


def test_every_field_to_fill_in_has_a_label():
    for path in TEMPLATES:
        page = path.read_text()
        wrapped = re.compile(r'<label class="choice">.*?</label>', re.DOTALL)  # these hold their own field
        for field in re.findall(r"<input[^>]*>", wrapped.sub("", page)):
            if 'type="hidden"' not in field:
                id = re.search(r'id="([^"]+)"', field)[1]
                assert f'for="{id}"' in page, path


def test_the_language_is_kept_and_leads_back(world):
    client = Client()
    answer = client.post("/language/", {"language": "fr", "next": "/programme/"})
    assert answer["Location"] == "/programme/"
    assert 'lang="fr"' in client.get("/programme/").content.decode()


def test_the_language_switch_leads_nowhere_else(world):
    assert Client().post("/language/", {"language": "fr", "next": "https://example.org/"})["Location"] == "/"


def test_signing_in_takes_a_password_and_gives_the_account_its_language(world):
    from kambila.accounts import people

    people.add("aicha", "river-camel-lantern", language="fr")
    client = Client()
    assert client.post("/login/", {"username": "aicha", "password": "wrong"}).status_code == 200
    answer = client.post("/login/", {"username": "aicha", "password": "river-camel-lantern"})
    assert answer.status_code == 302 and answer.cookies["django_language"].value == "fr"
    assert client.get("/journal/").status_code == 200


def test_a_disabled_account_is_signed_out(world, sign_in):
    from kambila.accounts import people

    client = sign_in("fatou")
    people.disable("fatou")
    assert client.get("/journal/").status_code == 302
