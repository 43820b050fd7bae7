"""Microseconds a payload: recognition of a batch beside trying every format in turn. Prints, asserts nothing.

python tests/benchmarks/bench_identify.py [PAYLOADS]
"""

import random
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from mailroom.carriers import all_carriers
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.recognition.decision import decide
from mailroom.recognition.recogniser import recognise

OTHERS = ("42078745", "https://example.org/x", "4006381333931", "ORD-77", "", "1Z999AA10123456783", "986578788854")
ROUNDS = 5


def payloads(count: int, seed: int = 2) -> list[str]:
    """Payloads as a bench sees them: all carriers' examples in every wrapping, with some that are no number."""
    draw = random.Random(seed)
    own = [example.payload for carrier in all_carriers() for example in carrier.examples.valid]
    wraps: list[Callable[[str], str]] = [str, str.lower, "{}\r\n".format, "]C0{}".format, " {}".format]
    return [draw.choice(wraps)(draw.choice(own)) if draw.random() < 0.9 else draw.choice(OTHERS) for _ in range(count)]


def plain_table() -> list[tuple[re.Pattern[str], Callable[[str], str] | None]]:
    """The plain alternative: one list of patterns that forgive blanks between all characters."""
    return [
        (re.compile(re.sub(r"(\[[^\]]+\])(\{\d+(?:,\d+)?\})?", r"(?:\1\\s*)\2", form.pattern)), form.check)
        for carrier in all_carriers()
        for form in carrier.formats
    ]


def try_all(text: str, table: list[tuple[re.Pattern[str], Callable[[str], str] | None]]) -> int:
    """How many formats fit: every pattern in turn, the check digit where it has one. No kinds, no reasons."""
    fits = 0
    for pattern, check in table:
        found = pattern.fullmatch(text)
        if found and (check is None or found["check"].strip() in check(re.sub(r"\s", "", found["body"]))):
            fits += 1
    return fits


def best_of(work: Callable[[], object], count: int) -> float:
    """Microseconds for one of `count` payloads, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best / count * 1e6


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    texts, carriers = payloads(count), all_carriers()
    now = datetime.now(UTC)
    readings = [[Reading(text, ReadingSource.WEDGE, now)] for text in texts]
    start = time.perf_counter()
    recognise(readings[0], carriers)
    first = (time.perf_counter() - start) * 1e6
    ours = best_of(lambda: [recognise(one, carriers) for one in readings], count)
    decided = best_of(lambda: [decide(recognise(one, carriers), enabled=("usps", "ups")) for one in readings], count)
    table = plain_table()
    plain = best_of(lambda: [try_all(text.strip().upper(), table) for text in texts], count)
    print(f"payloads                     {count}")
    print(f"first payload                {first:8.1f} us")
    print(f"recognise                    {ours:8.1f} us a payload")
    print(f"recognise and decide         {decided:8.1f} us a payload")
    print(f"every pattern in turn        {plain:8.1f} us a payload, without kinds, reasons and candidates")
    print(f"ratio                        {plain / ours:8.1f}")


if __name__ == "__main__":
    main()
