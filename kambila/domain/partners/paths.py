"""The paths of an accreditation and of a version of procedures (IMAS 07.30; unverified, proposal)."""

from kambila.registry.paths import path

DATES = ("issued_on", "expires_on")
ENDED = ("ended_because",)
ANSWERS = {"returned": (), "granted": DATES, "provisional": DATES, "refused": ()}
ENDS = {"suspended": ENDED, "withdrawn": ENDED}
NOTHING_ENDED = ("ended_because", "ended_on")

PATH = path(
    "accreditation",
    "decision",
    {
        "submitted": ANSWERS,
        "returned": {"submitted": (), "refused": ()},
        "provisional": {"granted": DATES, **ENDS},
        "granted": ENDS,
        "suspended": {"granted": (), "withdrawn": ENDED},  # a suspension that is lifted leaves the days as they were
        "refused": {"submitted": ()},
        "withdrawn": {},  # whoever wants to work again asks for a new one
    },
    today={"suspended": "ended_on", "withdrawn": "ended_on"},
    clears={"granted": NOTHING_ENDED, "provisional": NOTHING_ENDED},
)

REVIEWED = ("approved_on", "review_by")
OVER = {"superseded": (), "withdrawn": ()}

PROCEDURE = path(
    "procedure",
    "status",
    {
        "submitted": {"returned": (), "approved": REVIEWED},
        "returned": {"submitted": ()},
        "approved": OVER,
        "superseded": {},  # what is used again is submitted as a new version
        "withdrawn": {},
    },
    today={"approved": "approved_on", "superseded": "ended_on", "withdrawn": "ended_on"},
)
