"""The codes of one label, read one after the other: which begins a label, which belongs to it, which is a repeat."""

from dataclasses import dataclass, field
from enum import StrEnum

from mailroom.domain.reading import Reading

WINDOW = 1.5  # seconds


class Gathered(StrEnum):
    """What a reading is to the label at hand."""

    RECORD = "record"  # a tracking number: a label begins, put it on record now
    ADD = "add"  # another code of the label that was just recorded
    REPEAT = "repeat"  # read a moment ago: drop it
    JUDGE = "judge"  # no tracking number and no label at hand: ask or refuse now


@dataclass(frozen=True, slots=True)
class BurstStep:
    """The answer to one reading. `readings` of RECORD are this one first, then the codes that came just before it."""

    outcome: Gathered
    readings: tuple[Reading, ...] = ()
    number: str = ""  # of the label that the reading belongs to


@dataclass(slots=True)
class _Label:
    number: str
    recorded: float


@dataclass(slots=True)
class LabelBurst:
    """Gathers for one device. It never waits: every reading is answered at once. `now` is seconds, monotonic.

    The caller recognises first. `number` names the piece of a good candidate (`Candidate.piece`), so that two codes
    for one number are one label; empty for anything else. `doubtful`: it looks like a tracking number and has to be
    asked about (bad check digit, several carriers), so it is never quietly added to another's label.
    """

    window: float = WINDOW
    _seen: dict[str, float] = field(default_factory=dict)  # payload -> last sighting
    _numbers: dict[str, float] = field(default_factory=dict)  # number -> last sighting
    _loose: list[tuple[float, Reading]] = field(default_factory=list)
    _label: _Label | None = None

    def add(self, reading: Reading, now: float, *, number: str = "", doubtful: bool = False) -> BurstStep:
        """One reading; a label that stays in view is seen again and again and is still one reading."""
        self._forget(now)
        again = reading.raw in self._seen
        self._seen[reading.raw] = now
        if number:
            return self._tracking(reading, number, now, again)
        if again:
            return BurstStep(Gathered.REPEAT, (), self._label.number if self._label else "")
        if doubtful:
            return BurstStep(Gathered.JUDGE, (reading,))
        if self._label is not None and now - self._label.recorded <= self.window:
            return BurstStep(Gathered.ADD, (reading,), self._label.number)
        self._loose.append((now, reading))
        return BurstStep(Gathered.JUDGE, (reading,))

    def _tracking(self, reading: Reading, number: str, now: float, again: bool) -> BurstStep:
        known = number in self._numbers
        self._numbers[number] = now
        if known:
            return BurstStep(Gathered.REPEAT if again else Gathered.ADD, () if again else (reading,), number)
        before = tuple(one for _, one in self._loose)
        self._loose.clear()
        self._label = _Label(number, now)
        return BurstStep(Gathered.RECORD, (reading, *before), number)

    def forget(self) -> None:
        """Start afresh: the same label counts as new, as after an undo."""
        self._seen.clear()
        self._numbers.clear()
        self._loose.clear()
        self._label = None

    def _forget(self, now: float) -> None:
        for sightings in (self._seen, self._numbers):
            for gone in [key for key, seen in sightings.items() if now - seen > self.window]:
                del sightings[gone]
        self._loose = [(seen, one) for seen, one in self._loose if now - seen <= self.window]
