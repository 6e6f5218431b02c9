"""The pages of alerts: what is shown to whom, what they do, and how they look in a real browser."""

from __future__ import annotations

import datetime
import os
import re
import signal
import socket
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kambila.accounts import keys, people
from kambila.intake.alerts import wishes
from kambila.intake.alerts.addressing import address
from kambila.intake.alerts.models import Alert, Duty, Sighting, Subscription
from kambila.intake.alerts.raising import read_journal
from kambila.journal import Draft, append, clock, directory
from tests.desk.conftest import incident, said
from tests.desk.test_in_browser import BROWSER, FLAGS, PASSWORD, SERVE, _wait, add_person

UNTIL = datetime.timedelta(hours=8)


@pytest.fixture
def accident(world):
    """An accident in Gao, for which the office's officer is on duty."""
    people.change_email("gao", "gao@example.org")
    wishes.put_on_duty("gao", "ML07", clock.now(), clock.now() + UNTIL)
    said([incident()])
    read_journal()
    address()
    return Alert.objects.get()


def text(client, address="/", status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_the_first_page_of_whoever_is_on_duty_says_what_is_new(sign_in, accident):
    page = text(sign_in("gao"))
    assert "1 new alert" in page and "Accident or attack" in page
    assert "1 new alert" not in text(sign_in("fatou"))


def test_what_was_marked_as_seen_is_new_no_more_and_says_by_whom(sign_in, accident):
    client = sign_in("gao")
    assert client.post(f"/alerts/{accident.pk}/seen/")["Location"] == f"/alerts/{accident.pk}/"
    client.post(f"/alerts/{accident.pk}/seen/")
    assert Sighting.objects.get().account == "gao"
    assert "new alert" not in text(client) and "new alert" not in text(client, "/alerts/new/")
    assert re.search(
        r'<dt>Seen by</dt><dd>gao <span class="quiet">\d', text(sign_in("fatou"), f"/alerts/{accident.pk}/")
    )


def test_an_alert_shows_what_was_reported_leads_to_the_report_and_has_the_log(sign_in, accident):
    page = text(sign_in("gao"), f"/alerts/{accident.pk}/")
    assert f'href="/review/{accident.report}/"' in page
    assert "EX-INC-1" in page and "Mine or" in page and "Waiting" in page
    assert "by e-mail" in page and "waiting" in page and "on the page" in page


def test_the_alert_of_a_file_lists_its_reports_and_leads_to_the_file(sign_in, world):
    batch = "00000000-0000-7000-8000-0000000000b1"
    for row in (1, 2):
        said([incident(f"EX-INC-{row}")], code=f"EX-R-{row}", batch=batch, row=row)
    read_journal()
    client = sign_in("fatou")
    page = text(client, f"/alerts/{Alert.objects.get().pk}/")
    assert "EX-R-1" in page and "EX-R-2" in page
    assert f'href="/import/batch/{batch}/"' in page and text(client, f"/import/batch/{batch}/")
    assert "2 reports in one file" in text(client, "/alerts/")


def test_the_alert_of_a_stolen_phone_says_which_and_leads_there_who_may_see_it(sign_in, world):
    key, _secret = keys.issue("reporter", "app", "Phone 3 of Gao", "fatou")
    keys.revoke(key.pk, "stolen: in Ansongo", "fatou", stolen=True)
    address = f"/alerts/{Alert.objects.get().pk}/"
    page = text(sign_in("fatou"), address)
    assert f'href="/phones/{key.pk}/"' in page and "Phone 3 of Gao" in page and "in Ansongo" in page
    auditor = text(sign_in("auditor"), address)
    assert "Phone 3 of Gao" in auditor and "/phones/1/" not in auditor


@pytest.mark.parametrize("who", ["kidal", "admin"])
def test_who_may_not_see_the_report_sees_no_alert(sign_in, accident, who):
    client = sign_in(who)
    assert accident.code not in text(client, "/alerts/") + text(client, "/alerts/new/")
    text(client, f"/alerts/{accident.pk}/", 404)
    assert client.post(f"/alerts/{accident.pk}/seen/").status_code == 404
    assert not Sighting.objects.exists()


def test_strangers_are_sent_to_the_sign_in_page(world):
    client = Client()
    for address_ in ("/alerts/", "/alerts/new/", "/alerts/mine/", "/alerts/1/"):
        assert client.get(address_)["Location"].startswith("/login/")


def test_an_alert_for_nobody_stands_on_the_first_page_of_those_who_decide(sign_in, world):
    said([incident()])
    read_journal()
    address()
    assert "Nobody was on duty" in text(sign_in("fatou"))
    assert "Nobody was on duty" not in text(sign_in("auditor")) and "Nobody was on duty" not in text(sign_in("kidal"))


def test_people_subscribe_and_end_it_on_the_page(sign_in, world):
    client = sign_in("fatou")
    client.post("/alerts/mine/", {"do": "email", "email": "fatou@example.org"})
    wish = {
        "do": "subscribe",
        "channel": "email",
        "sort": "accident",
        "place": "ml07",
        "url": "",
        "quiet": "22:00-06:00",
    }
    assert client.post("/alerts/mine/", wish).status_code == 302
    made = Subscription.objects.get()
    assert (made.account, made.place, made.quiet_from) == ("fatou", "ML07", "22:00")
    assert "22:00–06:00" in text(client, "/alerts/mine/")
    sign_in("gao").post("/alerts/mine/", {"do": "unsubscribe", "number": made.pk})
    assert Subscription.objects.exists()
    client.post("/alerts/mine/", {"do": "unsubscribe", "number": made.pk})
    assert not Subscription.objects.exists()


def test_the_secret_of_a_webhook_is_shown_once(sign_in, world, monkeypatch):
    monkeypatch.setattr(settings, "WEBHOOK_NETWORKS", "127.0.0.1/32")
    client = sign_in("fatou")
    wish = {"do": "subscribe", "channel": "webhook", "sort": "", "place": "", "url": "http://127.0.0.1:9/", "quiet": ""}
    secret = re.search(r"whsec_[\w+/=]+", client.post("/alerts/mine/", wish).content.decode())[0]
    assert secret == Subscription.objects.get().secret
    assert "whsec_" not in text(client, "/alerts/mine/")
    again = client.post("/alerts/mine/", wish)
    assert again.status_code == 302 and Subscription.objects.count() == 1


def test_what_cannot_be_is_said_and_what_was_typed_stays(sign_in, world):
    answer = sign_in("kidal").post("/alerts/mine/", {"do": "subscribe", "channel": "page", "quiet": "at night"})
    assert answer.status_code == 400
    assert "are no quiet hours" in answer.content.decode() and 'value="at night"' in answer.content.decode()


def test_who_decides_puts_people_on_duty_and_takes_them_off(sign_in, world):
    client = sign_in("fatou")
    start = clock.now()
    period = {"starts": start.strftime("%Y-%m-%dT%H:%M"), "ends": (start + UNTIL).strftime("%Y-%m-%dT%H:%M")}
    client.post("/alerts/mine/", {"do": "duty", "who": "gao", "duty_place": "ML07", **period})
    made = Duty.objects.get()
    assert (made.account, made.place, made.author) == ("gao", "ML07", "fatou")
    assert "Gao" in text(client, "/alerts/")
    assert "Put somebody on duty" not in text(sign_in("auditor"), "/alerts/mine/")
    forbidden = sign_in("auditor").post("/alerts/mine/", {"do": "duty", "who": "auditor", "duty_place": "", **period})
    assert forbidden.status_code == 400
    client.post("/alerts/mine/", {"do": "off-duty", "number": made.pk})
    assert not Duty.objects.exists()


@pytest.mark.parametrize("said_", [{"do": "everything"}, {}, {"do": "subscribe", "channel": "pigeon"}])
def test_what_the_page_does_not_know_is_not_found(sign_in, world, said_):
    assert sign_in("fatou").post("/alerts/mine/", said_).status_code == 404


def test_a_longer_list_costs_no_more_queries(sign_in, world):
    client = sign_in("fatou")
    costs = []
    for _round in range(2):
        for number in range(10):
            said([incident(f"EX-INC-{len(costs)}-{number}")])
        read_journal()
        address()
        with CaptureQueriesContext(connection) as queries:
            text(client, "/alerts/")
        costs.append(len(queries))
    assert costs[1] <= costs[0] <= 20


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
@pytest.mark.parametrize(("language", "width"), [("en", 360), ("fr", 1440)])
def test_the_pages_are_accessible_fit_and_work_by_keyboard(served, language, width):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
        context.add_cookies([{"name": "django_language", "value": language, "url": served}])
        page = context.new_page()
        page.goto(f"{served}/login/")
        page.fill("#id_username", "fatou")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_selector("nav")
        for path in ("/", "/alerts/", "/alerts/mine/", "/alerts/1/"):
            page.goto(f"{served}{path}")
            found = Axe().run(page).response["violations"]
            assert not found, (path, [(each["id"], each["nodes"][0]["html"]) for each in found])
            assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), (
                path
            )
        button = page.get_by_role("button", name={"en": "I have seen it", "fr": "Je l’ai vue"}[language])
        for _tab in range(60):
            page.keyboard.press("Tab")
            if button.evaluate("each => each === document.activeElement"):
                break
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        assert "fatou" in page.locator("dl").first.inner_text()
        browser.close()


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
def test_an_open_page_shows_what_comes_in(served):
    """With script, without a reload."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        page = browser.new_page()
        page.goto(f"{served}/login/")
        page.fill("#id_username", "fatou")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_selector("nav")
        page.get_by_text("1 new alert").wait_for()
        said([incident("EX-INC-2")])
        page.get_by_text("2 new alerts").wait_for(timeout=60_000)
        browser.close()


@pytest.fixture
def served(tmp_path):
    """The address of a served programme in which fatou is on duty and an accident was reported."""
    directory.create_directory(tmp_path / "p", "Served", "SRV", example=True, database="")
    add_person("fatou")
    body = {"verb": "grant", "account": "fatou", "role": "programme-manager", "scope": {}}
    append([Draft("grant", "setup", body)])
    wishes.put_on_duty("fatou", "ML07", clock.now(), clock.now() + UNTIL)
    wishes.subscribe("fatou", "page", "accident", "ML07", quiet="22:00-06:00")
    said([incident()])
    read_journal()
    address()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "KAMBILA_DATA": str(tmp_path / "p"), "KAMBILA_DATABASE": ""}
    server = subprocess.Popen([sys.executable, "-c", SERVE, "serve", "--port", str(port)], env=environment)
    _wait(f"http://127.0.0.1:{port}/login/")
    yield f"http://127.0.0.1:{port}"
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=30)
