"""A short way to recognise payloads with all carriers."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mailroom.carriers import all_carriers
from mailroom.domain.reading import Reading, ReadingSource, Symbology
from mailroom.domain.recognition import Recognition
from mailroom.recognition.recogniser import recognise

Code = str | tuple[str, Symbology]
READ_AT = datetime(2026, 11, 23, 14, 32, tzinfo=UTC)


def _read(
    *codes: Code, source: ReadingSource = ReadingSource.WEDGE, enabled: tuple[str, ...] = (), typed: bool | None = None
) -> Recognition:
    readings = [
        Reading(code, source, READ_AT) if isinstance(code, str) else Reading(code[0], source, READ_AT, code[1])
        for code in codes
    ]
    return recognise(readings, all_carriers(), enabled=enabled, typed=typed)


@pytest.fixture(scope="session")
def read() -> Callable[..., Recognition]:
    """`read(payload, …)`: each payload is a code of one label, a pair carries its symbology."""
    return _read
