"""A wedge's burst becomes one payload; a person's keys come back in order, and soon."""

import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.capture.keystrokes import (
    FIRST_MS,
    HELD_UP_MS,
    IDLE_MS,
    SUFFIX_MS,
    KeyAction,
    KeyStep,
    KeystrokeGate,
    key_char,
)

NUMBER = "9400117947734440521950"


class Desk:
    """Drives a gate as a window would, on a simulated clock; `field` is what the focused field would show."""

    def __init__(self, **options: object) -> None:
        self.gate: KeystrokeGate[str] = KeystrokeGate(**options)  # type: ignore[arg-type]
        self.now = 0.0
        self.field: list[tuple[str, float]] = []
        self.payloads: list[str] = []
        self.too_long = 0

    def _use(self, step: KeyStep[str], key: str | None = None) -> None:
        if step.payload is not None:
            self.payloads.append(step.payload)
        self.too_long += step.too_long
        self.field += [(one, self.now) for one in step.replay]
        if key is not None and step.action is KeyAction.PASS:
            self.field.append((key, self.now))

    def wait(self, milliseconds: float) -> None:
        """Let time pass; the timer fires when it is due."""
        until = self.now + milliseconds
        while (due := self.gate.wait(self.now)) is not None and self.now + due <= until:
            self.now += due
            self._use(self.gate.poll(self.now))
        self.now = until

    def press(self, char: str, *, name: str = "", auto_repeat: bool = False) -> None:
        self._use(self.gate.feed(name or char, char, self.now, auto_repeat=auto_repeat), name or char)

    def send(self, text: Iterable[str], gap: float) -> None:
        for char in text:
            self.press(char)
            self.wait(gap)

    @property
    def shown(self) -> str:
        return "".join(key for key, _ in self.field)


def test_a_burst_with_enter_is_complete_at_the_enter_and_touches_no_field() -> None:
    desk = Desk()
    desk.send(NUMBER, 3)
    assert desk.gate.in_burst
    assert desk.payloads == []
    desk.press("\r")
    assert (desk.payloads, desk.shown) == ([NUMBER], "")
    assert not desk.gate.in_burst


def test_tab_ends_a_burst_too_and_an_idle_gap_where_there_is_no_suffix() -> None:
    desk = Desk()
    desk.send(NUMBER + "\t", 5)
    desk.send(NUMBER, 5)
    assert desk.payloads == [NUMBER]
    desk.wait(SUFFIX_MS)
    assert (desk.payloads, desk.shown) == ([NUMBER, NUMBER], "")
    # once it is known to send no suffix, less is waited for
    desk.send(NUMBER, 5)
    desk.wait(IDLE_MS)
    assert (desk.payloads, desk.shown) == ([NUMBER] * 3, "")


@pytest.mark.parametrize(
    "held_up", [{1: 45}, {2: 110}, {3: 140}, {4: 120}, {5: 140, 15: 100}, {9: 90, 13: 120, 20: 145}]
)
def test_keys_that_a_busy_computer_held_up_belong_to_their_burst(held_up: dict[int, float]) -> None:
    desk = Desk()
    for at, char in enumerate(NUMBER + "\r"):
        desk.wait(held_up.get(at, 1))
        desk.press(char)
    assert (desk.payloads, desk.shown) == ([NUMBER], "")


def test_a_typist_whose_keys_were_held_up_is_no_scanner() -> None:
    desk = Desk()
    for at, char in enumerate("9405511899 Lakeshore Title"):
        desk.wait((2, 78)[at % 2])  # two by two, at 25 a second
        desk.press(char)
    desk.press("\r")
    assert (desk.payloads, desk.shown) == ([], "9405511899 Lakeshore Title\r")


def test_a_scanner_that_sends_its_suffix_is_waited_for_longer() -> None:
    desk = Desk()
    desk.send(NUMBER + "\r", 1)
    for at, char in enumerate(NUMBER + "\r"):
        desk.wait({12: 380, 22: 300}.get(at, 1))
        desk.press(char)
    assert (desk.payloads, desk.shown) == ([NUMBER, NUMBER], "")


