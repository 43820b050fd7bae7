"""Dates, times and money as people read them; the month in letters always, so that no date has two readings."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency, format_decimal, get_currency_name

from mailroom.domain.money import Money
from mailroom.domain.timeline import TimelineEvent
from mailroom.domain.times import CarrierTime, Precision
from mailroom.wording import _


@cache
def locale_of(language: str) -> Locale:
    """The conventions of a language such as `en` or `de_CH`; an unknown one is written as English."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en")


def short_day(day: date, language: str = "en") -> str:
    """`Nov 23, 2026`."""
    return _short_day(day.year, day.month, day.day, language)


@lru_cache(maxsize=4096)
def _short_day(year: int, month: int, day: int, language: str) -> str:
    return _spaced(format_skeleton("yMMMd", date(year, month, day), locale=locale_of(language)))


def long_day(day: date, language: str = "en") -> str:
    """`November 23, 2026`."""
    return _spaced(format_date(day, "long", locale=locale_of(language)))


def month_day(day: date, language: str = "en") -> str:
    """`Nov 23`."""
    return _spaced(format_skeleton("MMMd", day, locale=locale_of(language)))


def weekday_and_day(day: date, language: str = "en") -> str:
    """`Tuesday, Nov 10, 2026`."""
    weekday = format_date(day, "EEEE", locale=locale_of(language))
    return _("{weekday}, {day}").format(weekday=weekday, day=short_day(day, language))


def clock(moment: datetime, language: str = "en", *, seconds: bool = False) -> str:
    """`10:42 AM`, with seconds only when asked for."""
    return _clock(moment.hour, moment.minute, moment.second if seconds else None, language)


@lru_cache(maxsize=4096)
def _clock(hour: int, minute: int, second: int | None, language: str) -> str:
    kind = "short" if second is None else "medium"
    return _spaced(format_time(time(hour, minute, second or 0), kind, locale=locale_of(language)))


def given(when: CarrierTime, language: str = "en") -> str:
    """A carrier's time as it was given: `Nov 5, 2026, 5:48 PM`, with `UTC-5` only when an offset was given."""
    day = short_day(when.local.date(), language)
    told = given_clock(when, language)
    return _("{day}, {clock}").format(day=day, clock=told) if told else day


def given_of(event: TimelineEvent, language: str = "en") -> str:
    """When an event happened, as it was given; of a mail that names no time it is said that the time is the mail's."""
    when = given(event.happened, language)
    return _("{moment} (time of the mail)").format(moment=when) if by_mail_time(event) else when


def by_mail_time(event: TimelineEvent) -> bool:
    """Whether an event's time is only that at which the mail telling of it was sent."""
    return dict(event.facts).get("time_of") == "mail"


def given_clock(when: CarrierTime, language: str = "en") -> str:
    """The clock part of a carrier's time, empty where only a day was given."""
    if when.precision is Precision.DAY:
        return ""
    told = clock(when.local, language, seconds=when.local.second != 0)
    return told if when.offset_minutes is None else f"{told} {utc_offset(when.offset_minutes)}"


def office_time(moment: datetime, zone: str, language: str = "en") -> str:
    """An aware moment on the office's clock: `Nov 5, 2026, 2:05 PM EST`."""
    local = moment.astimezone(ZoneInfo(zone))
    named = local.tzname() or ""
    shown = named if named.isalpha() else _offset_of(local)
    return f"{_('{day}, {clock}').format(day=short_day(local, language), clock=clock(local, language))} {shown}"


def office_time_exact(moment: datetime, zone: str, language: str = "en") -> str:
    """The same with the offset in brackets: `Nov 23, 2026, 9:14 AM EST (UTC-5)`."""
    local = moment.astimezone(ZoneInfo(zone))
    told = office_time(moment, zone, language)
    offset = _offset_of(local)
    return told if told.endswith(offset) else f"{told} ({offset})"


def utc_offset(minutes: int) -> str:
    """`UTC-5`, `UTC+5:30`, `UTC`."""
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}"


def has_mills(amounts: Iterable[Money | None]) -> bool:
    """Whether one of these amounts needs three decimals: then all that stand beside it have them."""
    return any(one is not None and one.mills % 10 for one in amounts)


def money(amount: Money, language: str = "en", *, mills: bool = False) -> str:
    """`$645.40`; three decimals only where there are mills, in it or in what stands beside it."""
    value = Decimal(amount.mills) / 1000
    locale = locale_of(language)
    if amount.mills % 10 == 0 and not mills:
        return _spaced(format_currency(value, amount.currency, locale=locale))
    return _spaced(format_currency(value, amount.currency, "¤#,##0.000", locale=locale, currency_digits=False))


def bare_amount(amount: Money, language: str = "en", *, mills: bool = False) -> str:
    """`645.40` for a column that names its currency once; an en dash for a negative amount. Decimals as `money`."""
    pattern = "#,##0.00" if amount.mills % 10 == 0 and not mills else "#,##0.000"
    told = format_decimal(Decimal(abs(amount.mills)) / 1000, pattern, locale=locale_of(language))
    return f"\u2013{told}" if amount.mills < 0 else str(told)


def currency_name(currency: str, language: str = "en") -> str:
    """`US dollars`."""
    return str(get_currency_name(currency, 2, locale=locale_of(language)))


def _offset_of(local: datetime) -> str:
    offset = local.utcoffset()
    return utc_offset(int(offset.total_seconds() // 60) if offset else 0)


def _spaced(text: str) -> str:
    return text.replace("\u202f", "\u00a0").replace("\u2009", " ")
