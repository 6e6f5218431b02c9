"""The code lists of assistance."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Beneficiary(TextChoices):
    """Whom the assistance goes to. Survivors, families and communities: all are victims in the treaties' sense."""

    SURVIVOR = "survivor", _("Survivor of an accident or attack")
    FAMILY = "family", _("Family of a person killed or injured")
    DISABILITY = "disability", _("Person with a disability from another cause")
    COMMUNITY = "community", _("Community")


class Service(TextChoices):
    """Services by the pillars of the treaties, with the classes of the IMSMA information model (partly unverified)."""

    EMERGENCY = "emergency", _("Emergency medical care")
    MEDICAL = "medical", _("Continuing medical care")
    REHABILITATION = "rehabilitation", _("Physical rehabilitation, prosthetics")
    PSYCHOSOCIAL = "psychosocial", _("Psychological and social support")
    EDUCATION = "education", _("Education")
    ECONOMIC = "economic", _("Livelihood and economic inclusion")
    SOCIAL = "social", _("Social inclusion")
    ACCESSIBILITY = "accessibility", _("Accessibility of places")
    PROTECTION = "protection", _("Protection")
    LEGAL = "legal", _("Legal support")
    ADVOCACY = "advocacy", _("Advocacy, laws and policy")
    DATA = "data", _("Data collection")
    INSTITUTION = "institution", _("Support to an institution")


class Status(TextChoices):
    """How far it is. That it was given does not say that the need is met (IMSMA wiki, assistance summary)."""

    PLANNED = "planned", _("Planned")
    ONGOING = "ongoing", _("Under way")
    COMPLETED = "completed", pgettext_lazy("assistance", "Completed")
    INTERRUPTED = "interrupted", _("Interrupted")
    CANCELLED = "cancelled", pgettext_lazy("assistance", "Cancelled")


class Reason(TextChoices):
    """Why it was interrupted or cancelled."""

    SECURITY = "security", _("Security")
    FUNDS = "funds", _("No funds")
    MOVED = "moved", _("The person has moved")
    REFUSED = "refused", _("The person did not want it")
    DIED = "died", _("The person has died")
    OTHER = "other", _("Other")


class Priority(TextChoices):
    """How soon it is needed."""

    URGENT = "urgent", _("Urgent")
    NORMAL = "normal", _("Normal")
    LOW = "low", _("Can wait")


class Outcome(TextChoices):
    """Whether the need is met now."""

    MET = "met", _("The need is met")
    PARTLY = "partly", _("The need is partly met")
    NOT_MET = "not_met", _("The need is not met")
    UNKNOWN = "unknown", _("Unknown")


class Difficulty(TextChoices):
    """The four answers of the Washington Group short set of questions (unverified)."""

    NONE = "none", _("No difficulty")
    SOME = "some", _("Some difficulty")
    MUCH = "much", _("A lot of difficulty")
    CANNOT = "cannot", _("Cannot do at all")
    UNKNOWN = "unknown", _("Unknown")


class ReferralStatus(TextChoices):
    """How far a referral is."""

    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", pgettext_lazy("referral", "Accepted")
    REFUSED = "refused", _("Refused")
    DONE = "done", _("Service received")
    LOST = "lost", _("No answer")
