"""What alerts are judged from, read in bulk; and what people did about them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.engine import Connection

from mailroom.domain.alerts.situation import Urgency
from mailroom.domain.attention import AlertAct, Handled, ThresholdRule, thresholds_from
from mailroom.domain.claim_life import ClaimState
from mailroom.domain.documents import AttachmentRole, DocumentKind
from mailroom.domain.folding import fold_number
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import NumberRole
from mailroom.domain.status import FINAL, Status
from mailroom.domain.timeline import TimelineEvent
from mailroom.store import rows
from mailroom.store.alert_tables import alert_act
from mailroom.store.bulk import Among
from mailroom.store.claim_tables import claim_case
from mailroom.store.office_tables import office_setting
from mailroom.store.paper_tables import attachment, document, document_shipment
from mailroom.store.seen import EVENTS, SHIPMENTS, SeenShipment, seen_events
from mailroom.store.tables import command, event, reading, shipment, shipment_count, shipment_number

THRESHOLDS = "thresholds"  # key of the office's setting
_CHUNK = 500  # ids in one IN list
_OPEN = tuple(sorted(one.value for one in Status if one not in FINAL))
_UNTOLD = (Status.LABEL_CREATED.value, Status.UNKNOWN.value)
_ENDED = tuple(sorted(one.value for one in FINAL if one is not Status.CANCELLED))

_WAITING = (ClaimState.PREPARING, ClaimState.READY, ClaimState.PART, ClaimState.DENIED)  # a day of theirs may pass
_SHIPMENTS, _EVENTS = Among(SHIPMENTS, shipment.c.id), Among(EVENTS, event.c.shipment_id)
_CLAIMED = select(claim_case.c.shipment_id).where(claim_case.c.state.in_([one.value for one in _WAITING]))

Look = Connection  # a connection that reads, as callers hold it

Lane = tuple[str, str]  # carrier, country and the first three characters of the postal code
Rows = Sequence[tuple[Any, ...]]
Acts = Mapping[tuple[str, str], Sequence[Handled]]  # by shipment and rule, oldest first


@dataclass(frozen=True, slots=True)
class Window:
    """Which finished shipments are looked at beside the open ones: by the day they ended, both ends included."""

    ended_from: date
    proofs: tuple[tuple[str, date, date], ...]  # of deliveries whose proof a carrier (empty: any) will soon delete
    lost_from: date = date.max  # a loss can be claimed for months
    read_from: datetime | None = None  # what was read at a desk since is looked at however long ago it ended


class Member(NamedTuple):
    """A shipment to be judged: its position, id, own tracking number, and whether it is open."""

    position: int
    id: str
    tracking_number: str
    open: bool


@dataclass(slots=True)
class Bulk:
    """Shipments by id with their tracking events, oldest first; and those whose proof of delivery is on file."""

    shipments: dict[str, SeenShipment] = field(default_factory=dict)
    events: dict[str, tuple[TimelineEvent, ...]] = field(default_factory=dict)
    proofs: set[str] = field(default_factory=set)


def position(connection: Connection) -> int:
    """The number of the last command on record."""
    return connection.scalar(select(func.max(command.c.position))) or 0


def thresholds(connection: Connection) -> tuple[ThresholdRule, ...]:
    """The office's own thresholds."""
    text = connection.scalar(select(office_setting.c.value).where(office_setting.c.key == THRESHOLDS))
    return thresholds_from(json.loads(text)) if text else ()


def open_ones(connection: Connection) -> int:
    """How many shipments are open, as counted along."""
    kept = select(func.sum(shipment_count.c.number)).where(shipment_count.c.status.in_(_OPEN))
    return int(connection.scalar(kept) or 0)


def heard_of(connection: Connection) -> frozenset[str]:
    """The carriers that have told of at least half of their pieces: what they do not tell is worth a look."""
    told = func.sum(case((shipment_count.c.status.in_(_UNTOLD), 0), else_=shipment_count.c.number))
    query = select(shipment_count.c.carrier).group_by(shipment_count.c.carrier)
    return frozenset(connection.scalars(query.having(and_(told > 0, 2 * told >= func.sum(shipment_count.c.number)))))


def told_since(connection: Connection, carrier: str, day: date) -> bool:
    """Whether a carrier told of anything that happened on a day or later; newest pieces first, they soon say it."""
    newest = select(shipment.c.position).where(
        shipment.c.carrier == carrier, shipment.c.last_event_at >= day.isoformat(), shipment.c.withdrawn.is_(False)
    )
    return connection.scalar(newest.order_by(shipment.c.position.desc()).limit(1)) is not None


