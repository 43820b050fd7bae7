"""The frame that was read, kept with its piece once that is on record; and the old ones, erased when all is idle."""

from collections import OrderedDict
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from mailroom.domain.reading import Reading, ReadingSource
from mailroom.errors import MailroomError
from mailroom.services.intake import Outcome
from mailroom.ui.camera import Camera
from mailroom.ui.page import Bench
from mailroom.ui.scan_recorder import Recorder, Taken

T = TypeVar("T")

_KEPT = 24  # photographs of labels that wait for an answer, and pieces that wait for their photograph
_ERASE_AFTER = 60_000  # ms after the start, and then as often until nothing else is under way
_DAY = 86_400_000  # ms


class CameraPhotos(QObject):
    """A photograph waits for the commit, or the commit for the photograph: which comes first is not known."""

    def __init__(self, bench: Bench, camera: Camera, recorder: Recorder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._camera = camera
        self._photos: OrderedDict[Reading, bytes] = OrderedDict()
        self._pieces: OrderedDict[Reading, str] = OrderedDict()
        camera.photographed.connect(self._on_photographed)
        recorder.taken.connect(self._on_taken)
        self._idle = QTimer(self)
        self._idle.setInterval(_ERASE_AFTER)
        self._idle.timeout.connect(self.erase_old)
        self._idle.start()

    def erase_old(self) -> None:
        """Erase photographs whose time is over, unless something is under way: then later."""
        if self._bench.runners.busy:
            return
        self._idle.setInterval(_DAY)
        office, write = self._bench.office, self._bench.runners.write
        self._bench.runners.run(
            "work", lambda: office.photos.erase_old(office.operator, write=write), None, self._on_failed
        )

    # within

    def _on_photographed(self, photo: tuple[tuple[Reading, ...], bytes]) -> None:
        readings, jpeg = photo
        for one in readings:
            if one in self._pieces:
                self._keep(self._pieces.pop(one), jpeg)
                return
        for one in readings:
            _remember(self._photos, one, jpeg)

    def _on_taken(self, taken: Taken) -> None:
        answer = taken.answer
        if answer is None or answer.outcome is not Outcome.RECORDED or answer.row is None:
            return
        seen = [one for one in taken.readings if one.source is ReadingSource.CAMERA]
        if not seen or not self._bench.desk.settings.label_photos:
            return
        jpeg = next((self._photos[one] for one in seen if one in self._photos), None)
        for one in seen:
            self._photos.pop(one, None)
        if jpeg is not None:
            self._keep(answer.row.shipment.id, jpeg)
            return
        for one in seen:
            _remember(self._pieces, one, answer.row.shipment.id)

    def _keep(self, shipment_id: str, jpeg: bytes) -> None:
        office, write, name = self._bench.office, self._bench.runners.write, self._camera.name
        self._bench.runners.run(
            "work",
            lambda: office.photos.keep(office.operator, shipment_id, jpeg, camera=name, write=write),
            self._on_kept,
            self._on_failed,
        )

    def _on_kept(self, photo: object) -> None:
        self._bench.routes.shipments_changed.emit((getattr(photo, "shipment_id", ""),))

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, MailroomError):
            self._bench.notices.show(error)
        else:
            self._bench.runners.failed.emit(error)


def _remember(kept: OrderedDict[Reading, T], reading: Reading, value: T) -> None:
    kept[reading] = value
    while len(kept) > _KEPT:
        kept.popitem(last=False)
