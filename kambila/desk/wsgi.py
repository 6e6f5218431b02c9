"""What a web server runs: opens the programme's directory (KAMBILA_DATA) and answers requests."""

import os
import sys
import threading
import time

import django
from django.conf import settings
from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kambila.settings")
django.setup()

from kambila.desk import carrying_out  # noqa: E402  Django must be set up first
from kambila.desk.counted import keep_counted  # noqa: E402
from kambila.desk.paging import SIZE  # noqa: E402
from kambila.intake import accepting  # noqa: E402
from kambila.intake.alerts import upkeep as alerting  # noqa: E402
from kambila.journal import upkeep  # noqa: E402
from kambila.journal.directory import open_directory  # noqa: E402

open_directory(settings.DATA)
# A thread keeps its connection: opening one costs more than most pages.
connections.settings["default"].update({"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True})
connections.databases["default"] = connections.settings["default"]

TRUSTED = 5.0  # seconds
_asked = threading.local()


def trust(**_said: object) -> None:
    """A connection that was asked a moment ago whether it lives is not asked again: a journey for every request."""
    now = time.monotonic()
    if now - getattr(_asked, "at", -TRUSTED) < TRUSTED:
        connection.health_check_done = True  # type: ignore[attr-defined]
    else:
        _asked.at = now


request_started.connect(trust)  # after Django's own, which would have it asked

# A request that comes back from the disk does not wait the usual 5 ms until a thread that computes lets it go on.
sys.setswitchinterval(0.0005)

application = get_wsgi_application()
threading.Thread(target=upkeep.keep, name="looking after the journal", daemon=True).start()
threading.Thread(target=alerting.keep, name="looking after alerts", daemon=True).start()
threading.Thread(target=carrying_out.keep, name="looking after imports", daemon=True).start()
threading.Thread(target=keep_counted, args=(SIZE,), name="counting ahead", daemon=True).start()
accepting.soon()  # what came when the process before this one ended, or through a command, waits for no other report
