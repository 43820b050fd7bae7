"""The row of a new shipment from what a command carries, and what it belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from mailroom.domain.shipment import REUSE_DAYS, NumberRole
from mailroom.domain.status import FINAL, Status
from mailroom.errors import MailroomError
from mailroom.store import search
from mailroom.store.apply import heads, names, rows
from mailroom.store.journal import Change
from mailroom.store.tables import shipment

Json = Mapping[str, Any]

SAME_PIECE = (NumberRole.PRIMARY.value, NumberRole.PARTNER.value, NumberRole.INTERNAL.value)
_SHOWN = ("number", "carrier", "role", "check")  # of a number, as lists show it
_LAST_POSITION = select(func.max(shipment.c.position))


@dataclass(frozen=True, slots=True)
class Belongings:
    """Ids of what a piece belongs to."""

    department_id: str | None
    account_id: str | None
    run_id: str | None
    meter_id: str | None

    @property
    def paying_id(self) -> str | None:
        """The account of its postage: the department's where it names none."""
        return self.account_id or self.department_id


def belongings(change: Change, given: Json) -> Belongings:
    """Department, account, run and meter as named; new names are added to their lists."""
    department_id = names.department(change, given.get("department"))
    return Belongings(
        department_id,
        names.account_of(change, given.get("account"), department_id),
        names.run_of(change, given.get("run")),
        names.meter_of(change, given.get("meter")),
    )


def next_position(change: Change) -> int:
    """The position of a shipment that is put on record now."""
    return int(change.connection.scalar(_LAST_POSITION) or 0) + 1


def still_open(status: str, recorded_at: datetime, made_at: datetime) -> bool:
    """Whether the same number is still this piece: not final, or recorded less than 45 days before `made_at`."""
    return Status(status) not in FINAL or made_at - recorded_at < timedelta(days=REUSE_DAYS)


def shipment_row(
    change: Change,
    given: Json,
    shipment_id: str,
    numbers: Sequence[Json],
    position: int,
    belongs: Belongings,
    *,
    reused: bool,
) -> dict[str, Any]:
    """The columns of `shipment` from a payload as `piece_recorded` has it. Raises `currencies_differ`."""
    piece, lines = given["shipment"], given.get("postage", ())
    fields = piece.get("fields", {})
    department, run_named = given.get("department"), given.get("run")
    promised = fields.get("promised_on", "")
    destination = piece.get("destination") or {}
    text = searchable(
        [one["number"] for one in numbers],
        piece["carrier"],
        piece.get("service", ""),
        fields,
        department["name"] if department else "",
        run_named["name"] if run_named else "",
    )
    return {
        **dict.fromkeys(heads.HEAD, ""),
        "position": position,
        "id": shipment_id,
        "version": 1,
        "carrier": piece["carrier"],
        "tracking_number": piece["tracking_number"],
        "numbers": rows.json_text([{key: one[key] for key in _SHOWN} for one in numbers]),
        "check_result": piece["check"],
        "service": piece.get("service", ""),
        "service_code": piece.get("service_code", ""),
        "status": Status.LABEL_CREATED.value,
        "recorded_at": change.command.made_at,
        "recorded_by": change.by,
        "recorded_by_id": change.command.made_by,
        "desk": change.command.desk,
        "postal_code": destination.get("postal_code", ""),
        "country": destination.get("country", ""),
        "fields": rows.json_text(fields),
        "department_id": belongs.department_id,
        "account_id": belongs.account_id,
        "run_id": belongs.run_id,
        "meter_id": belongs.meter_id,
        "postage_mills": sum(one["mills"] for one in lines),
        "postage_currency": one_currency(lines, "") or "USD",
        "promised_on": promised,
        "promise_basis": "user" if promised else "",
        "number_reused": reused,
        "withdrawn": False,
        "event_count": 1,
        "changed_position": change.position,
        "search_text": text,
    }


def one_currency(lines: Sequence[Json], before: str) -> str:
    """The one currency of lines and of those before them. Raises `currencies_differ`."""
    currency = before
    for one in lines:
        if currency and one["currency"] != currency:
            raise MailroomError("currencies_differ", first=currency, second=one["currency"])
        currency = one["currency"]
    return currency


def searchable(
    numbers: Sequence[str], carrier: str, service: str, fields: Mapping[str, Any], department: str, run_name: str
) -> str:
    """What a shipment is found by."""
    recipient = fields.get("recipient", {})
    return search.searchable(
        (
            *numbers,
            recipient.get("name", ""),
            recipient.get("company", ""),
            *recipient.get("address", ()),
            recipient.get("city", ""),
            recipient.get("postal_code", ""),
            fields.get("order", ""),
            department,
            run_name,
            fields.get("contents", ""),
            fields.get("note", ""),
            fields.get("requester", ""),
            service,
            carrier,
        )
    )
