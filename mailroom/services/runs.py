"""Mail runs: opened, paused, counted, closed with a hand-over; what nobody has decided yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mailroom.domain.command import utc_text
from mailroom.domain.ids import new_id
from mailroom.domain.office import HandOver, MailRun, RunCounts, RunState, Signed
from mailroom.domain.operator import Operator
from mailroom.domain.register import ShipmentFilter, ShipmentRow
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.services.shipments import Shipments
from mailroom.store import lists, runs

LONGEST_NAME = 80  # characters
MOST_PAPER = 20_000_000  # bytes of a signed paper


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a hand-over; `signature` is a picture (PNG) or a scanned paper, empty for none."""

    carrier: str = ""
    driver: str = ""
    pieces: int | None = None  # none: as many as are on record
    signed: Signed = Signed.NOT
    signature: bytes = b""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Runs:
    """Use cases of mail runs."""

    desk: Desk

    def open(self, who: Operator, name: str = "", carrier: str = "") -> MailRun:
        """Open a run; without a name it is called after the office's date and time. Raises `name_taken`."""
        demand(who, "runs.open")
        cleaned = " ".join(name.split())[:LONGEST_NAME]
        run_id = new_id()
        payload = {"name": cleaned or self._name(), "carrier": carrier}
        self.desk.accept(who, "run_opened", run_id, payload)
        return self._get(run_id)

    def pause(self, who: Operator, run_id: str) -> MailRun:
        """Put a run aside. Raises `run_unknown`, `run_closed_before`."""
        demand(who, "runs.pause")
        self.desk.accept(who, "run_paused", run_id, {})
        return self._get(run_id)

    def resume(self, who: Operator, run_id: str) -> MailRun:
        """Take a paused run up again. Raises `run_unknown`, `run_closed_before`."""
        demand(who, "runs.resume")
        self.desk.accept(who, "run_resumed", run_id, {})
        return self._get(run_id)

    def close(
        self,
        who: Operator,
        run_id: str,
        given: Given | None = None,
        *,
        kept: Sequence[str] = (),
        next_name: str = "",
    ) -> RunCounts:
        """Close a run; what `given` says is noted as its hand-over, and `kept` pieces (ids) go into the next run.

        The next run is called `next_name`, else as this one. Raises `run_unknown`, `run_closed_before`.
        """
        demand(who, "runs.close")
        run = self._get(run_id)
        if run.state is RunState.CLOSED:
            raise MailroomError("run_closed_before")
        payload: dict[str, Any] = {}
        if kept:
            payload["kept"] = list(kept)
            payload["next_run"] = {"id": new_id(), "name": " ".join(next_name.split()) or run.name}
        if given is not None:
            left = {one.shipment.id for one in self.pieces(who, run_id)} - set(kept)
            payload["hand_over"] = self._hand_over(given, len(left))
        self.desk.accept(who, "run_closed", run_id, payload)
        return self.counts(who, run_id)

    def hand_over(self, who: Operator, run_id: str, given: Given) -> RunCounts:
        """Note a hand-over of a run afterwards, such as a signed paper that was scanned. Raises `run_unknown`."""
        demand(who, "runs.hand_over")
        self._get(run_id)
        payload = {"hand_over": self._hand_over(given, len(self.pieces(who, run_id)))}
        self.desk.accept(who, "run_handed_over", run_id, payload)
        return self.counts(who, run_id)

    def counts(self, who: Operator, run_id: str) -> RunCounts:
        """A run with its counts, hand-overs, and how many readings since its opening are still to decide."""
        demand(who, "runs.counts")
        with self.desk.store.read() as connection:
            run = runs.get_run(connection, run_id)
            if run is None:
                raise MailroomError("run_unknown", id=run_id)
            total, by_carrier, by_service, by_department = runs.counts(connection, run_id)
            handed = runs.hand_overs(connection, (run_id,)).get(run_id, ())
            asked = len(runs.still_asked(connection, run.opened_at)) if run.state is not RunState.CLOSED else 0
        return RunCounts(run, total, by_carrier, by_service, by_department, handed, asked)

    def list(self, who: Operator, limit: int = 50) -> tuple[RunCounts, ...]:
        """The newest runs with their counts, newest first; 0 for all."""
        demand(who, "runs.list")
        with self.desk.store.read() as connection:
            found = lists.runs(connection)
        return tuple(self.counts(who, one.id) for one in (found[:limit] if limit else found))

    def by_name(self, who: Operator, name: str) -> MailRun:
        """The run of this name that is open or paused, else the last one of it. Raises `run_not_found`."""
        demand(who, "runs.by_name")
        with self.desk.store.read() as connection:
            found = [one for one in lists.runs(connection) if one.name.casefold() == name.strip().casefold()]
        current = [one for one in found if one.state is not RunState.CLOSED]
        if not found:
            raise MailroomError("run_not_found", name=name)
        return (current or found)[0]

    def pieces(self, who: Operator, run_id: str) -> tuple[ShipmentRow, ...]:
        """All pieces of a run, newest first."""
        demand(who, "runs.pieces")
        return Shipments(self.desk).find(who, ShipmentFilter(run_id=run_id), limit=0).rows

    def signature(self, who: Operator, sha256: str) -> bytes:
        """The picture or paper that a hand-over was signed on. Raises `blob_missing`."""
        demand(who, "runs.signature")
        with self.desk.store.blobs.open(sha256) as stream:
            return stream.read()

    def put_aside(self, who: Operator, command_id: str) -> None:
        """A reading that was asked about is not decided: it is scanned again, or is no piece. Raises as `undo`."""
        demand(who, "runs.put_aside")
        self.desk.accept(who, "reading_dropped", command_id, {"command_id": command_id})

    def _hand_over(self, given: Given, on_record: int) -> dict[str, Any]:
        signed = given.signed if given.signature else Signed.NOT
        over = HandOver(
            new_id(),
            self.desk.clock(),
            on_record if given.pieces is None else given.pieces,
            given.carrier,
            " ".join(given.driver.split()),
            signed,
            self.desk.store.blobs.put(given.signature) if given.signature else "",
            given.note,
        )
        return hand_over_json(over)

    def _get(self, run_id: str) -> MailRun:
        with self.desk.store.read() as connection:
            run = runs.get_run(connection, run_id)
        if run is None:
            raise MailroomError("run_unknown", id=run_id)
        return run

    def _name(self) -> str:
        """`2026-11-23 14:05` in the office's zone, counted on where a run of that minute is there."""
        return free_name(f"{self.desk.clock().astimezone(self.desk.in_force.zone):%Y-%m-%d %H:%M}", self._taken())

    def _taken(self) -> set[str]:
        with self.desk.store.read() as connection:
            return {one.name for one in lists.runs(connection)}


def free_name(name: str, taken: "set[str]") -> str:
    """The name, or with the first number behind it that is not taken."""
    at = 1
    found = name
    while found in taken:
        at += 1
        found = f"{name} ({at})"
    return found


def hand_over_json(over: HandOver) -> dict[str, Any]:
    """A hand-over as a command carries it."""
    return {
        "id": over.id,
        "carrier": over.carrier,
        "driver": over.driver,
        "pieces": over.pieces,
        "handed_at": utc_text(over.handed_at),
        "signed": over.signed.value,
        "signature": over.signature,
        "note": over.note,
    }
