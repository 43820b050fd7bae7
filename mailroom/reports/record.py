"""The record behind a paper: the value it was made from, as canonical JSON that travels inside the PDF."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from mailroom.domain.times import CarrierTime

FORMAT = 1  # of record.json; a reader that meets a higher one says so
FILE_NAME = "record.json"


def plain(value: object) -> object:
    """A domain value as JSON data: enums by value, moments and exact numbers as text, values as objects."""
    if isinstance(value, CarrierTime):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [plain(one) for one in value]
    return value


def record_bytes(kind: str, number: str, value: object) -> bytes:
    """The canonical record: sorted keys, no blanks, ASCII; its SHA-256 stands in every footer."""
    record = {"format": FORMAT, "kind": kind, "number": number, "paper": plain(value)}
    return json.dumps(record, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def sha256(data: bytes) -> str:
    """64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def in_fours(digest: str, count: int = 16) -> str:
    """The first digits of a fingerprint in groups of four."""
    return " ".join(digest[at : at + 4] for at in range(0, count, 4))