def read_here(connection: Connection, shipment_id: str) -> bool:
    """Whether a desk read a shipment: it was not only taken from a file."""
    return connection.scalar(select(reading.c.id).where(reading.c.shipment_id == shipment_id).limit(1)) is not None


def numbers_of(connection: Connection, ids: Iterable[str]) -> set[str]:
    """All numbers that these shipments have or had, as numbers are compared."""
    wanted, found = sorted(ids), set[str]()
    for start in range(0, len(wanted), _CHUNK):
        some = shipment_number.c.shipment_id.in_(wanted[start : start + _CHUNK])
        found.update(connection.scalars(select(shipment_number.c.normal).where(some)))
    return found


def members(connection: Connection, window: Window) -> tuple[Member, ...]:
    """All shipments that are open, ended within the window or have a claim that waits, in the order of the record."""
    columns = (shipment.c.position, shipment.c.id, shipment.c.tracking_number, shipment.c.status.in_(_OPEN))
    found = list(map(Member._make, connection.execute(select(*columns).where(_inside(window))).all()))
    claimed = and_(shipment.c.id.in_(_CLAIMED), shipment.c.withdrawn.is_(False))
    more = set(map(Member._make, connection.execute(select(*columns).where(claimed))))
    return tuple(sorted([*found, *more.difference(found)] if more else found))


def load_stretch(connection: Connection, some: Sequence[Member]) -> Bulk:
    """A stretch of them."""
    found = Bulk()
    ids = [one.id for one in some]
    _take(connection, found, _SHIPMENTS.bare(connection, ids), _EVENTS.bare(connection, ids))
    return _with_proofs(connection, found)


def load(connection: Connection, window: Window, ids: Iterable[str]) -> Bulk:
    """Those of these shipments that are open, ended within the window, or wait for a claim to be filed or appealed."""
    found = Bulk()
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _CHUNK):
        inside = or_(_inside(window, lead=False), shipment.c.id.in_(_CLAIMED))
        condition = and_(shipment.c.id.in_(wanted[start : start + _CHUNK]), inside)
        theirs: Select[*tuple[Any, ...]] = EVENTS.where(shipment.c.id == event.c.shipment_id, condition)
        pieces = list(map(tuple, connection.execute(SHIPMENTS.where(condition))))
        _take(connection, found, pieces, list(map(tuple, connection.execute(theirs))))
    return _with_proofs(connection, found)


def _with_proofs(connection: Connection, found: Bulk) -> Bulk:
    delivered = [one.id for one in found.shipments.values() if one.status is Status.DELIVERED]
    found.proofs = _proofs(connection, delivered)
    return found


def _inside(window: Window, *, lead: bool = True) -> ColumnElement[bool]:
    """Open, or ended within the window. Without `lead` it is written so that no index answers it: others do better."""
    status = shipment.c.status if lead else func.coalesce(shipment.c.status, shipment.c.status)
    day = func.substr(shipment.c.status_at, 1, 10)
    delivered = [
        and_(
            status == Status.DELIVERED.value,
            day.between(first.isoformat(), last.isoformat()),
            *([shipment.c.carrier == carrier] if carrier else []),
        )
        for carrier, first, last in window.proofs
    ]
    lost = and_(status == Status.LOST.value, day >= window.lost_from.isoformat())
    if window.read_from is not None:  # the look at the readings last: of hardly any the rest is true
        read = exists().where(reading.c.shipment_id == shipment.c.id)
        fresh = shipment.c.recorded_at >= window.read_from
        delivered.append(and_(status == Status.DELIVERED.value, fresh, read))
    ended = and_(status.in_(_ENDED), or_(day >= window.ended_from.isoformat(), lost, *delivered))
    return and_(shipment.c.withdrawn.is_(False), or_(status.in_(_OPEN), ended))


def _take(connection: Connection, found: Bulk, pieces: Rows, told: Rows) -> None:
    found.shipments.update((row[0], SeenShipment(row, connection)) for row in pieces)
    found.events.update(seen_events(told, connection))


