"""The office's time zone: its setting, else the computer's."""

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mailroom.errors import MailroomError


def system_zone_name() -> str:
    """The computer's zone as an IANA name, `UTC` where it does not tell."""
    import tzlocal

    try:
        name = tzlocal.get_localzone_name()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
    return name or "UTC"


def zone(name: str) -> tzinfo:
    """The zone of an IANA name. Raises MailroomError `zone_unknown`."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise MailroomError("zone_unknown", name=name) from None
