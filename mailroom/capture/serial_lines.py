"""Bytes of a serial scanner to payloads: by what ends them on the line, and by silence where nothing does."""

from dataclasses import dataclass
from enum import StrEnum

from mailroom.domain.reading import MAX_PAYLOAD

SILENCE = 120.0  # ms without a byte that end a payload: two characters at 1200 baud, and a USB adapter's own 16 ms
_REST_WITHIN = 5000.0  # ms after half a payload in which what comes may be its rest
_ENDS = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t", "etx": b"\x03", "none": b"", "auto": b""}
_SEPARATORS = frozenset(b"\x04\x1c\x1d\x1e\x1f")  # of GS1 and ISO/IEC 15434 messages: they are text, too
_STX = b"\x02"


class LineEvent(StrEnum):
    """What came over the line."""

    PAYLOAD = "payload"
    CUT_SHORT = "cut_short"  # it stopped before its end, or is the rest of such a one: nothing to act on
    TOO_LONG = "too_long"  # more than any bar code holds; the rest is thrown away until there is silence


@dataclass(frozen=True, slots=True)
class LinePiece:
    """One event; `data` is empty for what was too long."""

    event: LineEvent
    data: bytes = b""

    @property
    def text(self) -> str:
        """The bytes as Latin-1: control characters and binary data whole."""
        return self.data.decode("latin-1")


class SerialLine:
    """Cuts one line's bytes into payloads. `now` is ms, monotonic.

    `end` is `auto`, `cr`, `lf`, `crlf`, `tab`, `etx` or `none`. An end inside binary data is data: such a payload ends
    with silence alone. `auto` takes CR, LF or both as they come; once a payload had an end, one without is cut short.
    """

    def __init__(self, end: str = "auto") -> None:
        self._auto = end == "auto"
        self._end = _ENDS[end]
        self._ended: bool | None = None  # `auto`: whether payloads have an end, once that is known
        self._bytes = bytearray()
        self._flooded = False
        self._half: tuple[bytes, float] | None = None

    @property
    def pending(self) -> bool:
        """Whether silence would end something."""
        return bool(self._bytes) or self._flooded

    def feed(self, data: bytes, now: float) -> tuple[LinePiece, ...]:
        """What the bytes that just came complete."""
        if self._flooded:
            return ()
        self._bytes += data
        found: list[LinePiece] = []
        while (cut := self._cut()) is not None:
            payload, rest = cut
            self._bytes = bytearray(rest)
            if payload:
                found.append(self._judged(payload, now))
        if len(self._bytes) > MAX_PAYLOAD + 2:
            self._bytes.clear()
            self._flooded = True
            found.append(LinePiece(LineEvent.TOO_LONG))
        return tuple(found)

    def silence(self, now: float) -> tuple[LinePiece, ...]:
        """Nothing came for `SILENCE`: what that ends."""
        data, self._flooded = bytes(self._bytes), False
        self._bytes.clear()
        if not data:
            return ()
        end = _line_end(data) if self._auto and self._ended is not False else self._end
        if end and data.endswith(end):
            return (self._judged(data[: -len(end)], now),)
        if self._ended or self._end:
            self._half = data, now
            return (LinePiece(LineEvent.CUT_SHORT, data),)
        self._ended = False
        return (self._judged(data, now),)

    def forget(self) -> None:
        """The line was closed: nothing of before goes with what comes next."""
        self._bytes.clear()
        self._flooded = False
        self._half = None

    # within

    def _cut(self) -> tuple[bytes, bytes] | None:
        """The first payload with its end, and what is left; none where none is complete."""
        if self._auto:
            data = bytes(self._bytes).lstrip(b"\r\n")
            self._bytes = bytearray(data)
            places = [at for at in (data.find(b"\r"), data.find(b"\n")) if at >= 0]
        else:
            data = bytes(self._bytes)
            places = [data.find(self._end)] if self._end and self._end in data else []
        if not places or not _is_text(data[: min(places)]):
            return None
        at = min(places)
        if self._auto:
            self._ended = True
        return data[:at], data[at + (1 if self._auto else len(self._end)) :]

    def _judged(self, data: bytes, now: float) -> LinePiece:
        """A payload, unless it may be the rest of one that was cut short; the same label read again is not."""
        payload = _bare(data)
        if len(payload) > MAX_PAYLOAD:
            return LinePiece(LineEvent.TOO_LONG)
        half, self._half = self._half, None
        if half is not None and now - half[1] <= _REST_WITHIN and not payload.startswith(_bare(half[0])):
            return LinePiece(LineEvent.CUT_SHORT, payload)
        return LinePiece(LineEvent.PAYLOAD, payload)


def _line_end(data: bytes) -> bytes:
    """CR, LF or both at the end; empty for none."""
    return b"\r\n" if data.endswith(b"\r\n") else data[-1:] if data[-1:] in (b"\r", b"\n") else b""


def _is_text(data: bytes) -> bool:
    body = data.removeprefix(_STX)
    return all(0x20 <= one < 0x7F or one in _SEPARATORS for one in body)


def _bare(data: bytes) -> bytes:
    """Without the frame of STX and ETX that some scanners send."""
    if data.startswith(_STX) and _is_text(data.removesuffix(b"\x03")):
        return data.removeprefix(_STX).removesuffix(b"\x03")
    return data
