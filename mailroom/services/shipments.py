"""The register: finding, opening and editing shipments."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mailroom.domain.ids import new_id
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator
from mailroom.domain.payloads import named_json, whole_fields_json
from mailroom.domain.piece_parts import money_json
from mailroom.domain.register import Counts, ShipmentDetail, ShipmentFilter, ShipmentPage
from mailroom.domain.shipment import LineKind, PieceFields
from mailroom.domain.timeline import EventKind
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.services.piece_checks import checked_fields
from mailroom.services.rights import demand, departments_of
from mailroom.store import shipments as stored

_ALL = 2**31 - 2  # rows: more than any database of ours holds

_DAYS = ("mailed_on", "promised_on")  # fields whose change the timeline tells with what they were


@dataclass(frozen=True, slots=True)
class Shipments:
    """Use cases of the register."""

    desk: Desk

    def find(self, who: Operator, wanted: ShipmentFilter, limit: int = 200, after: str = "") -> ShipmentPage:
        """A stretch of the register, newest first; `limit` 0 means all; `after` continues an earlier page."""
        demand(who, "shipments.find")
        with self.desk.store.read() as connection:
            return stored.find_shipments(connection, seen_by(who, wanted), limit or _ALL, after)

    def counts(self, who: Operator, wanted: ShipmentFilter) -> Counts:
        """How many shipments there are by status and carrier; statuses and carriers of the filter are left aside."""
        demand(who, "shipments.counts")
        with self.desk.store.read() as connection:
            return stored.counts(connection, seen_by(who, wanted))

    def get(self, who: Operator, shipment_id: str) -> ShipmentDetail:
        """Everything about one shipment. Raises MailroomError `shipment_unknown`."""
        demand(who, "shipments.get")
        with self.desk.store.read() as connection:
            detail = stored.get_shipment(connection, shipment_id)
        visible = departments_of(who)
        if visible and detail.row.department_id not in visible:
            raise MailroomError("shipment_unknown")
        return detail

    def by_number(self, who: Operator, number: str) -> ShipmentDetail:
        """The newest shipment with this number; `older_ids` names the others. Raises `number_unknown`."""
        demand(who, "shipments.by_number")
        with self.desk.store.read() as connection:
            ids = stored.ids_of_number(connection, number)
        if not ids:
            raise MailroomError("number_unknown", number=number)
        return dataclasses.replace(self.get(who, ids[0]), older_ids=ids[1:])

    def edit(self, who: Operator, shipment_id: str, fields: PieceFields, base_version: int) -> ShipmentDetail:
        """Change what a person adds to a piece; postage is changed by a line of its own.

        Raises `changed_meanwhile` where somebody else changed the shipment since `base_version`.
        """
        demand(who, "shipments.edit")
        old = self.get(who, shipment_id).row.shipment.fields
        fields = _own_words(old, checked_fields(fields))
        before, after = whole_fields_json(old), whole_fields_json(fields)
        changes = {key: value for key, value in after.items() if value != before[key]}
        payload: dict[str, Any] = {
            "changes": changes,
            "before": {key: before[key] for key in changes},
        }
        for name in ("department", "account", "run", "meter"):
            value = getattr(fields, name).strip()
            if value and value != getattr(old, name):
                payload[name] = named_json(new_id(), value)
        if len(payload) == 2 and not changes:
            return self.get(who, shipment_id)
        now = self.desk.clock()
        changed = [*changes, *(name for name in payload if name not in ("changes", "before"))]
        facts = {"fields": ",".join(sorted(changed))}
        for name in _DAYS:  # no names or addresses: an erasure would have to find them here, too
            if name in changes:
                facts |= {f"{name}_before": before[name], f"{name}_after": changes[name]}
        payload["event"] = self.desk.own_event(who, shipment_id, EventKind.EDITED, now, facts)
        self.desk.accept(who, "shipment_edited", shipment_id, payload, base_version=base_version, made_at=now)
        return self.get(who, shipment_id)

    def correct_postage(self, who: Operator, shipment_id: str, postage: Money) -> ShipmentDetail:
        """Bring a piece's postage to this amount by one more line: postage where it had none, else a correction.

        Raises `currencies_differ` where the lines so far are in another currency.
        """
        demand(who, "shipments.correct_postage")
        detail = self.get(who, shipment_id)
        lines = detail.postage_lines
        difference = postage + -detail.row.shipment.postage if lines else postage
        if not difference.mills:
            return detail
        now = self.desk.clock()
        line = {"id": new_id(), "kind": LineKind.CORRECTION if lines else LineKind.POSTAGE, "meter_id": ""}
        line |= {"account_id": "", "indicium": "", "note": "", **(money_json(difference) or {})}
        event = self.desk.own_event(who, shipment_id, EventKind.EDITED, now, {"fields": "postage"})
        self.desk.accept(who, "postage_added", shipment_id, {"postage": [line], "event": event}, made_at=now)
        return self.get(who, shipment_id)

    def changed_since(self, who: Operator, mark: str) -> tuple[str, tuple[str, ...]]:
        """The new mark, and the ids of shipments that any process changed since the old one (empty: from now on)."""
        demand(who, "shipments.changed_since")
        with self.desk.store.read() as connection:
            now, changed = stored.changed_since(connection, int(mark) if mark else None)
        return str(now), changed


def contents_of(desk: Desk, who: Operator, ids: Sequence[str]) -> tuple[ShipmentDetail, ...]:
    """As `Shipments.get` for many, in their order, without their papers and namesakes. Raises `shipment_unknown`."""
    demand(who, "shipments.get")
    with desk.store.read() as connection:
        found = stored.contents_of(connection, ids)
    visible = departments_of(who)
    if visible and any(one.row.department_id not in visible for one in found):
        raise MailroomError("shipment_unknown")
    return found


def _own_words(old: PieceFields, new: PieceFields) -> PieceFields:
    """The new fields; what a person changed is no longer said by the imprint."""
    still = tuple(name for name in old.from_imprint if getattr(new, name) == getattr(old, name))
    return dataclasses.replace(new, imprint=old.imprint, from_imprint=still)


def seen_by(who: Operator, wanted: ShipmentFilter) -> ShipmentFilter:
    """The filter narrowed to the departments that this operator may see."""
    visible = departments_of(who)
    if not visible:
        return wanted
    asked = wanted.department_ids
    return dataclasses.replace(
        wanted, department_ids=tuple(one for one in visible if one in asked) or ("",) if asked else visible
    )
