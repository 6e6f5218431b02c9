"""The code lists of risk education (Syria field forms of IMSMA Core; IMAS 12.10 families unverified)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """How people are reached."""

    DIRECT = "direct", _("Direct: people take part")
    INDIRECT = "indirect", _("Indirect: media and material")
    TRAINING = "training", _("Training of people who pass it on")


class Activity(TextChoices):
    """What was done; each belongs to one category, see BY_CATEGORY."""

    SAFETY_BRIEFING = "safety_briefing", _("Safety briefing")
    DIRECT_SESSION = "direct_session", _("Risk education session")
    MATERIAL_DISTRIBUTION = "material_distribution", _("Distribution of material")
    MATERIAL_HANDOVER = "material_handover", _("Material handed to a partner")
    RADIO = "radio", _("Radio")
    TELEVISION = "television", _("Television")
    VIDEO = "video", _("Video")
    SOCIAL_MEDIA = "social_media", _("Social media")
    PRESS = "press", _("Printed press")
    TEACHERS = "teachers", _("Training of teachers")
    FOCAL_POINTS = "focal_points", _("Training of community focal points")


BY_CATEGORY = {
    Category.DIRECT: (Activity.SAFETY_BRIEFING, Activity.DIRECT_SESSION),
    Category.INDIRECT: (
        Activity.MATERIAL_DISTRIBUTION,
        Activity.MATERIAL_HANDOVER,
        Activity.RADIO,
        Activity.TELEVISION,
        Activity.VIDEO,
        Activity.SOCIAL_MEDIA,
        Activity.PRESS,
    ),
    Category.TRAINING: (Activity.TEACHERS, Activity.FOCAL_POINTS),
}


class Method(TextChoices):
    """How it was taught."""

    GROUP = "group", _("Interactive group session")
    HOUSE_TO_HOUSE = "house_to_house", _("House to house")
    FOCUS_GROUP = "focus_group", _("Focus group")
    PEER = "peer", _("Peer to peer")
    THEATRE = "theatre", _("Theatre")
    BROADCAST = "broadcast", _("Broadcast or print")
    OTHER = "other", _("Other")


class Venue(TextChoices):
    """Where."""

    CAMP = "camp", _("Camp")
    CHILD_SPACE = "child_space", _("Child-friendly space")
    COMMUNITY = "community", _("Community centre or village square")
    SCHOOL = "school", _("School")
    FARM = "farm", _("Farm")
    HOUSEHOLD = "household", _("Household")
    MARKET = "market", _("Market")
    HEALTH = "health", _("Health facility")
    RELIGIOUS = "religious", _("Religious place")
    OTHER = "other", _("Other")


class Audience(TextChoices):
    """Whom the session was for."""

    GENERAL = "general", _("Everyone in the place")
    CHILDREN = "children", _("School children")
    FOCAL_POINTS = "focal_points", _("Community focal points")
    LEADERS = "leaders", _("Community leaders")
    DRIVERS = "drivers", _("Drivers")
    FARMERS = "farmers", _("Farmers and herders")
    HEALTH_WORKERS = "health_workers", _("Health workers")
    BUILDERS = "builders", _("Reconstruction workers")
    DISPLACED = "displaced", _("Refugees and displaced people")
    RELIGIOUS = "religious", _("Religious leaders")
    SCRAP = "scrap", _("Scrap collectors and dealers")
    TEACHERS = "teachers", _("Teachers")
    OTHER = "other", _("Other")
