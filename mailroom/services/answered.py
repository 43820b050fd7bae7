"""What of a carrier's answer goes on record: its new events, and the proof of delivery as files."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mailroom.carriers._interface import Interface
from mailroom.domain.documents import AttachmentRole
from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator
from mailroom.domain.payloads import event_json
from mailroom.domain.status import FINAL, Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent, sort_moment
from mailroom.domain.times import carrier_time
from mailroom.domain.tracking import ProofKind, TrackAnswer, placed
from mailroom.errors import MailroomError
from mailroom.recognition.statuses import MAPPING_VERSION
from mailroom.services.attachments import Attachments
from mailroom.services.desk import Desk
from mailroom.services.writing import Write
from mailroom.store import shipments as stored
from mailroom.store.polling import ToldEvent

if TYPE_CHECKING:
    from mailroom.net.carriers import Transport

_Key = tuple[str, str, str, str]  # when, code, words, place: what makes an event the same as another
_A_DAY = len("2026-11-20")
_ROLES = {
    ProofKind.SIGNATURE: AttachmentRole.SIGNATURE_IMAGE,
    ProofKind.PHOTO: AttachmentRole.DELIVERY_PHOTO,
    ProofKind.LETTER: AttachmentRole.SIGNATURE_IMAGE,  # the carrier's letter shows the signature where there is one
}
_ENDINGS = {b"%PDF": "pdf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif"}


def answer_events(
    desk: Desk,
    who: Operator,
    shipment_id: str,
    interface: Interface,
    answer: TrackAnswer,
    now: datetime,
    told: Collection[ToldEvent],
    promised_on: str = "",
) -> list[dict[str, Any]]:
    """The events of an answer that are not on record, oldest first, as a command carries them.

    What the head of the answer alone says is left out where an event on record says it of the same day.
    A date other than the carrier's last one (`promised_on`) goes with the newest of them; where nothing else is new
    it is a note of the carrier, since no piece moves by it.
    """
    zone = desk.in_force.zone
    known = {(one.happened, one.code, one.text, one.place) for one in told}
    said = {(one.status, one.happened[:_A_DAY]) for one in told}
    found: dict[_Key, TimelineEvent] = {}
    for event, sorted_by in reversed(placed(answer.events)):
        assert event.happened is not None
        key = (str(event.happened), event.code, event.text, event.place)
        if key in known or key in found:
            continue
        if event.of_head and (event.status.value, key[0][:_A_DAY]) in said:
            continue
        if not (event.text or event.code or event.status is not Status.UNKNOWN):
            continue
        found[key] = TimelineEvent(
            id=new_id(),
            shipment_id=shipment_id,
            kind=EventKind.TRACKING,
            status=event.status,
            happened=event.happened,
            sort_at=sort_moment(sorted_by, event.status, zone, now),
            recorded_at=now,
            recorded_by=who.name,
            source=EventSource.CARRIER,
            source_name=interface.name,
            code=event.code,
            text=event.text,
            place=event.place,
            gps=event.gps,
            name_given=event.name_given,
            reason=event.reason,
            mapping=MAPPING_VERSION if event.status is not Status.UNKNOWN else "",
            facts=(("of", "head"),) if event.of_head else (),
        )
    events = [event_json(one) for one in found.values()]
    if events and answer.promised_on:
        events[-1]["promised_on"] = answer.promised_on
    elif answer.promised_on not in ("", promised_on) and answer.status not in FINAL:
        events.append(event_json(_other_date(shipment_id, who, interface, answer, now)))
    return events


def replaced_heads(events: Collection[dict[str, Any]], told: Collection[ToldEvent]) -> list[str]:
    """Ids of events on record that only the head of an answer told, now that the event itself is among new ones."""
    now = {
        (one["status"], one["happened"][:_A_DAY])
        for one in events
        if one.get("status") and (one.get("facts") or {}).get("of") != "head"
    }
    return [one.id for one in told if one.of_head and (one.status, one.happened[:_A_DAY]) in now]


def _other_date(
    shipment_id: str, who: Operator, interface: Interface, answer: TrackAnswer, now: datetime
) -> TimelineEvent:
    return TimelineEvent(
        id=new_id(),
        shipment_id=shipment_id,
        kind=EventKind.NOTE,
        status=None,
        happened=carrier_time(now),
        sort_at=now,
        recorded_at=now,
        recorded_by=who.name,
        source=EventSource.CARRIER,
        source_name=interface.name,
        promised_on=answer.promised_on,
    )


def attach_proof(
    desk: Desk,
    who: Operator,
    shipment_id: str,
    interface: Interface,
    answer: TrackAnswer,
    transport: "Transport",
    write: Write,
) -> int:
    """Fetch the proof of a delivery and keep it with the piece, once; how many files were new."""
    with desk.store.read() as connection:
        detail = stored.get_shipment(connection, shipment_id)
    here = [one for one in detail.attachments if one.source_name == interface.name]
    if here and not any(one for one in answer.proofs if hasattr(one, "data")):
        return 0  # fetched before
    shipment = detail.row.shipment
    added = 0
    seen = {one.sha256 for one in detail.attachments}
    for number, proof in enumerate(transport.proof(shipment.tracking_number, answer), 1):
        ending = next((end for front, end in _ENDINGS.items() if proof.data.startswith(front)), "tif")
        name = f"{interface.id}-{proof.kind.value}-{shipment.tracking_number}-{number}.{ending}"
        try:
            kept = Attachments(desk).attach_bytes(
                who, shipment_id, proof.data, name, _ROLES[proof.kind], interface.name, write, known=seen
            )
        except MailroomError:
            continue  # a damaged picture is no proof; the answer itself is kept
        added += kept
    return added
