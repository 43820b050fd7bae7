"""The alerts of an office as last judged: all of them once an office day, after a change only what it concerns.

All alerts of a large office take a minute of the processor; where the wiring gives `aside`, other processes spend it.
"""

import gc
import heapq
import itertools
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache, partial
from typing import Protocol

from mailroom.domain.alerts import alert_rules
from mailroom.domain.alerts.recurring_lane import TROUBLE
from mailroom.domain.alerts.situation import Alert, RuleBook, Situation, situations
from mailroom.domain.attention import Handled, ThresholdRule, thresholds_for
from mailroom.domain.folding import fold_number
from mailroom.domain.keeping import KEEPING
from mailroom.domain.shipment import Shipment
from mailroom.domain.status import FINAL, Status
from mailroom.errors import MailroomError
from mailroom.services.alert_shelf import AlertShelf, Line, Stretch, packed, places
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
_TOGETHER = 16  # neighbours in the record that are of one share: theirs are neighbours on the disk
_MANY_CHANGES = 5_000  # beyond these all are judged: that is quicker
ASIDE_FROM = 3_000  # open shipments: fewer are judged here in less time than another process takes to start

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What judging all began with: the place in the log, and how many there are to judge."""

    mark: int
    members: int
    lanes: dict[stored.Lane, set[str]]


class SweepStopped(Exception):  # noqa: N818 - no error: the office closes
    """All were being judged when `stop` was called."""


class Aside(Protocol):
    """Judges all in other processes, as `sweep` does here."""

    def sweep(self, now: datetime) -> Iterator[Sweep | Stretch]:
        """First the beginning, then stretches. Raises MailroomError where the other process cannot, SweepStopped."""
        ...

    def stop(self) -> None:
        """End it at once, from any thread; it stays ended."""
        ...


class AlertBook:
    """In memory, one for a profile's office; safe to be asked from several threads."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.shelf = AlertShelf()
        self.acts: dict[tuple[str, str], list[Handled]] = {}
        self.rules: tuple[ThresholdRule, ...] = ()
        self.looked_at = 0  # shipments judged the last time all were
        self.aside: Aside | None = None
        self.aside_from = ASIDE_FROM
        self._sweeping = threading.Lock()
        self._mark = self._acts_mark = 0
        self._judged_at: datetime | None = None
        self._day: tuple[date, str] | None = None  # the office's day and zone they were judged for
        self._lanes: dict[stored.Lane, set[str]] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing was judged yet."""
        return self._judged_at is None

    def refresh(self, desk: Desk, *, whole: bool = True) -> bool:
        """Bring it up to date. Without `whole` only after a few changes: false where all would have to be judged."""
        if self._catch_up(desk):
            return True
        if not whole:
            return False
        with self._sweeping:
            if not self._catch_up(desk):  # nobody judged all meanwhile
                self._judge_all(desk)
                self._catch_up(desk)
        return True

    def stop(self) -> None:
        """Judge all no more: the office closes. From any thread."""
        if self.aside is not None:
            self.aside.stop()

    def _catch_up(self, desk: Desk) -> bool:
        """Judge what changed; false where all has to be judged."""
        now = desk.clock()
        with self.lock, desk.store.read() as connection:
            mark, rules = stored.position(connection), stored.thresholds(connection)
            if rules != self.rules or self._due(desk, now):
                return False
            changed: tuple[str, ...] = ()
            if mark != self._mark:
                _mark, changed = changed_since(connection, self._mark)
                if len(changed) > _MANY_CHANGES:
                    return False
            for one in stored.acts(connection, self._acts_mark):
                self.acts.setdefault((one.shipment_id, one.kind), []).append(one)
            self._mark = self._acts_mark = mark
            if changed:
                self._judge_some(connection, desk, now, changed)
            return True

    def of_one(self, desk: Desk, shipment_id: str) -> tuple[tuple[Alert, ...], stored.Acts]:
        """The alerts of one shipment, judged now, with what was done about them; the book stays as it is."""
        now = desk.clock()
        with desk.store.read() as connection:
            rules = stored.thresholds(connection)
            judge = _Judge(desk, now, rules)
            judge.bulk = stored.load(connection, judge.window, (shipment_id,))
            judge.listen(connection)
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

    def _judge_all(self, desk: Desk) -> None:
        """Judge all; readers keep what was known until it is done."""
        now = desk.clock()
        with desk.store.read() as connection:
            rules, many = stored.thresholds(connection), stored.open_ones(connection) >= self.aside_from
        if self.aside is None or not many:
            found = _filled(sweep(desk, now))
        else:
            try:
                found = _filled(self.aside.sweep(now))
            except MailroomError as error:
                _log.warning("alerts are judged here, another process could not: %s", error)
                found = _filled(sweep(desk, now))
        begun, shelf = found
        with self.lock:
            self.shelf, self.rules, self._mark, self._lanes = shelf, rules, begun.mark, begun.lanes
            self.looked_at = begun.members
            self._judged_at, self._day = now, _day_of(desk, now)

    def _judge_some(self, connection: stored.Look, desk: Desk, now: datetime, changed: Iterable[str]) -> None:
        judge = _Judge(desk, now, self.rules)
        wanted = set(changed)
        moved = self._moved_lanes(connection, judge, wanted)
        judge.lanes = self._lanes | moved
        judge.bulk = stored.load(connection, judge.window, wanted)
        judge.listen(connection)
        judge.twins = stored.twins_of(connection, stored.numbers_of(connection, wanted))
        others = set().union(*judge.twins.values()) if judge.twins else set()
        for lane, now_there in moved.items():
            if len(now_there) != len(self._lanes.get(lane, ())):
                others |= now_there
        others -= wanted
        if others:
            more = stored.load(connection, judge.window, others)
            judge.bulk.shipments.update(more.shipments)
            judge.bulk.events.update(more.events)
            judge.bulk.proofs |= more.proofs
            judge.twins |= stored.twins_of(connection, (one.tracking_number for one in more.shipments.values()))
        self._lanes = {lane: ids for lane, ids in judge.lanes.items() if ids}
        judge.watch_claims(connection, wanted | others)
        for id_ in wanted | others:
            line = judge.line(id_)
            if line is None:
                self.shelf.drop(id_)
            else:
                self.shelf.put(id_, line)

    def _moved_lanes(self, connection: stored.Look, judge: "_Judge", ids: set[str]) -> dict[stored.Lane, set[str]]:
        """The lanes that these shipments were or are on, as they are now."""
        since = judge.today - timedelta(days=LANE_DAYS)
        fresh = stored.troubled(connection, TROUBLE, since, ids)
        left = {lane for lane, there in self._lanes.items() if not ids.isdisjoint(there)}
        return {lane: self._lanes.get(lane, set()) - ids | fresh.get(lane, set()) for lane in left | fresh.keys()}


def sweep(desk: Desk, now: datetime, share: int = 0, shares: int = 1) -> Iterator[Sweep | Stretch]:
    """Judge all: first how it begins, then lines of shipments with alerts, then the places of all in order.

    With `shares` only the shipments of one `share`, from 0.
    """
    with desk.store.read() as connection:
        judge = _Judge(desk, now, stored.thresholds(connection))
        members = stored.members(connection, judge.window)
        judge.listen(connection)
        judge.lanes = stored.troubled(connection, TROUBLE, judge.today - timedelta(days=LANE_DAYS))
        judge.watch_claims(connection)
        judge.twins = _twins(members)
        yield Sweep(stored.position(connection), len(members), judge.lanes)
        runs: list[list[str]] = []
        if shares > 1:
            members = tuple(one for one in members if one.position // _TOGETHER % shares == share)
        for start in range(0, len(members), _STRETCH):
            with _without_collection():
                judge.bulk = stored.load_stretch(connection, members[start : start + _STRETCH])
                lines = [(id_, line) for id_ in judge.bulk.shipments if (line := judge.line(id_)) is not None]
            runs.append(sorted(place for id_, line in lines for place in places(id_, line.alerts)))
            yield Stretch(lines=[(id_, line.text()) for id_, line in lines])
    in_order = heapq.merge(*runs)
    while some := list(itertools.islice(in_order, _STRETCH)):
        yield Stretch(places=some)


def long_over(shipment: Shipment, since: date, zone: tzinfo) -> bool:
    """Whether a shipment had ended before a day of the office and was on record before it: few rules speak of it.

    One that is lost stays on the list until nobody can claim for it.
    """
    if shipment.status not in FINAL - {Status.LOST} or shipment.status_at is None:
        return False
    return shipment.status_at.local.date() < since and shipment.recorded_at.astimezone(zone).date() < since


def late_kinds() -> frozenset[str]:
    """The rules that speak of what ended long ago: of proofs that will be deleted, and of claims."""
    return frozenset(rule.kind for rule in alert_rules() if rule.clocked) | {"proof_expiring"}


def _twins(members: Sequence[stored.Member]) -> dict[str, set[str]]:
    """Open shipments by a number that several of them have."""
    first: dict[str, str] = {}
    found: dict[str, set[str]] = {}
    for one in members:
        normal = fold_number(one.tracking_number) if one.open else ""
        if normal and (other := first.setdefault(normal, one.id)) != one.id:
            found.setdefault(normal, {other}).add(one.id)
    return found


def _filled(parts: Iterator[Sweep | Stretch]) -> tuple[Sweep, AlertShelf]:
    begun, shelf = next(parts), AlertShelf()
    assert isinstance(begun, Sweep)
    for part in parts:
        assert isinstance(part, Stretch)
        shelf.take(part)
    return begun, shelf


class _Judge:
    """What is needed to judge shipments at one moment."""

    def __init__(self, desk: Desk, now: datetime, rules: tuple[ThresholdRule, ...]) -> None:
        self._now, self._zone, self._own = now, desk.in_force.zone, rules
        self._country = desk.in_force.settings.country
        self._rules = RuleBook(alert_rules())
        self._late = late_kinds()
        self._makers: dict[tuple[str, str], Callable[..., Situation]] = {}  # by carrier and service
        self._lane_of: dict[str, stored.Lane] | None = None
        self.today = now.astimezone(self._zone).date()
        self.bulk = stored.Bulk()
        self._telling: frozenset[str] = frozenset()
        self._told: Callable[[str, date], bool] = lambda _carrier, _day: False
        self._read_here: Callable[[str], bool] = lambda _id: True
        self.lanes: dict[stored.Lane, set[str]] = {}
        self.twins: dict[str, set[str]] = {}
        self._claims: ClaimWatch | None = None

    def watch_claims(self, connection: stored.Look, ids: Iterable[str] | None = None) -> None:
        """Look at the claims of these shipments, or of all."""
        claims = claims_of_shipments(connection, ids)
        self._claims = ClaimWatch(merged_in(connection), claims, self._zone, self.today, self._country)

    def listen(self, connection: stored.Look) -> None:
        """Look at which carriers tell of their pieces; `connection` stays open while shipments are judged."""
        self._telling = stored.heard_of(connection)
        self._told = lru_cache(maxsize=None)(partial(stored.told_since, connection))
        self._read_here = partial(stored.read_here, connection)

    def _told_since(self, carrier: str, day: date) -> bool:
        return carrier in self._telling and self._told(carrier, day)

    @property
    def window(self) -> stored.Window:
        """Which finished shipments any rule may speak about."""
        proofs = set()
        for carrier in {one.carrier for one in KEEPING} | {one.carrier for one in self._own}:
            for service in {"", *(one.service for one in self._own)}:
                limits = thresholds_for(self._own, carrier, service)
                for warning, kept in (
                    (limits.proof_warning, limits.proof_kept),
                    (limits.signature_warning, limits.signature_kept),
                ):
                    # a day more at both ends: the carrier's day need not be the office's
                    first, last = self.today - timedelta(days=kept + 1), self.today - timedelta(days=warning - 1)
                    proofs.add((carrier, first, last))
        ended_from, lost_from = (self.today - timedelta(days=days) for days in (ENDED_DAYS, LOST_DAYS))
        return stored.Window(ended_from, tuple(sorted(proofs)), lost_from, self._now - timedelta(days=ENDED_DAYS))

    def line(self, id_: str) -> Line | None:
        """What the rules say of a shipment, as it is kept; none where they say nothing or it is not loaded."""
        one = self.bulk.shipments.get(id_)
        alerts = self.alerts(id_) if one is not None else ()
        return (
            Line(one.carrier, one.department_id, one.position, packed(alerts)) if one is not None and alerts else None
        )

    def alerts(self, id_: str) -> tuple[Alert, ...]:
        """What the rules say of a shipment."""
        one = self.bulk.shipments[id_]
        make = self._makers.get((one.carrier, one.service)) or self._maker(one.carrier, one.service)
        more: dict[str, object] = {}
        twins = self.twins.get(fold_number(one.tracking_number)) if self.twins else None
        if twins and len(twins) > 1 and id_ in twins:
            more["twins"] = tuple(sorted(twins - {id_}))
        lane = self._lanes_by_shipment().get(id_)
        if lane is not None:
            more["lane_troubles"] = len(self.lanes[lane]) - 1
        if id_ in self.bulk.proofs:
            more["proof_saved"] = True
        found = self._rules.judge(make(one.value, self.bulk.events.get(id_, ()), **more))
        if found and long_over(one.value, self.today - timedelta(days=ENDED_DAYS), self._zone):
            found = tuple(alert for alert in found if alert.kind in self._late)  # loaded again for these alone
        return found

    def _maker(self, carrier: str, service: str) -> Callable[..., Situation]:
        found = self._makers[carrier, service] = situations(
            now=self._now,
            zone=self._zone,
            thresholds=thresholds_for(self._own, carrier, service),
            told_since=partial(self._told_since, carrier),
            read_here=self._read_here,
            clock_for=self._claims.clock if self._claims is not None else lambda _seen: None,
        )
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
