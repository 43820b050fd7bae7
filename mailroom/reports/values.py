"""A record's JSON as the domain values it was made from: what is printed can be printed again from the record alone."""

import dataclasses
import types
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from mailroom.domain.times import CarrierTime, parse_carrier_time

T = TypeVar("T")
Read = Callable[[Any], Any]


def value_of(kind: type[T], plain: object) -> T:
    """The value of a dataclass that `record.plain` gave `plain` for; fields that it lacks take their defaults."""
    value: T = _reader(cast(Hashable, kind))(plain)
    return value


def _same(plain: Any) -> Any:  # noqa: ANN401
    return plain


@cache
def _reader(kind: Any) -> Read:  # noqa: ANN401 - any type a field may have
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind)
    if origin is tuple:
        return _items(get_args(kind))
    if origin is not None and issubclass(origin, Mapping):
        return dict
    if kind is CarrierTime:
        return parse_carrier_time
    if dataclasses.is_dataclass(kind):
        return _object(kind)
    if isinstance(kind, type):
        if issubclass(kind, Enum) or kind is Decimal:
            return kind
        if issubclass(kind, datetime | date):
            return kind.fromisoformat
    return _same


def _optional(kind: Any) -> Read:  # noqa: ANN401
    [inner] = (_reader(one) for one in get_args(kind) if one is not type(None))
    return lambda plain: None if plain is None else inner(plain)


def _items(kinds: tuple[Any, ...]) -> Read:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        each = _reader(kinds[0])
        return lambda plain: tuple(each(one) for one in plain)
    readers = tuple(_reader(one) for one in kinds)
    return lambda plain: tuple(read(one) for read, one in zip(readers, plain, strict=True))


def _object(kind: Any) -> Read:  # noqa: ANN401
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}
    return lambda plain: kind(**{name: readers[name](one) for name, one in plain.items()})
