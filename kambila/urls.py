"""The addresses of the pages and of the doors: each room that has any brings them in its `urls.py`."""

from importlib.util import find_spec

from django.urls import URLResolver, include, path

ROOMS = ("intake", "publish", "desk")

urlpatterns: list[URLResolver] = [
    path("", include(f"kambila.{room}.urls")) for room in ROOMS if find_spec(f"kambila.{room}.urls")
]

handler500 = "kambila.desk.failing.failed"
