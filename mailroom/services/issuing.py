"""How any paper is issued: it takes a number, is rendered, its bytes are kept, and only then it is put on record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from mailroom.domain.documents import NUMBER_PREFIX, Document, DocumentKind
from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator
from mailroom.domain.papers import OfficeHead, PaperHead
from mailroom.domain.timeline import EventKind
from mailroom.reports import RenderedPaper
from mailroom.services.desk import Desk
from mailroom.services.office_key import open_office_key
from mailroom.services.writing import Write
from mailroom.wording import _
from mailroom.wording.roles import role_word

if TYPE_CHECKING:
    from mailroom.reports.office_key import OfficeKey

AT_ONCE = 20  # timeline events in one transaction, so that a reading never waits long for its turn

Render = Callable[[PaperHead], RenderedPaper]


class About(Protocol):
    """A shipment as far as issuing needs it."""

    @property
    def id(self) -> str:
        """Of the shipment."""

    @property
    def tracking_number(self) -> str:
        """May be empty."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A shipment that was read by another process."""

    id: str
    tracking_number: str


def issue(
    desk: Desk,
    who: Operator,
    kind: DocumentKind,
    shipments: Sequence[About],
    render: Render,
    write: Write,
    claim: Callable[[str, datetime], dict[str, Any]] | None = None,
    /,
    *,
    purpose: str = "",
    asked_by: str = "",
    needed_by: str = "",
    number: str = "",
) -> tuple[Document, bytes]:
    """A paper about shipments, on record with an event on each of them; and its bytes.

    It takes this desk's next number unless it is given one: that of the claim it belongs to. `claim` makes, from the
    paper's number and moment, the change of a claim that goes on record with it, in the same transaction.
    """
    document_id, now = new_id(), desk.clock()
    head = head_of(desk, who, number or take_number(desk, who, document_id, kind, write), now, purpose)
    head = replace(head, purpose_asked_by=asked_by, needed_by=needed_by)
    key = open_office_key(desk)
    rendered = render(replace(head, signed_with=key.fingerprint if key else ""))
    pdf = rendered.pdf if key is None else _signed(rendered.pdf, key, head.number)
    sha256 = desk.store.blobs.put(pdf)
    ids = tuple(one.id for one in shipments)
    document = Document(
        id=document_id,
        number=head.number,
        kind=kind,
        sha256=sha256,
        record_sha256=rendered.record_sha256,
        pages=rendered.pages,
        issued_at=now,
        issued_by=who.name,
        language=head.language,
        purpose=purpose,
        shipment_ids=ids,
        tracking_numbers=tuple(one.tracking_number for one in shipments),
    )
    told = {"purpose": purpose, "asked_by": asked_by, "needed_by": needed_by}
    facts = {"number": head.number, "kind": kind.value, **{name: text for name, text in told.items() if text}}
    events = [{"shipment_id": one, **desk.own_event(who, one, EventKind.DOCUMENT, now, facts)} for one in ids]
    payload: dict[str, Any] = {"document": _document_json(document), "events": events[:AT_ONCE]}
    if claim is not None:
        payload["claim"] = claim(head.number, now)
    write(lambda: desk.accept(who, "document_issued", document_id, payload, made_at=now))
    for first in range(AT_ONCE, len(events), AT_ONCE):
        more = {"events": events[first : first + AT_ONCE]}
        write(lambda more=more: desk.accept(who, "document_noted", document_id, more, made_at=now))  # type: ignore[misc]
    return document, pdf


def is_signed(pdf: bytes) -> bool:
    """Whether a paper of ours carries a signature: it stands in plain behind everything else."""
    return b"/ETSI.CAdES.detached" in pdf


def _signed(pdf: bytes, key: "OfficeKey", number: str) -> bytes:
    from mailroom.reports.signing import sign

    return sign(pdf, key, _("Issued as {number}").format(number=number))


def take_number(desk: Desk, who: Operator, document_id: str, kind: DocumentKind, write: Write) -> str:
    """This desk's next number for a kind of paper."""
    payload = {
        "kind": kind.value,
        "prefix": NUMBER_PREFIX[kind],
        "year": today(desk).year,
        "letter": who.desk_letter,
    }
    accepted = write(lambda: desk.accept(who, "document_numbered", document_id, payload))
    return str(accepted.result["number"])


def head_of(desk: Desk, who: Operator, number: str, now: datetime, purpose: str) -> PaperHead:
    """The head of a paper issued by this operator now."""
    settings = desk.in_force.settings
    return PaperHead(
        number=number,
        issued_at=now,
        zone=desk.in_force.zone_name,
        issued_by=who.name,
        role=role_word(who.role),
        language=settings.language,
        page_size=settings.page_size,
        purpose=purpose,
    )


def part_of(head: PaperHead, at: int) -> PaperHead:
    """The head of the `at`th report within a paper: it has a number of its own."""
    return replace(head, number=f"{head.number}/{at}")


def office_head(desk: Desk) -> OfficeHead:
    """The office as papers print it."""
    settings = desk.in_force.settings
    return OfficeHead(settings.name, settings.address, settings.contact)


def today(desk: Desk) -> date:
    """The date in the office's zone."""
    return desk.clock().astimezone(desk.in_force.zone).date()


def _document_json(document: Document) -> dict[str, Any]:
    return {
        "number": document.number,
        "kind": document.kind.value,
        "sha256": document.sha256,
        "record_sha256": document.record_sha256,
        "pages": document.pages,
        "language": document.language,
        "purpose": document.purpose,
        "shipment_ids": list(document.shipment_ids),
    }
