"""Does the log of commands still say what was written? Anybody may check: the way is in `domain.command`."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.engine import Connection

from mailroom.domain.command import GENESIS, Command, chain_hash, payload_digest
from mailroom.domain.register import Fault
from mailroom.store.streams import streamed
from mailroom.store.tables import command as log

_LAST = select(log.c.seq, log.c.hash).where(log.c.desk == bindparam("desk")).order_by(log.c.seq.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a desk's chain: what an outside anchor names."""

    seq: int
    hash: str


def head(connection: Connection, desk: str) -> Head:
    """The last command of a desk; sequence 0 and the genesis hash where there is none."""
    row = connection.execute(_LAST, {"desk": desk}).one_or_none()
    return Head(0, GENESIS) if row is None else Head(row.seq, row.hash)


def desks(connection: Connection) -> tuple[str, ...]:
    """The desks that put something on record, by name."""
    return tuple(sorted(connection.scalars(select(log.c.desk).distinct())))


def verify_chain(connection: Connection) -> tuple[Fault, ...]:
    """Every desk's chain from its beginning; for each desk the first command that does not hold is named.

    `chain_gap`: a sequence number is missing; `payload_changed`: the payload has another digest;
    `chain_broken`: another part of the command was changed, or its place in the chain.
    """
    faults = (_first_fault(connection, desk) for desk in desks(connection))
    return tuple(fault for fault in faults if fault is not None)


def stored_command(row: Row[*tuple[Any, ...]]) -> Command:
    """A row of the log as a command; an erased payload is empty."""
    return Command(
        id=row.id,
        desk=row.desk,
        kind=row.kind,
        subject=row.subject,
        payload={} if row.payload is None else json.loads(row.payload),
        made_at=row.made_at,
        made_by=row.made_by,
        version=row.version,
        base_version=row.base_version,
        seq=row.seq,
    )


def _first_fault(connection: Connection, desk: str) -> Fault | None:
    with streamed(connection, select(log).where(log.c.desk == desk).order_by(log.c.seq)) as rows:
        return _first_of(rows, desk)


def _first_of(rows: Iterable[Row[*tuple[Any, ...]]], desk: str) -> Fault | None:
    previous, expected = GENESIS, 1
    for row in rows:
        if row.seq != expected:
            return _fault("chain_gap", desk, expected)
        try:
            command = stored_command(row)
            digest = row.payload_digest
            if row.payload is not None and payload_digest(row.salt or b"", command.payload) != digest:
                return _fault("payload_changed", desk, expected)
            sound = chain_hash(previous, command, digest) == row.hash
        except (ValueError, TypeError):  # not even JSON any more
            return _fault("payload_changed", desk, expected)
        if not sound:
            return _fault("chain_broken", desk, expected)
        previous, expected = row.hash, expected + 1
    return None


def _fault(code: str, desk: str, seq: int) -> Fault:
    return Fault(code, (("desk", desk), ("seq", str(seq))))
