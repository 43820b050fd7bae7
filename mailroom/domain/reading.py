"""What a device gave: raw text, before anybody says what it means."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Symbology(StrEnum):
    """Bar code symbologies by the names used on the command line; GS1-128 is Code128."""

    CODE128 = "Code128"
    CODE39 = "Code39"
    CODE93 = "Code93"
    CODABAR = "Codabar"
    ITF = "ITF"
    EAN13 = "EAN13"
    EAN8 = "EAN8"
    UPCA = "UPCA"
    QR = "QRCode"
    DATA_MATRIX = "DataMatrix"
    PDF417 = "PDF417"
    AZTEC = "Aztec"
    MAXICODE = "MaxiCode"
    IMB = "IMb"


class ReadingSource(StrEnum):
    """The kind of device a reading came from."""

    CAMERA = "camera"
    WEDGE = "wedge"
    SERIAL = "serial"
    FILE = "file"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Reading:
    """One read of one code. `raw` is the payload as decoded: control characters kept, bytes as Latin-1."""

    raw: str
    source: ReadingSource
    read_at: datetime  # aware UTC
    symbology: Symbology | None = None
    device: str = ""  # a file's name, a port, an engine: what a person would call the device
    engine: str = ""  # the decoder that read it, `zxing` or `zbar`; empty for keystrokes
    poor: bool = False  # hard to read: only a heavy pass saw it, or it has under two pixels a module
    cut: bool = False  # of keystrokes: others came right before them, so the beginning may be missing


MAX_PAYLOAD = 4296  # characters: the most that a QR code holds in alphanumeric mode (ISO/IEC 18004)
