"""Short days, clocks, zones and lengths of time for lists and timelines; never a relative time alone."""

from datetime import date, datetime, timedelta, tzinfo

from mailroom.domain.times import CarrierTime, Precision
from mailroom.wording import _, mark, plural

WEEKDAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))
MONTHS = (
    *(mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun")),
    *(mark("Jul"), mark("Aug"), mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec")),
)


def day_text(day: date, today: date, *, weekday: bool = False) -> str:
    """`12 Nov`, with the year where it is not this one; `Thu 12 Nov` where the weekday helps."""
    facts = {"weekday": _(WEEKDAYS[day.weekday()]), "day": day.day, "month": _(MONTHS[day.month - 1])}
    if day.year != today.year:
        return _("{day} {month} {year}").format(**facts, year=day.year)
    return (_("{weekday} {day} {month}") if weekday else _("{day} {month}")).format(**facts)


def clock_text(moment: datetime) -> str:
    """`16:41`."""
    return f"{moment:%H:%M}"


def moment_text(moment: datetime, zone: tzinfo, today: date) -> str:
    """An aware moment in the reader's zone: `17 Nov 14:05`."""
    local = moment.astimezone(zone)
    return f"{day_text(local.date(), today)} {clock_text(local)}"


def offset_text(minutes: int) -> str:
    """An offset from UTC without a guess at a zone's name: `UTC`, `UTC−6`, `UTC+5:30`."""
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def zone_text(moment: datetime) -> str:
    """The short name of an aware moment's zone (`CST`), its offset where the zone has no name."""
    name = moment.tzname() or ""
    offset = moment.utcoffset() or timedelta()
    return name if name.isalpha() else offset_text(int(offset.total_seconds() // 60))


def happened_lines(time: CarrierTime, office: tzinfo) -> tuple[str, ...]:
    """The clock lines of an event: the office's time, then the carrier's own where it differs.

    `("16:41 CST", "15:41 UTC−7")`, `("09:38", "no zone given")`, `("time not given",)`.
    """
    if time.precision is Precision.DAY:
        return (_("time not given"),)
    utc = time.utc
    if utc is None:
        return (clock_text(time.local), _("no zone given"))
    here = utc.astimezone(office)
    lines = [f"{clock_text(here)} {zone_text(here)}"]
    if time.offset_minutes is not None and here.replace(tzinfo=None) != time.local:
        own = f"{clock_text(time.local)} {offset_text(time.offset_minutes)}"
        if time.local.date() != here.date():
            lines.append(f"{time.local.day} {_(MONTHS[time.local.month - 1])}")
        lines.append(own)
    return tuple(lines)


def happened_day(time: CarrierTime, office: tzinfo) -> date:
    """The day of an event as the office sees it; the carrier's own day where no zone was given."""
    utc = time.utc
    return time.local.date() if utc is None else utc.astimezone(office).date()


def happened_text(time: CarrierTime, office: tzinfo, today: date) -> str:
    """One line for lists: `13 Nov 16:41`, the bare day where only that is known."""
    day = day_text(happened_day(time, office), today)
    if time.precision is Precision.DAY:
        return day
    utc = time.utc
    return f"{day} {clock_text(time.local if utc is None else utc.astimezone(office))}"


def length_text(length: timedelta) -> str:
    """`4 days`, `2 days 9 h` under three days, `9 h` under one."""
    hours = round(length / timedelta(hours=1))
    days, rest = divmod(hours, 24)
    if not days:
        return plural("{n} h", "{n} h", hours)
    text = plural("{n} day", "{n} days", days)
    return f"{text} {plural('{n} h', '{n} h', rest)}" if rest and days < 3 else text


def size_text(size: int) -> str:
    """A file's size in bytes for people: `148 kB`, `2.1 MB`."""
    if size < 1000:
        return _("{n} bytes").format(n=size)
    if size < 1_000_000:
        return _("{n} kB").format(n=round(size / 1000))
    return _("{n} MB").format(n=round(size / 1_000_000, 1))
