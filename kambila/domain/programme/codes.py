"""The code lists of the programme page."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NewsKind(TextChoices):
    """Kinds of news."""

    PRESS_RELEASE = "press_release", _("Press release")
    NEWS = "news", _("News")


class TextPlace(TextChoices):
    """Where on the programme page a text stands."""

    CONTEXT = "context", _("Context")
    ABOUT = "about", _("About the programme")
    METHOD = "method", _("How the figures are made")
    CONTACT = "contact", _("Contact")
    TITLE = "title", _("Name of the programme")
