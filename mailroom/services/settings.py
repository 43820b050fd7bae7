"""The office's own settings, kept as commands with history."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from mailroom.domain.office import OfficeSettings
from mailroom.domain.operator import Operator
from mailroom.domain.payloads import settings_json
from mailroom.errors import MailroomError
from mailroom.services import zones
from mailroom.services.desk import Desk
from mailroom.services.rights import demand

_PAGE_SIZES = ("Letter", "A4")


@dataclass(frozen=True, slots=True)
class Settings:
    """Use cases of the office's settings."""

    desk: Desk

    def office(self, who: Operator) -> OfficeSettings:
        """The settings in force, read afresh."""
        demand(who, "settings.office")
        self.desk.refresh()
        return self.desk.in_force.settings

    def zone_name(self) -> str:
        """The IANA name of the office's zone: its setting, else the computer's."""
        return self.desk.in_force.zone_name

    def usual_carriers(self, who: Operator) -> tuple[str, ...]:
        """Ids of the carriers that serve the office's country: those it uses unless it chose others."""
        demand(who, "settings.usual_carriers")
        country = self.desk.in_force.settings.country
        return tuple(one.id for one in self.desk.carriers if not one.countries or country in one.countries)

    def change_office(self, who: Operator, **changes: Any) -> OfficeSettings:  # noqa: ANN401
        """Change settings by their names; only what differs is put on record.

        Raises `setting_unknown`, `zone_unknown`, `setting_bad`.
        """
        demand(who, "settings.change_office")
        now = self.office(who)
        known = {one.name for one in dataclasses.fields(OfficeSettings)}
        for key in changes:
            if key not in known:
                raise MailroomError("setting_unknown", name=key)
        wanted = dataclasses.replace(now, **changes)
        _check(wanted)
        for carrier in wanted.carriers:
            if carrier not in {one.id for one in self.desk.carriers}:
                raise MailroomError("setting_bad", name="carriers", value=carrier)
        before, after = settings_json(now), settings_json(wanted)
        differing = {key: value for key, value in after.items() if value != before[key]}
        if differing:
            self.desk.accept(who, "office_changed", "office", {"changes": differing})
        return self.office(who)


def _check(settings: OfficeSettings) -> None:
    if settings.zone:
        zones.zone(settings.zone)
    if settings.page_size not in _PAGE_SIZES:
        raise MailroomError("setting_bad", name="page_size", value=settings.page_size)
    for name, length in (("country", 2), ("currency", 3)):
        value = getattr(settings, name)
        if len(value) != length or not (value.isascii() and value.isalpha() and value.isupper()):
            raise MailroomError("setting_bad", name=name, value=value)
