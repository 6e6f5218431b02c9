"""What is answered and not sent: kept through a reload and a lost line, sent once, shown to nobody else, wiped."""

from __future__ import annotations

import pytest

from kambila.intake import forms
from kambila.registry.models import Report
from tests.desk.forms.conftest import BROWSER, EVERY_CONTROL

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
DIALOG = "dialog[open]"


def answer(who, name: str) -> None:
    """The village form, whole enough to be sent."""
    page = who.page
    required = "[required], [aria-required=true]"
    for question in page.locator("#form .question:visible", has=page.locator(required)).all():
        if question.locator("input[type=radio]").count():
            question.locator("input[type=radio]").first.check()
        elif question.locator("select").count():
            question.locator("select").select_option(index=1)
        else:
            title = question.inner_text().lower()
            question.locator("input").fill(name if "name" in title or "nom" in title else "ML0101")


def kept(who) -> None:
    who.page.get_by_text("Kept in this browser").wait_for()


def reports(served, form: str = "village") -> list[Report]:
    served.open()
    return list(Report.objects.filter(form=form))


def test_a_reload_keeps_what_was_typed(person):
    fatou = person()
    fatou.open("village")
    answer(fatou, "Tin Essako")
    kept(fatou)
    fatou.page.reload()
    fatou.ready()
    assert "Tin Essako" in [each.input_value() for each in fatou.page.locator("#form input[type=text]").all()]
    assert "These are the answers that you left here" in fatou.page.inner_text("#notice")


def test_what_is_finished_without_a_line_is_sent_once_when_it_is_back(person, served):
    fatou, before = person(), len(reports(served))
    fatou.open("village")
    answer(fatou, "Anéfis")
    fatou.context.set_offline(True)
    assert "not sent yet" in fatou.send()
    fatou.page.locator("#queue", has_text="Not sent yet (1)").wait_for()
    assert len(reports(served)) == before
    fatou.context.set_offline(False)
    fatou.page.get_by_text("Received: A village that is missing").wait_for()
    assert not fatou.page.locator("#queue li").count()
    assert len(reports(served)) == before + 1


def test_an_answer_that_was_lost_on_the_way_makes_no_second_report(person, served):
    fatou, before = person(), len(reports(served))
    fatou.open("village")
    answer(fatou, "Aguelhok")
    fatou.page.route("**/send", lambda route: (route.fetch(), route.abort()))
    assert "not sent yet" in fatou.send()
    assert len(reports(served)) == before + 1
    fatou.page.unroute("**/send")
    fatou.go("/forms/")
    fatou.page.get_by_text("Received: A village that is missing").wait_for()
    assert len(reports(served)) == before + 1


def test_signing_out_warns_of_what_is_not_sent_and_then_wipes_it(person):
    fatou = person()
    fatou.open("village")
    answer(fatou, "Tessalit")
    kept(fatou)
    fatou.page.get_by_role("button", name="Sign out").click()
    assert "not sent (1)" in fatou.page.locator(DIALOG).inner_text()
    fatou.page.locator(DIALOG).get_by_role("button", name="Stay signed in").click()
    fatou.page.get_by_role("button", name="Sign out").click()
    fatou.page.locator(DIALOG).get_by_role("button", name="Throw them away and sign out").click()
    fatou.page.wait_for_url("**/login/")
    fatou.sign_in("fatou")
    fatou.open("village")
    assert "Tessalit" not in fatou.page.content()
    assert fatou.page.inner_text("#notice") == ""


def test_what_was_typed_a_moment_ago_is_warned_of_too_and_does_not_come_back(person):
    fatou = person()
    fatou.open("village")
    fatou.page.locator("#form input[type=text]").first.fill("Typed and gone")
    fatou.page.evaluate("document.querySelector('form[data-account]').requestSubmit()")
    fatou.page.locator(DIALOG).get_by_role("button", name="Throw them away and sign out").click()
    fatou.page.wait_for_url("**/login/")
    fatou.sign_in("fatou")
    fatou.open("village")
    assert fatou.page.inner_text("#notice") == ""


def test_signing_out_with_nothing_unsent_asks_nothing(person):
    fatou = person()
    fatou.page.get_by_role("button", name="Sign out").click()
    fatou.page.wait_for_url("**/login/")


