"""The office: what window and command line hold. A bundle of use cases with no methods of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from mailroom.domain.operator import Operator
from mailroom.services.desk import Desk

if TYPE_CHECKING:
    from mailroom.services.address_book import AddressBook
    from mailroom.services.addresses import Addresses
    from mailroom.services.attachments import Attachments
    from mailroom.services.attention import Attention
    from mailroom.services.books import Books
    from mailroom.services.claim_batches import ClaimBatches
    from mailroom.services.claim_papers import ClaimPapers
    from mailroom.services.claims import Claims
    from mailroom.services.command_codes import CommandCodes
    from mailroom.services.digest import Digests
    from mailroom.services.exchange.usecases import Exchange
    from mailroom.services.intake import Intake
    from mailroom.services.labels import Labels
    from mailroom.services.lanes import Lanes
    from mailroom.services.lists import Lists
    from mailroom.services.mail_rounds import MailRounds
    from mailroom.services.papers import Papers
    from mailroom.services.people import People
    from mailroom.services.photos import Photos
    from mailroom.services.requesters import Requesters
    from mailroom.services.rules import Rules
    from mailroom.services.runs import Runs
    from mailroom.services.safety import Safety
    from mailroom.services.settings import Settings
    from mailroom.services.sheets import Sheets
    from mailroom.services.shipments import Shipments
    from mailroom.services.sign_in import SignIn
    from mailroom.services.timeline import Timeline
    from mailroom.services.tracking import Tracking

USE_CASES: Final = {  # what an `Office` has -> where its class is in this room
    "intake": "intake:Intake",
    "shipments": "shipments:Shipments",
    "timeline": "timeline:Timeline",
    "exchange": "exchange.usecases:Exchange",
    "attachments": "attachments:Attachments",
    "papers": "papers:Papers",
    "photos": "photos:Photos",
    "books": "books:Books",
    "sheets": "sheets:Sheets",
    "claims": "claims:Claims",
    "attention": "attention:Attention",
    "claim_papers": "claim_papers:ClaimPapers",
    "claim_batches": "claim_batches:ClaimBatches",
    "rules": "rules:Rules",
    "lists": "lists:Lists",
    "runs": "runs:Runs",
    "command_codes": "command_codes:CommandCodes",
    "addresses": "addresses:Addresses",
    "address_book": "address_book:AddressBook",
    "labels": "labels:Labels",
    "digest": "digest:Digests",
    "requesters": "requesters:Requesters",
    "mail_rounds": "mail_rounds:MailRounds",
    "lanes": "lanes:Lanes",
    "people": "people:People",
    "sign_in": "sign_in:SignIn",
    "settings": "settings:Settings",
    "safety": "safety:Safety",
    "tracking": "tracking:Tracking",
}
_STANDS_ON: Final = {  # use cases that are made of others
    "digest": ("attention", "requesters"),
    "mail_rounds": ("requesters", "digest", "attention"),
}


@dataclass(slots=True)
class Seat:
    """Who sits at the desk; a badge changes it while the window is open."""

    operator: Operator


class Office:
    """All use cases of one profile, and the operator who sits at it.

    A use case is loaded and made when it is first asked for: a start needs few of them. Two threads that ask at once
    get the same one. `wired` holds what the wiring adds to one when it is made.
    """

    desk: Desk
    seat: Seat
    wired: dict[str, Callable[[Any], None]]
    zone: str  # IANA name of the office's zone at opening
    intake: "Intake"
    shipments: "Shipments"
    timeline: "Timeline"
    exchange: "Exchange"
    attachments: "Attachments"
    papers: "Papers"
    photos: "Photos"
    books: "Books"
    sheets: "Sheets"
    claims: "Claims"
    attention: "Attention"
    claim_papers: "ClaimPapers"
    claim_batches: "ClaimBatches"
    rules: "Rules"
    lists: "Lists"
    runs: "Runs"
    command_codes: "CommandCodes"
    addresses: "Addresses"
    address_book: "AddressBook"
    labels: "Labels"
    digest: "Digests"
    requesters: "Requesters"
    mail_rounds: "MailRounds"
    lanes: "Lanes"
    people: "People"
    sign_in: "SignIn"
    settings: "Settings"
    safety: "Safety"
    tracking: "Tracking"

    def __init__(self, desk: Desk, operator: Operator) -> None:
        self.__dict__.update(seat=Seat(operator), zone=desk.in_force.zone_name, wired={}, desk=desk)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the annotations above say of which type each is
        if name not in USE_CASES:
            raise AttributeError(name)
        module, _colon, kind = USE_CASES[name].partition(":")
        made = getattr(import_module(f"mailroom.services.{module}"), kind)
        desk = self.desk
        case = made(desk, *(getattr(self, other) for other in _STANDS_ON.get(name, ())))
        if name in self.wired:
            self.wired[name](case)
        return self.__dict__.setdefault(name, case)  # of two threads that ask at once the first

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an office does not change: {name}")

    @property
    def operator(self) -> Operator:
        """Who sits at the desk now."""
        return self.seat.operator


def load_use_cases() -> None:
    """Load them all, so that none is slow when it is first asked for; in any thread: there is no Qt in them."""
    for place in USE_CASES.values():
        import_module(f"mailroom.services.{place.partition(':')[0]}")


def make_office(desk: Desk, operator: Operator) -> Office:
    """The office over an open desk."""
    return Office(desk, operator)
