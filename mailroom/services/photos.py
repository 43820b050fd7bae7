"""The camera's picture of each label: kept with the piece, erased when its time is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator
from mailroom.domain.payloads import attachment_json
from mailroom.domain.timeline import EventKind
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.services.writing import Write, at_once
from mailroom.store import photos

KEPT_DAYS = 180
LARGEST = 200_000  # bytes
_AT_ONCE = 200  # photographs that one command erases
_LOOKED_AT_AGAIN = 500  # of those erased before: their bytes may still be there after a power cut


@dataclass(frozen=True, slots=True)
class Photos:
    """Use cases of label photographs."""

    desk: Desk

    def keep(
        self, who: Operator, shipment_id: str, jpeg: bytes, *, camera: str = "", write: Write = at_once
    ) -> Attachment:
        """Keep the frame that was read with its piece: a JPEG of our own making. Raises `file_too_large`."""
        demand(who, "photos.keep")
        now = self.desk.clock()
        name = f"label-{now.astimezone(self.desk.in_force.zone):%Y%m%d-%H%M%S}.jpg"
        if len(jpeg) > LARGEST:
            raise MailroomError("file_too_large", name=name, size=len(jpeg), limit=LARGEST)
        photo = Attachment(
            id=new_id(),
            shipment_id=shipment_id,
            sha256=self.desk.store.blobs.put(jpeg),
            name=name,
            media_type="image/jpeg",
            size=len(jpeg),
            pages=1,
            role=AttachmentRole.LABEL_PHOTO,
            caption="",
            source_name=camera,
            taken_at=f"{now.astimezone(self.desk.in_force.zone):%Y-%m-%dT%H:%M:%S}",
            added_at=now,
            added_by=who.name,
        )
        facts = {"name": name, "role": photo.role.value}
        payload = {
            "attachment": attachment_json(photo),
            "event": self.desk.own_event(who, shipment_id, EventKind.ATTACHED, now, facts),
        }
        write(lambda: self.desk.accept(who, "label_photo_kept", shipment_id, payload, made_at=now))
        return photo

    def erase_old(self, who: Operator, *, write: Write = at_once) -> int:
        """Erase photographs older than `KEPT_DAYS` whose piece no claim and no paper names; how many there were.

        Each command names what it erases; the bytes go after its commit, hash and day stay on record.
        """
        demand(who, "photos.erase_old")
        with self.desk.store.read() as connection:
            left = photos.erased_hashes(connection, newest=_LOOKED_AT_AGAIN)
        self._remove(left)
        before = self.desk.clock() - timedelta(days=KEPT_DAYS)
        count = 0
        while ids := self._old(before):
            payload = {"ids": list(ids), "before": before.isoformat(), "why": "retention"}
            write(lambda payload=payload: self.desk.accept(who, "label_photos_erased", "label_photos", payload))  # type: ignore[misc]
            with self.desk.store.read() as connection:
                gone = photos.erased_hashes(connection, ids)
            self._remove(gone)
            count += len(ids)
        return count

    def _old(self, before: datetime) -> tuple[str, ...]:
        with self.desk.store.read() as connection:
            return photos.old_label_photos(connection, before, _AT_ONCE)

    def _remove(self, hashes: tuple[str, ...]) -> None:
        for one in hashes:
            self.desk.store.blobs.erase(one)
