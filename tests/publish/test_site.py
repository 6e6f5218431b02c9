"""What a publication consists of, and what its pages say."""

import re
from html.parser import HTMLParser
from pathlib import PurePosixPath

import pytest
from django.utils import translation

from kambila.figures.definitions import all_figures
from kambila.journal import directory
from kambila.journal.errors import Problem
from kambila.publish.site import files_of
from kambila.publish.writing import write
from tests.publish.told import build, tell, told, uuid
from tests.registry.telling import at

EXAMPLE = {
    "en": "the totals are those published in July 2014; the individual reports behind them are invented for demonstration.",
    "fr": "les totaux sont ceux publiés en juillet 2014 ; les rapports individuels dont ils procèdent sont inventés à des "
    "fins de démonstration.",
}
PUBLIC = [figure for figure in all_figures().values() if figure.tier == "public"]
LARGEST = 300_000  # bytes


class Parts(HTMLParser):
    """Addresses, anchors and elements of a page."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.anchors, self.elements = [], set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        found = dict(attributes)
        self.addresses += [found[name] for name in ("href", "src") if name in found]
        self.anchors.add(found.get("id"))


def test_it_has_every_page_in_both_languages(published):
    for language in ("en", "fr"):
        pages = {path.removeprefix(f"{language}/") for path in published.pages if path.startswith(language)}
        figures = {f"figures/{figure.id}.html" for figure in PUBLIC}
        assert pages == {"index.html", "figures.html", "news.html", "data.html"} | figures


def test_it_has_its_data_beside_the_pages(published):
    assert {"index.html", "site.css", "figures.json", "figures.csv", "head.json"} <= set(published.files)


def test_every_link_leads_to_a_file_of_it(published):
    parts = {path: Parts(text) for path, text in published.pages.items()}
    for path, page in parts.items():
        for address in page.addresses:
            if address.startswith("https://example.org/"):
                continue
            target, _, anchor = address.partition("#")
            found = str(PurePosixPath(path).parent / target) if target else path
            while ".." in found:
                found = re.sub(r"[^/]+/\.\./", "", found, count=1)
            assert found in published.files, (path, address)
            assert not anchor or anchor in parts[found].anchors, (path, address)


def test_it_needs_no_script_and_no_network(published):
    for path, text in published.pages.items():
        page = Parts(text)
        assert not page.elements & {"script", "iframe", "img", "video", "object"}, path
        assert "@import" not in text and "url(" not in text.replace("url(#", ""), path
    assert b"url(" not in published.files["site.css"]


def test_every_page_is_light(published):
    assert max(len(content) for content in published.files.values()) < LARGEST


def test_every_page_of_an_example_says_so_in_both_languages(published):
    for path, text in published.pages.items():
        assert all(sentence in text for sentence in EXAMPLE.values()), path


def test_the_front_page_tells_all_parts(published):
    page = published.page("en/index.html")
    for word in (
        "S/RES/2164",
        "English role 1 &amp; more",
        "English title 0 &amp; more",
        "Japan",
        "250,000 US dollars",
    ):
        assert word in page
    for word in ("EOD instructors", "Atelier Sahel (AS)", "Headquarters", "Sévaré", "English text context &amp; more"):
        assert word in page
    assert "<h1>English text title &amp; more</h1>" in page
    assert page.count("250,000") == 1  # the other donor did not agree


def test_the_french_page_is_french(published):
    page = published.page("fr/index.html")
    for word in ("Le title 0, en français", "Japon", "Estonie", "Bénin", "31 juillet 2014", "Civils tués ou blessés"):
        assert word in page
    assert "English text" not in page


def test_an_objective_shows_the_figures_that_it_names(published):
    text = published.page("en/index.html")
    objective = text[text.index("English title 0 &amp; more") : text.index("English title 1 &amp; more</h3>")]
    assert re.findall(r"figures/([a-z-]+)\.html", objective) == ["mdsf-eod", "villages-surveyed"]
    assert "<strong>20</strong>" in objective


def test_an_address_that_is_none_is_not_linked(published):
    assert "javascript:" not in published.page("en/index.html")


def test_the_map_has_offices_and_work_by_region(published):
    drawing = re.search(r'<svg class="map".*?</svg>', published.page("en/index.html"), re.DOTALL)[0]
    assert all(f">{town}</text>" in drawing for town in ("Bamako", "Sévaré", "Tombouctou", "Gao", "Kidal"))
    assert re.findall(r'class="amount"[^>]*>(\d+)<', drawing) == ["9", "8", "5", "2"]
    assert 'class="land"' in drawing


def test_without_the_browser_bundle_the_map_has_no_outline(reopened, monkeypatch):
    from kambila.publish import map

    map.countries.cache_clear()
    monkeypatch.setattr(map.finders, "find", lambda _: None)
    drawing = re.search(r'<svg class="map".*?</svg>', files_of(reopened.release)["en/index.html"].decode(), re.DOTALL)[
        0
    ]
    map.countries.cache_clear()
    assert ">Kidal</text>" in drawing and 'class="land"' not in drawing


def test_a_figure_has_its_definition_its_tables_and_its_history(published):
    page = published.page("en/figures/erw-civilian-casualties.html")
    figure = all_figures()["erw-civilian-casualties"]
    with translation.override("en"):
        assert str(figure.meaning) in page and str(figure.source) in page
    for word in ("Since January 2012", "as of 31 July 2014", "By age group", "July 2014", "June 2014", "Late report:"):
        assert word in page
    assert re.findall(r'<td class="number">(\d+)</td><td>', page) == ["30", "24"]


def test_a_table_that_could_not_follow_says_as_of_when_it_stands(published):
    """Six children came: the table by sex would have told of three or four persons."""
    page = published.page("en/figures/erw-civilian-casualties.html")
    assert "By sex, as of 30 June 2014 †" in page and "By age group</caption>" in page
    assert page.count("† Too few people came or went since then") == 1


def test_few_people_are_told_only_together(published):
    page = published.page("en/figures/ied-casualties.html")
    assert "told only together" in page
    assert not re.search(r'<td class="number">[1-4]</td>', page)


def test_the_same_release_gives_the_same_bytes(reopened):
    assert files_of(reopened.release) == reopened.files
    with translation.override("fr"):
        assert files_of(reopened.release) == reopened.files


def test_what_is_reported_later_is_not_in_it(new_programme):
    """On both databases: a donor, an office and a casualty that came after the release."""
    new_programme("Example", "EX", example=True)
    release = build()
    before = files_of(release)
    at("2014-08-05")
    tell(
        told("organisation", 77, title="Ruritania", organisation_type="10", roles=["donor"]),
        told("contribution", 77, donor=uuid("organisation", 77), form_of_aid="cash", channel="bilateral"),
        told("office", 77, title="Ruritanian office", office_type="field_office", village=uuid("village", 0)),
        told("casualty", 77, incident=uuid("incident", 0), sex="male", outcome="killed", status="civilian"),
    )
    assert files_of(release) == before


def test_texts_are_those_of_the_day_of_publication(new_programme):
    new_programme("Example", "EX")
    release = build()
    at("2014-08-05")
    tell(told("news_item", 5, news_kind="news", date="2014-08-01", title_en="Later", title_fr="Plus tard"))
    files = files_of(release)
    assert "Later" in files["en/news.html"].decode() and "Plus tard" in files["fr/news.html"].decode()
    assert "invented for demonstration" not in files["en/index.html"].decode()
    assert directory.current().node.example is False


def test_pages_that_are_gone_are_removed_and_other_files_stay(published, tmp_path):
    write(published.files, tmp_path)
    (tmp_path / "en" / "figures" / "old.html").write_text("old")
    (tmp_path / "CNAME").write_text("example.org")
    write(published.files, tmp_path)
    assert not (tmp_path / "en" / "figures" / "old.html").exists()
    assert (tmp_path / "CNAME").exists()
    assert (tmp_path / "en" / "index.html").read_bytes() == published.files["en/index.html"]


def test_a_directory_with_other_files_is_left_alone(published, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Problem, match="other files than those of a publication"):
        write(published.files, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.txt"]
