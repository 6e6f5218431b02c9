"""The floor under the door for phones: a bare Django view that parses a submission and commits it durably, and no more."""

from __future__ import annotations

import os
import sqlite3
import threading
from xml.etree.ElementTree import fromstring

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.urandom(16).hex(),
    MIDDLEWARE=[],
    DATA_UPLOAD_MAX_MEMORY_SIZE=None,
)
database = sqlite3.connect(os.environ["BENCH_BARE"], isolation_level=None, check_same_thread=False)
database.execute("PRAGMA journal_mode=WAL")
database.execute("PRAGMA synchronous=FULL")
database.execute("CREATE TABLE IF NOT EXISTS submission (instance TEXT UNIQUE, xml BLOB, photo BLOB)")
turn = threading.Lock()


@csrf_exempt
def submission(request: HttpRequest) -> HttpResponse:
    xml = request.FILES["xml_submission_file"].read()
    photo = request.FILES["a.jpg"].read() if "a.jpg" in request.FILES else None
    instance = next(each.text for each in fromstring(xml).iter("instanceID"))  # noqa: S314  our own
    with turn:
        database.execute("INSERT INTO submission VALUES (?, ?, ?)", (instance, xml, photo))
    return HttpResponse(status=201, headers={"Content-Length": "0"})


urlpatterns = [path("submission", submission)]
application = get_wsgi_application()
