"""How long carriers keep what they know of a delivery: after that no proof of it can be had from them any more."""

from dataclasses import dataclass
from datetime import date

_LOOKED_UP = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Days after a delivery: from when to warn and how long it is kept, plain, and where somebody signed."""

    carrier: str  # empty: any that is not named
    warning: int
    kept: int
    signed_warning: int
    signed_kept: int
    source: str
    checked_on: date = _LOOKED_UP


KEEPING = (
    Keeping("", 90, 120, 90, 120, "no carrier's own figure: the shortest of the common ones, with time to ask"),
    Keeping("usps", 90, 120, 700, 730, "findpostoffice.org, April 2022: 120 days; two years where a signature is kept"),
    Keeping("ups", 90, 120, 90, 120, "UPS Track interface: 120 days, with the signature"),
    Keeping("fedex", 700, 730, 700, 730, "FedEx Track interface: it refuses dates more than two years back"),
    Keeping("dhl", 60, 90, 60, 90, "support-developer.dhl.com: most shipments are removed after about 90 days"),
)
_BY_CARRIER = {one.carrier: one for one in KEEPING}


def kept_days(carrier: str) -> dict[str, int]:
    """The days of a carrier by the names that thresholds have."""
    found = _BY_CARRIER.get(carrier) or _BY_CARRIER[""]
    return {
        "proof_warning": found.warning,
        "proof_kept": found.kept,
        "signature_warning": found.signed_warning,
        "signature_kept": found.signed_kept,
    }
