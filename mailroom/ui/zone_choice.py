"""The zones that a person chooses from where something happened, and what a local time there is."""

from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from mailroom.ui.parts.fields import Choice
from mailroom.wording import _
from mailroom.wording.short_times import zone_text

_ZONES: Final = (  # where carriers of the offices served have their stations; one city a zone
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "America/Toronto",
    "America/Halifax",
    "America/St_Johns",
    "America/Winnipeg",
    "America/Regina",
    "America/Edmonton",
    "America/Vancouver",
    "America/Mexico_City",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Berlin",
    "Europe/Athens",
    "Europe/Istanbul",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "UTC",
)
_UTC: Final = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Zulu", "UCT", "Zulu", "Etc/Universal", "Universal"})


class ZoneChoice(Choice):
    """`Not given`, the office's zone, then the others; each is named as it is called on the day in question."""

    def __init__(self, office: str, day: datetime) -> None:
        first = "UTC" if office in _UTC else office
        self._names = ("", *dict.fromkeys((first, *_ZONES)))
        super().__init__(tuple(_zone_word(name, day) for name in self._names))

    @property
    def zone(self) -> tzinfo | None:
        """The zone chosen; none where it is not given."""
        name = self._names[self.currentIndex()]
        return (UTC if name == "UTC" else ZoneInfo(name)) if name else None

    def choose(self, name: str) -> None:
        """Choose a zone by its IANA name; empty for none."""
        self.setCurrentIndex(self._names.index(name))

    def show_for(self, day: datetime) -> None:
        """Name them as on another day: half the year they are called otherwise."""
        for place, name in enumerate(self._names):
            self.setItemText(place, _zone_word(name, day))


def exists(local: datetime, zone: tzinfo) -> bool:
    """Whether clocks there showed this time: an hour is left out when summer time begins."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local


def came_twice(local: datetime, zone: tzinfo) -> bool:
    """Whether clocks there showed it twice: when summer time ends."""
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first != second and exists(local, zone)


def _zone_word(name: str, day: datetime) -> str:
    if not name:
        return _("Not given")
    if name == "UTC":
        return "UTC"
    short = zone_text(day.replace(tzinfo=ZoneInfo(name)))
    return _("{short}, {city}").format(short=short, city=name.rpartition("/")[2].replace("_", " "))
