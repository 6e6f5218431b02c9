"""The code lists of land: surveys, hazardous areas, land release and handover.

Land release terms after IMAS 07.11 (unverified: the wording is ours); activity, evidence and terrain lists after the
IMSMA information model; blockage groups after the community survey used with UNMAS in Syria.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Classification(TextChoices):
    """How sure the programme is (IMAS 07.11): suspicion rests on indirect evidence, confirmation on direct evidence."""

    INDICATION = "indication", _("Indication, not yet an area")
    SHA = "sha", _("Suspected hazardous area (SHA)")
    CHA = "cha", _("Confirmed hazardous area (CHA)")


class ReportedStatus(TextChoices):
    """What a team says of an area. It is kept as evidence and never makes an area safer."""

    OPEN = "open", _("Open")
    WORKED_ON = "worked_on", _("Worked on")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")
    RELEASED = "released", _("Released")


class Status(TextChoices):
    """The status that follows from the accepted land-release products (symbols of TNMA 07.11/01)."""

    OPEN = "open", _("Open")
    WORKED_ON = "worked_on", _("Worked on")
    CLOSED = "closed", _("Closed")
    JOINED = "joined", _("Part of another area")


class Stage(TextChoices):
    """Where an area stands in its life, as it follows from evidence and outcomes (IMAS 07.11: unverified)."""

    INDICATION = "indication", _("Indication")
    SHA = "sha", _("Suspected (SHA)")
    CHA = "cha", _("Confirmed (CHA)")
    WORKED_ON = "worked_on", _("Worked on")
    RELEASED = "released", _("Released")
    JOINED = "joined", _("Part of another area")


class Device(TextChoices):
    """Categories of explosive ordnance (IMAS 04.10); the class only, never the construction."""

    AP_MINE = "ap_mine", _("Anti-personnel mine")
    IMPROVISED_MINE = "improvised_mine", _("Improvised mine")
    AV_MINE = "av_mine", _("Anti-vehicle mine")
    SUBMUNITION = "submunition", _("Unexploded submunition")
    UXO = "uxo", _("Unexploded ordnance (UXO)")
    AXO = "axo", _("Abandoned explosive ordnance (AXO)")
    BOOBY_TRAP = "booby_trap", _("Booby-trap")
    IED = "ied", _("Improvised explosive device (IED)")
    SAA = "saa", _("Small arms ammunition")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class Evidence(TextChoices):
    """The best evidence of contamination (IMSMA)."""

    DIRECT = "direct", _("Direct")
    INDIRECT = "indirect", _("Indirect")
    NONE = "none", _("None")
    NOT_SPECIFIED = "not_specified", _("Not specified")


class Basis(TextChoices):
    """What the evidence is (IMSMA; the first five are direct evidence, the others indirect)."""

    ITEM_SEEN = "item_seen", _("Explosive ordnance seen")
    DETONATION = "detonation", _("Detonation")
    ACCIDENT_KNOWN = "accident_known", _("Accident with known place")
    MARKING_SEEN = "marking_seen", _("Mine signs or fence")
    RELIABLE_RECORDS = "reliable_records", _("Records, reliable")
    ACCIDENT_UNKNOWN = "accident_unknown", _("Accident with unknown place")
    COMBAT_ZONE = "combat_zone", _("Former combat zone")
    UNUSED_LAND = "unused_land", _("Productive land left unused")
    SCRAP = "scrap", _("Scrap metal or craters")
    OLD_SURVEY = "old_survey", _("Old survey")
    POOR_RECORDS = "poor_records", _("Records, not reliable")
    VERBAL = "verbal", _("What people say")


class Knowledge(TextChoices):
    """How the evidence became known (community survey, Syria)."""

    VISUAL = "visual", _("Seen by the team")
    VERBAL = "verbal", _("Told to the team")
    RECORDS = "records", _("Former records")


class Blockage(TextChoices):
    """What people cannot use because of the danger (community survey, Syria)."""

    ROADS = "roads", _("Roads and paths")
    WATER = "water", _("Water")
    AGRICULTURE = "agriculture", _("Fields and grazing")
    INFRASTRUCTURE = "infrastructure", _("School, clinic, market or other service")
    HOUSING = "housing", _("Houses")
    NON_AGRICULTURE = "non_agriculture", _("Other livelihood")
    SAFETY = "safety", _("Safety and security")


class Slope(TextChoices):
    """How steep the ground is."""

    FLAT = "flat", _("Flat")
    GENTLE = "gentle", _("Gentle")
    MODERATE = "moderate", _("Moderate")
    STEEP = "steep", _("Steep")


class Terrain(TextChoices):
    """What the ground is like."""

    SAND = "sand", _("Sand or dunes")
    PLAIN = "plain", _("Plain")
    ROCK = "rock", _("Rock or hill")
    WADI = "wadi", _("Dry riverbed")
    RIVER = "river", _("River bank or marsh")
    ROAD = "road", _("Road or verge")
    BUILT = "built", _("Houses or ruins")
    MILITARY = "military", _("Military position")


class Vegetation(TextChoices):
    """How dense the vegetation is."""

    NONE = "none", _("None")
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    DENSE = "dense", _("Dense")


class Metal(TextChoices):
    """How much scrap metal is in the ground."""

    NONE = "none", _("None")
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Marking(TextChoices):
    """How the danger is marked on the ground."""

    NONE = "none", _("Not marked")
    OFFICIAL = "official", _("Official signs or fence")
    IMPROVISED = "improvised", _("Improvised by people (stones, cloth, branches)")
    PERMANENT = "permanent", _("Permanent survey markers")
    UNKNOWN = "unknown", _("Unknown")


class LandUse(TextChoices):
    """What the land is for, once people can use it."""

    FIELDS = "fields", _("Fields")
    GRAZING = "grazing", _("Grazing")
    HOUSING = "housing", _("Housing")
    WATER = "water", _("Water point")
    ROAD = "road", _("Road or path")
    SERVICE = "service", _("School, clinic or market")
    CAMP = "camp", _("Camp or base")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class Priority(TextChoices):
    """Priority of an area, derived from what it blocks and whom it hurts."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class ActivityStatus(TextChoices):
    """Where an activity stands."""

    IN_PROGRESS = "in_progress", _("In progress")
    SUSPENDED = "suspended", _("Suspended")
    COMPLETED = "completed", _("Completed")


