"""One serial port through QtSerialPort: opened, read, lost, opened again. Loaded when a port is first named."""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QIODevice, QObject, Qt, QTimer, Signal
from PySide6.QtSerialPort import QSerialPort, QSerialPortInfo

from mailroom.capture.serial_lines import SILENCE, LineEvent, LinePiece, SerialLine

_AGAIN = 1000  # ms between two tries to open
_READ_AT_ONCE = 16_384  # bytes: a line that never falls silent must not hold up the window


@dataclass(frozen=True, slots=True)
class PortChoice:
    """A port that can be chosen: its name as kept in the settings, and what the system says of it."""

    name: str
    description: str


class SerialPort(QObject):
    """Keeps one port open. `heard` carries a payload (bytes as Latin-1), `cut_short` what must not be acted on."""

    heard = Signal(str)
    cut_short = Signal(str)
    too_long = Signal()
    changed = Signal()  # `trouble` is another one

    def __init__(self, name: str, baud: int, end: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.trouble = ""  # a code of `wording.devices`; empty while it is heard
        self._line = SerialLine(end)
        self._identity: tuple[int, int, str] | None = None  # of a USB adapter: it may come back under another name
        self._port = QSerialPort(self)
        self._port.setBaudRate(baud)
        self._port.setReadBufferSize(_READ_AT_ONCE)
        self._port.readyRead.connect(self._on_ready)
        self._port.errorOccurred.connect(self._on_error)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setTimerType(Qt.TimerType.PreciseTimer)
        self._silence.setInterval(round(SILENCE))
        self._silence.timeout.connect(self._on_silence)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN)
        self._again.timeout.connect(self.try_open)

    @property
    def is_open(self) -> bool:
        """Whether the scanner is heard."""
        return self._port.isOpen()

    def try_open(self) -> None:
        """Open it; where that fails it is tried again every second, quietly."""
        if self.is_open:
            return
        self._port.setPortName(self._place())
        if self._port.open(QIODevice.OpenModeFlag.ReadOnly):
            self._again.stop()
            self._identity = _identity(QSerialPortInfo(self._port)) or self._identity
            self._become("")
            return
        self._become(self._why(self._port.error()))
        self._again.start()

    def close(self) -> None:
        """Let the port go."""
        self._again.stop()
        self._silence.stop()
        self._line.forget()
        if self._port.isOpen():
            self._port.close()

    # within

    def _place(self) -> str:
        """The port's name now: that of the settings, or the new name of the adapter that had it."""
        if self._identity is None or Path(self._system_place()).exists():
            return self.name
        same = (one for one in QSerialPortInfo.availablePorts() if _identity(one) == self._identity)
        return next((one.portName() for one in same), self.name)

    def _system_place(self) -> str:
        return self.name if self.name.startswith("/") else f"/dev/{self.name}"

    def _why(self, error: QSerialPort.SerialPortError) -> str:
        kinds = QSerialPort.SerialPortError
        if error == kinds.DeviceNotFoundError:
            return "serial_gone"
        if error == kinds.PermissionError:
            mine = not sys.platform.startswith("linux") or os.access(self._system_place(), os.R_OK | os.W_OK)
            return "serial_in_use" if mine else "serial_refused"
        return "serial_gone" if error == kinds.ResourceError else "serial_failed"

    def _on_ready(self) -> None:
        data = bytes(self._port.read(_READ_AT_ONCE).data())
        if data:
            self._follow(self._line.feed(data, _now()))
        if self._line.pending:
            self._silence.start()
        else:
            self._silence.stop()

    def _on_silence(self) -> None:
        if self._port.bytesAvailable():  # the window was busy: it came before the timer did
            self._on_ready()
            return
        self._follow(self._line.silence(_now()))

    def _follow(self, pieces: tuple[LinePiece, ...]) -> None:
        for piece in pieces:
            if piece.event is LineEvent.PAYLOAD:
                self.heard.emit(piece.text)
            elif piece.event is LineEvent.CUT_SHORT:
                self.cut_short.emit(piece.text)
            else:
                self.too_long.emit()

    def _on_error(self, error: QSerialPort.SerialPortError) -> None:
        kinds = QSerialPort.SerialPortError
        if error == kinds.NoError or not self._port.isOpen():
            return
        if error in (kinds.ResourceError, kinds.DeviceNotFoundError, kinds.PermissionError):
            half = self._line.pending
            self.close()
            if half:
                self.cut_short.emit("")
            self._become("serial_gone")
            self._again.start()

    def _become(self, trouble: str) -> None:
        if trouble != self.trouble or not trouble:
            self.trouble = trouble
            self.changed.emit()


def ports() -> tuple[PortChoice, ...]:
    """The ports there are, those of USB adapters first."""
    found = sorted(QSerialPortInfo.availablePorts(), key=lambda one: (not one.hasVendorIdentifier(), one.portName()))
    return tuple(PortChoice(one.portName(), one.description() or one.manufacturer()) for one in found)


def _identity(info: QSerialPortInfo) -> tuple[int, int, str] | None:
    if not info.hasVendorIdentifier():
        return None
    return info.vendorIdentifier(), info.productIdentifier(), info.serialNumber()


def _now() -> float:
    return time.monotonic() * 1000
