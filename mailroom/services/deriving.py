"""Statuses derived again: what the carriers' codes and words mean by the table of today."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from mailroom.domain.operator import Operator
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventSource
from mailroom.recognition.statuses import MAPPING_VERSION, entry_of, status_of
from mailroom.services.desk import Desk
from mailroom.services.writing import Write, at_once
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
        for one in derivable(connection, MAPPING_VERSION):
            looked_at += 1
            status = _status(one)
            if status not in (Status.UNKNOWN, one.status):
                changed.append({"shipment_id": one.shipment_id, "ordinal": one.ordinal, "status": status.value})
    for some in _chunks(changed):
        payload = {"mapping": MAPPING_VERSION, "events": some}
        write(lambda: desk.accept(who, "statuses_derived", "office", payload))  # noqa: B023 - run at once
    return Derived(MAPPING_VERSION, looked_at, len(changed), len({one["shipment_id"] for one in changed}))


def _status(one: Derivable) -> Status:
    if one.source != EventSource.CARRIER.value:
        return status_of(one.carrier, code=one.code, text=one.text)
    # The answer of an interface had finer fields than an event keeps: only a code that leaves no doubt speaks again.
    known = entry_of(one.carrier, one.code) if one.code else None
    return Status.UNKNOWN if known is None or known.coarse else known.status


def _chunks(changed: list[dict[str, str | int]]) -> Iterator[list[dict[str, str | int]]]:
    rest = iter(changed)
    while some := list(itertools.islice(rest, _IN_COMMAND)):
        yield some
