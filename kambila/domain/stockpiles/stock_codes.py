"""The code lists of stock: buildings, natures, conditions, movements, disposal, weapons."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Building(TextChoices):
    """Kinds of storehouse."""

    EARTH_COVERED = "earth_covered", _("Earth-covered magazine")
    BRICK = "brick", _("Brick or concrete building")
    LIGHT = "light", _("Light building")
    CONTAINER = "container", _("Container")
    TENT = "tent", _("Tent")
    OPEN = "open", _("Open stack")
    ROOM = "room", _("Room in another building")
    OTHER = "other", _("Other")


class Division(TextChoices):
    """Hazard divisions of UN class 1 (Model Regulations; paraphrased, unverified)."""

    D1_1 = "1.1", _("1.1 mass explosion")
    D1_2 = "1.2", _("1.2 projection, no mass explosion")
    D1_2_1 = "1.2.1", _("1.2.1 projection, larger items")
    D1_2_2 = "1.2.2", _("1.2.2 projection, smaller items")
    D1_2_3 = "1.2.3", _("1.2.3 projection, special limits")
    D1_3 = "1.3", _("1.3 fire with minor blast or projection")
    D1_3_1 = "1.3.1", _("1.3.1 fire, larger effect")
    D1_3_2 = "1.3.2", _("1.3.2 fire, smaller effect")
    D1_4 = "1.4", _("1.4 no significant hazard")
    D1_5 = "1.5", _("1.5 very insensitive, mass explosion")
    D1_6 = "1.6", _("1.6 extremely insensitive")


class Compatibility(TextChoices):
    """The thirteen compatibility groups of UN class 1. Which go together is not shipped: the table is unverified."""

    A = "a", _("Group A")
    B = "b", _("Group B")
    C = "c", _("Group C")
    D = "d", _("Group D")
    E = "e", _("Group E")
    F = "f", _("Group F")
    G = "g", _("Group G")
    H = "h", _("Group H")
    J = "j", _("Group J")
    K = "k", _("Group K")
    L = "l", _("Group L")
    N = "n", _("Group N")
    S = "s", _("Group S")


class Condition(TextChoices):
    """Condition groups of IATG 03.10 by their letters (unverified; see conditions.py)."""

    A = "a", _("A: serviceable (unverified)")
    B = "b", _("B: banned until investigated (unverified)")
    C = "c", _("C: unavailable until inspected or repaired (unverified)")
    D = "d", _("D: for disposal (unverified)")
    UNKNOWN = "unknown", _("Not inspected")


class Family(TextChoices):
    """Families of ammunition and weapons."""

    SAA = "saa", _("Small-arms ammunition")
    PROJECTILE = "projectile", _("Projectile")
    MORTAR = "mortar", _("Mortar bomb")
    ROCKET = "rocket", _("Rocket")
    MISSILE = "missile", _("Missile")
    GRENADE = "grenade", _("Grenade")
    BOMB = "bomb", _("Aircraft bomb")
    SUBMUNITION = "submunition", _("Cluster munition or submunition")
    MINE_AP = "mine_ap", _("Anti-personnel mine")
    MINE_AV = "mine_av", _("Anti-vehicle mine")
    FUZE = "fuze", _("Fuze")
    INITIATOR = "initiator", _("Detonator or other initiator")
    EXPLOSIVE = "explosive", _("Explosive in bulk")
    PROPELLANT = "propellant", _("Propellant")
    PYROTECHNIC = "pyrotechnic", _("Pyrotechnic")
    WEAPON = "weapon", _("Weapon")
    OTHER = "other", _("Other")


class Restriction(TextChoices):
    """Ban or constraint on a lot (IATG 01.70): a ban stops issue and use, a constraint limits something."""

    NONE = "none", _("None")
    CONSTRAINT = "constraint", _("Constraint")
    BAN = "ban", _("Ban")
    UNKNOWN = "unknown", _("Unknown")


class MovementKind(TextChoices):
    """What moves stock. A count that differs is put right by an adjustment, never by an edit."""

    OPENING = "opening", _("First inventory")
    RECEIPT = "receipt", _("Receipt")
    ISSUE = "issue", _("Issue")
    RETURN = "return", pgettext_lazy("stock", "Return of what was issued")
    TRANSFER = "transfer", _("Transfer")
    DISPOSAL = "disposal", _("Disposal")
    GAIN = "gain", _("Adjustment: more found")
    LOSS = "loss", _("Adjustment: less found")


class Variance(TextChoices):
    """What was found when a count differed from the books."""

    NONE = "none", _("No difference")
    OPEN = "open", _("Being investigated")
    EXPLAINED = "explained", _("Explained")
    LOST = "lost", _("Lost or stolen")


class StockSource(TextChoices):
    """Where stock for disposal came from."""

    OBSOLETE = "obsolete", _("Obsolete stock")
    UNSAFE = "unsafe", _("Unsafe stock")
    SEIZED = "seized", _("Seized")
    SURRENDERED = "surrendered", _("Surrendered or handed in")
    ERW = "erw", _("Explosive remnants of war")


class Method(TextChoices):
    """Class of method only."""

    OPEN_DETONATION = "open_detonation", _("Open detonation")
    OPEN_BURNING = "open_burning", _("Open burning")
    INDUSTRIAL = "industrial", _("Industrial demilitarisation")
    CUTTING = "cutting", _("Cutting or crushing (weapons)")
    MELTING = "melting", _("Melting (weapons)")
    OTHER = "other", _("Other")


class Treaty(TextChoices):
    """Treaty under which a destruction is reported."""

    APMBC = "apmbc", _("Anti-Personnel Mine Ban Convention")
    CCM = "ccm", _("Convention on Cluster Munitions")
    CCW = "ccw", _("Convention on Certain Conventional Weapons")
    POA = "poa", _("Programme of Action on small arms")
    ECOWAS = "ecowas", _("ECOWAS Convention")
    NONE = "none", _("None")


class Weapon(TextChoices):
    """Kinds of weapons and ammunition that people hand in."""

    PISTOL = "pistol", _("Pistol or revolver")
    RIFLE = "rifle", _("Rifle")
    ASSAULT_RIFLE = "assault_rifle", _("Assault rifle")
    MACHINE_GUN = "machine_gun", _("Machine gun")
    HUNTING = "hunting", _("Hunting or home-made gun")
    LAUNCHER = "launcher", _("Grenade or rocket launcher")
    MORTAR_TUBE = "mortar_tube", _("Mortar")
    MISSILE_LAUNCHER = "missile_launcher", _("Portable missile launcher")
    HEAVY = "heavy", _("Heavy weapon")
    SAA = "saa", _("Small-arms ammunition (rounds)")
    GRENADE = "grenade", _("Grenade")
    AMMUNITION = "ammunition", _("Other ammunition")
    MINE = "mine", _("Mine")
    IED = "ied", _("Improvised explosive device")
    EXPLOSIVE = "explosive", _("Explosive")
    OTHER = "other", _("Other")


class HandedBy(TextChoices):
    """Who handed it in."""

    COMBATANT = "combatant", _("Combatant in a disarmament programme")
    GROUP = "group", _("Armed group as a whole")
    COMMUNITY = "community", _("Community")
    CIVILIAN = "civilian", _("Civilian")
    FORCES = "forces", _("Defence and security forces")
    UNKNOWN = "unknown", _("Unknown")


class WeaponState(TextChoices):
    """In what state it is."""

    WORKING = "working", _("Working")
    DAMAGED = "damaged", _("Damaged")
    UNUSABLE = "unusable", _("Unusable")
    UNSAFE = "unsafe", _("Unsafe to move")
    UNKNOWN = "unknown", _("Unknown")


class Disposition(TextChoices):
    """What became of it."""

    STORED = "stored", _("Stored")
    DESTROYED = "destroyed", _("Destroyed")
    HANDED_OVER = "handed_over", _("Handed to the national authority")
    RETURNED = "returned", pgettext_lazy("ammunition", "Returned")
    LEFT = "left", _("Left in place, guarded")
    UNKNOWN = "unknown", _("Unknown")
