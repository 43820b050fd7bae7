"""All alerts judged in child processes, so that a minute of the processor is not taken from the window's readings.

There are two where the machine has two processors: each judges its share of the shipments, and a share is settled by
places in the record, which stay what they are while others write.
"""

import contextlib
import gc
import heapq
import itertools
import json
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
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
_MOST = 2  # children: each of them opens the record and finds what there is to judge for itself


class AlertChild:
    """Judges the record of a profile aside: starts children for each sweep and ends them afterwards."""

    def __init__(self, profile: Path, database: str = "", children: int = 0, *, urgent: bool = False) -> None:
        """`urgent`: somebody waits for them, so they do not give way to everything else."""
        self._profile, self._database = profile, database
        self._gives_way = not urgent
        self._children = children or min(_MOST, os.cpu_count() or 1)
        self._stopped = threading.Event()
        self._boxes: tuple[Sandbox, ...] = ()

    def sweep(self, now: datetime) -> Iterator[Sweep | Stretch]:
        """The beginning and the parts, as the children find them. Raises MailroomError; SweepStopped after `stop`."""
        with contextlib.ExitStack() as stack:
            boxes = tuple(stack.enter_context(self._box()) for _ in range(self._children))
            threads = stack.enter_context(ThreadPoolExecutor(len(boxes)))
            for box in boxes:  # closed before the threads are waited for: one may still ask its child
                stack.callback(box.close)
            self._boxes = boxes
            try:
                given = (str(self._profile), self._database, now.isoformat(), len(boxes))
                begun = [threads.submit(self._asked, box, "begin", *given, at) for at, box in enumerate(boxes)]
                mark, members, lanes = min(json.loads(one.result()) for one in begun)  # later changes are judged again
                yield Sweep(mark, members, {(carrier, place): set(ids) for carrier, place, ids in lanes})
                yield from _joined([self._parts(box, threads) for box in boxes])
            finally:
                self._boxes = ()

    def _box(self) -> Sandbox:
        return Sandbox(memory=_MEMORY, cpu_seconds=_SECONDS, wall_seconds=_SECONDS, gives_way=self._gives_way)

    def stop(self) -> None:
        """End the children at once, from any thread; none is started any more."""
        self._stopped.set()
        for box in self._boxes:
            box.close()

    def _parts(self, box: Sandbox, threads: ThreadPoolExecutor) -> Iterator[Stretch]:
        """The parts of one child; the next one is asked for while one is looked at."""
        asked: Future[bytes] = threads.submit(self._asked, box, "more")
        while text := asked.result():
            asked = threads.submit(self._asked, box, "more")
            lines, places = json.loads(text)
            yield Stretch(lines, places)

    def _asked(self, box: Sandbox, function: str, *given: str | int) -> bytes:
        try:
            if not self._stopped.is_set():
                answer: bytes = box.call(f"{_HERE}:{function}", *given)
                if not self._stopped.is_set():
                    return answer
        except MailroomError:
            if not self._stopped.is_set():
                raise
        raise SweepStopped


def _joined(children: list[Iterator[Stretch]]) -> Iterator[Stretch]:
    """All lines as they come, then the places of all in order."""
    waiting, ordered = list(children), list[Iterator[str]]()
    while waiting:
        for child in tuple(waiting):
            part = next(child, None)
            if part is None or part.places:
                waiting.remove(child)
                rest = itertools.chain(() if part is None else (part,), child)
                ordered.append(itertools.chain.from_iterable(one.places for one in rest))
            else:
                yield part
    in_order = heapq.merge(*ordered)
    while some := list(itertools.islice(in_order, _PART)):
        yield Stretch(places=some)


# --- in a child -------------------------------------------------------------------------------------------------

_parts: Iterator[bytes] = iter(())


def begin(profile: str, database: str, now: str, shares: int, share: int) -> bytes:
    """Open the record and find what there is to judge at a moment; raises MailroomError of the store."""
    global _parts
    from mailroom.services.desk import open_desk
    from mailroom.store import open_store

    moment = datetime.fromisoformat(now)
    store = open_store(database, profile=Path(profile), create=False)
    gc.set_threshold(100_000, 20, 100)  # many values and hardly a cycle
    _parts = _texts(sweep(open_desk(store, lambda: moment), moment, share, shares))
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