class SurveyMethod(TextChoices):
    """How a non-technical survey was done."""

    INTERVIEWS = "interviews", _("Interviews")
    DESK = "desk", _("Study of records")
    VISIT = "visit", _("Visit to the place")
    REMOTE = "remote", _("From a distance or from the air")


class Method(TextChoices):
    """How ground was searched (IMSMA activity types; IMAS 09.10, 09.11)."""

    MANUAL = "manual", _("Manual clearance")
    DOGS = "dogs", _("Mine detection dogs")
    MECHANICAL = "mechanical", _("Machines")
    BAC_SURFACE = "bac_surface", _("Battle area clearance, surface")
    BAC_SUBSURFACE = "bac_subsurface", _("Battle area clearance, below ground")
    VISUAL = "visual", _("Visual search")
    ROAD = "road", _("Road verification or clearance")
    EOD = "eod", _("Disposal of single items")


class Asset(TextChoices):
    """What was deployed."""

    DEMINERS = "deminers", _("Deminers")
    DETECTOR = "detector", _("Detectors")
    DOGS = "dogs", _("Dogs")
    MACHINE = "machine", _("Machine")
    EOD_TEAM = "eod_team", _("EOD team")
    UAV = "uav", _("Drone")


class Approach(TextChoices):
    """How technical survey chose the ground (IMAS 08.20)."""

    TARGETED = "targeted", _("Targeted at the evidence")
    SYSTEMATIC = "systematic", _("Systematic")


class Recommendation(TextChoices):
    """What a survey recommends."""

    CANCEL = "cancel", _("Cancel the area")
    TECHNICAL_SURVEY = "technical_survey", _("Technical survey")
    CLEARANCE = "clearance", _("Clearance")
    EOD = "eod", _("Disposal of single items")
    MARKING = "marking", _("Marking")
    NOTHING = "nothing", _("Nothing to do")


class Release(TextChoices):
    """How land is released (IMAS 07.11): cancelled by non-technical survey, reduced by technical survey, or cleared."""

    CANCELLED = "cancelled", _("Cancelled")
    REDUCED = "reduced", _("Reduced")
    CLEARED = "cleared", _("Cleared")


class Criterion(TextChoices):
    """Why land could be released without being cleared."""

    NO_EVIDENCE = "no_evidence", _("No evidence was found")
    IN_USE = "in_use", _("In safe use for a long time")
    WRONG_PLACE = "wrong_place", _("The earlier report named the wrong place")
    SEARCHED = "searched", _("Part was searched and nothing was found")
    CLEARED_BEFORE = "cleared_before", _("Cleared before, with records")
    OTHER = "other", _("Other")


class Presence(TextChoices):
    """How much of a village is concerned (community survey, Syria)."""

    SPOTS = "spots", _("A few spots")
    PART = "part", _("A part of the village or its land")
    MOST = "most", _("Most of the village or its land")
    UNKNOWN = "unknown", _("Unknown")
