"""What a web server runs: opens the programme's directory (KAMBILA_DATA) and answers requests."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kambila.settings")
django.setup()

from kambila.journal.directory import open_directory  # noqa: E402  Django must be set up first

open_directory(settings.DATA)
# A thread keeps its connection: opening one costs more than most pages.
connections.settings["default"].update({"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True})
connections.databases["default"] = connections.settings["default"]

application = get_wsgi_application()
