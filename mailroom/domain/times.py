"""Times as a carrier gives them: local, with or without an offset, to the second, the minute or the day.

A zone is never invented. What was given is what is shown; `utc` exists only when the offset was given.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum

from mailroom.errors import MailroomError

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s*(Z|z|UTC|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ ,]+(.+))?", re.ASCII)
_WORDED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})(?:[ ,]+(?:at )?(.+))?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AaPp])?\.?[Mm]?\.?", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIRST_YEAR, _LAST_YEAR = 1990, 2199  # outside these a date on a label or in a file is a typing error


class Precision(StrEnum):
    """How finely a time was given."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


class DateOrder(StrEnum):
    """Which comes first where only numbers stand: a person must say, it is never guessed."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"


@dataclass(frozen=True, slots=True)
class CarrierTime:
    """A moment as given: naive local time, offset in minutes east of UTC or none, and its precision."""

    local: datetime
    offset_minutes: int | None = None
    precision: Precision = Precision.SECOND

    @property
    def utc(self) -> datetime | None:
        """The aware UTC moment, only when the offset was given and the time is finer than a day."""
        if self.offset_minutes is None or self.precision is Precision.DAY:
            return None
        return (self.local - timedelta(minutes=self.offset_minutes)).replace(tzinfo=UTC)

    def order_key(self, office: tzinfo) -> datetime:
        """A UTC moment for sorting only: where no zone was given the office's stands in, and is never shown."""
        return self.utc or self.local.replace(tzinfo=office).astimezone(UTC)

    def __str__(self) -> str:
        """ISO 8601: with the offset when known, without when not, a bare date when only a day is known."""
        if self.precision is Precision.DAY:
            return self.local.date().isoformat()
        text = self.local.isoformat(timespec="seconds" if self.precision is Precision.SECOND else "minutes")
        if self.offset_minutes is None:
            return text
        sign = "-" if self.offset_minutes < 0 else "+"
        hours, minutes = divmod(abs(self.offset_minutes), 60)
        return f"{text}{sign}{hours:02d}:{minutes:02d}"


def carrier_time(moment: datetime, precision: Precision = Precision.SECOND) -> CarrierTime:
    """An aware moment as a CarrierTime in its own zone."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a naive time has no offset")
    return CarrierTime(moment.replace(tzinfo=None, microsecond=0), int(offset.total_seconds() // 60), precision)


def parse_carrier_time(text: str, order: DateOrder | None = None) -> CarrierTime:
    """Read ISO 8601, `November 20, 2026, 2:32 pm`, or `11/20/2026 14:32` where the order is told or cannot be mistaken.

    Raises MailroomError `bad_date` for what is no date or does not exist, `date_ambiguous` for `03/04/2026`.
    """
    cleaned = " ".join(text.split())
    try:
        if match := _ISO.fullmatch(cleaned):
            return _from_iso(match)
        if match := _WORDED.fullmatch(cleaned):
            month = _MONTHS.index(match[1][:3].lower()) + 1
            return _joined(int(match[3]), month, int(match[2]), match[4])
        if match := _SLASHED.fullmatch(cleaned):
            month, day = _ordered(int(match[1]), int(match[2]), order, text)
            return _joined(int(match[3]), month, day, match[4])
    except ValueError:
        raise MailroomError("bad_date", text=text) from None
    raise MailroomError("bad_date", text=text)


def parse_day(text: str) -> date:
    """A day of the office, `2026-11-20`. Raises `bad_date`."""
    time = parse_carrier_time(text)
    return time.local.date()


def _from_iso(match: re.Match[str]) -> CarrierTime:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if match[4] is None:
        return CarrierTime(_in_range(datetime(year, month, day)), None, Precision.DAY)  # noqa: DTZ001
    local = datetime(year, month, day, int(match[4]), int(match[5]), int(match[6] or 0))  # noqa: DTZ001
    precision = Precision.SECOND if match[6] else Precision.MINUTE
    return CarrierTime(_in_range(local), _offset(match[7]), precision)


def _offset(text: str | None) -> int | None:
    if text is None:
        return None
    if text in ("Z", "z", "UTC"):
        return 0
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if minutes > 14 * 60 or int(digits[2:]) > 59:
        raise ValueError(text)
    timezone(timedelta(minutes=minutes))
    return -minutes if text[0] == "-" else minutes


def _ordered(first: int, second: int, order: DateOrder | None, text: str) -> tuple[int, int]:
    if order is DateOrder.MONTH_FIRST or (order is None and second > 12):
        return first, second
    if order is DateOrder.DAY_FIRST or (order is None and first > 12):
        return second, first
    if first == second:
        return first, second
    raise MailroomError("date_ambiguous", text=text)


def _joined(year: int, month: int, day: int, clock: str | None) -> CarrierTime:
    if clock is None:
        return CarrierTime(_in_range(datetime(year, month, day)), None, Precision.DAY)  # noqa: DTZ001
    match = _CLOCK.fullmatch(clock)
    if match is None:
        raise ValueError(clock)
    hour = int(match[1])
    if match[4]:
        if not 1 <= hour <= 12:
            raise ValueError(clock)
        hour = hour % 12 + (12 if match[4] in "Pp" else 0)
    local = datetime(year, month, day, hour, int(match[2]), int(match[3] or 0))  # noqa: DTZ001
    return CarrierTime(_in_range(local), None, Precision.SECOND if match[3] else Precision.MINUTE)


def _in_range(local: datetime) -> datetime:
    if not _FIRST_YEAR <= local.year <= _LAST_YEAR:
        raise ValueError(local.year)
    return local