def _proofs(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those shipments that have a signature's image or an issued proof of delivery on file."""
    found: set[str] = set()
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        images = select(attachment.c.shipment_id).where(
            attachment.c.shipment_id.in_(some),
            attachment.c.role == AttachmentRole.SIGNATURE_IMAGE.value,
            attachment.c.withdrawn.is_(False),
        )
        papers = (
            select(document_shipment.c.shipment_id)
            .join(document, document.c.id == document_shipment.c.document_id)
            .where(
                document_shipment.c.shipment_id.in_(some),
                document.c.kind == DocumentKind.PROOF_OF_DELIVERY.value,
            )
        )
        found.update(connection.scalars(images))
        found.update(connection.scalars(papers))
    return found


def proof_saved_at(connection: Connection, shipment_id: str) -> datetime | None:
    """Since when a proof of a shipment's delivery is on file, aware UTC; none where there is none."""
    image = select(func.min(attachment.c.added_at)).where(
        attachment.c.shipment_id == shipment_id,
        attachment.c.role == AttachmentRole.SIGNATURE_IMAGE.value,
        attachment.c.withdrawn.is_(False),
    )
    paper = (
        select(func.min(document.c.issued_at))
        .join(document_shipment, document.c.id == document_shipment.c.document_id)
        .where(document_shipment.c.shipment_id == shipment_id, document.c.kind == DocumentKind.PROOF_OF_DELIVERY.value)
    )
    return min(filter(None, (connection.scalar(image), connection.scalar(paper))), default=None)


def troubled(
    connection: Connection, statuses: Iterable[Status], since: date, ids: Iterable[str] | None = None
) -> dict[Lane, set[str]]:
    """Shipments in one of these statuses since a day, by their lane; those without a postal code are in none.

    All of them, or those among `ids`.
    """
    query = select(shipment.c.id, shipment.c.carrier, shipment.c.country, shipment.c.postal_code, shipment.c.fields)
    query = query.where(func.substr(shipment.c.status_at, 1, 10) >= since.isoformat(), shipment.c.withdrawn.is_(False))
    wanted = sorted(one.value for one in statuses)
    if ids is None:
        found = connection.execute(query.where(shipment.c.status.in_(wanted))).all()
    else:  # written so that the ids lead
        query = query.where(func.coalesce(shipment.c.status, shipment.c.status).in_(wanted))
        found = []
        some = sorted(ids)
        for start in range(0, len(some), _CHUNK):
            found.extend(connection.execute(query.where(shipment.c.id.in_(some[start : start + _CHUNK]))))
    lanes: dict[Lane, set[str]] = {}
    for id_, carrier, country, code, fields in found:
        if not code:
            party = json.loads(fields).get("recipient") or {}
            country, code = party.get("country") or country, party.get("postal_code", "")
        if len(code) >= 3:
            lanes.setdefault((carrier, f"{country or 'US'} {code[:3].upper()}"), set()).add(id_)
    return lanes


def twins_of(connection: Connection, numbers: Iterable[str]) -> dict[str, set[str]]:
    """Open shipments by their own tracking number, as numbers are compared, for these numbers."""
    wanted = sorted({fold_number(one) for one in numbers if one})
    found: dict[str, set[str]] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = (
            select(shipment_number.c.normal, shipment.c.id)
            .join(shipment, shipment.c.id == shipment_number.c.shipment_id)
            .where(
                shipment_number.c.normal.in_(wanted[start : start + _CHUNK]),
                shipment_number.c.role == NumberRole.PRIMARY.value,
                shipment_number.c.withdrawn.is_(False),
                shipment.c.withdrawn.is_(False),
                shipment.c.status.in_(_OPEN),
            )
        )
        for normal, id_ in connection.execute(query):
            found.setdefault(normal, set()).add(id_)
    return found


def acts(connection: Connection, after: int = 0, shipment_id: str = "") -> tuple[Handled, ...]:
    """What people did about alerts, oldest first, behind a position of the log; of one shipment or of all."""
    query = select(alert_act).where(alert_act.c.command_position > after).order_by(alert_act.c.command_position)
    if shipment_id:
        query = query.where(alert_act.c.shipment_id == shipment_id)
    return tuple(
        Handled(
            shipment_id=row.shipment_id,
            kind=row.kind,
            act=AlertAct(row.act),
            evidence_key=row.evidence_key,
            urgency=Urgency(row.urgency),
            until=date.fromisoformat(row.until) if row.until else None,
            reason=row.reason,
            to_id=row.to_id,
            to_name=row.to_name,
            made_at=row.made_at,
            made_by=row.made_by,
        )
        for row in connection.execute(query)
    )


def shipment_rows(connection: Connection, positions: Sequence[int]) -> dict[str, ShipmentRow]:
    """The shipments at these positions by id, as lists show them."""
    return {one.shipment.id: one for one in rows.shipment_rows(connection, positions)}
