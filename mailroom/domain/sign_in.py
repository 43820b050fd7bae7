"""Signing in with a PIN: what a PIN is, how long somebody waits after wrong ones, and what a badge alone may do."""

import dataclasses
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailroom.domain.operator import Operator, Role
from mailroom.errors import MailroomError

RAISED = frozenset({Role.MANAGER, Role.ADMIN})  # what only a PIN gives where people sign in
IDLE = timedelta(minutes=5)  # after it a manager's rights fall back to a clerk's
FREE_TRIES = 4  # wrong ones in a row before the first wait
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
_MOST_BYTES = 1024  # more is never looked at, let alone hashed
_DIGITS = range(4, 13)
_CHARACTERS = range(8, 129)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the list of operators; `held_until` is when the next PIN may be tried, none for at once."""

    operator: Operator
    active: bool = True
    has_pin: bool = False
    held_until: datetime | None = None  # aware UTC


def pin_text(given: str) -> str:
    """A PIN in the one form that is hashed: 4 to 12 digits, or a passphrase of 8 to 128 characters.

    Raises MailroomError `pin_form`.
    """
    if len(given) > _MOST_BYTES or len(given.encode("utf-8", "surrogatepass")) > _MOST_BYTES:
        raise MailroomError("pin_form")
    text = unicodedata.normalize("NFC", given)
    lengths = _DIGITS if text.isascii() and text.isdigit() else _CHARACTERS
    if len(text) not in lengths or not text.strip() or not all(one.isprintable() for one in text):
        raise MailroomError("pin_form")
    return text


def held_until(misses: int, missed_at: datetime | None) -> datetime | None:
    """When the next PIN may be tried after so many wrong ones in a row: from the fifth on the wait doubles."""
    if misses <= FREE_TRIES or missed_at is None:
        return None
    doublings = min(misses - FREE_TRIES - 1, 16)  # a bound for the power; the wait itself is bounded, too
    wait: timedelta = min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
    return missed_at + wait


def without_pin(who: Operator) -> Operator:
    """The operator as known by name or badge alone: never more than a clerk's rights."""
    return dataclasses.replace(who, role=Role.CLERK) if who.role in RAISED else who
