"""The command bar codes among the readings of one label."""

from collections.abc import Sequence

from mailroom.domain.bench_codes import BenchCode, parse_bench_code
from mailroom.domain.reading import Reading
from mailroom.recognition.scanner_text import unwrap

_LONGEST = 64  # characters; a command is shorter, with all that a scanner puts around it


def bench_codes(readings: Sequence[Reading]) -> tuple[BenchCode, ...]:
    """The different commands that were read, in their order; none for a label without one."""
    found: dict[BenchCode, None] = {}
    for one in readings:
        code = _bench_code(one)
        if code is not None:
            found[code] = None
    return tuple(found)


def _bench_code(reading: Reading) -> BenchCode | None:
    if len(reading.raw) > _LONGEST:
        return None
    text = unwrap(reading.raw, reading.symbology).text
    return parse_bench_code(text) or parse_bench_code(text[1:])
