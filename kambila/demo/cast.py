"""Who takes part: accounts with their roles, teams, organisations, offices. All persons and operators are invented."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "Kambila-example-2014"  # noqa: S105  printed by `kambila demo`, for the example only
PROGRAMME, MISSION, FORCES = "EX-ORG-PROG", "EX-ORG-MINUSMA", "EX-ORG-MDSF"
COMMISSION, SCHOOL, SECURITY = "EX-ORG-CNPA", "EX-ORG-CPADD", "EX-ORG-UNDSS"
CLEAR, GROUND, RIVER, CARE = "EX-ORG-STS", "EX-ORG-ASD", "EX-ORG-DMA", "EX-ORG-RSA"
COMPANY = "EX-ORG-EODCOY"
STOPPED, EXPIRED = "EX-ORG-SVD", "EX-ORG-PTS"  # accreditation suspended in June 2014; expired in March


@dataclass(frozen=True)
class Person:
    """An account that somebody can sign in with; `organisation` and `office` are codes that limit the role."""

    username: str
    full_name: str
    role: str
    language: str = "en"
    organisation: str = ""
    office: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Team:
    """Who fills in forms: an account without a password, at an office, of an organisation."""

    username: str
    full_name: str
    office: str
    organisation: str
    adm1: tuple[str, ...] = ()


MANAGER, INFORMATION, QUALITY = "manager", "information", "quality"
PEOPLE = (
    Person(MANAGER, "Henrike Aalto", "programme-manager"),
    Person(INFORMATION, "Souleymane Bangoura", "information-officer", "fr"),
    Person(QUALITY, "Marcel Adjovi", "quality-officer", "fr"),
    Person("gao", "Fanta Maïga-Lune", "office-officer", "fr", office="EX-GAO"),
    Person("operator", "Idrissa Coulon", "operator", "fr", organisation=CLEAR),
    Person("weapons", "Tomas Brandvold", "weapons-adviser", kind="stockpiles"),
    Person("assistance", "Aïssa Kéléfa", "assistance-officer", "fr", kind="assistance"),
    Person("donor", "Kenji Murano", "donor", organisation="EX-ORG-JP"),
    Person("auditor", "Ruth Ellery", "auditor"),
    Person("administrator", "Nouhoum Séry", "administrator", "fr"),
    Person("reporter", "Mariam Tolofana", "reporter", "fr"),
)

BAMAKO, SEVARE, TIMBUKTU, GAO, KIDAL = "EX-BKO", "EX-SEV", "EX-TBU", "EX-GAO", "EX-KID"
# code, title, kind, P-code of the town in the short table, région, cercle
OFFICES = (
    (BAMAKO, "Bamako", "headquarters", "ML090103000", "ML09", "ML0901"),
    (SEVARE, "Sévaré", "field_office", "ML050109007", "ML05", "ML0501"),
    (TIMBUKTU, "Timbuktu", "field_office", "ML060000000", "ML06", "ML0601"),
    (GAO, "Gao", "field_office", "ML070000000", "ML07", "ML0701"),
    (KIDAL, "Kidal", "field_office", "ML080000000", "ML08", "ML0801"),
)
OFFICE_OF = {"ML04": SEVARE, "ML05": SEVARE, "ML06": TIMBUKTU, "ML07": GAO, "ML08": KIDAL, "ML09": BAMAKO}

HQ = Team("hq", "Programme headquarters", BAMAKO, PROGRAMME, ("ML09",))
STOCKS = Team("stocks", "Weapons and ammunition section", BAMAKO, PROGRAMME, ("ML09",))
TEACHERS = Team("teachers", "Training section", BAMAKO, PROGRAMME, ("ML09", "ML05", "ML06", "ML07", "ML08"))
INSPECTORS = Team("inspectors", "Quality section", BAMAKO, PROGRAMME)
CARERS = Team("carers", "Réadaptation Sahel, social team", GAO, CARE, ("ML06", "ML07", "ML08"))
SURVEYORS = (
    Team("sts-sevare", "Sahel Terre Sûre, team 1", SEVARE, CLEAR, ("ML04", "ML05")),
    Team("dma-sevare", "Djoliba Mine Action, team A", SEVARE, RIVER, ("ML05",)),
    Team("sts-timbuktu", "Sahel Terre Sûre, team 2", TIMBUKTU, CLEAR, ("ML06",)),
    Team("asd-timbuktu", "Aide Sans Danger, équipe 1", TIMBUKTU, GROUND, ("ML06",)),
    Team("sts-gao", "Sahel Terre Sûre, team 3", GAO, CLEAR, ("ML07",)),
    Team("dma-gao", "Djoliba Mine Action, team B", GAO, RIVER, ("ML07",)),
    Team("asd-kidal", "Aide Sans Danger, équipe 2", KIDAL, GROUND, ("ML08",)),
)
EOD_TEAMS = (
    Team("eod-sevare", "EOD team Sévaré", SEVARE, RIVER, ("ML04", "ML05")),
    Team("eod-timbuktu", "EOD team Timbuktu", TIMBUKTU, CLEAR, ("ML06",)),
    Team("eod-gao", "EOD team Gao", GAO, CLEAR, ("ML07",)),
    Team("eod-kidal", "EOD team Kidal", KIDAL, GROUND, ("ML08",)),
)
SAVANNA = Team("svd-sevare", "Savane Déminage, équipe 1", SEVARE, STOPPED, ("ML05",))
TRACKS = Team("pts-timbuktu", "Pistes Sûres, équipe 1", TIMBUKTU, EXPIRED, ("ML06",))
TEAMS = (HQ, STOCKS, TEACHERS, INSPECTORS, CARERS, *SURVEYORS, *EOD_TEAMS, SAVANNA, TRACKS)
# whom the quality officers visit besides those at work on a task, by what they do
VISITED = {
    "battle_area": (CLEAR, GROUND), "non_technical_survey": (CLEAR, GROUND, RIVER), "eod": (CLEAR, RIVER, COMPANY),
    "risk_education": (CARE, RIVER),
}  # fmt: skip


def teams_in(adm1: str, teams: tuple[Team, ...] = SURVEYORS) -> tuple[Team, ...]:
    """The teams that work in a région; the first where none does."""
    return tuple(team for team in teams if adm1 in team.adm1) or teams[:1]
