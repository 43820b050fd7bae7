"""When a service should arrive by its carrier's published standard. It is a rule as of a day, never a promise.

Rules come from `resources/rules/promise_rules.csv`, the most particular first; each names its source.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mailroom.domain.folding import fold


class Counted(StrEnum):
    """Which days a standard counts."""

    CALENDAR = "calendar"
    DELIVERY = "delivery"  # Monday to Saturday, no holidays
    BUSINESS = "business"  # Monday to Friday, no holidays


@dataclass(frozen=True, slots=True)
class PromiseRule:
    """A standard: for services with one of these groups of words in their name; days from the day of acceptance."""

    carrier: str
    services: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    country: str  # ISO code that it is for; empty: any other than the United States
    least_days: int
    most_days: int
    counted: Counted
    as_of: date
    source: str
    confidence: str  # high, medium, low


@dataclass(frozen=True, slots=True)
class Standard:
    """The days that a standard gives for one piece."""

    earliest_on: date
    latest_on: date
    rule: PromiseRule


def parse_promise_rules(text: str) -> tuple[PromiseRule, ...]:
    """The rules of a CSV file, in its order."""
    return tuple(
        PromiseRule(
            carrier=row["carrier"],
            services=tuple(tuple(words.split()) for words in row["services"].split("|")),
            without=tuple(row["without"].split()),
            country=row["country"],
            least_days=int(row["least_days"]),
            most_days=int(row["most_days"]),
            counted=Counted(row["counted"]),
            as_of=date.fromisoformat(row["as_of"]),
            source=row["source"],
            confidence=row["confidence"],
        )
        for row in csv.DictReader(io.StringIO(text))
    )


def standard(
    rules: tuple[PromiseRule, ...], carrier: str, service: str, country: str, started_on: date
) -> Standard | None:
    """What the first fitting rule gives for a piece accepted on a day; an empty country is taken for the rule's own."""
    words = fold(service).replace("-", " ").split()
    for rule in rules:
        domestic = country in ("", rule.country) if rule.country else country not in ("", "US")
        fits = any(all(word in words for word in group) for group in rule.services)
        if rule.carrier == carrier and fits and domestic and not any(word in words for word in rule.without):
            first, last = (day_after(started_on, days, rule.counted) for days in (rule.least_days, rule.most_days))
            return Standard(first, last, rule)
    return None


def day_after(day: date, days: int, counted: Counted) -> date:
    """The day that comes so many days that count after a day."""
    while days:
        day += timedelta(days=1)
        days -= _counts(day, counted)
    return day


def _counts(day: date, counted: Counted) -> bool:
    if counted is Counted.CALENDAR:
        return True
    last = 5 if counted is Counted.DELIVERY else 4  # weekday of Saturday, of Friday
    return day.weekday() <= last and not is_holiday(day)


def is_holiday(day: date) -> bool:
    """Whether the post of the United States does not deliver: the eleven federal holidays.

    One on a Sunday is kept on the Monday as well: the standards that the rules were read from name dates only, and the
    Monday is the practice of USPS. For one on a Saturday no other day is kept: mail is delivered on the Friday.
    """
    fixed = {(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)}
    sunday = day - timedelta(days=1) if day.weekday() == 0 else day
    if not fixed.isdisjoint({(day.month, day.day), (sunday.month, sunday.day)}):
        return True
    nth = (day.day - 1) // 7 + 1
    monday = {(1, 3), (2, 3), (9, 1), (10, 2)}  # King, Washington, Labor, Columbus
    if day.weekday() == 0:
        return (day.month, nth) in monday or (day.month == 5 and day.day > 24)  # Memorial Day: the last one
    return day.weekday() == 3 and day.month == 11 and nth == 4  # Thanksgiving
