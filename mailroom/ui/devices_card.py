"""The card "Camera and serial scanner" of the settings: what this desk reads with; it holds at once."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout

from mailroom.config import setting_choices
from mailroom.ui.page import Bench
from mailroom.ui.parts.card import Card
from mailroom.ui.parts.fields import CheckBox, Choice, Field
from mailroom.ui.parts.labels import Text
from mailroom.wording import _
from mailroom.wording.devices import serial_end

if TYPE_CHECKING:
    from mailroom.ui.serial_port import PortChoice

_SIZES = ("", "640x480", "1280x720", "1920x1080", "3840x2160")


class DevicesCard(Card):
    """Camera on or off, which, its size, photographs; port, speed and end of the serial scanner."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(_("Camera and serial scanner"), _("holds at once"), "camera")
        self._bench = bench
        self._cameras: tuple[str, ...] = ("",)
        self._ports: tuple[str, ...] = ("",)
        self._sizes: tuple[str, ...] = _SIZES
        self._bauds = tuple(int(str(one)) for one in setting_choices("serial_baud"))
        self._ends = tuple(str(one) for one in setting_choices("serial_end"))
        self.camera_on = CheckBox(_("Read labels with a camera"))
        self.photos = CheckBox(_("Keep the picture of each label for 180 days"))
        self.camera = Choice()
        self.pixels = Choice((_("As fits best"), *(one.replace("x", "\N{MULTIPLICATION SIGN}") for one in _SIZES[1:])))
        self.port = Choice()
        self.baud = Choice(tuple(f"{one:,}" for one in self._bauds))
        self.end = Choice(tuple(serial_end(one) for one in self._ends))
        self._listing = Listing(bench, self)
        self._lay_out()
        self._listing.listed.connect(self._on_listed)
        self.show_desk()
        self.camera_on.toggled.connect(self._on_changed)
        self.photos.toggled.connect(self._on_changed)
        for box in (self.camera, self.pixels, self.port, self.baud, self.end):
            box.currentIndexChanged.connect(self._on_changed)
        bench.desk.changed.connect(self.show_desk)

    def refresh(self) -> None:
        """Look at what is plugged in now."""
        self._listing.look()

    def show_desk(self) -> None:
        """Show what the settings say."""
        desk = self._bench.desk.settings
        self._offer(desk.camera, desk.serial_port)
        controls = (self.camera_on, self.photos, self.camera, self.pixels, self.port, self.baud, self.end)
        for one in controls:
            one.blockSignals(True)
        self.camera_on.setChecked(desk.camera_on)
        self.photos.setChecked(desk.label_photos)
        self.camera.setCurrentIndex(self._cameras.index(desk.camera))
        self.pixels.setCurrentIndex(self._sizes.index(desk.camera_size))
        self.port.setCurrentIndex(self._ports.index(desk.serial_port))
        self.baud.setCurrentIndex(self._bauds.index(desk.serial_baud))
        self.end.setCurrentIndex(self._ends.index(desk.serial_end))
        for one in controls:
            one.blockSignals(False)
            one.update()

    # within

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.addWidget(self.camera_on, 0, 0)
        grid.addWidget(self.photos, 0, 1)
        grid.addWidget(Field(_("Which camera"), self.camera), 1, 0)
        grid.addWidget(Field(_("Size of its picture"), self.pixels), 1, 1)
        grid.addWidget(Field(_("Port of the serial scanner"), self.port), 2, 0)
        grid.addWidget(Field(_("Speed (baud)"), self.baud), 2, 1)
        grid.addWidget(Field(_("What ends a reading"), self.end), 3, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        note = _("A scanner that types like a keyboard needs no setting here.")
        self.body.addWidget(Text(note, 12, 400, "text3", wrap=True))

    def _offer(self, camera: str, port: str) -> None:
        """Fill the lists with what is plugged in; what is chosen stays in them, also while it is not."""
        found, ports = self._listing.cameras, self._listing.ports
        cameras = {"": _("The first one")} | found | ({camera: found.get(camera, camera)} if camera else {})
        lines = {"": _("None")} | ports | ({port: ports.get(port, port)} if port else {})
        self._cameras, self._ports = tuple(cameras), tuple(lines)
        size = self._bench.desk.settings.camera_size
        if size not in self._sizes:
            self._sizes = (*self._sizes, size)
            self.pixels.addItem(size.replace("x", "\N{MULTIPLICATION SIGN}"))
        for box, texts in ((self.camera, cameras.values()), (self.port, lines.values())):
            box.blockSignals(True)
            box.clear()
            box.addItems(list(texts))
            box.blockSignals(False)

    def _on_listed(self) -> None:
        self.show_desk()

    def _on_changed(self) -> None:
        self._bench.desk.change(
            camera_on=self.camera_on.isChecked(),
            label_photos=self.photos.isChecked(),
            camera=self._cameras[max(0, self.camera.currentIndex())],
            camera_size=self._sizes[max(0, self.pixels.currentIndex())],
            serial_port=self._ports[max(0, self.port.currentIndex())],
            serial_baud=self._bauds[max(0, self.baud.currentIndex())],
            serial_end=self._ends[max(0, self.end.currentIndex())],
        )


class Listing(QObject):
    """What is plugged in, by the names of the settings; cameras only once one was switched on."""

    listed = Signal()

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.cameras: dict[str, str] = {}
        self.ports: dict[str, str] = {}

    def look(self) -> None:
        """Look in the work thread; `listed` follows."""
        from mailroom.ui.serial_port import ports  # in this thread: it makes classes of Qt

        self._bench.runners.run("work", partial(_named, ports), self._on_ports)

    def _on_ports(self, ports: dict[str, str]) -> None:
        self.ports = ports
        if "mailroom.ui.camera_source" in sys.modules:
            from mailroom.ui.camera_source import plugged_in

            self.cameras = {one.id: one.name for one in plugged_in()}
        self.listed.emit()


def _named(ports: Callable[[], tuple["PortChoice", ...]]) -> dict[str, str]:
    return {one.name: f"{one.name} · {one.description}" if one.description else one.name for one in ports()}
