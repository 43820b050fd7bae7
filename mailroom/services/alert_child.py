"""All alerts judged in a child process, so that a minute of the processor is not taken from the window's readings."""

import contextlib
import gc
import json
import os
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from mailroom.errors import MailroomError
from mailroom.sandbox import Sandbox
from mailroom.services.alert_book import Sweep, SweepStopped, sweep
from mailroom.services.alert_shelf import Stretch

_HERE = "mailroom.services.alert_child"
_MEMORY = 8 << 30  # bytes of address space: a bound against a runaway, far above what a million shipments take
_SECONDS = 600  # for one part; the longest is the first, which finds all there is to judge
_PART = 500  # lines or places that travel at once: reading more would keep the window's thread waiting
_NICER = 10  # the child gives way to everything else


class AlertChild:
    """Judges the record of a profile aside: starts a child for each sweep and ends it afterwards."""

    def __init__(self, profile: Path, database: str = "") -> None:
        self._profile, self._database = profile, database
        self._stopped = threading.Event()
        self._box: Sandbox | None = None

    def sweep(self, now: datetime) -> Iterator[Sweep | Stretch]:
        """The beginning and the parts, as the child finds them. Raises MailroomError; SweepStopped after `stop`."""
        with Sandbox(memory=_MEMORY, cpu_seconds=_SECONDS, wall_seconds=_SECONDS) as box:
            self._box = box
            try:
                text = self._asked(box, "begin", str(self._profile), self._database, now.isoformat())
                mark, members, lanes = json.loads(text)
                yield Sweep(mark, members, {(carrier, place): set(ids) for carrier, place, ids in lanes})
                while text := self._asked(box, "more"):
                    lines, places = json.loads(text)
                    yield Stretch(lines, places)
            finally:
                self._box = None

    def stop(self) -> None:
        """End the child at once, from any thread; none is started any more."""
        self._stopped.set()
        box = self._box
        if box is not None:
            box.close()

    def _asked(self, box: Sandbox, function: str, *given: str) -> bytes:
        try:
            if not self._stopped.is_set():
                answer: bytes = box.call(f"{_HERE}:{function}", *given)
                if not self._stopped.is_set():
                    return answer
        except MailroomError:
            if not self._stopped.is_set():
                raise
        raise SweepStopped


# --- in the child -----------------------------------------------------------------------------------------------

_parts: Iterator[bytes] = iter(())


def begin(profile: str, database: str, now: str) -> bytes:
    """Open the record and find what there is to judge at a moment; raises MailroomError of the store."""
    global _parts
    from mailroom.services.desk import open_desk
    from mailroom.store import open_store

    moment = datetime.fromisoformat(now)
    store = open_store(database, profile=Path(profile), create=False)
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_NICER)
    gc.set_threshold(100_000, 20, 100)  # many values and hardly a cycle
    _parts = _texts(sweep(open_desk(store, lambda: moment), moment))
    return next(_parts)


def more() -> bytes:
    """The next part; empty behind the last."""
    return next(_parts, b"")


def _texts(parts: Iterator[Sweep | Stretch]) -> Iterator[bytes]:
    for part in parts:
        if isinstance(part, Sweep):
            yield _text([part.mark, part.members, [(*lane, sorted(ids)) for lane, ids in part.lanes.items()]])
            continue
        for start in range(0, max(len(part.lines), len(part.places)), _PART):
            yield _text([part.lines[start : start + _PART], part.places[start : start + _PART]])


def _text(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")
