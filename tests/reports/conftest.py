"""What the tests of papers share: an invented office, its shipment, its events, real files, and a look at the pages."""

import hashlib
import io
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pillow_heif
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from mailroom import resources
from mailroom.domain.claim_rules import parse_rules, rule_for, window_of
from mailroom.domain.claims import Claim, ClaimKind, ClaimLine, ClaimLineKind
from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.money import Money
from mailroom.domain.papers import ClaimPacket, OfficeHead, PaperHead, ProofOfDelivery
from mailroom.domain.recognition import Check, Destination
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import Party, PieceFields, PromiseBasis, Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent
from mailroom.domain.times import parse_carrier_time
from mailroom.domain.weights import parse_weight
from mailroom.reports import RenderedPaper, render_claim_packet, render_proof_of_delivery

ZONE = "America/Denver"
NUMBER = "9270190123456700118420"


class Office:
    """Makes values and files, keeps the files' bytes, and renders."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        self.head = PaperHead(
            number="POD-2026-A0031",
            issued_at=datetime(2026, 11, 23, 16, 5, tzinfo=UTC),
            zone=ZONE,
            issued_by="T. Okonjo",
            role="clerk",
        )
        self.office = OfficeHead("Larkspur Survey Co.", ("19 Foundry Row", "Golden, CO 80401"), "(303) 555-0119")

    # --- values -------------------------------------------------------------------------------------------------

    def event(self, number: int, status: Status | None, when: str, **given: Any) -> TimelineEvent:
        """A tracking event of the carrier's own, unless told otherwise."""
        happened = parse_carrier_time(when)
        usual: dict[str, Any] = {
            "kind": EventKind.TRACKING,
            "source": EventSource.CARRIER,
            "source_name": "USPS",
            "recorded_at": datetime(2026, 11, 12, 15, number % 60, tzinfo=UTC),
            "recorded_by": "T. Okonjo",
        }
        return TimelineEvent(
            id=f"e{number}",
            shipment_id="s1",
            status=status,
            happened=happened,
            sort_at=happened.order_key(ZoneInfo(ZONE)),
            **(usual | given),
        )

    def journey(self, **given: Any) -> tuple[TimelineEvent, ...]:
        """Put on record, accepted, under way for two days."""
        return (
            self.event(
                0,
                None,
                "2026-11-02T09:15:00-07:00",
                kind=EventKind.RECORDED,
                source=EventSource.MAILROOM,
                source_name="",
                recorded_at=datetime(2026, 11, 2, 16, 15, tzinfo=UTC),
            ),
            self.event(1, Status.ACCEPTED, "2026-11-02T16:40", text="In possession", place="Golden, CO", **given),
            self.event(2, Status.IN_TRANSIT, "2026-11-03T02:10", text="Arrived at hub", place="Denver, CO", **given),
        )

    def delivered(self, **given: Any) -> tuple[TimelineEvent, ...]:
        """The journey with a delivery at its end."""
        end = self.event(3, Status.DELIVERED, "2026-11-05T11:26", text="Delivered, Porch", place="Salem, OR", **given)
        return (*self.journey(**given), end)

    def shipment(self, **given: Any) -> Shipment:
        """One certified letter."""
        fields = PieceFields(
            recipient=Party("Zofia Żurek-Młyńska", "Młyn & Sons LLC", ("4 Orchard Way", "Salem, OR 97301")),
            order="Job 7781",
            weight=parse_weight("3.2 oz"),
        )
        usual = Shipment(
            id="s1",
            version=1,
            carrier="usps",
            tracking_number=NUMBER,
            check=Check.OK,
            service="Ground Advantage",
            service_code="",
            status=Status.DELIVERED,
            status_at=None,
            recorded_at=datetime(2026, 11, 2, 16, 15, tzinfo=UTC),
            recorded_by="T. Okonjo",
            recorded_by_id="o1",
            desk="d1",
            destination=Destination("97301", "US"),
            fields=fields,
            postage=Money(7310),
        )
        return replace(usual, **given)

    def proof(self, **given: Any) -> ProofOfDelivery:
        """A proof of a delivery that the carrier reported."""
        row = ShipmentRow(self.shipment(), department="Plats", meter="North desk")
        return replace(ProofOfDelivery(self.head, self.office, row, self.delivered()), **given)

    def packet(
        self, kind: ClaimKind = ClaimKind.LOSS, shipment: dict[str, Any] | None = None, **given: Any
    ) -> ClaimPacket:
        """A claim for a piece that did not arrive, with two lines and the rule in force."""
        fields = replace(
            self.shipment().fields, contents="One level, used", insured_value=Money(300000), mailed_on=date(2026, 11, 2)
        )
        piece = self.shipment(
            status=Status.IN_TRANSIT,
            fields=fields,
            promised_on=date(2026, 11, 6),
            promise_basis=PromiseBasis.CARRIER,
        )
        piece = replace(piece, **(shipment or {}))
        claim = Claim(
            number="CLM-2026-A0004",
            kind=kind,
            amount=Money(227310),
            lines=(
                ClaimLine("Optical level, serial 55-102", Money(220000), ClaimLineKind.CONTENTS, 1, Money(220000)),
                ClaimLine("", Money(7310), ClaimLineKind.POSTAGE),
            ),
        )
        events = given.pop("events", self.journey())
        rule = rule_for(self.rules(), piece, kind, date(2026, 11, 2))
        window = window_of(rule, piece, events, ZoneInfo(ZONE)) if rule else None
        value = ClaimPacket(
            head=replace(self.head, number=claim.number),
            office=self.office,
            row=ShipmentRow(piece, department="Plats", meter="North desk"),
            claim=claim,
            today=date(2026, 11, 23),
            events=events,
            rule=rule,
            window=window,
        )
        return replace(value, **given)

    def rules(self) -> Any:
        """The rules that ship with the program."""
        return parse_rules(resources.file("rules/claim_rules.csv").read_text("utf-8"))

    # --- files --------------------------------------------------------------------------------------------------

    def attach(self, data: bytes, role: AttachmentRole, name: str = "paper.pdf", **given: Any) -> Attachment:
        """A file on record; its bytes are in `blobs`."""
        digest = hashlib.sha256(data).hexdigest()
        self.blobs[digest] = data
        order = len(self.blobs)
        usual: dict[str, Any] = {
            "id": f"a{order:03d}",
            "media_type": "application/pdf",
            "pages": 1,
            "caption": "",
            "source_name": "",
            "taken_at": "",
            "added_by": "T. Okonjo",
            "added_at": datetime(2026, 11, 20, 15, order % 60, tzinfo=UTC),
        }
        return Attachment(shipment_id="s1", sha256=digest, name=name, size=len(data), role=role, **(usual | given))

    def pdf(self, *pages: str, size: tuple[float, float] = (612, 792)) -> bytes:
        """A PDF of another party, a line of text a page."""
        target = io.BytesIO()
        canvas = Canvas(target, pagesize=size, invariant=1)
        for words in pages or ("one page",):
            canvas.setFont("Helvetica", 18)
            canvas.drawString(60, size[1] - 90, words)
            canvas.rect(4, 4, size[0] - 8, size[1] - 8)
            canvas.showPage()
        canvas.save()
        return target.getvalue()

    def photo(self, kind: str = "JPEG", size: tuple[int, int] = (800, 600), **options: Any) -> bytes:
        """A grey picture whose upper edge is red."""
        pillow_heif.register_heif_opener()
        picture = Image.new("RGB", size, (120, 120, 120))
        ImageDraw.Draw(picture).rectangle((0, 0, size[0], size[1] // 6), fill=(220, 10, 10))
        target = io.BytesIO()
        picture.save(target, kind, **options)
        return target.getvalue()

    # --- papers -------------------------------------------------------------------------------------------------

    def render(self, value: ProofOfDelivery | ClaimPacket) -> RenderedPaper:
        """The finished paper."""
        if isinstance(value, ClaimPacket):
            return render_claim_packet(value, self.blobs.__getitem__)
        return render_proof_of_delivery(value, self.blobs.__getitem__)


class Look:
    """Reads a PDF with the tools that others read it with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _file(self, pdf: bytes) -> str:
        file = self.folder / "paper.pdf"
        file.write_bytes(pdf)
        return str(file)

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace") + done.stdout.decode("utf-8", "replace")
        return done.stdout.decode("utf-8")

    def pages(self, pdf: bytes) -> list[str]:
        """The text of every page on one line, in reading order."""
        text = self._run("pdftotext", "-enc", "UTF-8", self._file(pdf), "-")
        return [" ".join(page.split()) for page in text.split("\f")[:-1]]

    def text(self, pdf: bytes) -> str:
        """All text on one line."""
        return " ".join(self.pages(pdf))

    def fonts(self, pdf: bytes) -> list[tuple[str, bool]]:
        """Every font with whether it is embedded."""
        lines = self._run("pdffonts", self._file(pdf)).splitlines()[2:]
        return [(line.split()[0], line.split()[-5] == "yes") for line in lines]

    def sound(self, pdf: bytes) -> bool:
        """Whether qpdf finds no fault."""
        return "No syntax or stream encoding errors" in self._run("qpdf", "--check", self._file(pdf))

    def picture(self, pdf: bytes, page: int, dpi: int = 50, *, one_bit: bool = False) -> Image.Image:
        """A page as a printer or a screen would show it."""
        target = str(self.folder / "page")
        kind = ["-mono"] if one_bit else []
        numbers = ["-f", str(page), "-l", str(page), "-singlefile"]
        end = [self._file(pdf), target]
        self._run("pdftoppm", "-r", str(dpi), *kind, *numbers, *(["-png"] if not one_bit else []), *end)
        with Image.open(f"{target}{'.pbm' if one_bit else '.png'}") as image:
            return image.convert("RGB")


@pytest.fixture
def office() -> Office:
    """An office with nothing attached yet."""
    return Office()


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Eyes on a PDF."""
    return Look(tmp_path)
