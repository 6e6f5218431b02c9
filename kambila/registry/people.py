"""Sex and age of a person, in the same words in every area."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CHILD_UNTIL = 18  # years; from this age on a person is an adult


class Sex(TextChoices):
    """Sex as reported."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    UNKNOWN = "unknown", _("Unknown")


class AgeGroup(TextChoices):
    """Children are under 18 years (boys, girls, men and women in the IMSMA information model)."""

    CHILD = "child", _("Child")
    ADULT = "adult", _("Adult")
    UNKNOWN = "unknown", _("Age unknown")


def age_group(values: Mapping[str, Any]) -> str:
    """By the age; unknown when the age is, unless only "child" or "adult" was reported, as `age_group_stated`."""
    age = values.get("age")
    if age is None:
        return values.get("age_group_stated") or AgeGroup.UNKNOWN
    return AgeGroup.CHILD if age < CHILD_UNTIL else AgeGroup.ADULT
