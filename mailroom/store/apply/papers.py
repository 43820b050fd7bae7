"""Commands about papers: attached, numbered, issued, claims prepared."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update

from mailroom.domain.documents import AttachmentRole
from mailroom.domain.numbers import paper_number
from mailroom.errors import MailroomError
from mailroom.store.apply import own_numbers, rows
from mailroom.store.apply.claims import take_drafted, take_prepared
from mailroom.store.apply.timeline import append_events
from mailroom.store.journal import Change
from mailroom.store.paper_tables import (
    attachment,
    claim,
    document,
    document_shipment,
)

Result = Mapping[str, Any]


def attach(change: Change) -> Result:
    """`attachment_added`, `label_photo_kept`: a file is kept with a shipment; its bytes are durable already."""
    given = change.payload["attachment"]
    shipment_id = change.command.subject
    append_events(change, {shipment_id: [change.payload["event"]]})
    change.connection.execute(
        insert(attachment),
        {
            "id": given["id"],
            "shipment_id": shipment_id,
            "command_position": change.position,
            "sha256": given["sha256"],
            "name": given["name"],
            "media_type": given["media_type"],
            "size": given["size"],
            "pages": given["pages"],
            "role": given["role"],
            "caption": given.get("caption", ""),
            "source_name": given.get("source_name", ""),
            "taken_at": given.get("taken_at") or "",
            "added_at": change.command.made_at,
            "added_by": change.by,
            "withdrawn": False,
            "erased": False,
        },
    )
    return {}


def erase_photos(change: Change) -> Result:
    """`label_photos_erased`: photographs of labels whose time is over; their bytes go after the commit."""
    ids = list(change.payload["ids"])
    change.connection.execute(
        update(attachment)
        .where(attachment.c.id.in_(ids), attachment.c.role == AttachmentRole.LABEL_PHOTO.value)
        .values(withdrawn=True, erased=True)
    )
    return {}


def give_number(change: Change) -> Result:
    """`document_numbered`: this desk's next number of a kind and year. Raises `number_taken`."""
    given = change.payload
    year = int(given["year"])

    def written(count: int) -> str:
        return paper_number(given["prefix"], year, given["letter"], count)

    return {"number": own_numbers.take(change, given["kind"], year, written, change.command.subject)}


def issue(change: Change) -> Result:
    """`document_issued`: a paper was made and its bytes are durable; events say so on its shipments.

    A packet that was asked for in one go brings its claim: neither is on record without the other.
    """
    given = change.payload["document"]
    document_id = change.command.subject
    if change.connection.scalar(select(document.c.id).where(document.c.number == given["number"])):
        raise MailroomError("number_taken", number=given["number"])
    change.connection.execute(
        insert(document),
        {
            "id": document_id,
            "command_position": change.position,
            "number": given["number"],
            "kind": given["kind"],
            "sha256": given["sha256"],
            "record_sha256": given["record_sha256"],
            "pages": given["pages"],
            "issued_at": change.command.made_at,
            "issued_by": change.by,
            "language": given["language"],
            "purpose": given.get("purpose", ""),
        },
    )
    about = [
        {"document_id": document_id, "ordinal": ordinal, "shipment_id": id_}
        for ordinal, id_ in enumerate(given["shipment_ids"])
    ]
    events: dict[str, list[Mapping[str, Any]]] = {}
    for one in change.payload.get("events", ()):
        events.setdefault(one["shipment_id"], []).append(one)
    append_events(change, events)
    if about:
        change.connection.execute(insert(document_shipment), about)
    if change.payload.get("claim"):
        take_drafted(change, change.payload["claim"])
    return {}


def prepare_claim(change: Change) -> Result:
    """`claim_prepared`: a demand for money was put together."""
    given = change.payload["claim"]
    amount = given.get("amount") or {}
    append_events(change, {given["shipment_id"]: [change.payload["event"]]})
    change.connection.execute(
        insert(claim),
        {
            "id": change.command.subject,
            "command_position": change.position,
            "number": given["number"],
            "shipment_id": given["shipment_id"],
            "kind": given["kind"],
            "amount_mills": amount.get("mills"),
            "currency": amount.get("currency", ""),
            "remedy": given.get("remedy", ""),
            "document_id": given.get("document_id", ""),
            "body": rows.json_text(given),
            "prepared_at": change.command.made_at,
            "prepared_by": change.by,
        },
    )
    take_prepared(change, given)
    return {}


APPLY = {
    "attachment_added": attach,
    "label_photo_kept": attach,
    "label_photos_erased": erase_photos,
    "document_numbered": give_number,
    "document_issued": issue,
    "claim_prepared": prepare_claim,
}
