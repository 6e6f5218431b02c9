"""The code lists of incidents and casualties."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """Accidents with mines and ERW, and IED attacks: two series that are never added (Landmine Monitor practice)."""

    MINE_ERW = "mine_erw", _("Mine or ERW accident")
    IED = "ied", _("IED attack")
    DEMINING = "demining", _("Demining accident")
    STORED_AMMUNITION = "stored_ammunition", _("Accident with stored ammunition")


class AccidentType(TextChoices):
    """IMSMA wiki, accident summary window: derived here from the category and the class of the device."""

    DEMINING = "demining", _("Demining accident")
    CLUSTER = "cluster", _("Cluster munition")
    IED = "ied", _("Improvised explosive device")
    MINE = "mine", _("Mine")
    STORED_AMMUNITION = "stored_ammunition", _("Stored ammunition")
    UXO_AXO = "uxo_axo", _("Unexploded or abandoned ordnance")
    OTHER = "other", _("Other or unknown")


class Device(TextChoices):
    """Classes of explosive ordnance (IMAS 04.10 as quoted by GICHD; CCW protocols, APMBC, CCM). Class only."""

    AP = "ap", _("Anti-personnel mine")
    API = "api", _("Improvised mine, victim-activated")
    AV = "av", _("Anti-vehicle mine")
    SUBMUNITION = "submunition", _("Unexploded submunition")
    UXO = "uxo", _("Unexploded ordnance")
    AXO = "axo", _("Abandoned ordnance")
    BOOBY_TRAP = "booby_trap", _("Booby-trap")
    IED_VICTIM = "ied_victim", _("IED, victim-operated")
    IED_COMMAND = "ied_command", _("IED, command-operated")
    IED_TIME = "ied_time", _("IED, timed")
    IED_SUICIDE = "ied_suicide", _("IED, suicide attack")
    IED_UNKNOWN = "ied_unknown", _("IED, class unknown")
    SAA = "saa", _("Small-arms ammunition")
    OTHER = "other", _("Other device")
    UNKNOWN = "unknown", _("Device unknown")


class Certainty(TextChoices):
    """How sure it is which class of device it was."""

    CONFIRMED = "confirmed", _("Confirmed by a specialist")
    SUSPECTED = "suspected", _("Suspected")
    UNKNOWN = "unknown", _("Unknown")


class TimeOfDay(TextChoices):
    """Time-of-day band (IMSMA wiki, accident summary)."""

    MORNING = "morning", _("Morning (6 to 12)")
    AFTERNOON = "afternoon", _("Afternoon (12 to 18)")
    EVENING = "evening", _("Evening (18 to 24)")
    NIGHT = "night", _("Night (0 to 6)")
    UNKNOWN = "unknown", _("Unknown")


class Accuracy(TextChoices):
    """How well the place is known (Syria field forms, accuracy of location)."""

    EXACT = "exact", _("Exact: measured on the spot")
    NEARBY = "nearby", _("Within a kilometre")
    VILLAGE = "village", _("The village is known, the spot is not")
    DISTRICT = "district", _("Only the commune or the cercle is known")
    UNKNOWN = "unknown", _("Unknown")


class Cause(TextChoices):
    """What set the device off (how activated; IMSMA wiki, accident summary)."""

    STEPPED_ON = "stepped_on", _("Stepped on")
    DRIVEN_OVER = "driven_over", _("Driven over")
    HANDLED = "handled", _("Handled or played with")
    STRUCK = "struck", _("Struck while digging or farming")
    MOVED = "moved", _("Moved or carried")
    BURNT = "burnt", _("Heated by a fire")
    TRIPPED = "tripped", _("Wire or lid touched")
    ATTACK = "attack", _("Set off by an attacker")
    ANIMAL = "animal", _("Set off by an animal")
    SPONTANEOUS = "spontaneous", _("Exploded by itself")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class AreaType(TextChoices):
    """Where it happened (Syria field forms, type of area)."""

    ROAD = "road", _("Road or track")
    FIELD = "field", _("Field")
    GRAZING = "grazing", _("Grazing land")
    HOUSE = "house", _("House or yard")
    SCHOOL = "school", _("School")
    WATER = "water", _("Water point")
    MILITARY = "military", _("Military position or camp")
    STORE = "store", _("Ammunition store")
    MARKET = "market", _("Market or public place")
    BUSH = "bush", _("Bush or desert")
    WORKPLACE = "workplace", _("Demining workplace")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class Marking(TextChoices):
    """Marking before or after an accident: formal, as a standard says, or made by the people of the place."""

    FORMAL = "formal", _("Official signs")
    INFORMAL = "informal", _("Local signs: stones, branches, paint")
    FENCE = "fence", _("Fence")
    NONE = "none", _("No marking")
    UNKNOWN = "unknown", _("Unknown")


class Source(TextChoices):
    """Who told of it. OHCHR (Guidance on Casualty Recording, 2019) asks for several sources."""

    SURVIVOR = "survivor", _("A survivor")
    WITNESS = "witness", _("A witness")
    AUTHORITY = "authority", _("Local authority")
    HEALTH = "health", _("Health facility")
    FORCES = "forces", _("Defence and security forces")
    MISSION = "mission", _("Peacekeeping mission")
    PARTNER = "partner", _("Partner organisation")
    TEAM = "team", _("Mine action team on the spot")
    MEDIA = "media", _("Media")
    OTHER = "other", _("Other")


class SourceReliability(TextChoices):
    """How far the source is to be trusted: letters A to F (admiralty code; unverified)."""

    A = "a", _("A: completely reliable")
    B = "b", _("B: usually reliable")
    C = "c", _("C: fairly reliable")
    D = "d", _("D: not usually reliable")
    E = "e", _("E: unreliable")
    F = "f", _("F: cannot be judged")


class InformationReliability(TextChoices):
    """How far the information itself is to be trusted: 1 to 6 (admiralty code; unverified)."""

    CONFIRMED = "1", _("1: confirmed by other sources")
    PROBABLE = "2", _("2: probably true")
    POSSIBLE = "3", _("3: possibly true")
    DOUBTFUL = "4", _("4: doubtful")
    IMPROBABLE = "5", _("5: improbable")
    UNJUDGED = "6", _("6: cannot be judged")


class Verification(TextChoices):
    """How far the accident has been looked into (OHCHR: verified from several sources)."""

    VERIFIED = "verified", _("Verified on the spot or by several sources")
    PARTLY = "partly", _("Partly verified")
    NOT_VERIFIED = "not_verified", _("Not verified")


class EventClass(TextChoices):
    """Class of an IED event; nothing about how a device was made."""

    EXPLOSION = "explosion", _("Explosion")
    FOUND = "found", _("Found and made safe")
    FALSE = "false", _("False alarm or hoax")
    TURNED_IN = "turned_in", _("Turned in")
    CACHE = "cache", _("Cache")
    UNKNOWN = "unknown", _("Unknown")


class Target(TextChoices):
    """Whom or what an attack was aimed at."""

    CIVILIAN = "civilian", _("Civilians")
    MDSF = "mdsf", _("Malian defence and security forces")
    MINUSMA = "minusma", _("MINUSMA")
    OTHER_MILITARY = "other_military", _("Other military")
    HUMANITARIAN = "humanitarian", _("Humanitarian workers")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    UNKNOWN = "unknown", _("Unknown")


class Workplace(TextChoices):
    """What was being done in a demining accident (IMAS 10.60; unverified)."""

    CLEARANCE = "clearance", _("Clearance")
    SURVEY = "survey", _("Survey")
    EOD = "eod", _("Explosive ordnance disposal")
    TRAINING = "training", _("Training")
    TRANSPORT = "transport", _("Transport")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")
