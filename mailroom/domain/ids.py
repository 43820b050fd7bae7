"""Ids are UUIDv7 text made by the client: sortable by the moment they were made (RFC 9562, section 5.7)."""

import os
import threading
import time

_lock = threading.Lock()
_last = (0, 0)  # (milliseconds, the 12-bit counter used in that millisecond)


def new_id() -> str:
    """A new UUIDv7, 36 lower-case characters; ids of one process sort in the order they were made."""
    global _last
    with _lock:
        now = time.time_ns() // 1_000_000
        millis, counter = _last
        if now > millis:
            millis, counter = now, int.from_bytes(os.urandom(2)) & 0x7FF
        else:
            counter += 1
            if counter > 0xFFF:
                millis, counter = millis + 1, 0
        _last = (millis, counter)
    value = (millis & (1 << 48) - 1) << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62
    value |= int.from_bytes(os.urandom(8)) & (1 << 62) - 1
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
