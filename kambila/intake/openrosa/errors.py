"""Errors of the door for phones that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem
