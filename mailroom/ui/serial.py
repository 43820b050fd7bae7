"""The serial scanner of this desk, as the settings name it: what is heard goes to the Scan page, on every page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mailroom.ui.page import Bench
from mailroom.wording import _
from mailroom.wording.devices import serial_trouble

if TYPE_CHECKING:
    from mailroom.ui.serial_port import SerialPort


class Serial(QObject):
    """Follows the desk's settings; `port` is none while none is named."""

    heard = Signal(str, str)  # payload (bytes as Latin-1), name of the port
    cut_short = Signal(str)
    too_long = Signal()
    changed = Signal()

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._wanted: tuple[str, int, str] = ("", 0, "")
        self._running = False
        self.port: SerialPort | None = None

    @property
    def trouble(self) -> str:
        """Why it is not heard, in a code of `wording.devices`; empty for no trouble."""
        return self.port.trouble if self.port is not None else ""

    @property
    def words(self) -> str:
        """The state in a sentence; empty where no port is named."""
        if self.port is None:
            return ""
        if self.port.trouble:
            return serial_trouble(self.port.trouble, self.port.name)
        return _("The scanner at {port} is heard").format(port=self.port.name)

    def start(self) -> None:
        """Open what the settings name, and follow them."""
        self._running = True
        self._bench.desk.changed.connect(self._on_desk_changed)
        self._on_desk_changed()

    def close(self) -> None:
        """Let the port go."""
        if self._running:
            self._running = False
            self._bench.desk.changed.disconnect(self._on_desk_changed)
        self._drop()

    # within

    def _on_desk_changed(self) -> None:
        settings = self._bench.desk.settings
        wanted = settings.serial_port, settings.serial_baud, settings.serial_end
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._drop()
        if wanted[0]:
            self._open()

    def _drop(self) -> None:
        if self.port is not None:
            self.port.close()
            self.port.deleteLater()
            self.port = None
            self.changed.emit()

    def _open(self) -> None:
        from mailroom.ui.serial_port import SerialPort  # in this thread: it makes classes of Qt

        self.port = SerialPort(*self._wanted, self)
        self.port.heard.connect(self._on_heard)
        self.port.cut_short.connect(self.cut_short)
        self.port.too_long.connect(self.too_long)
        self.port.changed.connect(self.changed)
        self.port.try_open()

    def _on_heard(self, payload: str) -> None:
        if self.port is not None:
            self.heard.emit(payload, self.port.name)
