"""The record behind a paper: the value it was made from, as canonical JSON that travels inside the PDF."""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, cast

from mailroom.domain.times import CarrierTime

FORMAT = 1  # of record.json; a reader that meets a higher one says so
FILE_NAME = "record.json"


def plain(value: object) -> object:
    """A domain value as JSON data: enums by value, moments and exact numbers as text, values as objects."""
    return _way(cast(Hashable, type(value)))(value)


def _same(value: Any) -> object:  # noqa: ANN401 - each of these takes what `_way` chose it for
    return value


def _inner(value: Any) -> object:  # noqa: ANN401
    return value.value


def _moment(value: Any) -> object:  # noqa: ANN401
    return value.isoformat()


def _named(value: Any) -> object:  # noqa: ANN401
    return {str(key): plain(one) for key, one in value.items()}


def _listed(value: Any) -> object:  # noqa: ANN401
    return [plain(one) for one in value]


@cache
def _way(kind: Any) -> Callable[[Any], object]:  # noqa: ANN401 - a type; `Hashable` would hide what it is
    """How values of a type become data: looked up once, since a batch has a hundred thousand."""
    if issubclass(kind, CarrierTime):
        return str
    if dataclasses.is_dataclass(kind):
        names = tuple(field.name for field in dataclasses.fields(kind))
        return lambda value: {name: plain(getattr(value, name)) for name in names}
    ways: tuple[tuple[tuple[type, ...], Callable[[Any], object]], ...] = (
        ((Enum,), _inner),
        ((datetime, date), _moment),
        ((Decimal,), str),
        ((Mapping,), _named),
        ((tuple, list, frozenset, set), _listed),
    )
    return next((way for kinds, way in ways if issubclass(kind, kinds)), _same)


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
