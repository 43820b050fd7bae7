"""Questions about issued papers, attached files and prepared claims."""

import json
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.engine import Connection

from mailroom.domain.documents import Attachment, Document, DocumentKind, PreparedClaim, UnusedNumber
from mailroom.domain.money import Money
from mailroom.errors import MailroomError
from mailroom.store.paper_tables import attachment as attached
from mailroom.store.paper_tables import claim, document_shipment, issued_number
from mailroom.store.paper_tables import document as issued
from mailroom.store.rows import attachment_value
from mailroom.store.tables import command, shipment

_NEWEST_FIRST = select(issued).order_by(issued.c.command_position.desc())
_ABOUT = (
    select(document_shipment.c.document_id, document_shipment.c.shipment_id, shipment.c.tracking_number)
    .join(shipment, shipment.c.id == document_shipment.c.shipment_id)
    .where(document_shipment.c.document_id.in_(bindparam("ids", expanding=True)))
    .order_by(document_shipment.c.document_id, document_shipment.c.ordinal)
)


def document(connection: Connection, id_: str) -> Document:
    """One paper. Raises `document_unknown`."""
    found = _documents(connection, select(issued).where(issued.c.id == id_))
    if not found:
        raise MailroomError("document_unknown", id=id_)
    return found[0]


def document_by_hash(connection: Connection, sha256: str) -> Document | None:
    """The paper whose file has this hash, or none."""
    return _first(connection, _NEWEST_FIRST.where(issued.c.sha256 == sha256))


def document_by_number(connection: Connection, number: str) -> Document | None:
    """The paper of this number, or none."""
    return _first(connection, _NEWEST_FIRST.where(issued.c.number == number))


def document_by_record(connection: Connection, record_sha256: str) -> Document | None:
    """The newest paper in whose footer this record hash is printed, or none."""
    return _first(connection, _NEWEST_FIRST.where(issued.c.record_sha256 == record_sha256))


def documents(connection: Connection, limit: int) -> tuple[Document, ...]:
    """The papers that were issued, newest first."""
    return _documents(connection, _NEWEST_FIRST.limit(limit))


def unused_numbers(connection: Connection) -> tuple[UnusedNumber, ...]:
    """Numbers of papers that were given out and not issued, the newest first."""
    query = (
        select(issued_number.c.number, command.c.made_at, command.c.made_by)
        .join(command, command.c.subject == issued_number.c.document_id)
        .where(
            command.c.kind == "document_numbered",
            ~select(issued.c.id).where(issued.c.id == issued_number.c.document_id).exists(),
        )
        .order_by(command.c.position.desc())
    )
    return tuple(UnusedNumber(number, at, by) for number, at, by in connection.execute(query))


def documents_of(connection: Connection, shipment_id: str) -> tuple[Document, ...]:
    """The papers about one shipment, newest first."""
    about = select(document_shipment.c.document_id).where(document_shipment.c.shipment_id == shipment_id)
    return _documents(connection, _NEWEST_FIRST.where(issued.c.id.in_(about)))


def claims_of(connection: Connection, shipment_id: str) -> tuple[PreparedClaim, ...]:
    """The claims that were prepared for a shipment, newest first."""
    query = select(claim).where(claim.c.shipment_id == shipment_id).order_by(claim.c.command_position.desc())
    return tuple(_claim(row) for row in connection.execute(query))


def attachment(connection: Connection, id_: str) -> Attachment:
    """One attached file, a withdrawn one too. Raises `attachment_unknown`."""
    row = connection.execute(select(attached).where(attached.c.id == id_)).one_or_none()
    if row is None:
        raise MailroomError("attachment_unknown", id=id_)
    return attachment_value(row)


def _first(connection: Connection, query: Select[Any]) -> Document | None:
    return next(iter(_documents(connection, query.limit(1))), None)


def _documents(connection: Connection, query: Select[Any]) -> tuple[Document, ...]:
    found = connection.execute(query).all()
    about: dict[str, list[tuple[str, str]]] = {}
    if found:
        for id_, shipment_id, number in connection.execute(_ABOUT, {"ids": [row.id for row in found]}):
            about.setdefault(id_, []).append((shipment_id, number))
    return tuple(
        Document(
            id=row.id,
            number=row.number,
            kind=DocumentKind(row.kind),
            sha256=row.sha256,
            record_sha256=row.record_sha256,
            pages=row.pages,
            issued_at=row.issued_at,
            issued_by=row.issued_by,
            language=row.language,
            purpose=row.purpose,
            shipment_ids=tuple(one[0] for one in about.get(row.id, ())),
            tracking_numbers=tuple(one[1] for one in about.get(row.id, ())),
        )
        for row in found
    )


def _claim(row: Row[*tuple[Any, ...]]) -> PreparedClaim:
    return PreparedClaim(
        id=row.id,
        number=row.number,
        shipment_id=row.shipment_id,
        kind=row.kind,
        amount=None if row.amount_mills is None else Money(row.amount_mills, row.currency),
        remedy=row.remedy,
        document_id=row.document_id,
        prepared_at=row.prepared_at,
        prepared_by=row.prepared_by,
        body=json.loads(row.body),
    )
