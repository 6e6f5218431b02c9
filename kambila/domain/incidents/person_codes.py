"""The code lists that say who a casualty is and what happened to the person."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(TextChoices):
    """What happened to the person (Landmine Monitor: killed, injured, unknown)."""

    KILLED = "killed", _("Killed")
    INJURED = "injured", _("Injured")
    UNKNOWN = "unknown", _("Unknown")


class Status(TextChoices):
    """What the person was (Landmine Monitor: civilian, military, deminer; the split of the Mali programme)."""

    CIVILIAN = "civilian", _("Civilian")
    MDSF = "mdsf", _("Malian defence and security forces")
    MINUSMA = "minusma", _("MINUSMA peacekeeper")
    FRENCH_FORCES = "french_forces", _("French forces")
    OTHER_MILITARY = "other_military", _("Other military")
    DEMINER = "deminer", _("Deminer at work")
    UN_STAFF = "un_staff", _("UN staff")
    ARMED_GROUP = "armed_group", _("Member of an armed group")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class PersonCategory(TextChoices):
    """The five categories in which the programme published its IED casualties in July 2014."""

    MDSF = "mdsf", _("Malian defence and security forces")
    PEACEKEEPERS = "peacekeepers", _("Peacekeepers")
    FRENCH_FORCES = "french_forces", _("French forces")
    CIVILIANS = "civilians", _("Civilians")
    OTHERS = "others", _("Others")


class Activity(TextChoices):
    """What the person was doing (GICHD draft minimum data; list unverified)."""

    TRAVELLING = "travelling", _("Travelling or in a vehicle")
    FARMING = "farming", _("Farming")
    HERDING = "herding", _("Herding")
    COLLECTING = "collecting", _("Collecting wood or water")
    PLAYING = "playing", _("Playing")
    TAMPERING = "tampering", _("Handling the device")
    SCRAP = "scrap", _("Collecting scrap metal")
    HOUSEHOLD = "household", _("Household work")
    DEMINING = "demining", _("Demining")
    MILITARY = "military", _("Military activity")
    STANDING_NEARBY = "standing_nearby", _("Standing nearby")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class Occupation(TextChoices):
    """What the person lived from (Syria field forms)."""

    FARMER = "farmer", _("Farmer")
    HERDER = "herder", _("Herder")
    TRADER = "trader", _("Trader")
    DRIVER = "driver", _("Driver")
    PUPIL = "pupil", _("Pupil or student")
    HOME = "home", _("Work at home")
    CRAFT = "craft", _("Craft or labour")
    FORCES = "forces", _("Armed or security forces")
    AID = "aid", _("Humanitarian work")
    NONE = "none", _("None")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class Displacement(TextChoices):
    """Whether the person had been displaced (Syria field forms)."""

    RESIDENT = "resident", _("Resident")
    DISPLACED = "displaced", _("Displaced within the country")
    RETURNEE = "returnee", pgettext_lazy("displaced person", "Returned")
    REFUGEE = "refugee", _("Refugee")
    NOMAD = "nomad", _("Nomad")
    UNKNOWN = "unknown", _("Unknown")


class Frequency(TextChoices):
    """How often the person entered the area (Syria field forms)."""

    DAILY = "daily", _("Every day")
    OFTEN = "often", _("Several times a month")
    RARELY = "rarely", _("Rarely")
    FIRST = "first", _("For the first time")
    UNKNOWN = "unknown", _("Unknown")


class Injury(TextChoices):
    """Wounds by region of the body (IMSMA wiki, classification of injuries)."""

    HEAD = "head", _("Head or neck")
    EYES = "eyes", _("Eyes")
    EARS = "ears", _("Ears")
    CHEST = "chest", _("Chest")
    ABDOMEN = "abdomen", _("Abdomen")
    BACK = "back", _("Back")
    ARMS = "arms", _("Arms or hands")
    LEGS = "legs", _("Legs or feet")


class Loss(TextChoices):
    """Amputations and lost senses (IMSMA wiki, classification of injuries)."""

    ARM_LEFT = "arm_left", _("Left arm")
    ARM_RIGHT = "arm_right", _("Right arm")
    HAND = "hand", _("Hand or fingers")
    LEG_LEFT = "leg_left", _("Left leg")
    LEG_RIGHT = "leg_right", _("Right leg")
    FOOT = "foot", _("Foot or toes")
    SIGHT = "sight", _("Sight")
    HEARING = "hearing", _("Hearing")


class Transport(TextChoices):
    """How the person came to a health facility (Syria field forms)."""

    AMBULANCE = "ambulance", _("Ambulance")
    PRIVATE = "private", _("Private vehicle")
    MILITARY = "military", _("Military vehicle")
    AIRCRAFT = "aircraft", _("Aircraft")
    ANIMAL = "animal", _("Animal or cart")
    CARRIED = "carried", _("Carried")
    NONE = "none", _("Not transported")
    UNKNOWN = "unknown", _("Unknown")


class DeathPlace(TextChoices):
    """Where the person died (Syria field forms)."""

    SPOT = "spot", _("On the spot")
    WAY = "way", _("On the way")
    FACILITY = "facility", _("In a health facility")
    LATER = "later", _("Later, elsewhere")
    UNKNOWN = "unknown", _("Unknown")
