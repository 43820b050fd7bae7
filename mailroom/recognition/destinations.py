"""Where `delivered to ...` went: home, back to the sender, to a place where it is collected, or to somebody who
carries it on.

All words are folded: small letters without accents. A name of a street stands for an address, whatever it is called.
"""

from collections.abc import Iterator, Sequence
from enum import Enum


class Goal(Enum):
    """Where a piece was brought."""

    HOME = "home"  # to the recipient, or nothing else is said
    SENDER = "sender"
    PICKUP_POINT = "pickup_point"
    ONWARD = "onward"


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


def _names(line: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(one.split()) for one in line.split("|"))


_LINKS = _words("to into an au aux a al alla allo aan bij bei zum zur chez ao do")
_INSIDE = _words("in im en no na w")  # "in der Filiale", "en point relais"
_FIRST_WORDS = 3  # the link stands among these behind "delivered": "delivered back to"
_ARTICLES = _words(
    "the a an its his our your their s den dem die der das la le les l el il lo los un una une de het een original"
    " originating local"
)
_SENDERS = _words(
    "sender shipper consignor absender versender expediteur remitente mittente afzender remetente nadawcy"
)
_OF_THEIRS = _words("address location door dock warehouse facility")  # "the sender's address" is the sender
_PICKUP_POINTS = _names(
    "pickup point|pick up point|pickup location|pick up location|collection point|parcel shop|parcelshop|service point"
    "|servicepoint|access point|point relais|relais|paketshop|filiale|postfiliale|packstation|punto di ritiro"
    "|punto de recogida|ponto de recolha|afhaalpunt|pakketpunt|postnl punt"
    "|punktu odbioru|punkcie odbioru|paczkomatu|paczkomacie"
)
_LOCKERS = _names("locker")  # not "in a locker", nor the "parcel locker" of the post, which is one at the house
_KINDS = _words(
    "air ocean sea freight motor postal delivery next final regional destination connecting line haul linehaul"
    " shipping customs clearing third party"
)
_HANDLERS = _names(
    "customs|agent|agents|carrier|carriers|courier|couriers|forwarder|forwarders|broker|brokers|airline|airlines"
    "|contractor|consolidator|partner|partners|postal|usps|ups|fedex|dhl|dpd|gls|hermes|evri|purolator|ontrac|lasership|yodel"
    "|postnl|bpost|colissimo|chronopost|correos|tnt|aramex|post office|royal mail"
    "|united states postal|us postal|u s postal|canada post|poste|deutsche post"
    "|swiss post|australia post|amazon logistics|spediteur|frachtfuehrer|transporteur|transporteurs|agence"
    "|transportista|agencia|mensajero|corriere|vettore|agente|vervoerder|koerier|postkantoor|bureau de poste"
    "|ufficio postale|oficina de correos"
)
_STATIONS = _words(
    "hub hubs depot depots terminal airport warehouse cfs gateway linehaul vessel paketzentrum zustellbasis deposito"
    " sorteercentrum"
)
_ROOMS = _words("facility center centre station unit country")  # stations only with one of these in front:
_OF_CARRIERS = _words(
    "next local destination origin sort sorting distribution fulfillment fulfilment processing regional transit"
    " logistics delivery carrier parcel mail usps ups fedex dhl"
)
_SHOPS = _words("home office")  # "Home Depot" and "Office Depot" are customers
# Behind a name: then it was an address, or a box or shop where the recipient has mail sent.
_ADDRESS = _words(
    "st street ave avenue rd road dr drive ln lane blvd way court ct place pl square strasse str platz weg box mailbox"
    " store customer"
)
_ENDS = _words("by via for from with at near through per")  # behind these no longer whereto, but how
_ONWARD = _words(
    "final onward further delivery transport transit pickup collection clearance customs forwarding shipment"
)
_ABOUT = _words("instructions information info details questions issues inquiries enquiries help problems")
_BY_MAIL = _names("by e mail|by email|via e mail|via email|electronically")
_REACH = 4  # words between a link and what it leads to


