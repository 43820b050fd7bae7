"""Photographs of labels whose time is over, and which bytes may go with them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.engine import Connection

from mailroom.domain.documents import AttachmentRole, DocumentKind
from mailroom.store.claim_tables import claim_case
from mailroom.store.paper_tables import attachment, claim, document, document_shipment

_NAMES_NO_PHOTO = (  # papers that list pieces without what is kept with them
    DocumentKind.MAILING_BOOK,
    DocumentKind.DAY_END,
    DocumentKind.CUSTOMS_SHEET,
    DocumentKind.CLAIM_LIST,
    DocumentKind.CLAIM_BOOK,
)


def old_label_photos(connection: Connection, before: datetime, limit: int) -> tuple[str, ...]:
    """Ids of photographs kept before a moment (aware UTC) whose piece no claim and no paper about the piece names."""
    named = or_(
        exists().where(claim_case.c.shipment_id == attachment.c.shipment_id),
        exists().where(claim.c.shipment_id == attachment.c.shipment_id),
        exists()
        .where(document_shipment.c.shipment_id == attachment.c.shipment_id)
        .where(document.c.id == document_shipment.c.document_id)
        .where(document.c.kind.not_in([one.value for one in _NAMES_NO_PHOTO])),
    )
    query = (
        select(attachment.c.id)
        .where(
            attachment.c.role == AttachmentRole.LABEL_PHOTO.value,
            attachment.c.erased.is_(False),
            attachment.c.added_at < before,
            ~named,
        )
        .order_by(attachment.c.added_at, attachment.c.id)
        .limit(limit)
    )
    return tuple(connection.scalars(query))


def erased_hashes(connection: Connection, ids: Iterable[str] = (), newest: int = 0) -> tuple[str, ...]:
    """SHA-256 of the erased files (these, or so many of the newest) that nothing else on record names."""
    other = attachment.alias("other")
    query = select(attachment.c.sha256).where(
        attachment.c.erased.is_(True),
        ~exists().where(other.c.sha256 == attachment.c.sha256, other.c.erased.is_(False)),
        ~exists().where(document.c.sha256 == attachment.c.sha256),
    )
    if newest:
        query = query.order_by(attachment.c.added_at.desc()).limit(newest)
    else:
        query = query.where(attachment.c.id.in_(list(ids)))
    return tuple(sorted(set(connection.scalars(query))))
