"""Taking a piece in: a reading becomes a shipment on record, a question, or a refusal that is kept."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from mailroom.domain.command import parse_utc
from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator
from mailroom.domain.payloads import (
    destination_json,
    fields_json,
    named_json,
    number_json,
    reading_json,
)
from mailroom.domain.piece_parts import money_json, reasons_text
from mailroom.domain.reading import MAX_PAYLOAD, Reading, ReadingSource
from mailroom.domain.recognition import Candidate, Check, Decision, Reason, Recognition, Verdict
from mailroom.domain.register import ReadingRow, ShipmentRow, Undoable
from mailroom.domain.shipment import LineKind, NumberRole, PieceFields, ShipmentNumber
from mailroom.domain.timeline import EventKind
from mailroom.errors import MailroomError
from mailroom.recognition.decision import decide
from mailroom.recognition.recogniser import recognise
from mailroom.services import imprints
from mailroom.services.desk import Desk
from mailroom.services.label_warnings import destination_warnings, label_warnings
from mailroom.services.piece_checks import checked_fields
from mailroom.services.rights import demand
from mailroom.store import lists
from mailroom.store import shipments as stored

_METERED = "usps"  # imprints with such a code are of the United States' post


class Outcome(StrEnum):
    """What became of a reading."""

    RECORDED = "recorded"
    REPEATED = "repeated"
    ASKED = "asked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Intaken:
    """The answer to a reading: what became of it and why; `row` is the shipment it belongs to."""

    outcome: Outcome
    reason: Reason
    recognition: Recognition
    decision: Decision
    command_id: str
    row: ShipmentRow | None = None
    first_recorded_at: datetime | None = None  # of a repeated one
    first_recorded_by: str = ""
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """Use cases of the bench."""

    desk: Desk

    def recognise(self, who: Operator, readings: Sequence[Reading]) -> Recognition:
        """What the codes of one label mean. Touches no database."""
        demand(who, "intake.recognise")
        typed = bool(readings) and all(one.source is ReadingSource.TYPED for one in readings)
        return recognise(readings, self.desk.carriers, enabled=self.desk.enabled_carriers(), typed=typed)

    def decide(
        self,
        who: Operator,
        recognition: Recognition,
        fields: PieceFields | None = None,
        *,
        keep_bad_check: bool = False,
    ) -> Decision:
        """Record, ask or refuse. Touches no database; `fields.carrier` decides between carriers that share a format."""
        demand(who, "intake.decide")
        return decide(
            recognition,
            enabled=self.desk.enabled_carriers(),
            run_carrier=fields.carrier if fields else "",
            keep_bad_check=keep_bad_check,
        )

    def record(
        self,
        who: Operator,
        readings: Sequence[Reading],
        fields: PieceFields | None = None,
        *,
        candidate: Candidate | None = None,
        keep_bad_check: bool = False,
        command_id: str = "",
    ) -> Intaken:
        """Put the piece with these codes on record, in one transaction.

        `candidate` is the clerk's answer where the bench asked. `command_id` is the reading's nonce: the same
        one again gives the same answer and records nothing twice.
        """
        demand(who, "intake.record")
        fields = checked_fields(fields or PieceFields())
        recognition = self.recognise(who, readings)
        decision = self.decide(who, recognition, fields, keep_bad_check=keep_bad_check)
        if candidate is not None:
            decision = _answered(recognition, candidate, keep_bad_check)
        command_id = command_id or new_id()
        if decision.verdict is Verdict.RECORD and decision.candidate is not None:
            return self._put_on_record(who, recognition, decision, fields, command_id)
        known = self._known_otherwise(recognition) if not recognition.candidates else ""
        if known:
            return self._repeat(who, recognition, decision, known, command_id)
        return self._keep_reading(who, recognition, decision, command_id)

    def record_without_number(
        self,
        who: Operator,
        readings: Sequence[Reading] = (),
        fields: PieceFields | None = None,
        *,
        command_id: str = "",
    ) -> Intaken:
        """Put a piece on record that has no carrier's number: it gets one of this desk's own, for a label.

        The imprint of a franking machine among `readings` fills its fields and is known again: then it is repeated.
        """
        demand(who, "intake.record_without_number")
        fields = checked_fields(fields or PieceFields())
        recognition = self.recognise(who, readings)
        reason = Reason("without_number")
        return self._put_on_record(who, recognition, Decision(Verdict.RECORD, reason), fields, command_id or new_id())

    def add_codes(self, who: Operator, shipment_id: str, readings: Sequence[Reading]) -> tuple[Reason, ...]:
        """Add other codes of the same label (routing, MaxiCode, indicium) to a shipment just recorded.

        Gives what a person should look at: a postal code or an imprint that says something else than the record.
        """
        demand(who, "intake.add_codes")
        if not readings:
            return ()
        now = self.desk.clock()
        found = self.recognise(who, readings)
        where = found.destination
        with self.desk.store.read() as connection:
            detail = stored.get_shipment(connection, shipment_id)
            meters = lists.meters(connection)
        fields = detail.row.shipment.fields
        if not detail.postage_lines:
            fields = dataclasses.replace(fields, postage=None)
        warnings = destination_warnings(where, fields)
        imprint = found.indicium
        if imprint is not None:
            warnings += imprints.imprint_warnings(fields, imprint, meters)
        facts = {"count": str(len(readings))} | _warned(warnings)
        payload: dict[str, Any] = {
            "readings": [reading_json(new_id(), one) for one in readings],
            "numbers": [] if imprint is None else [imprints.imprint_number(imprint)],
            "destination": destination_json(where) if where.postal_code or where.country else None,
            "event": self.desk.own_event(who, shipment_id, EventKind.CODES_ADDED, now, facts),
        }
        if imprint is not None:
            payload["fill"] = imprints.filling(imprint, meters)
        self.desk.accept(who, "codes_added", shipment_id, payload, made_at=now)
        return tuple(warnings)

    def undo(self, who: Operator, command_id: str) -> Undoable:
        """Take one act of this desk back. Raises MailroomError `already_undone` or `not_undoable`."""
        demand(who, "intake.undo")
        with self.desk.store.read() as connection:
            acts = stored.undoable(connection, who.desk, 1000)
        act = next((one for one in acts if one.command_id == command_id), None)
        if act is None:
            raise MailroomError("not_undoable")
        now = self.desk.clock()
        event = self.desk.own_event(who, act.shipment_id, EventKind.UNDONE, now, {"kind": act.kind})
        payload = {"command_id": command_id, "event": event}
        self.desk.accept(who, "command_undone", act.shipment_id, payload, made_at=now)
        return act

    def undo_last(self, who: Operator) -> Undoable | None:
        """Take the latest act of this desk back; none where there is nothing to undo."""
        demand(who, "intake.undo_last")
        acts = self.undoable(who, 1)
        return self.undo(who, acts[0].command_id) if acts else None

    def undoable(self, who: Operator, limit: int = 20) -> tuple[Undoable, ...]:
        """What can be taken back at this desk, newest first; also what was done before a restart."""
        demand(who, "intake.undoable")
        with self.desk.store.read() as connection:
            return stored.undoable(connection, who.desk, limit)

    def readings_since(self, who: Operator, since: datetime, limit: int = 200) -> tuple[ReadingRow, ...]:
        """Readings since a moment (aware UTC), newest first, with what became of each."""
        demand(who, "intake.readings_since")
        with self.desk.store.read() as connection:
            return stored.recent_readings(connection, since, limit)

    def _put_on_record(
        self, who: Operator, recognition: Recognition, decision: Decision, fields: PieceFields, command_id: str
    ) -> Intaken:
        """Decision without a candidate: the piece gets a number of this desk's own."""
        now = self.desk.clock()
        warnings = label_warnings(recognition, decision.candidate, fields)
        if recognition.indicium is not None:
            with self.desk.store.read() as connection:
                meters = lists.meters(connection)
            warnings += imprints.imprint_warnings(fields, recognition.indicium, meters)
            fields = imprints.with_imprint(fields, recognition.indicium, meters)
        payload = self._piece_payload(who, recognition, decision.candidate, fields, now, warnings)
        accepted = self.desk.accept(
            who, "piece_recorded", payload["shipment"]["id"], payload, command_id=command_id, made_at=now
        )
        result = accepted.result
        with self.desk.store.read() as connection:
            row = stored.get_shipment(connection, result["shipment_id"]).row
            twin = stored.shipment_of(connection, result["same_imprint"]) if "same_imprint" in result else None
        if result["number_reused"]:
            warnings.append(Reason("number_reused"))
        if twin is not None:
            warnings.append(Reason("imprint_used", (("number", twin.shipment.shown_number),)))
        return _taken(recognition, decision, command_id, row, result, tuple(warnings))

    def _piece_payload(
        self,
        who: Operator,
        recognition: Recognition,
        chosen: Candidate | None,
        fields: PieceFields,
        now: datetime,
        warnings: Sequence[Reason],
    ) -> dict[str, Any]:
        shipment_id = new_id()
        where = chosen.destination if chosen else recognition.destination
        if not where.postal_code and not where.country:
            where = recognition.destination
        carrier = chosen.carrier if chosen else fields.carrier or (_METERED if recognition.indicium else "")
        facts = {"carrier": carrier} | ({"number": chosen.tracking_number} if chosen else {})
        payload: dict[str, Any] = {
            "shipment": {
                "id": shipment_id,
                "carrier": carrier,
                "tracking_number": chosen.tracking_number if chosen else "",
                "check": chosen.check if chosen else Check.NONE,
                "service": fields.service or (chosen.service if chosen else ""),
                "service_code": chosen.service_code if chosen else "",
                "destination": destination_json(where),
                "fields": fields_json(fields),
            },
            "department": named_json(new_id(), fields.department.strip()),
            "account": named_json(new_id(), fields.account.strip()),
            "run": named_json(new_id(), fields.run.strip()),
            "meter": named_json(new_id(), fields.meter.strip()),
            "numbers": [number_json(one) for one in piece_numbers(recognition, chosen)] if chosen else [],
            "readings": [reading_json(new_id(), one) for one in recognition.readings or (_no_reading(now),)],
            "event": self.desk.own_event(who, shipment_id, EventKind.RECORDED, now, facts | _warned(warnings)),
            "repeat_event": self.desk.own_event(who, shipment_id, EventKind.REPEATED, now, facts),
            "postage": _postage_lines(fields),
        }
        if recognition.indicium is not None:
            payload["numbers"].append(imprints.imprint_number(recognition.indicium))
        if chosen is None:
            payload["own_number"] = {"year": now.astimezone(self.desk.in_force.zone).year, "letter": who.desk_letter}
        return payload

    def _known_otherwise(self, recognition: Recognition) -> str:
        """The id of the shipment that a label of our own or an imprint alone names; empty for none."""
        facts = dict(recognition.reason.facts)
        number = facts.get("number", "") if recognition.reason.code == "own_label" else ""
        if recognition.indicium is not None:
            number = recognition.indicium.key
        if not number:
            return ""
        with self.desk.store.read() as connection:
            return next(iter(stored.ids_of_number(connection, number)), "")

    def _repeat(
        self, who: Operator, recognition: Recognition, decision: Decision, shipment_id: str, command_id: str
    ) -> Intaken:
        now = self.desk.clock()
        payload = {
            "readings": [reading_json(new_id(), one) for one in recognition.readings],
            "repeat_event": self.desk.own_event(who, shipment_id, EventKind.REPEATED, now),
        }
        accepted = self.desk.accept(who, "piece_repeated", shipment_id, payload, command_id=command_id, made_at=now)
        with self.desk.store.read() as connection:
            row = stored.get_shipment(connection, shipment_id).row
        return _taken(recognition, decision, command_id, row, accepted.result, ())

    def _keep_reading(self, who: Operator, recognition: Recognition, decision: Decision, command_id: str) -> Intaken:
        outcome = Outcome.ASKED if decision.verdict is Verdict.ASK else Outcome.REFUSED
        # What is longer than any bar code was no reading: a file or a stuck key would fill the record.
        kept = [one for one in recognition.readings if one.raw.strip() and len(one.raw) <= MAX_PAYLOAD]
        if kept:
            guess = decision.candidate or (recognition.candidates[0] if recognition.candidates else None)
            readings = [reading_json(new_id(), one) for one in kept]
            payload = {
                "readings": readings,
                "outcome": outcome,
                "reason": {"code": decision.reason.code, "facts": dict(decision.reason.facts)},
                "number": guess.tracking_number if guess else "",
            }
            self.desk.accept(who, "reading_kept", readings[0]["id"], payload, command_id=command_id)
        return Intaken(outcome, decision.reason, recognition, decision, command_id)


