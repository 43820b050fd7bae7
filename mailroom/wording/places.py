"""Where a piece goes, in the few words that a row or a band has room for."""

from mailroom.domain.shipment import Party, Shipment


def town(shipment: Shipment, home: str = "US") -> str:
    """`Dayton OH 45402`; without a city the last line of the address, else the postal code on the label.

    The country is named where it is not `home`.
    """
    party = shipment.fields.recipient
    country = party.country or shipment.destination.country
    abroad = "" if country == home else country
    code = postal_code(party, shipment)
    if party.city:
        return _joined(party.city, party.region, code, abroad)
    if party.address:
        last = party.address[-1]
        return _joined(last, "" if code[:5] in last else code, abroad)
    return _joined(code, abroad)


def postal_code(party: Party, shipment: Shipment) -> str:
    """The recipient's postal code, else the label's; ZIP+4 of the United States as `85713-4410`."""
    code = party.postal_code or shipment.destination.postal_code
    country = party.country or shipment.destination.country or "US"
    return f"{code[:5]}-{code[5:]}" if country == "US" and len(code) == 9 and code.isdigit() else code


def whole_address(party: Party, shipment: Shipment) -> str:
    """All lines in one: street, town with postal code, country."""
    code = postal_code(party, shipment)
    country = party.country or shipment.destination.country
    lines = list(party.address)
    if party.city:
        lines.append(_joined(party.city, party.region, code))
    elif code and not any(code[:5] in line for line in lines):
        lines.append(code)
    return ", ".join(part for part in (*lines, country) if part)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
