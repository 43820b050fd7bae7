"""Statuses derived again: what the carriers' codes and words mean by the table of today.

What a carrier's interface said is read again from the answer as it was kept: it has finer fields than an event keeps.
"""

import gzip
import itertools
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from mailroom.carriers import all_interfaces
from mailroom.domain.operator import Operator
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventSource
from mailroom.errors import MailroomError
from mailroom.recognition.statuses import MAPPING_VERSION, entry_of, status_of, taken_back
from mailroom.services.desk import Desk
from mailroom.services.writing import Write, at_once
from mailroom.store import deriving as stored
from mailroom.store.deriving import Derivable, derivable

_IN_COMMAND = 500  # events: a reading waits no longer than for one command


@dataclass(frozen=True, slots=True)
class Derived:
    """What deriving again came to: events looked at, those that got another status, and their shipments."""

    version: str
    looked_at: int
    changed: int
    shipments: int


def derive_again(desk: Desk, who: Operator, write: Write = at_once) -> Derived:
    """Give events without a stated status the one that the table of today derives; each write is one command."""
    looked_at = 0
    changed: list[dict[str, str | int]] = []
    with desk.store.read() as connection:
        answers = _Answers(desk, connection)
        for one in derivable(connection, MAPPING_VERSION):
            looked_at += 1
            status = _status(one, answers)
            if status != one.status and (status is not Status.UNKNOWN or _wrongly_told(one, answers)):
                changed.append({"shipment_id": one.shipment_id, "ordinal": one.ordinal, "status": status.value})
    for some in _chunks(changed):
        payload = {"mapping": MAPPING_VERSION, "events": some}
        write(lambda: desk.accept(who, "statuses_derived", "office", payload))  # noqa: B023 - run at once
    return Derived(MAPPING_VERSION, looked_at, len(changed), len({one["shipment_id"] for one in changed}))


class _Answers:
    """Kept answers of carriers, read again; the last one is at hand, since the events of an answer stand together."""

    def __init__(self, desk: Desk, connection: stored.Look) -> None:
        self._desk, self._connection = desk, connection
        self._at = 0
        self._statuses: dict[tuple[str, str, str, str], Status] | None = None

    def status(self, one: Derivable) -> Status | None:
        """What the answer that an event came with says of it by the table of today; none where it is not kept."""
        if one.command_position != self._at:
            self._at, self._statuses = one.command_position, self._read(one.command_position)
        return None if self._statuses is None else self._statuses.get((one.happened, one.code, one.text, one.place))

    def _read(self, position: int) -> dict[tuple[str, str, str, str], Status] | None:
        named = stored.answer_of(self._connection, position)
        sha256, blobs = str(named.get("body_gzip_sha256", "")), self._desk.store.blobs
        interface = next((one for one in all_interfaces() if one.id == named.get("interface")), None)
        if interface is None or not blobs.has(sha256):
            return None
        try:
            body = gzip.decompress(blobs.read(sha256))
        except (OSError, EOFError, zlib.error, MailroomError):
            return None
        answers = interface.parse(body, int(named.get("http_status", 200)), {})
        return {
            (str(each.happened), each.code, each.text, each.place): each.status
            for answer in answers
            for each in answer.events
        }


def _status(one: Derivable, answers: _Answers) -> Status:
    if one.source != EventSource.CARRIER.value:
        return status_of(one.carrier, code=one.code, text=one.text)
    read_again = answers.status(one)
    if read_again is not None:
        return read_again
    # Without the answer only a code that leaves no doubt speaks again.
    known = entry_of(one.carrier, one.code) if one.code else None
    return Status.UNKNOWN if known is None or known.coarse else known.status


def _wrongly_told(one: Derivable, answers: _Answers) -> bool:
    """Whether what an earlier table derived is to be taken back, though nothing comes in its place."""
    if one.status in ("", Status.UNKNOWN.value):
        return False
    if one.source == EventSource.CARRIER.value:
        return answers.status(one) is Status.UNKNOWN
    return taken_back(one.carrier, one.text, Status(one.status))


def _chunks(changed: list[dict[str, str | int]]) -> Iterator[list[dict[str, str | int]]]:
    rest = iter(changed)
    while some := list(itertools.islice(rest, _IN_COMMAND)):
        yield some
