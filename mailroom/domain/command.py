"""A change as it is put on record, and the hash chain over a desk's commands.

The digest of the payload is salted and stands in a column of its own, so a payload can be erased
while the chain still holds.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Payload = Mapping[str, Any]  # JSON: str keys; str, int, bool, None, lists and objects of these; no floats

GENESIS = "0" * 64  # the hash before a desk's first command


@dataclass(frozen=True, slots=True)
class Command:
    """One change. `seq` is 0 until the store takes it into its desk's gapless sequence (from 1)."""

    id: str
    desk: str
    kind: str
    subject: str  # id of what is changed
    payload: Payload
    made_at: datetime  # aware UTC
    made_by: str  # the operator's id
    version: int = 1
    base_version: int | None = None  # the subject's version that the change was made against
    seq: int = 0


def canonical_json(value: object) -> bytes:
    """The one spelling of a JSON value that hashes are made over: sorted keys, no blanks, UTF-8, no floats."""
    _refuse_floats(value)
    return spelled(value)


def spelled(value: object) -> bytes:
    """`canonical_json` of a value that was looked through already: it has no floats."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def payload_digest(salt: bytes, payload: Payload) -> str:
    """SHA-256 of salt and canonical payload, hexadecimal."""
    return digest_of(salt, canonical_json(payload))


def digest_of(salt: bytes, canonical: bytes) -> str:
    """SHA-256 of salt and an already canonical payload, hexadecimal."""
    return hashlib.sha256(salt + canonical).hexdigest()


def chain_hash(previous: str, command: Command, digest: str) -> str:
    """The hash of a command in its desk's chain, hexadecimal; `previous` is GENESIS for the first."""
    return hashlib.sha256(
        canonical_json(
            [
                previous,
                command.id,
                command.desk,
                command.seq,
                command.kind,
                command.version,
                command.subject,
                command.base_version,
                utc_text(command.made_at),
                command.made_by,
                digest,
            ]
        )
    ).hexdigest()


def utc_text(moment: datetime) -> str:
    """ISO 8601 with microseconds and `Z`: the only spelling of a moment in payloads and hashes."""
    if moment.tzinfo is None:
        raise ValueError("a naive time has no place in the record")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def parse_utc(text: str) -> datetime:
    """The reverse of `utc_text`; nothing else is taken."""
    if len(text) != 27 or text[10] != "T" or text[26] != "Z":
        raise ValueError(text)
    return datetime.fromisoformat(text)


_SCALARS = frozenset({str, int, bool, type(None)})


def _refuse_floats(value: object) -> None:
    if type(value) in _SCALARS:
        return
    if isinstance(value, float):
        raise TypeError("a float has no place in the record")
    if isinstance(value, list | tuple):
        if not _SCALARS.issuperset(map(type, value)):  # an import has a million rows of nothing but scalars
            for inner in value:
                _refuse_floats(inner)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError("keys in the record are text")
            _refuse_floats(inner)
