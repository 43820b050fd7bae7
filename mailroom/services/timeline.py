"""Events that a person adds to a shipment."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator
from mailroom.domain.payloads import event_json
from mailroom.domain.register import ShipmentDetail
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft, EventKind, EventSource, TimelineEvent, sort_moment
from mailroom.errors import MailroomError
from mailroom.recognition.statuses import MAPPING_VERSION, status_of
from mailroom.services.deriving import Derived, derive_again
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.services.writing import Write, at_once
from mailroom.store import shipments as stored

LONGEST_NOTE = 4000  # characters
FUTURE_ALLOWED = timedelta(days=1)  # the other side of the date line


@dataclass(frozen=True, slots=True)
class Timeline:
    """Use cases of the timeline."""

    desk: Desk

    def add_event(self, who: Operator, shipment_id: str, draft: EventDraft) -> ShipmentDetail:
        """Put a typed event on record: a tracking event where it has a status or the carrier's words, else a note.

        Raises `event_empty`, `event_in_future`, `text_too_long`.
        """
        demand(who, "timeline.add_event")
        now = self.desk.clock()
        check_draft(draft, now, self.desk)
        if draft.status is None and draft.code.strip():
            draft = derived_draft(draft, self._carrier(shipment_id))
        event = event_of_draft(draft, shipment_id, who, now, self.desk, EventSource.TYPED)
        self.desk.accept(who, "events_added", shipment_id, {"events": [event_json(event)]}, made_at=now)
        with self.desk.store.read() as connection:
            return stored.get_shipment(connection, shipment_id)

    def derive_again(self, who: Operator, write: Write = at_once) -> Derived:
        """Derive statuses that no source states again from codes and words, by the table of today; on record."""
        demand(who, "timeline.derive_again")
        return derive_again(self.desk, who, write)

    def _carrier(self, shipment_id: str) -> str:
        with self.desk.store.read() as connection:
            return stored.get_shipment(connection, shipment_id).row.shipment.carrier


def derived_draft(draft: EventDraft, carrier: str) -> EventDraft:
    """The draft with the status that its code and words mean, where they mean one."""
    status = status_of(carrier, code=draft.code, text=draft.text)
    if status is Status.UNKNOWN:
        return draft
    return dataclasses.replace(draft, status=status, mapping=MAPPING_VERSION)


def check_draft(draft: EventDraft, now: datetime, desk: Desk) -> None:
    """Refuse an event that says nothing, lies ahead, or is longer than a page."""
    if not (draft.status or draft.text.strip() or draft.note.strip()):
        raise MailroomError("event_empty")
    if draft.happened.order_key(desk.in_force.zone) > now + FUTURE_ALLOWED:
        raise MailroomError("event_in_future", happened=str(draft.happened))
    for text in (draft.text, draft.note, draft.reason, draft.place):
        if len(text) > LONGEST_NOTE:
            raise MailroomError("text_too_long", length=len(text), limit=LONGEST_NOTE)


def event_of_draft(
    draft: EventDraft,
    shipment_id: str,
    who: Operator,
    now: datetime,
    desk: Desk,
    source: EventSource,
    file_name: str = "",
    file_row: int = 0,
) -> TimelineEvent:
    """The event that a draft becomes."""
    carried = draft.status is not None or bool(draft.text.strip())
    return TimelineEvent(
        id=new_id(),
        shipment_id=shipment_id,
        kind=EventKind.TRACKING if carried else EventKind.NOTE,
        status=draft.status,
        happened=draft.happened,
        sort_at=sort_moment(draft.happened, draft.status, desk.in_force.zone, now),
        recorded_at=now,
        recorded_by=who.name,
        source=source,
        source_name=draft.source_name,
        code=draft.code,
        text=draft.text,
        place=draft.place,
        next_place=draft.next_place,
        gps=draft.gps,
        name_given=draft.name_given,
        reason=draft.reason,
        note=draft.note,
        file_name=file_name,
        file_row=file_row,
        promised_on=draft.promised_on,
        mapping=draft.mapping,
    )
