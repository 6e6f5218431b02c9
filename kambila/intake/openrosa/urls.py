"""The addresses for phones, below each of three bases: device passwords, app users, drafts that are being tried."""

from django.urls import URLPattern, path

from kambila.intake.openrosa import listing
from kambila.intake.openrosa.doors import KEY, PASSWORD, TEST
from kambila.intake.openrosa.submission import submission

BASES = {PASSWORD: "openrosa/", KEY: "key/<str:token>/", TEST: "test/<str:token>/"}


def _below(base: str) -> list[URLPattern]:
    start, said = BASES[base], {"base": base}
    return [
        path(f"{start}formList", listing.form_list, said, name=f"{base}-forms"),
        path(f"{start}submission", submission, said, name=f"{base}-submission"),
        path(f"{start}forms/<str:id>.xml", listing.form, said, name=f"{base}-form"),
        path(f"{start}forms/<str:id>/manifest", listing.manifest, said, name=f"{base}-manifest"),
        path(f"{start}forms/<str:id>/media/<str:name>", listing.media, said, name=f"{base}-media"),
        path(f"{start}forms/<str:id>/lists/<slug:kind>.csv", listing.entity_list, said, name=f"{base}-list"),
        path(f"{start}lists/<slug:kind>/integrity", listing.integrity, said, name=f"{base}-integrity"),
    ]


urlpatterns = [each for base in BASES for each in _below(base)]
