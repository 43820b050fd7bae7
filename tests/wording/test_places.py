"""A row says the town a piece goes to, not the street."""

from dataclasses import replace

import pytest

from mailroom.domain.alerts.examples import piece
from mailroom.domain.shipment import Party, Shipment
from mailroom.wording.places import town, whole_address


def sent_to(party: Party) -> Shipment:
    shipment = piece(postal_code="45402").shipment
    return replace(shipment, fields=replace(shipment.fields, recipient=party))


@pytest.mark.parametrize(
    ("party", "short", "whole"),
    [
        (
            Party(address=("1 Pier St",), city="Dayton", region="OH"),
            "Dayton OH 45402",
            "1 Pier St, Dayton OH 45402, US",
        ),
        (Party(address=("1 Pier St", "Dayton OH 45402")), "Dayton OH 45402", "1 Pier St, Dayton OH 45402, US"),
        (Party(address=("1 Pier St",)), "1 Pier St 45402", "1 Pier St, 45402, US"),
        (Party(), "45402", "45402, US"),
        (Party(postal_code="454021234"), "45402-1234", "45402-1234, US"),
        (Party(city="Kraków", country="PL", postal_code="31-042"), "Kraków 31-042 PL", "Kraków 31-042, PL"),
    ],
)
def test_places(party: Party, short: str, whole: str) -> None:
    shipment = sent_to(party)

    assert town(shipment) == short
    assert whole_address(party, shipment) == whole
