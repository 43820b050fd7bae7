"""Figures by lane: how long pieces took, and when one that is under way should arrive."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from mailroom import resources
from mailroom.domain.claim_rules import mailing_day
from mailroom.domain.eta import (
    BackTest,
    ByRule,
    Delivered,
    Estimate,
    History,
    LaneFigure,
    NotTaken,
    Outlook,
    Trip,
    back_test,
)
from mailroom.domain.operator import Operator
from mailroom.domain.promises import PromiseRule, parse_promise_rules, standard
from mailroom.domain.register import ShipmentDetail
from mailroom.domain.shipment import PromiseBasis
from mailroom.domain.status import FINAL, Status
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.store import lanes as stored

_MOST = 2_000  # of a carrier, the newest: older ones say less of today, and a detail must open at once
_MOST_OF_ALL = 50_000
_NO_DAY_FOR = FINAL | {Status.RETURN_TO_SENDER}
_NOT_TAKEN = frozenset({Status.LABEL_CREATED, Status.UNKNOWN})


@dataclass(slots=True)
class _Kept:
    """Histories by carrier, as of so many delivered pieces."""

    delivered: int = -1
    by_carrier: dict[str, History] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a piece under way should arrive, besides what the record promises.

    By the carrier's published standard (none: no rule fits) and by the office's own pieces (none: too few of them).
    """

    standard: ByRule | None
    estimate: Outlook | None
    looked: bool = True  # whether the office's own pieces were looked at


@cache
def promise_rules() -> tuple[PromiseRule, ...]:
    """The carriers' standards as they ship."""
    return parse_promise_rules(resources.file("rules/promise_rules.csv").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Lanes:
    """Use cases of lanes: carrier, service, and where to."""

    desk: Desk
    _kept: _Kept = field(default_factory=_Kept)

    def arrival(self, who: Operator, detail: ShipmentDetail, *, look: bool = True) -> Arrival | None:
        """When a piece should arrive; none for one that is there, comes back, or is not to arrive.

        Without `look` the office's own pieces count only where they were read before: reading them takes a while.
        """
        demand(who, "lanes.arrival")
        shipment = detail.row.shipment
        if shipment.status in _NO_DAY_FOR or shipment.withdrawn or not shipment.carrier:
            return None
        today = self.desk.clock().astimezone(self.desk.in_force.zone).date()
        trip = self._trip(detail)
        found = standard(promise_rules(), trip.carrier, trip.service, trip.country, trip.started_on)
        by_rule = ByRule(found, shipment.promise_basis is PromiseBasis.CARRIER) if found is not None else None
        if not look and trip.carrier not in self._kept.by_carrier:
            return Arrival(by_rule, None, looked=False)
        history = self._history(trip.carrier)
        taken = shipment.status not in _NOT_TAKEN
        return Arrival(by_rule, history.outlook(trip, today) if taken else _if_taken(history, trip, today))

    def figures(self, who: Operator) -> tuple[LaneFigure, ...]:
        """Every lane with at least ten delivered pieces."""
        demand(who, "lanes.figures")
        history = History()
        for one in self._delivered(""):
            history.add(one)
        return history.figures()

    def back_test(self, who: Operator) -> BackTest:
        """How the estimates would have done on the office's own pieces."""
        demand(who, "lanes.back_test")
        return back_test(self._delivered(""))

    def _delivered(self, carrier: str) -> list[Delivered]:
        with self.desk.store.read() as connection:
            most = _MOST if carrier else _MOST_OF_ALL
            return list(stored.delivered(connection, self.desk.in_force.zone, self._home, most, carrier))

    def _history(self, carrier: str) -> History:
        with self.desk.store.read() as connection:
            delivered = stored.delivered_count(connection)
        kept = self._kept
        if abs(delivered - kept.delivered) > kept.delivered // 100:  # a few more change no figure
            kept.delivered = delivered
            kept.by_carrier.clear()
        if carrier not in kept.by_carrier:
            history = History()
            for one in self._delivered(carrier):
                history.add(one)
            kept.by_carrier[carrier] = history
        return kept.by_carrier[carrier]

    def _trip(self, detail: ShipmentDetail) -> Trip:
        shipment = detail.row.shipment
        started, _basis = mailing_day(shipment, detail.events, self.desk.in_force.zone)
        label, typed = shipment.destination, shipment.fields.recipient
        code, country = label.postal_code or typed.postal_code, label.country or typed.country or self._home
        return Trip(shipment.carrier, shipment.service, code, country, started)

    @property
    def _home(self) -> str:
        return self.desk.in_force.settings.country


def _if_taken(history: History, trip: Trip, today: date) -> Estimate | NotTaken | None:
    """For a piece that no carrier has yet: when it should arrive if it was taken on its day of mailing."""
    found = history.estimate(trip, trip.started_on)
    if found is None:
        return None
    return replace(found, taken_on=trip.started_on) if found.latest_on >= today else NotTaken()
