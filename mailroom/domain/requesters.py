"""Telling those who had something mailed how it went: when, by which words, by which server."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from mailroom.domain.status import Status

KINDS: dict[Status, str] = {
    Status.DELIVERED: "delivered",
    Status.EXCEPTION: "exception",
    Status.LOST: "exception",
    Status.AVAILABLE_FOR_PICKUP: "pickup",
    Status.RETURN_TO_SENDER: "return",
    Status.RETURNED: "return",
}
FIELDS = ("number", "carrier", "recipient", "status", "when", "place", "words", "order", "requester", "office")
_FIELD = re.compile(r"\{([^{}]*)\}")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


class Security(StrEnum):
    """How the way to the mail server is closed."""

    STARTTLS = "starttls"
    TLS = "tls"  # from the first byte
    NONE = "none"  # for a server of this machine only


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in; the password is in the key store, never here. `timeout` in seconds."""

    host: str = ""
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    sender: str = ""  # the address that mails come from
    timeout: int = 20


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """What an office wants told. `kinds` are values of KINDS; a template is subject, blank line, text."""

    kinds: tuple[str, ...] = ()
    once_a_day: bool = True  # one mail a day for a person, with all pieces in it
    server: MailServer = MailServer()
    templates: tuple[tuple[str, str], ...] = ()  # kind, text; what is missing is as it ships
    opted_out: tuple[str, ...] = ()  # addresses that want none, in small letters
    digest: str = ""  # where the daily digest goes; empty: nowhere
    by_itself: bool = False  # what is due goes out while a window is open, unasked
    digest_at: str = ""  # "08:00", the office's time, from which the digest goes out by itself; empty: it does not

    def template(self, kind: str) -> str:
        """The office's own text for a kind; empty where it has none."""
        return dict(self.templates).get(kind, "")


def is_address(text: str) -> bool:
    """Whether a text is one mail address, without name and brackets."""
    return _ADDRESS.fullmatch(text) is not None and ".." not in text


def is_clock(text: str) -> bool:
    """Whether a text is a time of day as settings keep it: `08:00`."""
    try:
        return len(text) == 5 and time.fromisoformat(text).isoformat("minutes") == text
    except ValueError:
        return False


def unknown_fields(template: str) -> tuple[str, ...]:
    """What stands in braces in a template and is none of FIELDS."""
    return tuple(dict.fromkeys(name for name in _FIELD.findall(template) if name not in FIELDS))


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its fields filled; what a value holds in braces stays as it is."""
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), template)
