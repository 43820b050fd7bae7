"""The office: what window and command line hold. A bundle of use cases with no methods of its own."""

from dataclasses import dataclass

from mailroom.domain.operator import Operator
from mailroom.services.address_book import AddressBook
from mailroom.services.addresses import Addresses
from mailroom.services.attachments import Attachments
from mailroom.services.attention import Attention
from mailroom.services.books import Books
from mailroom.services.claim_batches import ClaimBatches
from mailroom.services.claim_papers import ClaimPapers
from mailroom.services.claims import Claims
from mailroom.services.command_codes import CommandCodes
from mailroom.services.desk import Desk
from mailroom.services.digest import Digests
from mailroom.services.exchange.usecases import Exchange
from mailroom.services.intake import Intake
from mailroom.services.labels import Labels
from mailroom.services.lanes import Lanes
from mailroom.services.lists import Lists
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


@dataclass(slots=True)
class Seat:
    """Who sits at the desk; a badge changes it while the window is open."""

    operator: Operator


@dataclass(frozen=True, slots=True)
class Office:
    """All use cases of one profile, and the operator who sits at it."""

    seat: Seat
    intake: Intake
    shipments: Shipments
    timeline: Timeline
    exchange: Exchange
    attachments: Attachments
    papers: Papers
    photos: Photos
    books: Books
    sheets: Sheets
    claims: Claims
    attention: Attention
    claim_papers: ClaimPapers
    claim_batches: ClaimBatches
    rules: Rules
    lists: Lists
    runs: Runs
    command_codes: CommandCodes
    addresses: Addresses
    address_book: AddressBook
    labels: Labels
    digest: Digests
    requesters: Requesters
    lanes: Lanes
    people: People
    sign_in: SignIn
    settings: Settings
    safety: Safety
    tracking: Tracking
    zone: str  # IANA name of the office's zone at opening

    @property
    def operator(self) -> Operator:
        """Who sits at the desk now."""
        return self.seat.operator


def make_office(desk: Desk, operator: Operator) -> Office:
    """The office over an open desk."""
    attention = Attention(desk)
    return Office(
        seat=Seat(operator),
        intake=Intake(desk),
        shipments=Shipments(desk),
        timeline=Timeline(desk),
        exchange=Exchange(desk),
        attachments=Attachments(desk),
        papers=Papers(desk),
        photos=Photos(desk),
        books=Books(desk),
        sheets=Sheets(desk),
        claims=Claims(desk),
        attention=attention,
        claim_papers=ClaimPapers(desk),
        claim_batches=ClaimBatches(desk),
        rules=Rules(desk),
        lists=Lists(desk),
        runs=Runs(desk),
        command_codes=CommandCodes(desk),
        addresses=Addresses(desk),
        address_book=AddressBook(desk),
        labels=Labels(desk),
        digest=Digests(desk, attention),
        requesters=Requesters(desk),
        lanes=Lanes(desk),
        people=People(desk),
        sign_in=SignIn(desk),
        settings=Settings(desk),
        safety=Safety(desk),
        tracking=Tracking(desk),
        zone=desk.in_force.zone_name,
    )
