"""What every use case stands on: the store, the carriers, the clock, and the office's settings as last read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

from mailroom.carriers import all_carriers
from mailroom.domain.command import Command, Payload
from mailroom.domain.ids import new_id
from mailroom.domain.office import OfficeSettings
from mailroom.domain.operator import Operator
from mailroom.domain.payloads import event_json
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent
from mailroom.domain.times import carrier_time
from mailroom.recognition.formats import Carrier
from mailroom.services import zones
from mailroom.store import Accepted, Store
from mailroom.store.lists import office_settings

Clock = Callable[[], datetime]
DrawPages = Callable[[bytes, str, int], Sequence[bytes]]  # PDF, its name, most bytes of a picture -> JPEGs of its pages


def utc_now() -> datetime:
    """Now, aware UTC."""
    return datetime.now(UTC)


def _not_wired(_pdf: bytes, _name: str, _most: int) -> Sequence[bytes]:
    raise RuntimeError("nothing here draws pages: the wiring has to bring it")


@dataclass(slots=True)
class SettingsInForce:
    """The office's settings as last read. Recognition on the GUI thread reads it, so it never touches the store."""

    settings: OfficeSettings = field(default_factory=OfficeSettings)
    zone_name: str = "UTC"
    zone: tzinfo = UTC

    def take(self, settings: OfficeSettings) -> None:
        """Put newly read settings in force."""
        self.settings = settings
        self.zone_name = settings.zone or zones.system_zone_name()
        self.zone = zones.zone(self.zone_name)


@dataclass(frozen=True, slots=True)
class Desk:
    """The shared ground of all use cases of one profile."""

    store: Store
    carriers: tuple[Carrier, ...]
    in_force: SettingsInForce
    clock: Clock = utc_now
    draw_pages: DrawPages = _not_wired

    def enabled_carriers(self) -> tuple[str, ...]:
        """Ids of the carriers that the office uses: its choice, by default those that serve its country."""
        settings = self.in_force.settings
        return settings.carriers or tuple(
            one.id for one in self.carriers if not one.countries or settings.country in one.countries
        )

    def refresh(self) -> None:
        """Read the office's settings again; another desk may have changed them."""
        with self.store.read() as connection:
            self.in_force.take(office_settings(connection))

    def command(
        self,
        who: Operator,
        kind: str,
        subject: str,
        payload: Payload,
        *,
        command_id: str = "",
        base_version: int | None = None,
        made_at: datetime | None = None,
    ) -> Command:
        """A command by this operator, made now."""
        return Command(
            id=command_id or new_id(),
            desk=who.desk,
            kind=kind,
            subject=subject,
            payload=payload,
            made_at=made_at or self.clock(),
            made_by=who.id,
            base_version=base_version,
        )

    def accept(self, who: Operator, kind: str, subject: str, payload: Payload, **more: Any) -> Accepted:  # noqa: ANN401
        """Make a command (`more` as for `command`) and put it on record."""
        return self.store.accept(self.command(who, kind, subject, payload, **more))

    def own_event(
        self,
        who: Operator,
        shipment_id: str,
        kind: EventKind,
        now: datetime,
        facts: Mapping[str, str] | None = None,
        note: str = "",
    ) -> dict[str, Any]:
        """An event of our own making, as JSON for a payload: it happened now, in the office's zone."""
        return event_json(
            TimelineEvent(
                id=new_id(),
                shipment_id=shipment_id,
                kind=kind,
                status=None,
                happened=carrier_time(now.astimezone(self.in_force.zone)),
                sort_at=now,
                recorded_at=now,
                recorded_by=who.name,
                source=EventSource.MAILROOM,
                note=note,
                facts=tuple((facts or {}).items()),
            )
        )


def open_desk(store: Store, clock: Clock = utc_now, draw_pages: DrawPages = _not_wired) -> Desk:
    """The desk over an open store, with the office's settings read; `draw_pages` makes pictures of a PDF's pages."""
    desk = Desk(store, all_carriers(), SettingsInForce(), clock, draw_pages)
    desk.refresh()
    return desk
