"""Shipments and tracking events as cells of text, in the words that an import reads back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from mailroom.domain.command import utc_text
from mailroom.domain.money import Money
from mailroom.domain.piece_parts import customs_json
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import NumberRole, Party, PromiseBasis, Shipment
from mailroom.domain.timeline import TimelineEvent
from mailroom.services.desk import Desk
from mailroom.store import exports as stored

_PARTY: Final = ("name", "company", "address", "city", "region", "postal_code", "country", "contact")
SHIPMENT_COLUMNS: Final = (
    *("tracking_number", "carrier", "service", "service_code", "status", "status_at", "order"),
    *("department", "account", "run", "meter", "mailed_on"),
    *(f"recipient_{part}" for part in _PARTY),
    *("destination_postal_code", "destination_country"),
    *("postage", "currency", "declared_value", "insured_value", "invoice_amount"),
    *("weight", "length", "width", "height", "dimension_unit"),
    *("contents", "classification", "hs_code", "customs", "proof_of_postage"),
    *("promised_on", "carrier_promised_on", "deadline", "deadline_note"),
    *("last_event_at", "last_event_text", "last_event_place"),
    *("requester", "requester_email", "requester_opt_out", "note"),
    *(f"sender_{part}" for part in _PARTY),
    *("other_numbers", "check", "recorded_at", "recorded_by", "shipment_id"),
)
EVENT_COLUMNS: Final = (
    *("tracking_number", "status", "happened_at", "place", "text", "code", "source", "name_given", "next_place"),
    *("reason", "promised_on", "gps", "note", "came_from", "file_name", "recorded_at", "recorded_by", "shipment_id"),
)
_TOLD_AGAIN = frozenset({NumberRole.PARTNER, NumberRole.RETURN_RECEIPT, NumberRole.CUSTOMER})


def shipment_rows(_desk: Desk, page: Sequence[ShipmentRow]) -> Iterator[list[str]]:
    """A row for each shipment."""
    for row in page:
        cells = _shipment(row)
        yield [cells[name] for name in SHIPMENT_COLUMNS]


def event_rows(desk: Desk, page: Sequence[ShipmentRow]) -> Iterator[list[str]]:
    """A row for each tracking event of the shipments, a shipment's oldest first."""
    with desk.store.read() as connection:
        events = stored.tracking_events(connection, [row.shipment.id for row in page])
    for row in page:
        for event in events.get(row.shipment.id, ()):
            cells = _event(row.shipment, event)
            yield [cells[name] for name in EVENT_COLUMNS]


def _shipment(row: ShipmentRow) -> Mapping[str, str]:
    one = row.shipment
    fields = one.fields
    postage = one.postage if one.postage.mills else None
    amounts = {
        "postage": postage,
        "declared_value": fields.declared_value,
        "insured_value": fields.insured_value,
        "invoice_amount": fields.invoice_amount,
    }
    currency = next((money.currency for money in amounts.values() if money is not None), "")
    sizes = fields.dimensions or ("", "", "")
    promised = one.promised_on if one.promise_basis is not PromiseBasis.USER else None
    return {
        "tracking_number": one.shown_number,
        "carrier": one.carrier,
        "service": one.service,
        "service_code": one.service_code,
        "status": one.status.value,
        "status_at": str(one.status_at or ""),
        "order": fields.order,
        "department": row.department,
        "account": fields.account,
        "run": row.run,
        "meter": row.meter,
        "mailed_on": str(fields.mailed_on or ""),
        **_party("recipient", fields.recipient),
        "destination_postal_code": one.destination.postal_code,
        "destination_country": one.destination.country,
        **{name: _amount(money, currency) for name, money in amounts.items()},
        "currency": currency,
        "weight": f"{fields.weight.amount:f} {fields.weight.unit.value}" if fields.weight else "",
        **{name: str(size) for name, size in zip(("length", "width", "height"), sizes, strict=True)},
        "dimension_unit": fields.dimension_unit,
        "contents": fields.contents,
        "classification": fields.classification,
        "hs_code": fields.hs_code,
        "customs": json.dumps(customs_json(fields.customs), ensure_ascii=False) if fields.customs else "",
        "proof_of_postage": fields.proof_of_postage or "",
        "promised_on": str(fields.promised_on or ""),
        "carrier_promised_on": str(promised or ""),
        "deadline": str(fields.deadline or ""),
        "deadline_note": fields.deadline_note,
        "last_event_at": str(one.last_event_at or ""),
        "last_event_text": one.last_event_text,
        "last_event_place": one.last_event_place,
        "requester": fields.requester,
        "requester_email": fields.requester_email,
        "requester_opt_out": "yes" if fields.requester_opt_out else "",
        "note": fields.note,
        **_party("sender", fields.sender),
        "other_numbers": _others(one),
        "check": one.check.value,
        "recorded_at": utc_text(one.recorded_at),
        "recorded_by": one.recorded_by,
        "shipment_id": one.id,
    }


def _party(who: str, party: Party) -> dict[str, str]:
    cells = {f"{who}_{part}": str(getattr(party, part)) for part in _PARTY if part != "address"}
    return cells | {f"{who}_address": "\n".join(party.address)}


def _amount(money: Money | None, currency: str) -> str:
    if money is None:
        return ""
    return money.amount if money.currency == currency else f"{money.amount} {money.currency}"


def _others(shipment: Shipment) -> str:
    """Further numbers, one a line: role, carrier, number, check."""
    return "\n".join(
        f"{one.role.value} {one.carrier or '-'} {one.number} {one.check.value}"
        for one in shipment.numbers
        if one.role in _TOLD_AGAIN
    )


def _event(shipment: Shipment, event: TimelineEvent) -> Mapping[str, str]:
    return {
        "tracking_number": shipment.shown_number,
        "status": "" if event.status is None else event.status.value,
        "happened_at": str(event.happened),
        "place": event.place,
        "text": event.text,
        "code": event.code,
        "source": event.source_name,
        "name_given": event.name_given,
        "next_place": event.next_place,
        "reason": event.reason,
        "promised_on": event.promised_on,
        "gps": event.gps,
        "note": event.note,
        "came_from": event.source.value,
        "file_name": event.file_name,
        "recorded_at": utc_text(event.recorded_at),
        "recorded_by": event.recorded_by,
        "shipment_id": shipment.id,
    }
