"""Questions about the address book."""

import json
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, select
from sqlalchemy.engine import Connection

from mailroom.domain.contacts import Contact
from mailroom.domain.folding import fold, search_terms
from mailroom.domain.piece_parts import party_from
from mailroom.errors import MailroomError
from mailroom.store.office_tables import contact


def contacts_like(connection: Connection, typed: str, limit: int) -> tuple[Contact, ...]:
    """Entries whose words hold everything typed (one and two characters by prefix).

    Those whose name begins so come first, then those used most. Nothing typed gives the ones used last.
    """
    query = select(contact).where(contact.c.removed.is_(False))
    terms = search_terms(typed)
    if typed.strip() and not terms:
        return ()
    for term in terms:
        query = query.where(_holds(term))
    if terms:
        first = case((contact.c.folded.startswith(fold(typed), autoescape=True), 0), else_=1)
        query = query.order_by(first, contact.c.uses.desc(), contact.c.folded, contact.c.id)
    else:
        never = contact.c.used_at.is_(None)
        query = query.order_by(never, contact.c.used_at.desc(), contact.c.folded, contact.c.id)
    return tuple(_value(row) for row in connection.execute(query.limit(limit) if limit else query))


def contact_of(connection: Connection, id_: str) -> Contact:
    """One entry, a removed one too. Raises `contact_unknown`."""
    row = connection.execute(select(contact).where(contact.c.id == id_)).one_or_none()
    if row is None:
        raise MailroomError("contact_unknown", id=id_)
    return _value(row)


def contacts_by_id(connection: Connection, ids: tuple[str, ...]) -> tuple[Contact, ...]:
    """These entries, in this order; those that are gone are left out."""
    found = {row.id: _value(row) for row in connection.execute(select(contact).where(contact.c.id.in_(ids)))}
    return tuple(found[id_] for id_ in ids if id_ in found)


def names(connection: Connection) -> dict[str, str]:
    """Id -> folded name and company of every entry, for a search that forgives spelling."""
    found = connection.execute(select(contact.c.id, contact.c.folded).where(contact.c.removed.is_(False)))
    return {row.id: row.folded for row in found}


def mark(connection: Connection) -> int:
    """Changes whenever an entry does."""
    return connection.scalar(select(func.max(contact.c.changed_position))) or 0


def _holds(term: str) -> ColumnElement[bool]:
    # terms are letters and digits: nothing to escape
    return contact.c.words.like(f"%{term}%" if len(term) > 2 else f"% {term}%")


def _value(row: Row[*tuple[Any, ...]]) -> Contact:
    return Contact(
        id=row.id,
        party=party_from(json.loads(row.party)),
        email=row.email,
        note=row.note,
        uses=row.uses,
        used_at=row.used_at,
        version=row.version,
    )