@pytest.mark.parametrize("after", [20, 80, 400])
def test_two_keys_that_a_person_presses_at_once_are_shown_before_what_follows(after: float) -> None:
    desk = Desk()
    for char, wait in (("4", 1), ("5", after), ("6", 90), ("\r", 0)):
        desk.press(char)
        desk.wait(wait)
    assert (desk.payloads, desk.shown) == ([], "456\r")
    assert max(at for key, at in desk.field if key in "45") <= 1 + HELD_UP_MS


def test_a_slow_wireless_scanner_is_still_a_burst() -> None:
    desk = Desk()
    desk.send(NUMBER + "\r", 28)
    assert (desk.payloads, desk.shown) == ([NUMBER], "")


def test_a_slower_one_is_a_burst_once_it_was_taught() -> None:
    desk = Desk(gap=58)
    desk.send(NUMBER + "\r", 45)
    assert (desk.payloads, desk.shown) == ([NUMBER], "")


@pytest.mark.parametrize("pause", [80, 60, 50, 45, 40, 31])
def test_a_person_who_types_a_number_at_a_steady_pace_is_no_scanner(pause: float) -> None:
    # Twelve characters a second, and also what no person reaches.
    desk = Desk()
    desk.send(NUMBER + "\r", pause)
    assert (desk.payloads, desk.shown) == ([], NUMBER + "\r")


def test_a_burst_tells_how_it_ended_and_how_slow_it_was() -> None:
    gate: KeystrokeGate[str] = KeystrokeGate()
    now, steps = 0.0, []
    for at, char in enumerate(NUMBER + "\t"):
        now += 20.0 if at == 7 else 2.0
        steps.append(gate.feed(char, char, now))
    assert (steps[-1].payload, steps[-1].end, steps[-1].slowest) == (NUMBER, "\t", 20.0)


def test_cr_lf_and_a_late_enter_reach_no_button() -> None:
    desk = Desk()
    desk.send(NUMBER + "\r\n", 2)
    desk.wait(500)
    desk.send(NUMBER, 2)
    desk.wait(90)  # the burst has ended in silence, and then the suffix comes
    desk.press("\r")
    assert (desk.payloads, desk.shown) == ([NUMBER, NUMBER], "")


def test_control_characters_stay_in_the_payload_and_chords_inside_a_burst_do_nothing() -> None:
    desk = Desk()
    desk.send("420941037705\x1d9205590", 2)
    desk.press("\x04", name="Ctrl+D")
    desk.press("", name="F4")
    desk.press("", name="Shift")
    desk.send("164\r", 2)
    assert (desk.payloads, desk.shown) == (["420941037705\x1d9205590\x04164"], "")


def test_a_leading_separator_belongs_to_the_burst() -> None:
    desk = Desk()
    desk.send("\x1d" + NUMBER + "\r", 2)
    assert desk.payloads == ["\x1d" + NUMBER]


def test_one_key_of_a_person_is_shown_soon() -> None:
    desk = Desk()
    desk.press("a")
    desk.wait(200)
    assert desk.field == [("a", FIRST_MS)]


