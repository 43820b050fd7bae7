"""When a carrier is asked again: by the state of a piece, by what the carrier said, within what it allows. Pure."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from mailroom.domain.status import FINAL, Status
from mailroom.domain.tracking import Outcome

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WAITS = {
    Status.LABEL_CREATED: 12 * _HOUR,
    Status.OUT_FOR_DELIVERY: _HOUR,
    Status.UNKNOWN: 12 * _HOUR,
}
_MOVING = 4 * _HOUR
_FINAL_LOOKS = 3  # daily looks after the end: carriers take a "delivered" back at times
_STILL = timedelta(days=30)  # without a change: weekly
_WEEK = timedelta(days=7)
_NEW = timedelta(days=3)  # a number is often not yet known that long
_NEVER_KNOWN = timedelta(days=60)  # then nobody asks any more
_JITTER = 0.1
_FIRST_BACK_OFF, _LONGEST_BACK_OFF = timedelta(seconds=60), 6 * _HOUR


@dataclass(frozen=True, slots=True)
class PieceAsked:
    """What is known about asking for one piece at one interface. Moments are aware UTC."""

    shipment_id: str
    interface: str
    asked_at: datetime
    outcome: Outcome
    recorded_at: datetime  # of the piece
    changed_at: datetime  # when the carrier last said something new
    status: Status = Status.UNKNOWN
    final_looks: int = 0  # asked since it was final
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class CarrierState:
    """How things stand with one interface, kept across restarts. Moments are aware UTC."""

    interface: str
    failures: int = 0  # in a row
    retry_at: datetime | None = None  # not before this
    stopped: str = ""  # an outcome that lasts until a person changes something
    stopped_with: str = ""  # the mark of the keys that were refused, never the keys themselves; empty: not known
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    outcome: str = ""
    reason: str = ""
    words: str = ""
    hour: str = ""  # `2026-11-23T15`, UTC: what `hour_calls` counts
    hour_calls: int = 0
    day: str = ""
    day_calls: int = 0


@dataclass(frozen=True, slots=True)
class Budget:
    """How often an interface may be asked; 0 is no limit. Quiet hours are in their own zone."""

    per_hour: int = 0
    per_day: int = 0
    per_piece_day: int = 0
    quiet_zone: str = ""
    quiet_from: int = 0
    quiet_until: int = 0
    kept_days: int = 0


def next_ask(piece: PieceAsked, budget: Budget) -> datetime | None:
    """When this piece is asked about again, a tenth early or late by its id; none for never.

    Where the carrier limits the looks at one piece, only late: a little early each time would be one look too many.
    """
    wait = _wait(piece)
    if wait is None:
        return None
    share = _share(piece.shipment_id, piece.asked_at)
    if budget.per_piece_day:
        at = piece.asked_at + max(wait, _DAY / budget.per_piece_day) * (1 + _JITTER * share)
    else:
        at = piece.asked_at + wait * (1 + _JITTER * (2 * share - 1))
    if budget.kept_days and at - piece.recorded_at > timedelta(days=budget.kept_days):
        return None
    return at


def _wait(piece: PieceAsked) -> timedelta | None:
    if piece.outcome is Outcome.NO_ACCESS:
        return None
    age = piece.asked_at - piece.recorded_at
    if piece.outcome in (Outcome.NOT_YET_KNOWN, Outcome.UNKNOWN_NUMBER):
        if age > _NEVER_KNOWN:
            return None
        return 6 * _HOUR if age < _NEW else _DAY if age < 14 * _DAY else _WEEK
    if piece.outcome is not Outcome.FOUND:
        return _MOVING
    if piece.status in FINAL:
        return _DAY if piece.final_looks < _FINAL_LOOKS else None
    if piece.asked_at - piece.changed_at > _STILL:
        return _WEEK
    return _WAITS.get(piece.status, _MOVING)


def _share(shipment_id: str, asked_at: datetime) -> float:
    """A number from 0 up to 1 that is the same for the same piece and moment."""
    digest = hashlib.sha256(f"{shipment_id} {asked_at.isoformat()}".encode()).digest()
    return int.from_bytes(digest[:4]) / 2**32


def back_off(failures: int, share: float) -> timedelta:
    """How long to leave a carrier alone after failures in a row: 60 s doubled up to 6 h, any part of it by `share`."""
    longest = min(_FIRST_BACK_OFF * (1 << min(failures, 12)), _LONGEST_BACK_OFF)
    return _FIRST_BACK_OFF / 2 + (longest - _FIRST_BACK_OFF / 2) * share


def may_ask(state: CarrierState, budget: Budget, now: datetime) -> str:
    """Empty where the carrier may be asked now, else why not: `stopped` `waiting` `quiet` `hour_full` `day_full`."""
    if state.stopped:
        return "stopped"
    if is_waiting(state, now):
        return "waiting"
    if is_quiet(budget, now):
        return "quiet"
    if left_this_hour(state, budget, now) == 0:
        return "hour_full"
    return "day_full" if left_today(state, budget, now) == 0 else ""


def free_at(state: CarrierState, why: str, now: datetime) -> datetime | None:
    """When what `may_ask` said ends by itself, aware UTC; none where nobody can tell."""
    if why == "waiting":
        return state.retry_at
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    if why == "hour_full":
        return hour + _HOUR
    return hour.replace(hour=0) + _DAY if why == "day_full" else None


def is_waiting(state: CarrierState, now: datetime) -> bool:
    """Whether it is to be left alone still; a moment farther off than any wait is of a clock that was wrong once."""
    return state.retry_at is not None and now < state.retry_at <= now + _WEEK


def is_quiet(budget: Budget, now: datetime) -> bool:
    """Whether the carrier's quiet hours are now; they may pass midnight."""
    if not budget.quiet_zone:
        return False
    hour = now.astimezone(ZoneInfo(budget.quiet_zone)).hour
    if budget.quiet_from <= budget.quiet_until:
        return budget.quiet_from <= hour < budget.quiet_until
    return hour >= budget.quiet_from or hour < budget.quiet_until


