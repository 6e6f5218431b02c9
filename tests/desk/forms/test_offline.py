"""Forms that were opened once open again without a line, for the one person who is signed in, and for nobody after that."""

from __future__ import annotations

import pytest

from tests.desk.forms.conftest import BROWSER, PATIENCE
from tests.desk.forms.test_keeping import answer, kept, reports

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
ADDRESSES = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname + new URL(url).search);
  }
  return found.sort();
}"""


HAPPENS = """async () => {{
  for (let waited = 0; waited < {patience}; waited += 50) {{
    if ({condition}) return true;
    await new Promise((done) => setTimeout(done, 50));
  }}
  return false;
}}"""


def happens(who, condition: str) -> bool:
    """Whether an expression of the page, which may wait itself, comes true in time."""
    return who.page.evaluate(HAPPENS.format(condition=condition, patience=PATIENCE))


def keeps(who, address: str) -> None:
    """Wait until an address is kept, and until the worker answers for the page; what failed once the next visit tries."""
    condition = f"navigator.serviceWorker.controller && (await caches.match('{address}', {{ ignoreVary: true }}))"
    if not happens(who, condition):
        who.page.reload()
        assert happens(who, condition), address


def opened_once(who, form: str = "village") -> None:
    who.open(form)
    keeps(who, "/static/bundle/forms/fill.js")
    keeps(who, f"/forms/{form}/")
    who.go("/forms/")
    keeps(who, "/forms/")


def another_page(who) -> None:
    """The page is closed, and a new one opened in the same browser."""
    who.page.close()
    who.page = who.context.new_page()
    who.page.set_default_timeout(PATIENCE)


def test_a_form_that_was_opened_once_is_filled_in_and_sent_after_the_page_was_closed_without_a_line(person, served):
    fatou, before = person(), len(reports(served))
    opened_once(fatou)
    fatou.context.set_offline(True)
    another_page(fatou)
    fatou.go("/forms/")
    marked = fatou.page.locator(".needs li", has_text="opens without a line")
    marked.first.wait_for()
    assert marked.all_inner_texts() == ["A village that is missing\nopens without a line"]
    fatou.page.get_by_role("link", name="A village that is missing").click()
    fatou.ready()
    answer(fatou, "Taoudénit")
    kept(fatou)
    fatou.page.reload()
    fatou.ready()
    assert "Taoudénit" in [each.input_value() for each in fatou.page.locator("#form input[type=text]").all()]
    assert "not sent yet" in fatou.send()
    another_page(fatou)
    fatou.go("/forms/")
    fatou.page.locator("#queue", has_text="Not sent yet (1)").wait_for()
    assert len(reports(served)) == before
    fatou.context.set_offline(False)
    fatou.page.get_by_text("Received: A village that is missing").wait_for()
    assert len(reports(served)) == before + 1


def test_a_page_that_is_not_kept_leads_to_the_forms_that_are(person):
    fatou = person()
    opened_once(fatou)
    fatou.context.set_offline(True)
    fatou.go("/forms/accident/")
    fatou.page.get_by_text("that page is not kept in this browser").wait_for()
    assert fatou.page.locator(".needs li").count() > 1


def test_signing_out_wipes_what_was_kept(person):
    fatou = person()
    opened_once(fatou)
    fatou.page.get_by_role("button", name="Sign out").click()
    fatou.page.wait_for_url("**/login/")
    assert fatou.page.evaluate(ADDRESSES) == []
    assert fatou.page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    fatou.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        fatou.go("/forms/village/")


def test_the_next_person_finds_nothing_of_the_first_also_without_a_line(person):
    first = person("fatou")
    opened_once(first)
    first.context.clear_cookies(name="sessionid")  # a session that ended by itself, without signing out
    first.sign_in("omar")
    assert happens(first, "(await caches.keys()).length === 0")
    first.go("/forms/")
    keeps(first, "/forms/")
    assert "/forms/village/" not in first.page.evaluate(ADDRESSES)


def test_only_forms_and_what_they_need_are_kept(person):
    fatou = person()
    opened_once(fatou)
    for page in ("/", "/journal/", "/review/"):
        fatou.go(page)
    fatou.go("/forms/")
    keeps(fatou, "/forms/")
    kinds = {each.split("?")[0].rstrip("/").rsplit("/", 1)[0] for each in fatou.page.evaluate(ADDRESSES)}
    assert kinds <= {"", "/forms", "/forms/village", "/static", "/static/bundle", "/static/bundle/forms"}


def test_what_is_kept_is_not_given_back_when_a_session_would_have_ended(person):
    fatou = person()
    opened_once(fatou)
    fatou.page.evaluate(
        """async () => {
          const cache = await caches.open((await caches.keys())[0]);
          const page = await cache.match(location.href, { ignoreVary: true });
          const headers = new Headers(page.headers);
          headers.set("Date", new Date(Date.now() - 15 * 24 * 3600 * 1000).toUTCString());
          await cache.put(location.href, new Response(await page.blob(), { headers }));
        }"""
    )
    fatou.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        fatou.go("/forms/")


def test_another_bundle_leaves_nothing_of_the_old_one(person):
    fatou = person()
    opened_once(fatou)
    fatou.page.evaluate("async () => (await caches.open(JSON.stringify(['fatou', 'an-older-bundle']))).add('/forms/')")
    fatou.go("/forms/")
    assert happens(fatou, "(await caches.keys()).length === 1")
    assert "older" not in fatou.page.evaluate("async () => (await caches.keys())[0]")


def test_a_map_that_was_opened_once_has_the_ground_alone_without_a_line_and_still_takes_a_point(person):
    fatou = person()
    fatou.open("every_control")
    keeps(fatou, "/forms/every_control/")
    for is_online in (True, False):
        fatou.page.get_by_role("button", name="Open the map").click()
        fatou.page.wait_for_selector(".map-place[data-ready]")
        assert fatou.page.get_by_text("outlines of countries alone").count() == (0 if is_online else 1)
        if is_online:
            keeps(fatou, fatou.page.evaluate("JSON.parse(document.getElementById('page').textContent).map.basemap"))
            fatou.context.set_offline(True)
            another_page(fatou)
            fatou.open("every_control")
    land = "document.querySelector('.map-place').view.map.queryRenderedFeatures({ layers: ['land'] }).length"
    assert happens(fatou, f"{land} > 0")
    fatou.page.get_by_role("button", name="Add a point at the cross").click()
    assert fatou.page.get_by_text("Points: 1").count() == 1
    assert fatou.page.get_by_label("Route").input_value()
    assert "could not" not in fatou.page.inner_text(".map-place")
