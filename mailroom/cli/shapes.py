"""The JSON of the record: one function a thing, used by every command that prints it. No floats, moments in UTC."""

from typing import TYPE_CHECKING, Any

from mailroom.domain.command import utc_text
from mailroom.domain.customs import CustomsLine
from mailroom.domain.documents import Attachment, Document
from mailroom.domain.indicium import Indicium
from mailroom.domain.money import Money
from mailroom.domain.recognition import Destination, Reason
from mailroom.domain.register import Fault, ShipmentDetail, ShipmentRow
from mailroom.domain.shipment import NumberRole, Party, PieceFields, PostageLine
from mailroom.domain.timeline import TimelineEvent
from mailroom.domain.weights import Weight
from mailroom.errors import MailroomError
from mailroom.wording.errors import error_text
from mailroom.wording.warnings import event_warnings

if TYPE_CHECKING:
    from mailroom.domain.attention import AlertRow

Json = dict[str, Any]


def shipment_object(row: ShipmentRow) -> Json:
    """A shipment as `list`, `show` and `record` print it; null where nothing is on record."""
    one = row.shipment
    fields = one.fields
    return {
        "id": one.id,
        "tracking_number": one.tracking_number or None,
        "own_number": next((each.number for each in one.numbers if each.role is NumberRole.INTERNAL), None),
        "carrier": one.carrier or None,
        "check": one.check.value,
        "service": one.service or None,
        "service_code": one.service_code or None,
        "status": one.status.value,
        "status_at": None if one.status_at is None else str(one.status_at),
        "recorded_at": utc_text(one.recorded_at),
        "recorded_by": one.recorded_by,
        "department": row.department or None,
        "account": fields.account or None,
        "run": row.run or None,
        "meter": row.meter or None,
        "destination": destination_object(one.destination),
        "recipient": _named(fields.recipient) or None,
        "recipient_details": _party(fields.recipient),
        "sender": _named(fields.sender) or None,
        "sender_details": _party(fields.sender),
        "order": fields.order or None,
        "requester": fields.requester or None,
        "requester_email": fields.requester_email or None,
        "postage": money_object(one.postage) if one.postage.mills else None,
        "declared_value": _money_or_null(fields.declared_value),
        "insured_value": _money_or_null(fields.insured_value),
        "invoice_amount": _money_or_null(fields.invoice_amount),
        "weight": None if fields.weight is None else _weight(fields.weight),
        "dimensions": _dimensions(fields),
        "contents": fields.contents or None,
        "classification": fields.classification or None,
        "hs_code": fields.hs_code or None,
        "customs": [_customs_line(line) for line in fields.customs],
        "proof_of_postage": None if fields.proof_of_postage is None else fields.proof_of_postage.value,
        "deadline": None if fields.deadline is None else str(fields.deadline),
        "deadline_note": fields.deadline_note or None,
        "note": fields.note or None,
        "mailed_on": None if fields.mailed_on is None else fields.mailed_on.isoformat(),
        "promised_on": None if one.promised_on is None else one.promised_on.isoformat(),
        "promise_basis": None if one.promise_basis is None else one.promise_basis.value,
        "revised_on": None if one.revised_on is None else one.revised_on.isoformat(),
        "status_sure": not one.unsure,
        "delay_reason": one.delay_reason or None,
        "last_event_at": None if one.last_event_at is None else str(one.last_event_at),
        "last_event_text": one.last_event_text or None,
        "last_event_place": one.last_event_place or None,
        "numbers": [
            {"number": other.number, "carrier": other.carrier, "role": other.role.value, "check": other.check.value}
            for other in one.numbers
        ],
        "indicium": None if fields.imprint is None else _imprint(fields.imprint, fields.from_imprint),
        "number_reused": one.number_reused,
        "version": one.version,
    }


def detail_object(detail: ShipmentDetail, alerts: "tuple[AlertRow, ...]" = ()) -> Json:
    """Everything about a shipment as `show` prints it; events newest first, as they stand in the record."""
    return {
        "shipment": shipment_object(detail.row),
        "events": [event_object(one) for one in detail.events],
        "alerts": [alert_object(one) for one in alerts],
        "documents": [document_object(one) for one in detail.documents],
        "attachments": [_attachment(one) for one in detail.attachments],
        "postage_lines": [_postage_line(one) for one in detail.postage_lines],
        "older": list(detail.older_ids),
    }