def left_this_hour(state: CarrierState, budget: Budget, now: datetime) -> int | None:
    """Calls left in this hour; none for no limit."""
    if not budget.per_hour:
        return None
    return max(0, budget.per_hour - (state.hour_calls if state.hour == hour_of(now) else 0))


def left_today(state: CarrierState, budget: Budget, now: datetime) -> int | None:
    """Calls left in this day of UTC; none for no limit."""
    if not budget.per_day:
        return None
    return max(0, budget.per_day - (state.day_calls if state.day == day_of(now) else 0))


def hour_of(now: datetime) -> str:
    """The hour that a budget counts, UTC."""
    return f"{now:%Y-%m-%dT%H}"


def day_of(now: datetime) -> str:
    """The day that a budget counts, UTC."""
    return f"{now:%Y-%m-%d}"


def after_calls(state: CarrierState, calls: int, now: datetime) -> CarrierState:
    """The state with calls counted in."""
    hour, day = hour_of(now), day_of(now)
    return replace(
        state,
        asked_at=now,
        hour=hour,
        hour_calls=(state.hour_calls if state.hour == hour else 0) + calls,
        day=day,
        day_calls=(state.day_calls if state.day == day else 0) + calls,
    )


def after_answer(
    state: CarrierState,
    outcome: Outcome,
    reason: str,
    words: str,
    retry_at: datetime | None,
    now: datetime,
    share: float,
    keys_mark: str = "",
) -> CarrierState:
    """The state after what the carrier said of itself: back-off, a lasting stop, or all is well again.

    `keys_mark` stands for the keys that it was asked with, see `CarrierState.stopped_with`.
    """
    told = replace(state, outcome=outcome.value, reason=reason, words=words)
    if outcome in (Outcome.BAD_CREDENTIALS, Outcome.NO_ACCESS):
        failures = state.failures + 1
        return replace(told, stopped=outcome.value, stopped_with=keys_mark, answered_at=now, failures=failures)
    if outcome in (Outcome.RATE_LIMITED, Outcome.UNAVAILABLE):
        at = retry_at if retry_at is not None and retry_at > now else now + back_off(state.failures, share)
        at = min(at, now + _WEEK)  # a date by mistake must not end the asking
        return replace(told, failures=state.failures + 1, retry_at=at)
    return replace(told, failures=0, retry_at=None, stopped="", stopped_with="", answered_at=now)
