"""Values of the domain as JSON of a command's payload, and back. No floats, no clock; empty values may be left out.

Moments are `utc_text`; times of a carrier are ISO 8601 text as `str(CarrierTime)` gives it and round-trip with
offset and precision; money is `{"mills", "currency"}`; weights and dimensions are exact decimal text.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mailroom.domain.command import parse_utc, utc_text
from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.money import Money
from mailroom.domain.office import OfficeSettings
from mailroom.domain.piece_parts import (
    customs_from,
    customs_json,
    indicium_from,
    indicium_json,
    money_from,
    money_json,
    party_from,
    party_json,
    weight_from,
    weight_json,
)
from mailroom.domain.reading import Reading, ReadingSource, Symbology
from mailroom.domain.recognition import Check, Destination
from mailroom.domain.shipment import (
    LineKind,
    NumberRole,
    PieceFields,
    PostageLine,
    PostageProof,
    ShipmentNumber,
)
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent
from mailroom.domain.times import CarrierTime, parse_carrier_time

Json = dict[str, Any]

_TEXTS = (
    "order",
    "note",
    "contents",
    "classification",
    "hs_code",
    "carrier",
    "service",
    "dimension_unit",
    "deadline_note",
    "requester",
    "requester_email",
    "contact_id",
)
EVENT_TEXTS = (  # the texts of an event, in a command as in its row
    "source_name",
    "code",
    "text",
    "place",
    "next_place",
    "gps",
    "name_given",
    "reason",
    "desired_resolution",
    "mapping",
    "note",
    "file_name",
    "promised_on",
)


def named_json(id_: str, name: str) -> Json | None:
    """A thing of a list by name, with the id it gets if it is new; none for an empty name."""
    return {"id": id_, "name": name} if name else None


def destination_json(destination: Destination) -> Json:
    """Where a label says it goes."""
    return {"postal_code": destination.postal_code, "country": destination.country}


def destination_from(value: Mapping[str, Any] | None) -> Destination:
    """The reverse of `destination_json`; null is an empty one."""
    return Destination() if value is None else Destination(value.get("postal_code", ""), value.get("country", ""))


def fields_json(fields: PieceFields) -> Json:
    """What a clerk added to a piece, empty values left out.

    Department, account, run, meter and postage are not in it: they travel as named things and postage lines.
    """
    return {key: value for key, value in whole_fields_json(fields).items() if value}


def whole_fields_json(fields: PieceFields) -> Json:
    """As `fields_json` with every key, empty ones too: what an edit compares, field by field."""
    return {
        "recipient": party_json(fields.recipient),
        "sender": party_json(fields.sender),
        **{key: getattr(fields, key) for key in _TEXTS},
        "declared_value": money_json(fields.declared_value),
        "insured_value": money_json(fields.insured_value),
        "invoice_amount": money_json(fields.invoice_amount),
        "weight": weight_json(fields.weight),
        "dimensions": None if fields.dimensions is None else [str(one) for one in fields.dimensions],
        "mailed_on": "" if fields.mailed_on is None else fields.mailed_on.isoformat(),
        "promised_on": "" if fields.promised_on is None else fields.promised_on.isoformat(),
        "deadline": "" if fields.deadline is None else str(fields.deadline),
        "proof_of_postage": "" if fields.proof_of_postage is None else fields.proof_of_postage.value,
        "requester_opt_out": fields.requester_opt_out,
        "customs": customs_json(fields.customs),
        "imprint": indicium_json(fields.imprint),
        "from_imprint": list(fields.from_imprint),
    }


def fields_from(
    value: Mapping[str, Any],
    *,
    department: str = "",
    account: str = "",
    run: str = "",
    meter: str = "",
    postage: Money | None = None,
) -> PieceFields:
    """The reverse of `fields_json`, with the names and the sum that travel beside it."""
    sizes = value.get("dimensions")
    deadline, proof = value.get("deadline"), value.get("proof_of_postage")
    return PieceFields(
        recipient=party_from(value.get("recipient")),
        sender=party_from(value.get("sender")),
        **{key: value.get(key, "") for key in _TEXTS},
        declared_value=money_from(value.get("declared_value")),
        insured_value=money_from(value.get("insured_value")),
        invoice_amount=money_from(value.get("invoice_amount")),
        weight=weight_from(value.get("weight")),
        dimensions=(Decimal(sizes[0]), Decimal(sizes[1]), Decimal(sizes[2])) if sizes else None,
        mailed_on=_day(value.get("mailed_on")),
        promised_on=_day(value.get("promised_on")),
        deadline=parse_carrier_time(deadline) if deadline else None,
        proof_of_postage=PostageProof(proof) if proof else None,
        requester_opt_out=bool(value.get("requester_opt_out", False)),
        customs=customs_from(value.get("customs")),
        imprint=indicium_from(value.get("imprint")),
        from_imprint=tuple(value.get("from_imprint", ())),
        department=department,
        account=account,
        run=run,
        meter=meter,
        postage=postage,
    )


def number_json(number: ShipmentNumber) -> Json:
    """One number of a shipment."""
    return {
        "number": number.number,
        "carrier": number.carrier,
        "role": number.role.value,
        "check": number.check.value,
    }


def number_from(value: Mapping[str, Any]) -> ShipmentNumber:
    """The reverse of `number_json`."""
    return ShipmentNumber(value["number"], value["carrier"], NumberRole(value["role"]), Check(value["check"]))


def reading_json(id_: str, reading: Reading) -> Json:
    """A reading with its id; control characters of the raw text are kept, as far as a database keeps them."""
    return {
        "id": id_,
        "raw": keepable(reading.raw),
        "symbology": None if reading.symbology is None else reading.symbology.value,
        "source": reading.source.value,
        "device": keepable(reading.device),
        "engine": reading.engine,
        "read_at": utc_text(reading.read_at),
        **({"poor": True} if reading.poor else {}),
    }


def keepable(text: str) -> str:
    """Text as every database keeps it: NUL, which an imprint's bytes hold, as its symbol U+2400, and a lone
    surrogate (half a character, as in a file's name of foreign bytes) as U+FFFD.
    """
    if text.isascii():
        return text.replace("\0", "\u2400")
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "\u2400")


def reading_from(value: Mapping[str, Any]) -> Reading:
    """The reverse of `reading_json`, without the id."""
    symbology = value.get("symbology")
    return Reading(
        raw=value["raw"],
        source=ReadingSource(value["source"]),
        read_at=parse_utc(value["read_at"]),
        symbology=Symbology(symbology) if symbology else None,
        device=value.get("device", ""),
        engine=value.get("engine", ""),
        poor=value.get("poor", False),
    )


def postage_json(line: PostageLine) -> Json:
    """One line of money; `recorded_at` is the command's and is left out."""
    return {
        "id": line.id,
        "kind": line.kind.value,
        "mills": line.money.mills,
        "currency": line.money.currency,
        "meter_id": line.meter_id,
        "account_id": line.account_id,
        "indicium": line.indicium,
        "note": line.note,
    }


def postage_from(value: Mapping[str, Any], recorded_at: datetime) -> PostageLine:
    """The reverse of `postage_json`; `recorded_at` is aware UTC."""
    return PostageLine(
        id=value["id"],
        kind=LineKind(value["kind"]),
        money=Money(int(value["mills"]), value["currency"]),
        recorded_at=recorded_at,
        meter_id=value.get("meter_id", ""),
        account_id=value.get("account_id", ""),
        indicium=value.get("indicium", ""),
        note=value.get("note", ""),
    )


def event_json(event: TimelineEvent) -> Json:
    """One event, empty texts left out; shipment, `recorded_at` and `recorded_by` are said by the command."""
    whole: Json = {
        "id": event.id,
        "kind": event.kind.value,
        "status": None if event.status is None else event.status.value,
        "happened": str(event.happened),
        "sort_at": utc_text(event.sort_at),
        "source": event.source.value,
    }
    whole |= {key: getattr(event, key) for key in EVENT_TEXTS if getattr(event, key)}
    if event.file_row:
        whole["file_row"] = event.file_row
    if event.facts:
        whole["facts"] = dict(event.facts)
    return whole


def event_from(value: Mapping[str, Any], shipment_id: str, recorded_at: datetime, recorded_by: str) -> TimelineEvent:
    """The reverse of `event_json`; facts come back in the order of their names."""
    status = value.get("status")
    return TimelineEvent(
        id=value["id"],
        shipment_id=shipment_id,
        kind=EventKind(value["kind"]),
        status=Status(status) if status else None,
        happened=carrier_time_from(value["happened"]),
        sort_at=parse_utc(value["sort_at"]),
        recorded_at=recorded_at,
        recorded_by=recorded_by,
        source=EventSource(value["source"]),
        file_row=int(value.get("file_row", 0)),
        facts=tuple(sorted(value.get("facts", {}).items())),
        **{key: value.get(key, "") for key in EVENT_TEXTS},
    )


def attachment_json(attachment: Attachment) -> Json:
    """An attached file; shipment, `added_at` and `added_by` are said by the command."""
    return {
        "id": attachment.id,
        "sha256": attachment.sha256,
        "name": attachment.name,
        "media_type": attachment.media_type,
        "size": attachment.size,
        "pages": attachment.pages,
        "role": attachment.role.value,
        "caption": attachment.caption,
        "source_name": attachment.source_name,
        "taken_at": attachment.taken_at,
    }


def attachment_from(value: Mapping[str, Any], shipment_id: str, added_at: datetime, added_by: str) -> Attachment:
    """The reverse of `attachment_json`."""
    return Attachment(
        id=value["id"],
        shipment_id=shipment_id,
        sha256=value["sha256"],
        name=value["name"],
        media_type=value["media_type"],
        size=int(value["size"]),
        pages=int(value["pages"]),
        role=AttachmentRole(value["role"]),
        caption=value.get("caption", ""),
        source_name=value.get("source_name", ""),
        taken_at=value.get("taken_at", ""),
        added_at=added_at,
        added_by=added_by,
    )


def settings_json(settings: OfficeSettings) -> Json:
    """All settings of the office; a change names only some of these keys."""
    return {
        "name": settings.name,
        "address": list(settings.address),
        "contact": settings.contact,
        "country": settings.country,
        "zone": settings.zone,
        "currency": settings.currency,
        "carriers": list(settings.carriers),
        "page_size": settings.page_size,
        "language": settings.language,
    }


def settings_from(value: Mapping[str, Any]) -> OfficeSettings:
    """The reverse of `settings_json`; what is missing has its default, an unknown key is left aside."""
    known = settings_json(OfficeSettings()).keys()
    given: dict[str, Any] = {
        key: tuple(one) if isinstance(one, list) else one for key, one in value.items() if key in known
    }
    return OfficeSettings(**given)


def carrier_time_from(text: str) -> CarrierTime:
    """The reverse of `str(CarrierTime)`."""
    return parse_carrier_time(text)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
