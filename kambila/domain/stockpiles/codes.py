"""The code lists of sites and of their assessment."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SiteType(TextChoices):
    """Kinds of site."""

    ARMOURY = "armoury", _("Armoury")
    STORAGE_AREA = "storage_area", _("Ammunition storage area")
    DEPOT = "depot", _("Depot")
    SMALL_UNIT = "small_unit", _("Store of a small unit")
    COLLECTION = "collection", _("Collection or cantonment site")
    DEMOLITION = "demolition", _("Demolition ground")
    OTHER = "other", _("Other")


class Heading(TextChoices):
    """What an assessment looks at (headings after the IATG; question texts unverified and not shipped)."""

    MANAGEMENT = "management", _("Management and procedures")
    PERSONNEL = "personnel", _("Competence of personnel")
    LICENCE = "licence", _("Licence and explosive limits")
    STACKING = "stacking", _("Stacking, ventilation, temperature")
    COMPATIBILITY = "compatibility", _("Compatibility of what is stored together")
    DISTANCES = "distances", _("Distances to people and roads")
    FIRE = "fire", _("Fire protection")
    LIGHTNING = "lightning", _("Lightning protection and earthing")
    VEGETATION = "vegetation", _("Vegetation")
    SECURITY = "security", _("Fence, guards, keys and access")
    INVENTORY = "inventory", _("Accuracy of the inventory")
    SURVEILLANCE = "surveillance", _("Surveillance of the condition")
    ACCIDENT_PLAN = "accident_plan", _("Plan for accidents")
    BACKLOG = "backlog", _("Stock that waits for disposal")


class Answer(TextChoices):
    """How a site stands under one heading. What was not looked at is unknown, never good."""

    GOOD = "good", _("In order")
    PARTLY = "partly", _("Partly in order")
    BAD = "bad", _("Not in order")
    NOT_APPLICABLE = "na", _("Does not apply")
    UNKNOWN = "unknown", _("Not looked at")


class Risk(TextChoices):
    """How grave the assessor finds the risk of the site as a whole."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
    EXTREME = "extreme", _("Extreme")
    UNKNOWN = "unknown", _("Not judged")


class RiskLevel(TextChoices):
    """Risk reduction process level (IATG 01.20): 0 when level 1 is not reached."""

    ZERO = "0", _("Below level 1")
    ONE = "1", _("Level 1")
    TWO = "2", _("Level 2")
    THREE = "3", _("Level 3")
    UNVERIFIED = "unverified", _("Unverified: the checklist has not been verified")


class Severity(TextChoices):
    """How grave a finding is."""

    CRITICAL = "critical", _("Critical: act at once")
    MAJOR = "major", _("Major")
    MINOR = "minor", _("Minor")
    OBSERVATION = "observation", _("Observation")


class FindingStatus(TextChoices):
    """How far the mending of a finding is."""

    OPEN = "open", pgettext_lazy("finding", "Open")
    AGREED = "agreed", _("Action agreed")
    DONE = "done", _("Done")
    VERIFIED = "verified", _("Done and verified")


class Measure(TextChoices):
    """Measures that reduce a threat at once, before anything is built."""

    REMOVAL = "removal", _("Unsafe items removed")
    SEGREGATION = "segregation", _("Items kept apart")
    RESTACKING = "restacking", _("Stock restacked")
    DETONATORS_APART = "detonators_apart", _("Initiators stored apart")
    FIREBREAK = "firebreak", _("Vegetation cut, firebreak made")
    EXTINGUISHERS = "extinguishers", _("Fire extinguishers and water")
    LOCKS = "locks", _("Locks, doors and keys")
    FENCE = "fence", _("Fence or barrier")
    SIGNS = "signs", _("Signs and markings")
    EVACUATION = "evacuation", _("People moved away or kept out")
    CONTAINER = "container", _("Safe container supplied")
    OTHER = "other", _("Other")


class WorkType(TextChoices):
    """What is repaired or built."""

    BUILDING = "building", _("New building")
    ROOF = "roof", _("Roof and walls")
    VENTILATION = "ventilation", _("Ventilation")
    DOORS = "doors", _("Doors, locks and racks")
    FENCE = "fence", _("Fence, lights and guard post")
    TRAVERSE = "traverse", _("Traverse or barricade")
    LIGHTNING = "lightning", _("Lightning protection")
    FIRE = "fire", _("Fire protection")
    ROAD = "road", _("Road and drainage")
    CONTAINER = "container", _("Container store")
    OTHER = "other", _("Other")


class Progress(TextChoices):
    """How far a measure or a work is."""

    PLANNED = "planned", _("Planned")
    ONGOING = "ongoing", _("Under way")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


class Priority(TextChoices):
    """How soon it is needed."""

    IMMEDIATE = "immediate", _("At once")
    HIGH = "high", _("Soon")
    NORMAL = "normal", _("In its turn")