def goal_of(before: Sequence[str], after: Sequence[str]) -> Goal:
    """Where a delivery went by the words of its part before it and the words of its sentence behind it."""
    for at, word in enumerate(after[:_FIRST_WORDS]):
        if word in _LINKS and (found := _led_to(after[at + 1 :])) is not Goal.HOME:
            return found
        if word in _INSIDE and _in_reach(after[at + 1 :], _PICKUP_POINTS):
            return Goal.PICKUP_POINT
    if (found := _in_front(before)) is not Goal.HOME:
        return found
    if any(starts(after[at:], one) for one in _BY_MAIL for at in range(2)):
        return Goal.ONWARD
    return Goal.ONWARD if any(_for_more(after, at) for at in range(len(after))) else Goal.HOME


def starts(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether words begin with a name."""
    return tuple(words[: len(name)]) == tuple(name)


def _led_to(words: Sequence[str]) -> Goal:
    bare = _without(words, _ARTICLES)
    if _is_sender(bare):
        return Goal.SENDER
    if _in_reach(words, _PICKUP_POINTS) or (_in_reach(words, _LOCKERS) and "parcel" not in words[:_REACH]):
        return Goal.PICKUP_POINT
    if _is_named(_without(bare, _KINDS), _HANDLERS) or _is_named(bare, _HANDLERS) or _is_station(words):
        return Goal.ONWARD
    return Goal.HOME


def _is_sender(words: Sequence[str]) -> bool:
    if starts(words, ("return", "address")):
        return True
    if not words or words[0] not in _SENDERS or not _ADDRESS.isdisjoint(words[1:2]):
        return False
    return "s" not in words[1:2] or not _OF_THEIRS.isdisjoint(words[2:3])  # "the sender's neighbour"


def _in_front(before: Sequence[str]) -> Goal:
    """German and Dutch say first whereto: `an den Absender zugestellt`."""
    if before and before[-1] in _SENDERS and not (_LINKS | {"dem"}).isdisjoint(before[-3:-1]):
        return Goal.SENDER
    for one in _PICKUP_POINTS:
        size = len(one)
        if tuple(before[-size:]) == one and not (_LINKS | _INSIDE).isdisjoint(before[-size - 3 : -size]):
            return Goal.PICKUP_POINT
    return Goal.HOME


def _without(words: Sequence[str], some: frozenset[str]) -> Sequence[str]:
    at = next((at for at, word in enumerate(words) if word not in some), len(words))
    return words[at:]


def _is_named(words: Sequence[str], names: Sequence[tuple[str, ...]]) -> bool:
    return any(starts(words, one) and _ADDRESS.isdisjoint(words[len(one) : len(one) + 1]) for one in names)


def _reached(words: Sequence[str]) -> Iterator[int]:
    """The places within reach; a number or a word of how ends it: `to 12 Carrier Street`, `to John via courier`."""
    for at, word in enumerate(words[:_REACH]):
        if word in _ENDS or word.isdigit():
            return
        yield at


def _in_reach(words: Sequence[str], names: Sequence[tuple[str, ...]]) -> bool:
    return any(_is_named(words[at:], names) for at in _reached(words))


def _is_station(words: Sequence[str]) -> bool:
    for at in _reached(words):
        ahead = words[at - 1] if at else ""
        known = words[at] in _STATIONS and ahead not in _SHOPS
        if (known or (words[at] in _ROOMS and ahead in _OF_CARRIERS)) and _ADDRESS.isdisjoint(words[at + 1 : at + 2]):
            return True
    return False


def _for_more(after: Sequence[str], at: int) -> bool:
    """Whether a purpose stands there that is yet to come; `for delivery questions call us` is none."""
    return (
        after[at] == "for"
        and not _ONWARD.isdisjoint(after[at + 1 : at + 2])
        and _ABOUT.isdisjoint(after[at + 2 : at + 3])
    )
