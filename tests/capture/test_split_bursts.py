"""A read whose first keys were let through before the rest is told whole again, or asked about."""

from collections.abc import Collection

import pytest

from mailroom.capture.keystrokes import KeyAction, KeyStep, KeystrokeGate
from mailroom.capture.split_bursts import Whole, whole_of
from mailroom.capture.wedge_teaching import WedgeSetup

NUMBER = "9405511899223197428490"
OTHER = "1Z999AA10123456784"
SHORT = "986578788855"


class Desk:
    """Drives a gate on a simulated clock, and puts its bursts together."""

    def __init__(self, good: Collection[str], setup: WedgeSetup | None = None) -> None:
        setup = setup or WedgeSetup()
        self.gate: KeystrokeGate[str] = KeystrokeGate(prefix=setup.prefix, suffix=setup.suffix)
        self.good, self.setup = good, setup
        self.now = 0.0
        self.shown = ""
        self.wholes: list[Whole] = []

    def _piece_of(self, text: str) -> str:
        return text if text in self.good else ""

    def _use(self, step: KeyStep[str], key: str = "") -> None:
        self.shown += "".join(step.replay) + key * (step.action is KeyAction.PASS)
        if step.payload is not None:
            self.wholes.append(whole_of(step.payload, step.lead, step.pause, self.setup, self._piece_of))
            if self.wholes[-1].strays:
                self.gate.forget_lead()

    def wait(self, milliseconds: float) -> None:
        until = self.now + milliseconds
        while (due := self.gate.wait(self.now)) is not None and self.now + due <= until:
            self.now += due
            self._use(self.gate.poll(self.now))
        self.now = until

    def send(self, text: str, gap: float = 1) -> None:
        for char in text:
            self._use(self.gate.feed(char, char, self.now), char)
            self.wait(gap)


def split(desk: Desk, text: str, after: int, stall: float) -> None:
    desk.send(text[:after])
    desk.wait(stall)
    desk.send(text[after:] + "\r")


@pytest.mark.parametrize("after", [1, 2, 3, 5])
@pytest.mark.parametrize("stall", [49, 90, 240, 900, 1300])
def test_a_read_that_was_held_up_is_whole(after: int, stall: float) -> None:
    desk = Desk({NUMBER})
    split(desk, NUMBER, after, stall)
    assert [one.texts for one in desk.wholes] == [(NUMBER,)]
    assert desk.wholes[0].strays == len(desk.shown)
    assert not desk.wholes[0].cut


def test_a_read_held_up_twice_is_whole() -> None:
    desk = Desk({NUMBER})
    desk.send(NUMBER[:1])
    desk.wait(120)
    split(desk, NUMBER[1:], 2, 200)
    assert desk.wholes == [Whole((NUMBER,), 3)]


def test_a_doubled_digit_that_was_held_up_and_looks_like_a_finger_s_is_the_scanners() -> None:
    # GIVEN a release and the next press of the same digit that came late, at the same time
    number = "5594055118992231974284"
    desk = Desk({number})
    desk.send(number[:1])
    desk.wait(110)
    desk._use(desk.gate.feed("5", "5", desk.now, auto_repeat=True), "5")
    desk.wait(130)
    desk.send(number[2:] + "\r")
    assert desk.wholes == [Whole((number,), 2)]


def test_a_read_held_up_behind_its_sixth_key_is_whole_at_last() -> None:
    desk = Desk({NUMBER})
    split(desk, NUMBER, 9, 300)
    assert desk.wholes == [Whole((NUMBER[:9],)), Whole((NUMBER,), 1)]
    assert desk.shown == ""


def test_a_read_torn_into_keys_and_two_bursts_is_whole_at_last_and_leads_to_nothing_more() -> None:
    desk = Desk({NUMBER, NUMBER + OTHER, OTHER})
    desk.send(NUMBER[:1])
    desk.wait(120)
    split(desk, NUMBER[1:], 12, 300)
    assert desk.wholes == [Whole((NUMBER[1:13],)), Whole((NUMBER,), 2)]
    desk.wait(100)
    desk.send(OTHER + "\r")
    assert desk.wholes[2:] == [Whole((OTHER,))]


def test_the_rest_of_a_read_that_is_another_number_by_itself_is_never_taken_for_it() -> None:
    desk = Desk({NUMBER, NUMBER[2:]})
    split(desk, NUMBER, 2, 200)
    assert desk.wholes == [Whole((NUMBER[2:], NUMBER), 2)]


def test_a_short_number_right_behind_keys_that_do_not_belong_to_it_is_asked_about() -> None:
    desk = Desk({SHORT})
    split(desk, f"7{SHORT}", 1, 200)
    assert desk.wholes == [Whole((SHORT,), cut=True)]


@pytest.mark.parametrize("number", [NUMBER, OTHER])
def test_no_end_of_another_code_is_a_long_number_or_one_with_letters(number: str) -> None:
    # GIVEN an amount that somebody types, and a scanner that reads as soon as it stands there
    desk = Desk({number})
    desk.send("12", 90)
    desk.send(number + "\r")
    # THEN nobody is asked
    assert desk.wholes == [Whole((number,))]
    assert desk.shown == "12"


@pytest.mark.parametrize(("typed", "pause"), [("7", 450), ("e", 90), ("7 ", 90), ("7\r", 90), ("7\x08", 90)])
def test_what_a_person_typed_before_a_read_is_no_part_of_it(typed: str, pause: float) -> None:
    desk = Desk({NUMBER})
    desk.send(typed, 90)
    desk.wait(pause - 90)
    desk.send(NUMBER + "\r")
    assert desk.wholes == [Whole((NUMBER,))]
    assert desk.shown == typed


def test_a_key_held_down_before_a_read_is_no_part_of_it() -> None:
    desk = Desk({NUMBER})
    desk.send("7", 250)
    for _ in range(5):
        desk.gate.feed("7", "7", desk.now, auto_repeat=True)
        desk.wait(30)
    desk.send(NUMBER + "\r")
    assert desk.wholes == [Whole((NUMBER,))]


@pytest.mark.parametrize("end", ["", "\r"])
def test_reads_of_two_scanners_stay_two(end: str) -> None:
    desk = Desk({NUMBER, OTHER, NUMBER + OTHER})
    for number in (NUMBER, OTHER, NUMBER):
        desk.send(number + end)
        desk.wait(200)
    assert desk.wholes == [Whole((NUMBER,)), Whole((OTHER,)), Whole((NUMBER,))]


def test_prefix_and_layout_are_put_right_for_the_whole() -> None:
    desk = Desk({OTHER}, WedgeSetup(prefix="~2", layout="de"))
    split(desk, "~2" + OTHER.replace("Z", "Y"), 3, 200)
    assert desk.wholes == [Whole((OTHER,), 3)]