def test_a_persons_text_comes_out_as_typed_in_order_and_soon() -> None:
    dice = random.Random(4)
    for _ in range(200):
        desk = Desk()
        pressed: list[float] = []
        text = "the quick brown fox 12345"
        rolled = 0
        for char in text:
            pressed.append(desk.now)
            desk.press(char)
            # two or three keys rolled now and then, as fast typists do
            gap = dice.choice((25, 60, 90, 110, 130, 180)) if rolled < 2 else 60
            rolled = rolled + 1 if gap == 25 else 0
            desk.wait(gap + dice.random() * 15)
        desk.wait(100)
        desk.press("\r")
        assert desk.shown == text + "\r"
        assert desk.payloads == []
        late = [shown - at for (_, shown), at in zip(desk.field, pressed, strict=False)]
        assert sorted(late)[len(late) // 2] <= FIRST_MS


def test_a_short_fast_run_is_a_person_with_its_enter() -> None:
    desk = Desk()
    desk.send("abcde\r", 20)
    assert (desk.shown, desk.payloads) == ("abcde\r", [])


def test_shortcuts_enter_and_arrows_of_an_idle_keyboard_pass_at_once() -> None:
    desk = Desk()
    for char, name in (("\x04", "Ctrl+D"), ("\r", "Enter"), ("", "Down"), ("\x1b", "Esc"), ("\x08", "Backspace")):
        desk.press(char, name=name)
        assert desk.field[-1] == (name, desk.now)
        desk.wait(300)


def test_a_key_without_text_does_not_overtake_a_letter_that_is_held() -> None:
    desk = Desk()
    desk.press("a")
    desk.wait(10)
    desk.press("\x08", name="<Backspace>")
    desk.wait(100)
    assert desk.shown == "a<Backspace>"


def test_a_held_down_key_is_a_person_however_fast_it_repeats() -> None:
    desk = Desk()
    desk.press("x")
    desk.wait(250)
    for _ in range(30):
        desk.press("x", auto_repeat=True)
        desk.wait(30)
    desk.wait(100)
    assert (desk.shown, desk.payloads) == ("x" * 31, [])


def test_the_same_digit_twice_is_the_scanners_even_where_the_system_says_that_a_finger_repeats() -> None:
    # GIVEN a scanner so quick that release and next press of a doubled digit have the same time
    desk = Desk()
    before = ""
    for digit in "9400111899561000000011":
        desk.press(digit, auto_repeat=digit == before)
        desk.wait(1)
        before = digit
    desk.press("\r")
    # THEN no digit is lost or typed into a field
    assert (desk.payloads, desk.shown) == (["9400111899561000000011"], "")


def test_a_thousand_reads_without_a_pause_come_out_one_by_one() -> None:
    desk = Desk()
    payloads = [f"1Z999AA1{number:010d}" for number in range(1000)]
    for payload in payloads:
        desk.send(payload + "\r", 1)
    assert desk.payloads == payloads
    assert desk.shown == ""


def test_what_follows_a_burst_at_machine_speed_is_the_machines() -> None:
    # a code whose text has a line break in it: nothing of it may be typed into a field
    desk = Desk()
    desk.send("BEGIN:VCARD\rN:X\rEND:VCARD\r", 2)
    assert desk.payloads == ["BEGIN:VCARD", "N:X", "END:VCARD"]
    assert desk.shown == ""


def test_a_million_characters_are_said_to_be_too_long_and_kept_nowhere() -> None:
    desk = Desk(limit=4296)
    for _ in range(20_000):
        desk.press("A")
    assert len(desk.gate._chars) == 4296
    desk.press("\r")
    assert (desk.payloads, desk.too_long, desk.shown) == ([], 1, "")
    desk.send("A" * 4296 + "\r", 0.5)
    assert [len(payload) for payload in desk.payloads] == [4296]


def test_prefix_and_suffix_are_taken_off() -> None:
    desk = Desk(prefix="\x02", suffix="~")
    desk.send("\x02" + NUMBER + "~\r", 2)
    assert (desk.payloads, desk.shown) == ([NUMBER], "")


def test_flush_gives_a_persons_keys_back_and_the_gate_is_idle() -> None:
    desk = Desk()
    desk.press("a")
    assert desk.gate.flush() == ("a",)
    assert desk.gate.wait(desk.now) is None
    desk.send(NUMBER, 2)
    assert desk.gate.flush() == ()
    assert not desk.gate.in_burst


def test_a_read_right_behind_a_persons_key_leaves_only_that_key() -> None:
    desk = Desk()
    desk.press("a")
    desk.wait(70)
    desk.send(NUMBER + "\r", 2)
    assert (desk.shown, desk.payloads) == ("a", [NUMBER])


@given(st.lists(st.tuples(st.sampled_from("ab1\r\x1d"), st.floats(0, 200)), max_size=60))
def test_every_key_is_either_shown_once_in_order_or_part_of_a_payload(keys: list[tuple[str, float]]) -> None:
    desk = Desk()
    for char, gap in keys:
        desk.press(char)
        desk.wait(gap)
    desk.wait(1000)
    kept = [char for char in desk.shown + "".join(desk.payloads) if char != "\r"]
    assert sorted(kept) == sorted(char for char, _ in keys if char != "\r")
    assert desk.gate.wait(desk.now) is None
    assert not [payload for payload in desk.payloads if not payload]


def test_ctrl_with_a_bracket_is_the_group_separator() -> None:
    assert key_char("", ord("]"), True) == "\x1d"
    assert key_char("\x1d", ord("]"), True) == "\x1d"
    assert key_char("a", ord("A"), False) == "a"
    assert key_char("", 0x01000020, True) == ""  # Shift
