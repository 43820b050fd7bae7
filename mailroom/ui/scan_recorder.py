"""Puts readings on record in the writer: gathers a label's codes, remembers what to answer, keeps the order."""

import dataclasses
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from mailroom.capture.burst import BurstStep, Gathered, LabelBurst
from mailroom.domain.ids import new_id
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.recognition import Candidate, Reason, Verdict
from mailroom.domain.shipment import PieceFields
from mailroom.recognition.bench import bench_codes
from mailroom.services.intake import Intaken
from mailroom.services.office import Office
from mailroom.ui.runners import Runners


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a label: its readings, the fields that went with it, the answer, or the error."""

    readings: tuple[Reading, ...]
    fields: PieceFields
    answer: Intaken | None = None
    error: BaseException | None = None
    command_id: str = ""
    candidate: Candidate | None = None
    keep_bad_check: bool = False
    without_number: bool = False  # it gets one of this desk's own


class _Place:
    """Where the shipment's id will stand once the writer has it."""

    shipment_id = ""


class Recorder(QObject):
    """`taken` follows each label, after its commit; `added` when further codes of a label were put on record."""

    taken = Signal(object)  # Taken
    added = Signal(str)  # id of the shipment
    doubted = Signal(str, object)  # id of the shipment, tuple of Reason: what further codes contradict
    commanded = Signal(object, object, bool)  # tuple of BenchCode, ReadingSource, whether nothing else was in view
    taking = Signal()  # a label is about to be recorded: what is typed now goes with it

    def __init__(
        self, office: Office, runners: Runners, fields: Callable[[], PieceFields], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fields = fields
        self._office = office
        self._runners = runners
        self._burst = LabelBurst()
        self._places: dict[str, _Place] = {}  # number of a label just recorded -> its shipment

    def hear(self, payload: str, *, cut: bool = False) -> None:
        """A wedge scanner's payload: one code of a label, gathered with those around it; `cut` as of a reading."""
        self.take_code(Reading(payload, ReadingSource.WEDGE, datetime.now(UTC), cut=cut))

    def piece_of(self, payload: str) -> str:
        """The piece that a wedge scanner's payload would be recorded as; empty where that is not sure."""
        reading = Reading(payload, ReadingSource.WEDGE, datetime.now(UTC))
        if bench_codes((reading,)):
            return payload
        return self._number((reading,))[0]

    def take_code(self, reading: Reading) -> None:
        """One code of one label from a device that gives them one by one."""
        if not self._without_commands((reading,)):
            return
        step = self._step(reading)
        if step.outcome is Gathered.RECORD:
            self._begin(step.readings, step.number)
        elif step.outcome is Gathered.ADD:
            self._add_codes(step.readings, step.number)
        elif step.outcome is Gathered.JUDGE:
            self._begin(step.readings)

    def take_frame(self, readings: Sequence[Reading]) -> None:
        """The new codes of one picture of a camera: one label, or more codes of the label before.

        Two tracking numbers in one picture are one label with two numbers: that asks.
        """
        readings = self._without_commands(readings)
        steps = [self._step(one) for one in sorted(readings, key=self._names_a_number)]
        begun = [step for step in steps if step.outcome is Gathered.RECORD]
        if begun:
            others = tuple(one for one in readings if one not in begun[0].readings)
            self._begin((*begun[0].readings, *others), begun[0].number if len(begun) == 1 else "")
        elif any(step.outcome is Gathered.JUDGE for step in steps):
            self._begin(tuple(readings))
        for step in () if begun else steps:
            if step.outcome is Gathered.ADD:
                self._add_codes(step.readings, step.number)

    def _names_a_number(self, reading: Reading) -> bool:
        return bool(self._office.intake.recognise(self._office.operator, (reading,)).candidates)

    def _step(self, reading: Reading) -> BurstStep:
        number, doubtful = self._number((reading,))
        return self._burst.add(reading, time.monotonic(), number=number, doubtful=doubtful)

    def _number(self, readings: tuple[Reading, ...]) -> tuple[str, bool]:
        """The piece that is recorded for these unasked, or whether there is a number to ask about."""
        who, intake = self._office.operator, self._office.intake
        decision = intake.decide(who, intake.recognise(who, readings), self._fields())
        sure = decision.verdict is Verdict.RECORD and decision.candidate is not None
        number = decision.candidate.piece if sure and decision.candidate else ""
        # An imprint alone is asked about too, but it names no number: it may belong to the label at hand.
        return number, decision.verdict is Verdict.ASK and decision.candidate is not None

    def take_label(self, readings: Sequence[Reading]) -> None:
        """All codes of one label at once: a typed number, a picture, a page."""
        left = self._without_commands(readings)
        if left:
            self._begin(left)

    def take_without_number(self, asked: Taken | None = None) -> None:
        """Record a piece that has no carrier's number, or a label asked about with the fields that went with it."""
        if asked is None:
            self.taking.emit()
            asked = Taken((), self._fields())
        self._write(dataclasses.replace(asked, answer=None, command_id=new_id(), without_number=True), _Place())

    def answer(self, asked: Taken, candidate: Candidate, *, keep_bad_check: bool) -> None:
        """Record a label that was asked about, as the clerk said, with the fields that went with it."""
        self._record(asked.readings, asked.fields, candidate=candidate, keep_bad_check=keep_bad_check)

    def again(self, failed: Taken) -> None:
        """Try a label that failed once more; had it been recorded after all, nothing is recorded twice."""
        self._write(dataclasses.replace(failed, error=None), _Place())

    def forget(self) -> None:
        """The next reading begins a label of its own, as after an undo."""
        self._burst.forget()
        self._places.clear()

    # within

    def _without_commands(self, readings: Sequence[Reading]) -> tuple[Reading, ...]:
        """What is left of a view when its command bar codes are handed over: the one place for all devices."""
        codes = bench_codes(readings)
        if not codes:
            return tuple(readings)
        left = tuple(one for one in readings if not bench_codes((one,)))
        self.commanded.emit(codes, readings[0].source, not left)
        return left

    def _begin(self, readings: tuple[Reading, ...], number: str = "") -> None:
        self.taking.emit()
        self._record(readings, self._fields(), number)

    def _record(
        self,
        readings: tuple[Reading, ...],
        fields: PieceFields,
        number: str = "",
        *,
        candidate: Candidate | None = None,
        keep_bad_check: bool = False,
    ) -> None:
        place = _Place()
        if number:
            self._places = {number: place}
        self._write(Taken(readings, fields, None, None, new_id(), candidate, keep_bad_check), place)

    def _write(self, asked: Taken, place: _Place) -> None:
        intake = self._office.intake

        def act() -> Taken:
            who = self._office.operator  # here: a badge that was read before this label counts
            try:
                if asked.without_number:
                    answer = intake.record_without_number(
                        who, asked.readings, asked.fields, command_id=asked.command_id
                    )
                else:
                    answer = intake.record(
                        who,
                        asked.readings,
                        asked.fields,
                        candidate=asked.candidate,
                        keep_bad_check=asked.keep_bad_check,
                        command_id=asked.command_id,
                    )
            except BaseException as error:  # told together with the label that it hit
                return dataclasses.replace(asked, error=error)
            if answer.row is not None:
                place.shipment_id = answer.row.shipment.id
            return dataclasses.replace(asked, answer=answer)

        self._runners.run("writer", act, self._on_taken)

    def _add_codes(self, readings: tuple[Reading, ...], number: str) -> None:
        place = self._places.get(number)
        if place is None:
            return
        intake = self._office.intake

        def act() -> tuple[str, tuple[Reason, ...]]:
            warnings = intake.add_codes(self._office.operator, place.shipment_id, readings) if place.shipment_id else ()
            return place.shipment_id, warnings

        self._runners.run("writer", act, self._on_added)

    def _on_taken(self, taken: Taken) -> None:
        self.taken.emit(taken)

    def _on_added(self, answer: tuple[str, tuple[Reason, ...]]) -> None:
        shipment_id, warnings = answer
        if shipment_id:
            self.added.emit(shipment_id)
        if warnings:
            self.doubted.emit(shipment_id, warnings)
