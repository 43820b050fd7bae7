"""Asking carriers: pieces by their interface, each answer put on record, the timetable kept."""

import gzip
import hashlib
import random
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mailroom.carriers import all_interfaces
from mailroom.carriers._interface import Interface
from mailroom.domain.operator import Operator
from mailroom.domain.polling import CarrierState, PieceAsked, after_answer, after_calls, free_at, may_ask, next_ask
from mailroom.domain.status import FINAL, Status
from mailroom.domain.tracking import Outcome, TrackAnswer
from mailroom.errors import MailroomError
from mailroom.recognition.statuses import MAPPING_VERSION
from mailroom.services.answered import answer_events, attach_proof, replaced_heads
from mailroom.services.desk import Desk
from mailroom.services.interfaces import (
    InterfaceSettings,
    budget_of,
    has_keys,
    keys_changed,
    keys_of,
    mark_of,
    settings_in_force,
    variable_of,
)
from mailroom.services.writing import Write
from mailroom.store import polling as timetable

if TYPE_CHECKING:
    from mailroom.net.carriers import Reply, Transport

_CLAIMED = timedelta(minutes=10)  # for so long nobody else asks about a piece that is being asked about
_ASKED_SINCE = timedelta(days=120)  # older pieces that were never asked about are left alone
_WHOLE = (Outcome.BAD_CREDENTIALS, Outcome.RATE_LIMITED, Outcome.UNAVAILABLE)
_share: Callable[[], float] = random.SystemRandom().random

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one piece that was asked about. `added`: events that were new; `unplaced`: without a time."""

    shipment_id: str
    number: str
    interface: str  # empty where none could be asked
    outcome: Outcome
    status: Status = Status.UNKNOWN
    added: int = 0
    unplaced: int = 0
    proofs: int = 0
    others: int = 0
    reason: str = ""
    words: str = ""
    retry_at: datetime | None = None  # aware UTC
    link: str = ""  # the carrier's public page


@dataclass(slots=True)
class Lines:
    """The open transports, one an interface, and the settings and keys that they were made with."""

    open: dict[str, tuple[object, "Transport"]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    stopped: bool = False

    def stop(self) -> None:
        """End calls that are under way; nothing is asked any more."""
        self.stopped = True
        for _made_with, transport in tuple(self.open.values()):
            transport.stop()

    def begin(self) -> None:
        """Ask again after a stop."""
        if self.stopped:
            self.close()
            self.stopped = False

    def close(self) -> None:
        """Give all connections back."""
        while self.open:
            _id, (_made_with, transport) = self.open.popitem()
            transport.close()


@dataclass(frozen=True, slots=True)
class Poller:
    """Asks carriers for one desk. One round at a time."""

    desk: Desk
    lines: Lines

    def usable(self) -> tuple[tuple[Interface, InterfaceSettings], ...]:
        """The interfaces that this office switched on and has keys for, in the order in which they are asked."""
        settings = settings_in_force(self.desk)
        return tuple(
            (one, settings[one.id])
            for one in all_interfaces()
            if settings[one.id].enabled and has_keys(one, keys_of(self.desk, one))
        )

    def ask(self, who: Operator, ids: Sequence[str], write: Write) -> tuple[Asked, ...]:
        """Ask about pieces a person named, in the order given, before their time."""
        with self.lines.lock:
            left = dict.fromkeys(ids)
            found: dict[str, Asked] = {}
            for interface, settings in self.usable():
                if not left:
                    break
                self._begin_anew(interface, write)
                with self.desk.store.read() as connection:
                    pieces = timetable.askable(connection, interface.id, tuple(left))
                mine = [one for one in pieces if one.number and _serves(interface, one.carrier) and not one.lasting]
                for one in self._round(who, interface, settings, mine, write, early=True):
                    found[one.shipment_id] = one
                    if one.outcome is not Outcome.NO_ACCESS:
                        left.pop(one.shipment_id, None)
            return tuple(found.get(one) or self._nobody(one) for one in ids)

    def ask_due(self, who: Operator, write: Write, limit: int, cancelled: Cancelled) -> tuple[Asked, ...]:
        """Ask about what is due at each interface that may be asked now, at most `limit` pieces each."""
        found: list[Asked] = []
        with self.lines.lock:
            for interface, settings in self.usable():
                if cancelled() or self.lines.stopped:
                    break
                self._begin_anew(interface, write)
                now = self.desk.clock()
                state, budget = self._state(interface), budget_of(interface, settings)
                if may_ask(state, budget, now):
                    continue
                serves = sorted(interface.serves) or [one.id for one in self.desk.carriers]
                with self.desk.store.read() as connection:
                    due = timetable.due(connection, interface.id, serves, now, limit, now - _ASKED_SINCE)
                if interface.order:
                    due = self._left_over(interface, due)
                found += self._round(who, interface, settings, due, write, cancelled=cancelled)
        return tuple(found)

    # within

    def _left_over(self, interface: Interface, due: Sequence[timetable.Askable]) -> tuple[timetable.Askable, ...]:
        """For an interface that stands behind others: what those may not tell, or do not serve."""
        ahead = [one for one, _settings in self.usable() if one.order < interface.order]
        with self.desk.store.read() as connection:
            refused = timetable.refused_by(connection, [one.shipment_id for one in due])
        return tuple(
            piece
            for piece in due
            if not any(
                _serves(one, piece.carrier) and one.id not in refused.get(piece.shipment_id, frozenset())
                for one in ahead
            )
        )

    def _state(self, interface: Interface) -> CarrierState:
        with self.desk.store.read() as connection:
            return timetable.states(connection).get(interface.id, CarrierState(interface.id))

    def _begin_anew(self, interface: Interface, write: Write) -> None:
        """End a stop where the keys are others than those that were refused, wherever they were changed."""
        state = self._state(interface)
        if state.stopped and keys_changed(state.stopped_with, keys_of(self.desk, interface)):
            write(lambda: timetable.forget(self.desk.store, interface.id, refused_too=True))

    def _round(
        self,
        who: Operator,
        interface: Interface,
        settings: InterfaceSettings,
        pieces: Sequence[timetable.Askable],
        write: Write,
        *,
        early: bool = False,
        cancelled: Cancelled = lambda: False,
    ) -> list[Asked]:
        """Ask one interface about pieces, call by call, as long as it may be asked."""
        found: list[Asked] = []
        if not pieces:
            return found
        budget = budget_of(interface, settings)
        size = interface.batch_size if settings.batch and interface.batch_size else interface.numbers_a_call
        for start in range(0, len(pieces), size):
            some = pieces[start : start + size]
            state, now = self._state(interface), self.desk.clock()
            why = may_ask(state, budget, now)
            if why and not (early and why == "quiet"):
                found += [self._not_asked(one, interface, why, state) for one in some]
                continue
            if cancelled() or self.lines.stopped:
                break
            if not early:
                free = set(
                    write(
                        lambda some=some, now=now: timetable.claim(  # type: ignore[misc]
                            self.desk.store, interface.id, [one.shipment_id for one in some], now, now + _CLAIMED
                        )
                    )
                )
                some = [one for one in some if one.shipment_id in free]
            if some:
                found += self._call(who, interface, settings, some, write)
        return found

    def _call(
        self,
        who: Operator,
        interface: Interface,
        settings: InterfaceSettings,
        pieces: Sequence[timetable.Askable],
        write: Write,
    ) -> list[Asked]:
        """One call: its replies on record, the timetable and the carrier's state after it."""
        transport = self.transport(interface, settings)
        replies = transport.ask([one.number for one in pieces])
        now = self.desk.clock()
        stopped = any(one.answer.reason == "stopped" for one in replies)
        whole = next((one for one in replies if one.whole), None)
        told = whole or next((one for one in replies if one.answer.outcome is Outcome.FOUND), replies[0])
        outcome = told.answer.outcome if whole or told.answer.outcome not in _WHOLE else Outcome.FOUND
        if told.answer.outcome is Outcome.NO_ACCESS and not whole:
            outcome = Outcome.FOUND  # of this number alone
        refused = outcome in (Outcome.BAD_CREDENTIALS, Outcome.NO_ACCESS)
        state = after_answer(
            *(self._state(interface), outcome, told.answer.reason, told.answer.words, told.answer.retry_at),
            *(now, _share(), mark_of(keys_of(self.desk, interface)) if refused else ""),
        )
        found, rows = [], []
        for piece, reply in zip(pieces, replies, strict=True):
            asked = self._take(who, interface, piece, reply, transport, write)
            found.append(replace(asked, retry_at=state.retry_at if reply.whole else None))
            row = _after(piece, interface, reply.answer, asked, now, self._status(piece))
            at = next_ask(row, budget_of(interface, settings))
            if reply.whole:  # nothing was learnt about the piece: it is next when the carrier is
                at = state.retry_at or now
            rows.append((row, at))
        state = after_calls(state, transport.take_calls(), now)  # the calls for proof are among them
        if not stopped:
            write(lambda: timetable.keep(self.desk.store, state, rows))
        return found

    def transport(
        self, interface: Interface, settings: InterfaceSettings, typed: Mapping[str, str] | None = None
    ) -> "Transport":
        """The open way to an interface; made anew where settings or keys changed, keys that were `typed` go before.

        Raises `carrier_keys_missing`.
        """
        from mailroom.net.carriers import Line, Transport

        keys = keys_of(self.desk, interface) | dict(typed or {})
        if not has_keys(interface, keys):
            missing = [variable_of(interface, one) for one in interface.key_names if one not in interface.optional_keys]
            raise MailroomError("carrier_keys_missing", carrier=interface.name, variables=", ".join(missing))
        if settings.batch:
            keys = keys | {"batch": "yes"}
        made_with = (settings, tuple(sorted(keys.items())))
        before = self.lines.open.get(interface.id)
        if before is not None and before[0] == made_with:
            return before[1]
        if before is not None:
            before[1].close()
        line = Line(settings.address, float(settings.timeout), settings.proxy, settings.gap_ms / 1000)
        made = Transport(interface, line, keys, self.desk.clock)
        self.lines.open[interface.id] = (made_with, made)
        return made

    def _take(
        self,
        who: Operator,
        interface: Interface,
        piece: timetable.Askable,
        reply: "Reply",
        transport: "Transport",
        write: Write,
    ) -> Asked:
        """Put what is new in a reply on record; the body is kept before the command that names it."""
        answer = reply.answer
        asked = Asked(
            piece.shipment_id,
            piece.number,
            interface.id,
            answer.outcome,
            answer.status,
            unplaced=sum(1 for one in answer.events if one.happened is None),
            others=answer.others,
            reason=answer.reason,
            words=answer.words,
            link=self._link(piece),
        )
        if answer.outcome is not Outcome.FOUND:
            return asked
        now = self.desk.clock()
        with self.desk.store.read() as connection:
            told = timetable.told_events(connection, piece.shipment_id)
            promised_on = timetable.promised_by_carrier(connection, piece.shipment_id)
        events = answer_events(self.desk, who, piece.shipment_id, interface, answer, now, told, promised_on)
        added = 0
        if events:
            payload: dict[str, Any] = {"events": events, "answer": self._named(interface, reply, now)}
            if replaced := replaced_heads(events, told):
                payload["replaced"] = replaced
            accepted = write(lambda: self.desk.accept(who, "carrier_answered", piece.shipment_id, payload, made_at=now))
            added = int(accepted.result["added"])
        proofs = 0
        if answer.status is Status.DELIVERED and (answer.proofs or answer.proof_on_request):
            proofs = attach_proof(self.desk, who, piece.shipment_id, interface, answer, transport, write)
        return replace(asked, added=added, proofs=proofs)

    def _status(self, piece: timetable.Askable) -> Status:
        """Where the piece stands on record: what a carrier said without a time, or of old, is not in it."""
        with self.desk.store.read() as connection:
            return timetable.status_on_record(connection, piece.shipment_id)

    def _named(self, interface: Interface, reply: "Reply", now: datetime) -> dict[str, str | int]:
        """What a command says of the answer that its events were read from."""
        packed = gzip.compress(reply.body, mtime=0)
        return {
            "interface": interface.id,
            "http_status": reply.http_status,
            "body_gzip_sha256": self.desk.store.blobs.put(packed),
            "body_sha256": hashlib.sha256(reply.body).hexdigest(),
            "body_size": len(reply.body),
            "mapping": MAPPING_VERSION,
            "asked_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        }

    def _not_asked(self, piece: timetable.Askable, interface: Interface, why: str, state: CarrierState) -> Asked:
        outcome = Outcome(state.stopped) if why == "stopped" else Outcome.RATE_LIMITED
        reason = state.reason if why == "stopped" and state.reason else why
        return Asked(
            *(piece.shipment_id, piece.number, interface.id, outcome),
            reason=reason,
            retry_at=free_at(state, why, self.desk.clock()),
            link=self._link(piece),
        )

    def _nobody(self, shipment_id: str) -> Asked:
        """A piece that no interface of this office can be asked about; one that was refused stays refused."""
        with self.desk.store.read() as connection:
            before = timetable.asked_of(connection, shipment_id)
            found = timetable.askable(connection, "", (shipment_id,))
        piece = found[0] if found else None
        number, link = (piece.number, self._link(piece)) if piece else ("", "")
        refused = next((one for one in before if one.outcome is Outcome.NO_ACCESS), None)
        if refused is not None:
            return Asked(
                shipment_id,
                number,
                refused.interface,
                Outcome.NO_ACCESS,
                words=refused.words,
                link=link,
                reason="lasting",
            )
        return Asked(shipment_id, number, "", Outcome.NO_ACCESS, reason="no_interface", link=link)

    def _link(self, piece: timetable.Askable) -> str:
        return next((one.tracking_link(piece.number) for one in self.desk.carriers if one.id == piece.carrier), "")


def _serves(interface: Interface, carrier: str) -> bool:
    return not interface.serves or carrier in interface.serves


def _after(
    piece: timetable.Askable, interface: Interface, answer: TrackAnswer, asked: Asked, now: datetime, status: Status
) -> PieceAsked:
    """What is known of the piece after an answer; `status` is that on record, which alone can end the asking."""
    final = answer.outcome is Outcome.FOUND and status in FINAL
    changed = asked.added > 0 or piece.changed_at is None
    return PieceAsked(
        piece.shipment_id,
        interface.id,
        now,
        answer.outcome,
        piece.recorded_at,
        now if changed or piece.changed_at is None else piece.changed_at,
        status,
        piece.final_looks + 1 if final and piece.asked_at is not None else 0,
        answer.reason,
        answer.words,
    )
