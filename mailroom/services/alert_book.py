"""The alerts of an office as last judged: all of them once an office day, after a change only what it concerns."""

import gc
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mailroom.domain.alerts import alert_rules
from mailroom.domain.alerts.recurring_lane import TROUBLE
from mailroom.domain.alerts.situation import Alert, Situation, Thresholds, judge_all
from mailroom.domain.attention import Handled, ThresholdRule, thresholds_for
from mailroom.domain.folding import fold_number
from mailroom.services.claim_watch import ClaimWatch
from mailroom.services.desk import Desk
from mailroom.services.rules import merged_in
from mailroom.store import attention as stored
from mailroom.store.claims import of_shipments as claims_of_shipments
from mailroom.store.shipments import changed_since

ENDED_DAYS = 45  # a finished shipment is looked at for so long, apart from proofs that a carrier will delete
LOST_DAYS = 300  # a lost one, since some carriers take claims for nine months
LANE_DAYS = 30  # troubles on a lane count for so long
_FEW = 20_000  # shipments: up to here all are judged again every hour, since days pass at any hour
_HOUR = timedelta(hours=1)
_STRETCH = 2_000  # shipments in memory at once
_MANY_CHANGES = 5_000  # beyond these all are judged: that is quicker


@dataclass(frozen=True, slots=True)
class Judged:
    """One shipment with alerts, and what lists are narrowed by."""

    alerts: tuple[Alert, ...]
    carrier: str
    department_id: str
    position: int


