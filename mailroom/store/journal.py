"""The log of commands: one takes its place in its desk's chain and its effect in the same transaction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.engine import Connection

from mailroom.domain.command import GENESIS, Command, canonical_json, chain_hash, digest_of, spelled, utc_text
from mailroom.errors import MailroomError
from mailroom.store.office_tables import operator
from mailroom.store.tables import command as log

SALT_BYTES = 16
_LARGEST = 2**63 - 1
_SCALARS = frozenset({str, int})
_LISTS = frozenset({list, tuple})


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a command: with its `seq`, its hash in the chain and the answer; `known`: it was here before."""

    command: Command
    hash: str
    result: Mapping[str, Any]
    known: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A command while it is applied: the only things that an apply function may look at."""

    connection: Connection
    command: Command
    position: int  # of the command in this database
    by: str  # the operator's name

    @property
    def payload(self) -> Mapping[str, Any]:
        """What the command carries."""
        return self.command.payload


_STANDING = select(
    select(func.max(log.c.position)).scalar_subquery(),
    select(func.max(log.c.seq)).where(log.c.desk == bindparam("desk")).scalar_subquery(),
    select(log.c.hash).where(log.c.desk == bindparam("desk")).order_by(log.c.seq.desc()).limit(1).scalar_subquery(),
    select(operator.c.name).where(operator.c.id == bindparam("made_by")).scalar_subquery(),
    select(log.c.position).where(log.c.id == bindparam("id")).scalar_subquery(),
)
_KNOWN = select(log.c.seq, log.c.hash, log.c.result).where(log.c.position == bindparam("position"))
_INSERT = insert(log)


def checked(command: Command) -> bytes:
    """The canonical payload; refuses what a database cannot keep: NUL, lone surrogates, integers over 64 bits.

    Raises `text_not_storable` and `number_not_storable`, with the part of the command it stands in.
    """
    utc_text(command.made_at)  # a naive time is a bug, known before anything is written
    for name in ("id", "desk", "kind", "subject", "made_by"):
        _check(getattr(command, name), name)
    for key, value in command.payload.items():
        _check(key, key)
        _check(value, key)
    return spelled(command.payload)


def append(connection: Connection, command: Command, payload: bytes, salt: bytes) -> Accepted:
    """Take a command in, unless its id is known; the caller holds the write lock and commits."""
    from mailroom.store.apply import apply_of

    standing = connection.execute(_STANDING, {"desk": command.desk, "made_by": command.made_by, "id": command.id}).one()
    last, seq, previous, name, known = standing
    if known is not None:
        return _known(connection, command, known)
    command = replace(command, seq=(seq or 0) + 1)
    change = Change(connection, command, (last or 0) + 1, name or command.made_by)
    result = apply_of(command.kind)(change)
    digest = digest_of(salt, payload)
    hashed = chain_hash(previous or GENESIS, command, digest)
    connection.execute(
        _INSERT,
        {
            "position": change.position,
            "id": command.id,
            "desk": command.desk,
            "seq": command.seq,
            "kind": command.kind,
            "version": command.version,
            "subject": command.subject,
            "base_version": command.base_version,
            "made_at": command.made_at,
            "made_by": command.made_by,
            "payload": payload.decode(),
            "salt": salt,
            "payload_digest": digest,
            "hash": hashed,
            "result": canonical_json(result).decode(),
        },
    )
    return Accepted(command, hashed, result, known=False)


def _known(connection: Connection, command: Command, position: int) -> Accepted:
    row = connection.execute(_KNOWN, {"position": position}).one()
    return Accepted(replace(command, seq=row.seq), row.hash, json.loads(row.result), known=True)


def _check(value: object, where: str) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if not _storable(value):
            raise MailroomError("text_not_storable", field=where)
    elif isinstance(value, int):
        if not -_LARGEST <= value <= _LARGEST:
            raise MailroomError("number_not_storable", field=where)
    elif isinstance(value, list | tuple):
        if not (_plain(value) or _plain_rows(value)):
            for inner in value:
                _check(inner, where)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError("keys in the record are text")
            _check(key, where)
            _check(inner, where)
    else:
        raise TypeError(f"{type(value).__name__} has no place in the record")


def _plain_rows(values: Sequence[Any]) -> bool:
    """Whether these are lists of what `_plain` takes: an import has a million of them, and looks column by column."""
    if not _LISTS.issuperset(map(type, values)):
        return False
    if len(set(map(len, values))) == 1:
        return all(map(_plain, zip(*values, strict=True)))
    return _plain(list(chain.from_iterable(values)))


def _plain(values: Sequence[Any]) -> bool:
    """Whether these are texts and integers without anything to look at."""
    kinds = set(map(type, values))
    if not kinds <= _SCALARS:
        return False
    if int in kinds:
        numbers = [one for one in values if type(one) is int] if str in kinds else values
        if not -_LARGEST <= min(numbers) <= max(numbers) <= _LARGEST:
            return False
        values = [one for one in values if type(one) is str] if str in kinds else ()
    return _storable("".join(values))


def _storable(text: str) -> bool:
    """Whether a database keeps this text: it has no NUL and no half of a character."""
    if "\0" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
