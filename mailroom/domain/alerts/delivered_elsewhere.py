"""Delivered to another postal code or country than it was mailed to."""

import re

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.regions import REGIONS
from mailroom.domain.status import Status

_FIVE = re.compile(r"(?<![\dA-Z])(\d{5})(?:-?\d{4})?(?!\d)", re.ASCII)
# Five digits elsewhere are the number of a house or a box.
_ZIP = re.compile(
    r"(?:^|[ ,])([A-Z]{2}),? (\d{5})(?:-?\d{4})?(?!\d)"
    r"|(?<![\dA-Z])(?<!BOX )(\d{5})(?:-?\d{4})?(?:,? (?:US|USA|UNITED STATES))?$",
    re.ASCII,
)
_STATE_AND_ZIP = re.compile(r"(?:^|[ ,])([A-Z]{2}) \d{5}(?:-\d{4})?(?:,? (?:US|USA|UNITED STATES))?$", re.ASCII)
_LAST = re.compile(r"(?:^|, ?)([A-Z]{2})$", re.ASCII)
_CANADIAN = re.compile(r"\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b", re.ASCII)
_UNITED_STATES = frozenset({"US", "USA", "UNITED STATES", "UNITED STATES OF AMERICA"})
# Names as carriers print them behind a place; a name that is a state's, too, is not among them.
_NAMES = {
    "CANADA": "CA",
    "MEXICO": "MX",
    "GERMANY": "DE",
    "FRANCE": "FR",
    "UNITED KINGDOM": "GB",
    "GREAT BRITAIN": "GB",
    "POLAND": "PL",
    "ITALY": "IT",
    "SPAIN": "ES",
    "NETHERLANDS": "NL",
    "JAPAN": "JP",
    "CHINA": "CN",
    "AUSTRALIA": "AU",
}


def judge(seen: Situation) -> Finding | None:
    """Compares what the carrier names with the label's or the recipient's; silent where either is not given.

    A ZIP is compared in the United States; elsewhere, and with them, the country, where the place names one for sure.
    """
    event = seen.newest(Status.DELIVERED)
    if event is None:
        return None
    shipment = seen.shipment
    recipient = shipment.fields.recipient
    country = recipient.country or shipment.destination.country
    country = "US" if country in _TERRITORIES else country
    code = shipment.destination.postal_code or recipient.postal_code
    place = " ".join(event.place.upper().split())
    wanted = code[:5]
    domestic = country == "US" or (not country and len(wanted) == 5 and wanted.isascii() and wanted.isdigit())
    there = _country(place)
    if (country or domestic) and there and there != (country or "US"):
        return _found(seen, f"{code} {country or 'US'}".strip(), there)
    if not domestic or not (len(wanted) == 5 and wanted.isdigit()):
        return None
    named = [code or last for state, code, last in _ZIP.findall(place) if last or state in _STATES]
    if not named or wanted in _FIVE.findall(place):
        return None
    return _found(seen, wanted, named[-1])


def _found(seen: Situation, wanted: str, found: str) -> Finding | None:
    event = seen.newest(Status.DELIVERED)
    if event is None:
        return None
    facts = (("wanted", wanted), ("found", found), *event_facts(event))
    return Finding(Urgency.TODAY, event.sort_at, None, facts)


def _country(place: str) -> str:
    """The country that a place (in capitals) names without doubt; empty where two letters may as well be a state."""
    last = place.rpartition(",")[2].strip()
    if last in _UNITED_STATES:
        return "US"
    for name, code in _NAMES.items():
        if place.endswith(f", {name}"):
            return code
    if (match := _STATE_AND_ZIP.search(place)) and match[1] in REGIONS:
        return "US"
    if _CANADIAN.search(place) or _IN_CANADA.search(place):
        return "CA"
    match = _LAST.search(place)
    if match is None or match[1] in REGIONS or match[1] in _NO_COUNTRY:
        return ""
    return "GB" if match[1] == "UK" else match[1]


_TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP"})
# Two letters at the end of a place that are no country: provinces of Canada, territories and the posts of the forces.
_PROVINCES = frozenset({"AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"})
_IN_CANADA = re.compile(rf"(?:^|[ ,])(?:{'|'.join(sorted(_PROVINCES))}), ?CA$")
_STATES = REGIONS.keys() | _TERRITORIES | {"AA", "AE", "AP"}
_NO_COUNTRY = _PROVINCES | _TERRITORIES | {"FM", "MH", "PW", "AA", "AE", "AP"}

RULE = AlertRule(
    "delivered_elsewhere",
    judge,
    (
        Example("another ZIP", piece(happened(1, Status.DELIVERED, "CHICAGO, IL 60614")), Urgency.TODAY),
        Example("the same ZIP", piece(happened(1, Status.DELIVERED, "CHICAGO, IL 60622-3911")), None),
        Example("no ZIP named", piece(happened(1, Status.DELIVERED, "CHICAGO")), None),
        Example("not delivered", piece(happened(1, Status.IN_TRANSIT, "OMAHA, NE 68108")), None),
        Example("another country", piece(happened(1, Status.DELIVERED, "TORONTO, ON M5V 2T6, CA")), Urgency.TODAY),
        Example("a province of Canada", piece(happened(1, Status.DELIVERED, "TORONTO, ON, CA")), Urgency.TODAY),
        Example(
            "a province of Canada, as mailed",
            piece(happened(1, Status.DELIVERED, "TORONTO, ON, CA"), country="CA", postal_code="M5V 2T6"),
            None,
        ),
        Example("the number of a house", piece(happened(1, Status.DELIVERED, "14500 Main St, Chicago, IL")), None),
        Example("the number of a box", piece(happened(1, Status.DELIVERED, "Chicago, IL, PO Box 14500")), None),
        Example(
            "the number of a house, and another ZIP",
            piece(happened(1, Status.DELIVERED, "14500 Main St, Chicago, IL 60614-1200")),
            Urgency.TODAY,
        ),
        Example("nothing but another ZIP", piece(happened(1, Status.DELIVERED, "60614")), Urgency.TODAY),
        Example("the wanted ZIP in front", piece(happened(1, Status.DELIVERED, "60622 Chicago")), None),
        Example(
            "mailed abroad, delivered at home",
            piece(happened(1, Status.DELIVERED, "NEW YORK, NY 10001"), country="PL", postal_code="30-001"),
            Urgency.TODAY,
        ),
        Example(
            "delivered abroad as mailed",
            piece(happened(1, Status.DELIVERED, "KRAKOW, 30-001, PL"), country="PL", postal_code="30-001"),
            None,
        ),
        Example("a state that is a country's code, too", piece(happened(1, Status.DELIVERED, "LOS ANGELES, CA")), None),
    ),
    told=frozenset({Status.DELIVERED}),
)
