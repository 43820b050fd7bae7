"""How carriers are called: by name, never by logo."""

from mailroom.domain.shipment import Shipment

NAMES: dict[str, str] = {
    "amazon": "Amazon",
    "canada_post": "Canada Post",
    "canpar": "Canpar",
    "dhl": "DHL",
    "dpd": "DPD",
    "fedex": "FedEx",
    "gofo": "GOFO",
    "landmark": "Landmark Global",
    "lasership": "LaserShip",
    "old_dominion": "Old Dominion",
    "ontrac": "OnTrac",
    "purolator": "Purolator",
    "s10": "Postal item",
    "speedee": "Spee-Dee",
    "ups": "UPS",
    "usps": "USPS",
    "yodel": "Yodel",
    "yunexpress": "YunExpress",
}


def carrier_name(carrier: str) -> str:
    """The carrier's name for people; an unknown id as it stands."""
    return NAMES.get(carrier, carrier)


def carrier_and_service(shipment: Shipment) -> str:
    """`USPS Ground Advantage`; the carrier alone where no service is known."""
    return " ".join(part for part in (carrier_name(shipment.carrier), shipment.service) if part)