def alert_object(row: "AlertRow") -> Json:
    """An alert: the rule, since when (UTC), the last day if there is one, and the facts it rests on."""
    from mailroom.wording.alerts import alert_title  # with all the rules; most commands print no alert

    finding, standing = row.alert.finding, row.standing
    return {
        "kind": row.alert.kind,
        "tracking_number": row.row.shipment.shown_number,
        "urgency": finding.urgency.value,
        "since": utc_text(finding.since),
        "due": None if finding.due is None else finding.due.isoformat(),
        "evidence": dict(finding.evidence),
        "title": alert_title(row.alert),
        "shipment_id": row.alert.shipment_id,
        "state": standing.state.value,
        "until": None if standing.until is None else standing.until.isoformat(),
        "assigned_to": standing.to_name or None,
    }


def event_object(event: TimelineEvent) -> Json:
    """A timeline event; `happened_at` is ISO 8601 with offset when known, a bare date when only a day is."""
    return {
        "id": event.id,
        "kind": event.kind.value,
        "status": None if event.status is None else event.status.value,
        "happened_at": str(event.happened),
        "recorded_at": utc_text(event.recorded_at),
        "recorded_by": event.recorded_by,
        "source": event.source.value,
        "source_name": event.source_name or None,
        "code": event.code or None,
        "text": event.text or None,
        "place": event.place or None,
        "next_place": event.next_place or None,
        "gps": event.gps or None,
        "name_given": event.name_given or None,
        "reason": event.reason or None,
        "desired_resolution": event.desired_resolution or None,
        "note": event.note or None,
        "file_name": event.file_name or None,
        "file_row": event.file_row,
        "promised_on": event.promised_on or None,
        "facts": dict(event.facts),
        **({"warnings": list(warnings)} if (warnings := event_warnings(event)) else {}),
    }


def document_object(document: Document) -> Json:
    """A paper that was issued."""
    return {
        "number": document.number,
        "kind": document.kind.value,
        "sha256": document.sha256,
        "pages": document.pages,
        "issued_at": utc_text(document.issued_at),
        "issued_by": document.issued_by,
        "purpose": document.purpose,
        "tracking_numbers": list(document.tracking_numbers),
    }


def money_object(money: Money) -> Json:
    """An amount as exact text with three decimals, and its currency."""
    return {"amount": money.amount, "currency": money.currency}


def destination_object(destination: Destination) -> Json:
    """Where a label says the piece goes; null where it does not say, as `identify` prints it."""
    return {"postal_code": destination.postal_code or None, "country": destination.country or None}


def coded_object(coded: Reason | Fault, message: str) -> Json:
    """A reason or a fault: its code, its sentence, its facts."""
    return {"code": coded.code, "message": message, "facts": dict(coded.facts)}


def fault_text(fault: Fault) -> str:
    """What a check found wrong, as one sentence: a fault's code is an error's code."""
    return error_text(MailroomError(fault.code, **dict(fault.facts)))


def _imprint(imprint: Indicium, filled: tuple[str, ...]) -> Json:
    """The imprint read from the label, and which of the fields above it filled."""
    return {
        "format": imprint.format,
        "meter": imprint.meter,
        "piece": imprint.piece,
        "postage": None if imprint.postage is None else money_object(imprint.postage),
        "mailed_on": None if imprint.mailed_on is None else imprint.mailed_on.isoformat(),
        "unconfirmed": list(imprint.unconfirmed),
        "filled": list(filled),
    }


def _named(party: Party) -> str:
    return party.name or party.company


def _party(party: Party) -> Json:
    return {
        "name": party.name or None,
        "company": party.company or None,
        "address": list(party.address),
        "city": party.city or None,
        "region": party.region or None,
        "postal_code": party.postal_code or None,
        "country": party.country or None,
        "contact": party.contact or None,
    }


def _money_or_null(money: Money | None) -> Json | None:
    return None if money is None else money_object(money)


def _weight(weight: Weight) -> Json:
    return {"amount": f"{weight.amount:f}", "unit": weight.unit.value}


def _dimensions(fields: PieceFields) -> Json | None:
    if fields.dimensions is None:
        return None
    length, width, height = (f"{side:f}" for side in fields.dimensions)
    return {"length": length, "width": width, "height": height, "unit": fields.dimension_unit}


def _customs_line(line: CustomsLine) -> Json:
    return {
        "description": line.description,
        "quantity": line.quantity,
        "value": _money_or_null(line.value),
        "weight": None if line.weight is None else _weight(line.weight),
        "hs_code": line.hs_code or None,
        "origin": line.origin or None,
    }


def _attachment(attachment: Attachment) -> Json:
    return {
        "name": attachment.name,
        "role": attachment.role.value,
        "caption": attachment.caption,
        "media_type": attachment.media_type,
        "size": attachment.size,
        "pages": attachment.pages,
        "sha256": attachment.sha256,
        "added_at": utc_text(attachment.added_at),
        "added_by": attachment.added_by,
    }


def _postage_line(line: PostageLine) -> Json:
    return {"kind": line.kind.value, **money_object(line.money), "recorded_at": utc_text(line.recorded_at)}
