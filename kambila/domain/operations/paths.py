"""The path of a non-conformity: found, agreed, corrected, verified; escalated where nothing happens (proposal)."""

from kambila.registry.paths import path

NON_CONFORMITY = path(
    "non_conformity",
    "status",
    {
        "open": {"agreed": (), "corrected": (), "escalated": ()},
        "agreed": {"corrected": (), "escalated": ()},
        "corrected": {"verified": ("verified_on",), "open": (), "escalated": ()},  # open: it was looked at and is not
        "escalated": {"agreed": (), "corrected": ()},
        "verified": {"open": ()},  # it came back
    },
    today={"verified": "verified_on"},
    clears={"open": ("verified_on",), "agreed": ("verified_on",), "corrected": ("verified_on",)},
)
