"""How good the expected days are on 50,000 made-up trips, and how long that takes; a seed may be given."""

import random
import sys
from datetime import date, timedelta
from time import perf_counter

from mailroom.domain.eta import Delivered, Trip, back_test


def made_up(seed: int, count: int = 50_000) -> list[Delivered]:
    """Trips over two years: a lane has its own days, Sundays carry nothing, one in fifty is very late."""
    chance = random.Random(seed)
    found = []
    for _place in range(count):
        region, service = chance.randrange(40), chance.choice((("Ground Advantage", 3), ("Priority Mail", 2)))
        start = date(2025, 1, 1) + timedelta(days=chance.randrange(700))
        days = service[1] + region % 4 + chance.choice((0, 0, 0, 1, 1, 2)) + (9 if chance.random() < 0.02 else 0)
        end = start + timedelta(days=days)
        end += timedelta(days=end.weekday() == 6)
        found.append(Delivered(Trip("usps", service[0], f"{region:03}01", "US", start), end))
    return found


def main() -> None:
    """Print coverage and error."""
    pieces = made_up(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    began = perf_counter()
    done = back_test(pieces)
    print(f"{done.tried} tried, {done.too_few} too few, {perf_counter() - began:.2f} s")
    print(f"inside the interval {done.covered:.1%}, off by {done.error:.2f} days")


if __name__ == "__main__":
    main()
