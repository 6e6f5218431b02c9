"""Django settings, read from the environment and from the programme's directory."""

import datetime
import os
import pkgutil
import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from kambila import domain

BASE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("KAMBILA_DATA", "kambila-data")).resolve()
DATABASE_URL = os.environ.get("KAMBILA_DATABASE", "")

# Areas of work are found, not listed: a folder in kambila/domain is an area. More may be named in the environment.
AREAS = [f"kambila.domain.{found.name}" for found in pkgutil.iter_modules(domain.__path__) if found.ispkg]
AREAS += [name for name in os.environ.get("KAMBILA_AREAS", "").split(",") if name]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "kambila.journal",
    "kambila.accounts",
    "kambila.registry",
    "kambila.figures",
    *AREAS,
    "kambila.intake",
    "kambila.intake.alerts",
    "kambila.intake.openrosa",
    "kambila.publish",
    "kambila.desk",
    "kambila.demo",
]

MIDDLEWARE = [
    "kambila.desk.middleware.bounded",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kambila.desk.middleware.security_headers",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kambila.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kambila.desk.context.page",
            ]
        },
    }
]

# The connection is set by kambila.journal.directory.open_directory: a command may work on several directories in turn.
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"

# After so many wrong passwords nobody signs in with this user name from this address for a while. By both together: who
# guesses shuts out nobody but himself, and who is shut out waits, comes from elsewhere, or is given a new password.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # going on guessing does not make it longer
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "kambila.desk.session.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # who signed in when is nobody's business
AXES_VERBOSE = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
X_FRAME_OPTIONS = "DENY"
# The address under which people and phones reach this installation, for codes that phones scan: https://gao.example.org
ADDRESS = os.environ.get("KAMBILA_ADDRESS", "").rstrip("/")
# What one request of a phone may hold. Phones are told the first and split what is larger.
OPENROSA_BODY = int(os.environ.get("KAMBILA_PHONE_BODY_MB", "100")) * 1024 * 1024
OPENROSA_FILE = int(os.environ.get("KAMBILA_PHONE_FILE_MB", "100")) * 1024 * 1024
OPENROSA_XML = 2 * 1024 * 1024
OPENROSA_PARTS = 100
# What any other request may hold: a file to be imported is the largest.
REQUEST = int(os.environ.get("KAMBILA_REQUEST_MB", "250")) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a table of 2,000 turning points has four for each
# What is kept of one sender that could not become a report; then it stays with the sender.
QUARANTINE = int(os.environ.get("KAMBILA_QUARANTINE_MB", "100")) * 1024 * 1024
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
ALLOWED_HOSTS = os.environ.get("KAMBILA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")


# Alerts; docs/alerts.md explains each.
ADDRESS = os.environ.get("KAMBILA_ADDRESS", "").rstrip("/")
SMTP_URL = os.environ.get("KAMBILA_SMTP_URL", "")
MAIL_FROM = os.environ.get("KAMBILA_MAIL_FROM", "kambila@localhost")
WEBHOOK_NETWORKS = os.environ.get("KAMBILA_WEBHOOK_NETWORKS", "")
ALERT_HOURS = float(os.environ.get("KAMBILA_ALERT_HOURS", "24"))


def _secret() -> str:
    """The signing key of sessions: kept in the directory so that a restart signs nobody out."""
    kept = DATA / "secret.key"
    if kept.exists():
        return kept.read_text()
    return os.environ.get("KAMBILA_SECRET") or secrets.token_urlsafe(50)


SECRET_KEY = _secret()
