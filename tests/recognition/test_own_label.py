"""A label of our own is told from everything else by its check character; it is no carrier's number."""

from collections.abc import Callable

from mailroom.domain.numbers import label_number
from mailroom.domain.recognition import PayloadKind, Recognition, Verdict
from mailroom.recognition.decision import decide

Read = Callable[..., Recognition]
NUMBER = label_number(2026, "A", 7)


def test_a_label_of_our_own_is_named(read: Read) -> None:
    for raw in (NUMBER, NUMBER.replace("-", ""), f"]C0{NUMBER}\r\n", NUMBER.lower()):
        found = read(raw)
        assert (found.kind, found.reason.code, found.candidates) == (PayloadKind.TEXT, "own_label", ())
        assert dict(found.reason.facts)["number"].replace("-", "") == NUMBER.replace("-", "")
    assert decide(read(NUMBER), enabled=()).verdict is Verdict.REFUSE


def test_a_misread_one_is_nobodys_number(read: Read) -> None:
    wrong = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
    assert read(wrong).reason.code == "not_a_tracking_number"


def test_beside_a_tracking_code_it_does_not_get_in_the_way(read: Read) -> None:
    label = read(NUMBER, "9400111206206406260787")
    assert label.best is not None
    assert label.best.tracking_number == "9400111206206406260787"
