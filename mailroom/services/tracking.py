"""Use cases of carriers' tracking interfaces: settings and keys, asking, how things stand."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mailroom.carriers import all_interfaces
from mailroom.domain.operator import Operator
from mailroom.domain.polling import CarrierState, PieceAsked, left_this_hour, left_today, may_ask
from mailroom.domain.tracking import TrackAnswer
from mailroom.services import interfaces
from mailroom.services.answers import interface_named
from mailroom.services.desk import Desk
from mailroom.services.interfaces import InterfaceSettings
from mailroom.services.polling import Asked, Cancelled, Lines, Poller
from mailroom.services.rights import demand
from mailroom.services.writing import Write, at_once, never_cancelled
from mailroom.store import polling as timetable

AT_ONCE = 60  # pieces of one interface in one round


@dataclass(frozen=True, slots=True)
class InterfaceState:
    """One interface as the page shows it. Moments are aware UTC; `left_…` is none for no limit."""

    id: str
    name: str
    settings: InterfaceSettings
    key_names: tuple[str, ...]
    keys_given: tuple[str, ...]  # names only
    optional_keys: tuple[str, ...]
    third_party: bool
    can_batch: bool  # whether several numbers in one call are a choice
    state: CarrierState
    why_not: (
        str  # empty where it may be asked now, else `stopped` `waiting` `quiet` `hour_full` `day_full` `off` `no_keys`
    )
    left_hour: int | None
    left_day: int | None
    due: int
    later: int
    refused: int


@dataclass(frozen=True, slots=True)
class Tried:
    """What a carrier answered to a trial: HTTP status (0: none came) and the answer as it was read."""

    number: str
    http_status: int
    answer: TrackAnswer
    took: float = 0.0  # seconds


@dataclass(frozen=True, slots=True)
class Tracking:
    """Use cases of carriers' interfaces."""

    desk: Desk
    lines: Lines = field(default_factory=Lines)

    def interfaces(self, who: Operator) -> tuple[InterfaceState, ...]:
        """Every interface, as it is set and as things stand with it."""
        demand(who, "tracking.interfaces")
        settings = interfaces.settings_in_force(self.desk)
        now = self.desk.clock()
        with self.desk.store.read() as connection:
            states = timetable.states(connection)
            numbers = {one.id: timetable.waiting(connection, one.id, now) for one in all_interfaces()}
        found = []
        for one in all_interfaces():
            state, mine = states.get(one.id, CarrierState(one.id)), settings[one.id]
            budget, keys = interfaces.budget_of(one, mine), interfaces.keys_of(self.desk, one)
            if state.stopped and interfaces.keys_changed(state.stopped_with, keys):
                state = replace(state, stopped="", stopped_with="")  # the next round ends the stop
            why = may_ask(state, budget, now)
            if not interfaces.has_keys(one, keys):
                why = "no_keys"
            if not mine.enabled:
                why = "off"
            found.append(
                InterfaceState(
                    *(one.id, one.name, mine, one.key_names, tuple(sorted(keys)), one.optional_keys, one.third_party),
                    one.batch_size > 0,
                    *(state, why, left_this_hour(state, budget, now), left_today(state, budget, now)),
                    *numbers[one.id],
                )
            )
        return tuple(found)

    def change(self, who: Operator, interface_id: str, **changes: Any) -> InterfaceSettings:  # noqa: ANN401
        """Change settings of an interface by their names; a stop or back-off ends with it.

        Raises `interface_unknown`, `setting_unknown`, `setting_bad`, `carrier_address_bad`.
        """
        demand(who, "tracking.change")
        one = interface_named(interface_id)
        before = interfaces.settings_in_force(self.desk)[one.id]
        wanted = interfaces.changed_settings(self.desk, one, changes)
        if wanted != before:
            interfaces.keep_settings(self.desk, who, one, wanted)
            timetable.forget(self.desk.store, one.id, refused_too=wanted.address != before.address)
        return wanted

    def keep_key(self, who: Operator, interface_id: str, name: str, value: str, write: Write = at_once) -> None:
        """Keep a key in the system's key store; what was refused with the old one is asked about again.

        Raises `interface_unknown`, `setting_unknown`, `no_key_store_for_carrier`.
        """
        demand(who, "tracking.keep_key")
        one = interface_named(interface_id)
        interfaces.keep_key(self.desk, one, name, value)
        write(lambda: timetable.forget(self.desk.store, one.id, refused_too=True))

    def try_out(
        self,
        who: Operator,
        interface_id: str,
        number: str,
        changes: Mapping[str, Any] | None = None,
        keys: Mapping[str, str] | None = None,
    ) -> Tried:
        """Ask an interface about one number and say what it answered; nothing goes on record.

        `changes` and `keys` hold for this trial instead of what is kept, and are not kept.
        Raises `interface_unknown`, `carrier_keys_missing`, `setting_unknown`, `setting_bad`, `carrier_address_bad`.
        """
        demand(who, "tracking.try_out")
        if changes or keys:  # whoever names another address is sent the office's keys there
            demand(who, "tracking.change")
        one = interface_named(interface_id)
        poller = Poller(self.desk, self.lines)
        with self.lines.lock:
            transport = poller.transport(one, interfaces.changed_settings(self.desk, one, changes or {}), keys)
            began = time.monotonic()
            reply = transport.ask((number,))[0]
        return Tried(number, reply.http_status, reply.answer, time.monotonic() - began)

    def ask(self, who: Operator, ids: tuple[str, ...], write: Write = at_once) -> tuple[Asked, ...]:
        """Ask about these pieces now, whatever the timetable says; never past a stop, a back-off or a budget."""
        demand(who, "tracking.ask")
        return Poller(self.desk, self.lines).ask(who, ids, write)

    def ask_due(
        self, who: Operator, write: Write = at_once, limit: int = AT_ONCE, cancelled: Cancelled = never_cancelled
    ) -> tuple[Asked, ...]:
        """Ask about what is due, at each interface that may be asked now."""
        demand(who, "tracking.ask_due")
        return Poller(self.desk, self.lines).ask_due(who, write, limit, cancelled)

    def asked(self, who: Operator, shipment_id: str) -> tuple[PieceAsked, ...]:
        """What came of asking about a piece, the last asked interface first."""
        demand(who, "tracking.asked")
        with self.desk.store.read() as connection:
            return timetable.asked_of(connection, shipment_id)

    def can_ask(self, who: Operator) -> frozenset[str]:
        """Ids of the carriers that an interface in use serves; empty text among them for any."""
        demand(who, "tracking.can_ask")
        found: set[str] = set()
        settings = interfaces.settings_in_force(self.desk)
        for one in all_interfaces():
            if settings[one.id].enabled:
                found |= one.serves or {""}
        return frozenset(found)

    def begin(self) -> None:
        """Carriers may be asked: a window opens over this office."""
        self.lines.begin()

    def stop(self) -> None:
        """End calls that are under way: the program closes. Any thread."""
        self.lines.stop()

    def close(self) -> None:
        """Give the connections back, after the last call ended."""
        self.lines.close()
