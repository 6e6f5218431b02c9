"""Nothing restricted leaves in a publication."""

import re
import shutil

import pytest

from kambila.figures.releases import content_of, create_release, release_of
from kambila.journal import clock, directory
from kambila.publish.labels import OTHER
from kambila.publish.records import public
from kambila.publish.site import files_of
from kambila.registry import access
from kambila.registry.fields import Code
from kambila.registry.kinds import kinds, model_of
from kambila.registry.models import stated_fields
from tests.publish.canaries import WORD, plant_everywhere
from tests.publish.told import build


def publish_with_canaries():
    """(what must not come out, the files of a publication over it): told, and canaries in every restricted field."""
    build()
    planter = plant_everywhere()
    create_release("August 2014", f"{WORD}-manager", f"{WORD} reason", "2014-07-31")
    return planter, files_of(release_of("last"))


@pytest.fixture(scope="module")
def planted_once(prepared_sqlite, tmp_path_factory):
    folder = tmp_path_factory.mktemp("canaries")
    shutil.copy(prepared_sqlite, folder / "kambila.sqlite3")
    directory.create_directory(folder, "Example", "EX", example=True, database="")
    return folder, publish_with_canaries()


@pytest.fixture
def planted(planted_once):
    """The same programme, open again."""
    folder, found = planted_once
    directory.open_directory(folder, "")
    yield found
    clock.set_clock(None)


def test_no_restricted_value_comes_out(new_programme):
    new_programme("Example", "EX", example=True)
    planter, files = publish_with_canaries()
    for kind, model in kinds().items():
        assert model.objects.filter(id__startswith="ca11a27e").exists(), kind
    for path, content in files.items():
        text = re.sub(r"<svg.*?</svg>", _words, content.decode(), flags=re.DOTALL)
        found = sorted(secret for secret in planter.secrets if _stands_in(secret, text))
        assert found == [], path


def test_the_canaries_are_counted(planted):
    """Otherwise the test above would find nothing because nothing was looked at."""
    content = content_of(release_of("last"))
    cells = {
        cell
        for figure in content["figures"]
        if figure["definition"]["tier"] == "public"
        for breakdown in figure["breakdowns"].values()
        for cell in ([*breakdown["cells"], *breakdown["merged"]] if breakdown else [])
    }
    assert len([cell for cell in cells if WORD in cell]) >= 5
    assert f'"{OTHER}"' in planted[1]["figures.json"].decode()


def test_attacks_are_told_for_the_whole_country_only(planted):
    content = content_of(release_of("last"))
    attacks = [figure for figure in content["figures"] if figure["id"].startswith("ied-")]
    assert attacks and all({"region", "adm1", "village"}.isdisjoint(each["breakdowns"]) for each in attacks)


def test_a_restricted_field_of_a_public_record_is_not_read(planted):
    for kind in ("organisation", "office", "contribution"):
        model = model_of(kind)
        hidden = [name for name, field in stated_fields(model).items() if access.tier_of(field, model) != "public"]
        assert hidden and not any(name in row for row in public(model) for name in hidden)


def test_restricted_fields_cannot_be_asked_for(planted):
    with pytest.raises(ValueError, match="not public: amount_public"):
        public(model_of("contribution"), amount_public="yes")


def test_every_public_breakdown_of_a_restricted_field_has_a_code_list(planted):
    """What a cell of it is called comes from the list, never from what somebody typed."""
    for figure in content_of(release_of("last"))["figures"]:
        for by in figure["definition"]["public_by"]:
            path = figure["definition"]["by"].get(by)
            if path and "__" not in path:
                model = model_of(figure["definition"]["kind"])
                field = model._meta.get_field(path)
                public_field = access.tier_of(field, model) == "public"
                assert public_field or isinstance(field, Code) or field.name.startswith("adm"), (figure["id"], by)


def _words(match: re.Match[str]) -> str:
    """What a picture says: its coordinates are those of the drawing, and digits in them mean nothing."""
    drawn = match[0]
    return " ".join([*re.findall(r'aria-label="([^"]*)"', drawn), *re.findall(r">([^<]+)<", drawn)])


def _stands_in(secret: str, text: str) -> bool:
    if secret not in text or not secret[0].isdigit():
        return secret in text
    return bool(re.search(rf"(?<![\d.,]){re.escape(secret)}", text))
