"""Delivered to another postal code or country than it was mailed to."""

import re

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.countries import STATES, TERRITORIES, country_of
from mailroom.domain.folding import fold
from mailroom.domain.status import Status

_FIVE = re.compile(r"(?<![\dA-Z])(\d{5})(?:-?\d{4})?(?!\d)", re.ASCII)
# Five digits elsewhere are the number of a house or a box.
_ZIP = re.compile(
    r"(?:^|[ ,])([A-Z]{2}),? (\d{5})(?:-?\d{4})?(?!\d)"
    r"|(?<![\dA-Z])(?<!BOX )(\d{5})(?:-?\d{4})?(?:,? (?:US|USA|UNITED STATES))?$",
    re.ASCII,
)
_FORWARDED = re.compile(
    r"\b(?:forwarded|redirected|nachgesandt|nachgesendet|reexpedie|reachemine|reenviado|inoltrat[ao])\b"
)


def judge(seen: Situation) -> Finding | None:
    """Compares what the carrier names with the label's or the recipient's; silent where either is not given.

    What the carrier told that it forwarded may be where it should be: that can wait.
    A ZIP is compared in the United States; elsewhere, and with them, the country, where the place names one for sure.
    """
    event = seen.newest(Status.DELIVERED)
    if event is None:
        return None
    shipment = seen.shipment
    recipient = shipment.fields.recipient
    country = recipient.country or shipment.destination.country
    country = "US" if country in TERRITORIES else country
    code = shipment.destination.postal_code or recipient.postal_code
    place = " ".join(event.place.upper().split())
    wanted = code[:5]
    domestic = country == "US" or (not country and len(wanted) == 5 and wanted.isascii() and wanted.isdigit())
    there = country_of(place, country)
    if (country or domestic) and there and there != (country or "US"):
        return _found(seen, f"{code} {country or 'US'}".strip(), there)
    if not domestic or not (len(wanted) == 5 and wanted.isdigit()):
        return None
    named = [code or last for state, code, last in _ZIP.findall(place) if last or state in STATES]
    if not named or wanted in _FIVE.findall(place):
        return None
    return _found(seen, wanted, named[-1])


def _found(seen: Situation, wanted: str, found: str) -> Finding | None:
    event = seen.newest(Status.DELIVERED)
    if event is None:
        return None
    forwarded = next((one.text for one in reversed(seen.moves) if _FORWARDED.search(fold(one.text))), "")
    facts = (("wanted", wanted), ("found", found), *((("forwarded", forwarded),) if forwarded else ()))
    urgency = Urgency.SOON if forwarded else Urgency.TODAY
    return Finding(urgency, event.sort_at, None, (*facts, *event_facts(event)))


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
        *(
            Example(
                f"a part of {country}",
                piece(happened(1, Status.DELIVERED, place), country=country, postal_code=code),
                None,
            )
            for place, code, country in (
                ("Roma, RM", "00100", "IT"),
                ("Muenchen, BY", "80331", "DE"),
                ("Sao Paulo, SP", "01310-100", "BR"),
                ("Shenzhen, GD", "518000", "CN"),
                ("Fort-de-France, MQ", "97200", "FR"),
                ("LOS ANGELES, CA", "EC1A 1BB", "GB"),
            )
        ),
        Example("two letters that are no country's", piece(happened(1, Status.DELIVERED, "Front Door, DR")), None),
        Example(
            "mailed abroad, delivered in a state, no ZIP named",
            piece(happened(1, Status.DELIVERED, "NEW YORK, NY"), country="GB", postal_code="EC1A 1BB"),
            Urgency.TODAY,
        ),
        Example(
            "forwarded on the way",
            piece(
                happened(3, Status.IN_TRANSIT, "CHICAGO, IL", "Forwarded"),
                happened(1, Status.DELIVERED, "RENO, NV 89501"),
            ),
            Urgency.SOON,
        ),
        Example("a state that is a country's code, too", piece(happened(1, Status.DELIVERED, "LOS ANGELES, CA")), None),
    ),
    told=frozenset({Status.DELIVERED}),
)
