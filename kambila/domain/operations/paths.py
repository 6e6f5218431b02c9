"""Two paths (proposals): of a non-conformity (found, agreed, corrected, verified; escalated where nothing happens), and of
an EOD call (requested, assigned, responded, closed). A report from the spot may state any status of a call."""

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

CALL = path(
    "spot_task",
    "status",
    {
        "requested": {"assigned": ("operator",), "cancelled": ()},
        "assigned": {"responded": (), "requested": (), "cancelled": ()},  # requested: the organisation gave it back
        "responded": {"closed": ("outcome",), "assigned": ("operator",)},
        "closed": {"responded": ()},
        "cancelled": {"requested": ()},
    },
    today={"responded": "responded_on"},
    clears={"requested": ("operator", "team")},
)
