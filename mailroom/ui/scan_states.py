"""What the band says to each outcome: words, number, why, and the answers where it asks."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from mailroom.domain.bench_codes import BenchKind
from mailroom.domain.office import RunCounts
from mailroom.domain.recognition import Candidate, Check, Reason
from mailroom.domain.register import ShipmentRow, Undoable
from mailroom.services.intake import Intaken, Outcome
from mailroom.ui.scan_answers import Answer
from mailroom.ui.scan_band import BandState
from mailroom.ui.scan_words import first_text, town_of
from mailroom.wording import _, plural
from mailroom.wording.bench import bench_word
from mailroom.wording.carriers import carrier_and_service, carrier_name
from mailroom.wording.errors import printable
from mailroom.wording.numbers import grouped
from mailroom.wording.plain import one_line
from mailroom.wording.reasons import reason_text

AGAIN = "again"
OWN = "own"
CLOSE_ANYWAY = "close"
LEAVE_OPEN = "leave"
MOST_CHOICES = 5
_SHOWN_PAYLOAD = 120  # characters of a refused payload; the record has it whole


@dataclass(frozen=True, slots=True)
class Choice:
    """What an answer stands for."""

    candidate: Candidate | None  # none: record it without a carrier's number
    keep_bad_check: bool


def ready_state() -> BandState:
    """Nothing has been read yet."""
    return BandState(
        "ready",
        _("Ready"),
        _("Scan a label, drop a file, or type a number"),
        _("Scanner, files and keyboard are listened to"),
        sacred=False,
    )


def recorded_state(row: ShipmentRow, zone: tzinfo, warnings: tuple[Reason, ...] = ()) -> BandState:
    """On record: service, where it goes, department, when."""
    shipment = row.shipment
    to = town_of(shipment)
    parts = (
        carrier_and_service(shipment),
        _("to {place}").format(place=to) if to else "",
        one_line(row.department),
        f"{shipment.recorded_at.astimezone(zone):%H:%M:%S}",
        *(reason_text(one) for one in warnings),
    )
    why = " · ".join(part for part in parts if part)
    word = _("Kept as unverified") if shipment.check is Check.BAD else _("Recorded")
    return BandState("recorded", word, grouped(shipment.shown_number), why)


def repeated_state(answer: Intaken, zone: tzinfo) -> BandState:
    """It was on record already: when and by whom."""
    number = answer.row.shipment.shown_number if answer.row else ""
    why = ""
    if answer.first_recorded_at is not None:
        why = _("First recorded {when}").format(
            when=first_text(answer.first_recorded_at, answer.first_recorded_by, zone)
        )
    return BandState("repeated", _("Already recorded"), grouped(number), why)


def refused_state(answer: Intaken) -> BandState:
    """Not recorded: what it was instead and what to scan."""
    text = answer.recognition.readings[0].raw if answer.recognition.readings else ""
    why = reason_text(answer.reason)
    return BandState("refused", _("Not recorded"), printable(text[:_SHOWN_PAYLOAD]), why, sacred=False)


def failed_state(number: str, why: str, word: str = "") -> BandState:
    """Not recorded for trouble of our own: disk, database, file; or what a command could not do."""
    return BandState("refused", word or _("Not recorded"), printable(number[:_SHOWN_PAYLOAD]), why, sacred=False)


def ask_state(answer: Intaken) -> tuple[BandState, dict[str, Choice]]:
    """A question with its answers, and what each of them stands for."""
    choices = _choices(answer)
    first = choices[0] if choices else None
    why = _("{reason}. Not recorded.").format(reason=reason_text(answer.reason))
    again = Answer(AGAIN, _("Scan again"), "Esc", primary=True)
    number = grouped(first.tracking_number) if first else ""
    if first is not None and len(choices) == 1:
        bad = first.check is Check.BAD
        keep = Answer(
            "keep",
            _("Keep as unverified") if bad else _("Keep as {carrier}").format(carrier=carrier_name(first.carrier)),
            "K",
        )
        state = BandState(
            "ask",
            _("Check digit wrong") if bad else _("Check it"),
            number,
            why,
            len(number) - 1 if bad else -1,
            (again, keep),
        )
        return state, {"keep": Choice(first, bad)}
    if first is None and answer.recognition.indicium is not None:
        own = Answer(OWN, _("Record without a number"), "N")
        return BandState("ask", _("No tracking number"), "", why, answers=(again, own)), {OWN: Choice(None, False)}
    numbers = {one.tracking_number for one in choices}
    answers = [Answer(str(at), _label(one, whole=len(numbers) > 1), str(at)) for at, one in enumerate(choices, 1)]
    word = _("Which carrier?") if len(numbers) == 1 else _("Which number?")
    shown = number if len(numbers) == 1 else ""
    meant = {str(at): Choice(one, one.check is Check.BAD) for at, one in enumerate(choices, 1)}
    return BandState("ask", word, shown, why, answers=(again, *answers)), meant


def undone_state(act: Undoable, zone: tzinfo) -> BandState:
    """An act was taken back."""
    made = f"{act.made_at.astimezone(zone):%H:%M:%S}"
    why = {
        "piece_recorded": _("It was recorded at {time}; the record keeps both"),
        "shipment_edited": _("The change of {time} was taken back"),
    }.get(act.kind, _("What was added at {time} was taken back")).format(time=made)
    return BandState("command", _("Taken back"), grouped(act.tracking_number), why)


def run_closed_state(name: str, count: int, now: datetime) -> BandState:
    """A mail run was closed."""
    why = _("{count} pieces, closed at {time}").format(count=count, time=f"{now:%H:%M}")
    return BandState("command", _("Run closed"), name, why, sacred=False, icon="archive")


_ICONS = {
    BenchKind.NEW_RUN: "plus",
    BenchKind.DEPARTMENT: "building",
    BenchKind.SERVICE: "truck",
    BenchKind.METER: "receipt",
    BenchKind.REPEAT: "repeat",
    BenchKind.BADGE: "user",
}


def command_state(kind: BenchKind, name: str, why: str) -> BandState:
    """A command was carried out."""
    return BandState("command", bench_word(kind), name, why, sacred=False, icon=_ICONS.get(kind, "check"))


def closing_state(counts: RunCounts) -> BandState:
    """A run is to be closed while readings are still to decide."""
    asked = plural("{n} reading is still to decide", "{n} readings are still to decide", counts.asked)
    why = _("{readings}. Read “Close run” again to close it all the same.").format(readings=asked)
    answers = (Answer(LEAVE_OPEN, _("Leave it open"), "Esc", primary=True), Answer(CLOSE_ANYWAY, _("Close it"), "C"))
    return BandState("ask", _("Close the run?"), counts.run.name, why, answers=answers, sacred=False)


def state_of(answer: Intaken, zone: tzinfo) -> tuple[BandState, dict[str, Choice]]:
    """The band's state for an outcome, and the meaning of its answers."""
    if answer.outcome is Outcome.ASKED:
        return ask_state(answer)
    if answer.outcome is Outcome.REFUSED or answer.row is None:
        return refused_state(answer), {}
    if answer.outcome is Outcome.REPEATED:
        return repeated_state(answer, zone), {}
    return recorded_state(answer.row, zone, answer.warnings), {}


SOUNDS = {"recorded": "recorded", "repeated": "command", "ask": "ask", "refused": "refused", "command": "command"}


def _choices(answer: Intaken) -> list[Candidate]:
    """One candidate a piece: two carriers of one piece count as one."""
    seen: set[str] = set()
    found = []
    for one in answer.decision.choices or answer.recognition.candidates:
        if one.piece not in seen:
            seen.add(one.piece)
            found.append(one)
    return found[:MOST_CHOICES]


def _label(candidate: Candidate, *, whole: bool) -> str:
    name = " ".join(part for part in (carrier_name(candidate.carrier), candidate.service) if part)
    number = grouped(candidate.tracking_number) if whole else ""
    unsure = _("check digit wrong") if candidate.check is Check.BAD else ""
    return " · ".join(part for part in (name, number, unsure) if part)