def _no_reading(now: datetime) -> Reading:
    """Stands for a piece that nothing was read of, so that today's readings have it, too."""
    return Reading("", ReadingSource.TYPED, now)


def _taken(
    recognition: Recognition,
    decision: Decision,
    command_id: str,
    row: ShipmentRow,
    result: Mapping[str, Any],
    warnings: tuple[Reason, ...],
) -> Intaken:
    repeated = result["outcome"] == Outcome.REPEATED
    return Intaken(
        outcome=Outcome(result["outcome"]),
        reason=Reason("already_recorded") if repeated else decision.reason,
        recognition=recognition,
        decision=decision,
        command_id=command_id,
        row=row,
        first_recorded_at=parse_utc(result["first_recorded_at"]) if repeated else None,
        first_recorded_by=result["first_recorded_by"] if repeated else "",
        warnings=() if repeated else warnings,
    )


def _postage_lines(fields: PieceFields) -> list[dict[str, Any]]:
    if fields.postage is None:
        return []
    imprint = fields.imprint.key if fields.imprint and "postage" in fields.from_imprint else ""
    money = money_json(fields.postage) or {}
    return [{"id": new_id(), "kind": LineKind.POSTAGE, **money, "indicium": imprint, "note": ""}]


def _warned(warnings: Sequence[Reason]) -> dict[str, str]:
    """The fact that an event keeps of warnings; none where there are none."""
    return {"warnings": reasons_text(warnings)} if warnings else {}


def _answered(recognition: Recognition, chosen: Candidate, keep_bad_check: bool) -> Decision:
    """The decision after the clerk's answer: only one of the candidates, a bad check digit only on purpose."""
    if chosen not in recognition.candidates:
        raise MailroomError("not_a_candidate", number=chosen.tracking_number)
    if chosen.check is Check.BAD and not keep_bad_check:
        return Decision(Verdict.ASK, chosen.why, chosen, (chosen,))
    return Decision(Verdict.RECORD, chosen.why, chosen)


def piece_numbers(recognition: Recognition, chosen: Candidate) -> list[ShipmentNumber]:
    """The chosen number, and its partner's where two carriers share the piece under different numbers."""
    numbers = [ShipmentNumber(chosen.tracking_number, chosen.carrier, NumberRole.PRIMARY, chosen.check)]
    for other in recognition.candidates:
        if other.piece != chosen.piece or other.carrier in (chosen.carrier, "s10"):
            continue
        if any(one.carrier == other.carrier for one in numbers):
            continue
        numbers.append(ShipmentNumber(other.tracking_number, other.carrier, NumberRole.PARTNER, other.check))
    return numbers