class AlertBook:
    """In memory, one for a profile's office; safe to be asked from several threads."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.found: dict[str, Judged] = {}  # by shipment id; those without alerts are not in it
        self.acts: dict[tuple[str, str], list[Handled]] = {}
        self.rules: tuple[ThresholdRule, ...] = ()
        self.looked_at = 0  # shipments judged the last time all were
        self._mark = 0
        self._judged_at: datetime | None = None
        self._day: tuple[date, str] | None = None  # the office's day and zone they were judged for
        self._lanes: dict[stored.Lane, set[str]] = {}
        self._numbers: dict[str, str] = {}  # of open shipments, as compared

    @property
    def empty(self) -> bool:
        """Whether nothing was judged yet."""
        return self._judged_at is None

    def refresh(self, desk: Desk, *, whole: bool = True) -> bool:
        """Bring it up to date. Without `whole` only after a few changes: false where all would have to be judged."""
        now = desk.clock()
        with self.lock, desk.store.read() as connection:
            mark, rules = stored.position(connection), stored.thresholds(connection)
            changed: tuple[str, ...] = ()
            all_of_them = rules != self.rules or self._due(desk, now)
            if not all_of_them and mark != self._mark:
                _mark, changed = changed_since(connection, self._mark)
                all_of_them = len(changed) > _MANY_CHANGES
            if all_of_them and not whole:
                return False
            for one in stored.acts(connection, self._mark):
                self.acts.setdefault((one.shipment_id, one.kind), []).append(one)
            self.rules, self._mark = rules, mark
            if all_of_them:
                self._judge_all(connection, desk, now)
            elif changed:
                self._judge_some(connection, desk, now, changed)
            return True

    def of_one(self, desk: Desk, shipment_id: str) -> tuple[tuple[Alert, ...], stored.Acts]:
        """The alerts of one shipment, judged now, with what was done about them; the book stays as it is."""
        now = desk.clock()
        with desk.store.read() as connection:
            rules = stored.thresholds(connection)
            judge = _Judge(desk, now, rules)
            judge.bulk = stored.load(connection, judge.window, (shipment_id,))
            judge.watch_claims(connection, (shipment_id,))
            judge.lanes = stored.troubled(connection, TROUBLE, judge.today - timedelta(days=LANE_DAYS))
            judge.twins = stored.twins_of(connection, (one.tracking_number for one in judge.bulk.shipments.values()))
            alerts = judge.alerts(shipment_id) if shipment_id in judge.bulk.shipments else ()
            acts: dict[tuple[str, str], list[Handled]] = {}
            for one in stored.acts(connection, shipment_id=shipment_id):
                acts.setdefault((one.shipment_id, one.kind), []).append(one)
            return alerts, acts

    def _due(self, desk: Desk, now: datetime) -> bool:
        if self._judged_at is None or self._day != _day_of(desk, now):
            return True
        return self.looked_at <= _FEW and now - self._judged_at >= _HOUR

    def _judge_all(self, connection: stored.Look, desk: Desk, now: datetime) -> None:
        judge = _Judge(desk, now, self.rules)
        members = stored.members(connection, judge.window)
        self._lanes = stored.troubled(connection, TROUBLE, judge.today - timedelta(days=LANE_DAYS))
        judge.lanes = self._lanes
        judge.watch_claims(connection)
        self._numbers = {one.id: fold_number(one.tracking_number) for one in members if one.open}
        for id_, normal in self._numbers.items():
            judge.twins.setdefault(normal, set()).add(id_)
        self.found = {}
        for start in range(0, len(members), _STRETCH):
            with _without_collection():
                judge.bulk = stored.load_stretch(connection, members[start : start + _STRETCH])
                for id_ in judge.bulk.shipments:
                    self._put(judge, id_)
        self.looked_at = len(members)
        self._judged_at, self._day = now, _day_of(desk, now)

    def _judge_some(self, connection: stored.Look, desk: Desk, now: datetime, changed: Iterable[str]) -> None:
        judge = _Judge(desk, now, self.rules)
        judge.lanes = stored.troubled(connection, TROUBLE, judge.today - timedelta(days=LANE_DAYS))
        wanted = set(changed)
        before = {self._numbers.pop(id_, "") for id_ in wanted}
        judge.bulk = stored.load(connection, judge.window, wanted)
        for id_ in wanted & judge.bulk.shipments.keys():
            one = judge.bulk.shipments[id_]
            if not one.final:
                self._numbers[id_] = fold_number(one.tracking_number)
        judge.twins = stored.twins_of(connection, before | {self._numbers.get(id_, "") for id_ in wanted})
        others = set().union(*judge.twins.values()) if judge.twins else set()
        for lane in judge.lanes.keys() | self._lanes.keys():
            now_there, were_there = judge.lanes.get(lane, set()), self._lanes.get(lane, set())
            if len(now_there) != len(were_there):
                others |= now_there
        others -= wanted
        if others:
            more = stored.load(connection, judge.window, others)
            judge.bulk.shipments.update(more.shipments)
            judge.bulk.events.update(more.events)
            judge.bulk.proofs |= more.proofs
            judge.twins |= stored.twins_of(connection, (one.tracking_number for one in more.shipments.values()))
        self._lanes = judge.lanes
        judge.watch_claims(connection, wanted | others)
        for id_ in wanted | others:
            self.found.pop(id_, None)
            if id_ in judge.bulk.shipments:
                self._put(judge, id_)

    def _put(self, judge: "_Judge", id_: str) -> None:
        alerts = judge.alerts(id_)
        if alerts:
            one = judge.bulk.shipments[id_]
            self.found[id_] = Judged(alerts, one.carrier, one.department_id, one.position)


class _Judge:
    """What is needed to judge shipments at one moment."""

    def __init__(self, desk: Desk, now: datetime, rules: tuple[ThresholdRule, ...]) -> None:
        self._now, self._zone, self._own = now, desk.in_force.zone, rules
        self._rules = alert_rules()
        self._limits: dict[tuple[str, str], Thresholds] = {}
        self._lane_of: dict[str, stored.Lane] | None = None
        self.today = now.astimezone(self._zone).date()
        self.bulk = stored.Bulk()
        self.lanes: dict[stored.Lane, set[str]] = {}
        self.twins: dict[str, set[str]] = {}
        self._claims: ClaimWatch | None = None

    def watch_claims(self, connection: stored.Look, ids: Iterable[str] | None = None) -> None:
        """Look at the claims of these shipments, or of all."""
        self._claims = ClaimWatch(merged_in(connection), claims_of_shipments(connection, ids), self._zone, self.today)

    @property
    def window(self) -> stored.Window:
        """Which finished shipments any rule may speak about."""
        own = [thresholds_for(self._own, one.carrier, one.service) for one in self._own]
        proofs = set()
        for limits in (Thresholds(), *own):
            for warning, kept in (
                (limits.proof_warning, limits.proof_kept),
                (limits.signature_warning, limits.signature_kept),
            ):
                # a day more at both ends: the carrier's day need not be the office's
                first, last = self.today - timedelta(days=kept + 1), self.today - timedelta(days=warning - 1)
                proofs.add((first, last))
        ended_from, lost_from = (self.today - timedelta(days=days) for days in (ENDED_DAYS, LOST_DAYS))
        return stored.Window(ended_from, tuple(sorted(proofs)), lost_from)

    def alerts(self, id_: str) -> tuple[Alert, ...]:
        """What the rules say of a shipment."""
        one = self.bulk.shipments[id_]
        normal = fold_number(one.tracking_number)
        twins = self.twins.get(normal) if normal else None
        lane = self._lanes_by_shipment().get(id_)
        return judge_all(
            self._rules,
            Situation(
                shipment=one.value,
                events=tuple(self.bulk.events.get(id_, ())),
                now=self._now,
                zone=self._zone,
                thresholds=self._limits_of(one.carrier, one.service),
                proof_saved=id_ in self.bulk.proofs,
                twins=tuple(sorted(twins - {id_})) if twins and len(twins) > 1 and id_ in twins else (),
                lane_troubles=len(self.lanes[lane]) - 1 if lane else 0,
                clock_for=self._claims.clock if self._claims is not None else lambda _seen: None,
            ),
        )

    def _limits_of(self, carrier: str, service: str) -> Thresholds:
        found = self._limits.get((carrier, service))
        if found is None:
            found = self._limits[carrier, service] = thresholds_for(self._own, carrier, service)
        return found

    def _lanes_by_shipment(self) -> dict[str, stored.Lane]:
        if self._lane_of is None:
            self._lane_of = {id_: lane for lane, ids in self.lanes.items() for id_ in ids}
        return self._lane_of


@contextmanager
def _without_collection() -> Iterator[None]:
    """No look for garbage meanwhile: a stretch makes many values and no cycles, and looking takes a third of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _day_of(desk: Desk, now: datetime) -> tuple[date, str]:
    return now.astimezone(desk.in_force.zone).date(), desk.in_force.zone_name
