"""Three reads teach a scanner: layout, Caps Lock, prefix, suffix, AIM identifier, end; later reads are put right."""

import pytest

from mailroom.capture.keyboards import LAYOUTS, Caps, meant, typed
from mailroom.capture.wedge_teaching import TEACHING, Burst, WedgeSetup, learn, lesson_of, put_right

SAMPLES = ("1Z999AA10123456784", "420941039400111899561000000011", "rr123456785us", "https://x.test/a?b=1&c=(2)")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("caps", list(Caps))
def test_a_layout_is_learned_and_later_reads_are_put_right(layout: str, caps: Caps) -> None:
    # GIVEN a scanner with prefix, AIM identifier and suffix on a keyboard of this layout
    def heard(text: str) -> str:
        return typed(text, layout, caps)

    bursts = [Burst(heard(f"~]C0{one}#"), "\r", 4.0) for one in TEACHING]
    # WHEN its three reads are learned from
    setup = learn(bursts)
    # THEN what it reads later is what the bar code has
    assert setup is not None
    assert (setup.aim, setup.end) == (bool(typed("]", layout, caps)), "\r")
    assert [lesson_of(one) for one in bursts] == [0, 1, 2]
    for sample in SAMPLES:
        raw = heard(f"~]C0{sample}#").removeprefix(setup.prefix).removesuffix(setup.suffix)
        if all(typed(char, layout, caps) for char in sample):  # a dead key types nothing: that is gone for good
            assert put_right(raw, setup) == sample


def test_a_plain_scanner_needs_nothing() -> None:
    assert learn([Burst(one, "\r", 1.0) for one in TEACHING]) == WedgeSetup(end="\r")


def test_a_slow_scanner_is_given_more_time() -> None:
    setup = learn([Burst(one, "\t", 36.0) for one in TEACHING])
    assert setup is not None
    assert (setup.gap, setup.end) == (54.0, "\t")


def test_codes_that_do_not_fit_together_teach_nothing() -> None:
    assert learn([Burst(TEACHING[0]), Burst(TEACHING[1])]) is None
    assert learn([Burst(TEACHING[0]), Burst(TEACHING[2]), Burst(TEACHING[1])]) is None
    assert learn([Burst("x" + TEACHING[0]), Burst(TEACHING[1]), Burst(TEACHING[2])]) is None
    assert lesson_of(Burst("1Z999AA10123456784")) is None


def test_gs1_data_keeps_its_separator_when_the_identifier_goes() -> None:
    setup = WedgeSetup(aim=True)
    assert put_right("]C142094103", setup) == "\x1d42094103"
    assert put_right("]C01Z999AA10123456784", setup) == "1Z999AA10123456784"
    assert put_right("]", setup) == "]"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_letter_and_digit_comes_back_from_every_layout(layout: str) -> None:
    text = "".join(one for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" if typed(one, layout))
    assert len(text) == (35 if layout == "gr" else 36)  # a capital W is a dead key there
    assert meant(typed(text, layout), layout) == text
    assert meant(typed("\x1d", layout), layout) == "\x1d"