def test_the_next_person_at_the_same_browser_sees_nothing_of_the_first(person):
    first = person("fatou")
    first.open("village")
    answer(first, "Kidal secret")
    kept(first)
    first.context.clear_cookies(name="sessionid")  # a session that ended by itself, without signing out
    first.sign_in("omar")
    first.go("/forms/")
    first.page.wait_for_load_state("networkidle")
    assert first.page.locator("#queue .box:visible").count() == 0
    first.open("village")
    assert first.page.inner_text("#notice") == ""
    first.go("/")
    first.page.get_by_role("button", name="Sign out").click()
    first.page.wait_for_url("**/login/")
    first.sign_in("fatou")
    first.open("village")
    assert "Kidal secret" in [each.input_value() for each in first.page.locator("#form input[type=text]").all()]


def test_a_session_that_ended_loses_nothing(person, served):
    fatou, before = person(), len(reports(served))
    fatou.open("village")
    answer(fatou, "Ménaka")
    fatou.context.clear_cookies(name="sessionid")
    fatou.page.click("#send")
    fatou.page.get_by_text("You are not signed in any more").wait_for()
    fatou.sign_in("fatou")
    fatou.go("/forms/")
    fatou.page.get_by_text("Received: A village that is missing").wait_for()
    assert len(reports(served)) == before + 1


def test_what_must_be_mended_is_summed_up_with_links(person):
    fatou = person()
    fatou.open("accident")
    fatou.page.click("#send")
    links = fatou.page.locator("#summary a")
    assert links.count() >= 4
    assert fatou.page.evaluate("document.activeElement.id") == "summary-title"
    links.nth(1).click()
    field = fatou.page.locator("input:focus")
    assert field.get_attribute("aria-invalid") == "true"
    assert "When did it happen?" in fatou.page.locator(".question:has(input:focus)").inner_text()


def test_a_constraint_says_the_sentence_of_the_form(person):
    fatou = person(language="fr")
    fatou.open("accident")
    date = fatou.page.get_by_label("Quand est-ce arrivé")
    date.fill("hier")
    date.blur()
    assert "Écrivez la date ainsi" in fatou.page.locator(".question", has=date).locator(".wrong").inner_text()


def test_rows_are_added_and_removed(person):
    fatou = person()
    fatou.open("accident")
    fatou.page.get_by_role("group", name="Was anyone killed or injured?").get_by_label("Yes").check()
    add = fatou.page.get_by_role("button", name="Add: Persons killed or injured, one by one")
    while fatou.page.locator(".row").count() < 2:
        add.click()
    assert fatou.page.evaluate("document.activeElement.textContent").startswith("2. ")
    fatou.page.locator(".row").nth(1).get_by_role("button", name="Remove").click()
    assert fatou.page.locator(".row").count() == 1


def test_a_draft_goes_on_in_the_version_in_which_it_was_begun(person, served):
    fatou = person()
    fatou.open("every_control")
    fatou.page.get_by_label("Name").fill("Tin Essako")
    kept(fatou)
    served.open()
    newer = EVERY_CONTROL.read_text().replace(
        "| every_control | Every control / Tous les champs | 1 ", "| every_control | New | 2 "
    )
    forms.publish({forms.compile_form(newer.replace("| title | Name |", "| title | Called |")): b""}, "fatou")
    fatou.page.reload()
    fatou.ready()
    assert fatou.page.get_by_label("Name").input_value() == "Tin Essako"
    fatou.send()
    assert reports(served, "every_control")[-1].version == "1"
    fatou.open("every_control")
    assert fatou.page.get_by_label("Called").count() == 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_list_with_its_queue_is_accessible(person, language):
    from axe_playwright_python.sync_playwright import Axe

    fatou = person(language=language, viewport={"width": 360, "height": 800})
    fatou.open("village")
    answer(fatou, "Ber")
    fatou.page.route("**/send", lambda route: route.abort())
    fatou.send()
    fatou.go("/forms/")
    fatou.page.locator("#queue li").first.wait_for()
    found = Axe().run(fatou.page).response["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]
    assert not fatou.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
