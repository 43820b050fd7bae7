"""One label is one reading: repeats are dropped, its other codes are added, another number is another label."""

from datetime import UTC, datetime

from mailroom.capture.burst import Gathered, LabelBurst
from mailroom.domain.reading import Reading, ReadingSource


def reading(raw: str) -> Reading:
    return Reading(raw, ReadingSource.WEDGE, datetime(2026, 11, 20, tzinfo=UTC))


USPS, ROUTING, MAXI, UPS = reading("9205…"), reading("42094103"), reading("[)>…"), reading("1Z…")


def test_the_first_tracking_code_is_recorded_at_once_and_what_follows_is_added() -> None:
    burst = LabelBurst()
    assert burst.add(UPS, 0.0, number="ups 1").outcome is Gathered.RECORD
    added = burst.add(ROUTING, 1.4)
    assert (added.outcome, added.readings, added.number) == (Gathered.ADD, (ROUTING,), "ups 1")


def test_a_code_before_the_tracking_code_is_judged_at_once_and_goes_with_the_label() -> None:
    burst = LabelBurst()
    assert burst.add(ROUTING, 0.0).outcome is Gathered.JUDGE
    assert burst.add(UPS, 1.0, number="ups 1").readings == (UPS, ROUTING)


def test_a_code_long_before_or_after_belongs_to_no_label() -> None:
    burst = LabelBurst()
    assert burst.add(ROUTING, 0.0).outcome is Gathered.JUDGE
    assert burst.add(UPS, 2.0, number="ups 1").readings == (UPS,)
    assert burst.add(MAXI, 3.6).outcome is Gathered.JUDGE


def test_another_number_is_another_label_and_takes_the_codes_from_then_on() -> None:
    burst = LabelBurst()
    burst.add(UPS, 0.0, number="ups 1")
    assert burst.add(USPS, 0.3, number="usps 2").outcome is Gathered.RECORD
    assert burst.add(ROUTING, 0.4).number == "usps 2"


def test_two_codes_of_one_number_are_one_label() -> None:
    burst = LabelBurst()
    burst.add(UPS, 0.0, number="ups 1")
    step = burst.add(MAXI, 0.2, number="ups 1")
    assert (step.outcome, step.number) == (Gathered.ADD, "ups 1")
    assert burst.add(MAXI, 0.3, number="ups 1").outcome is Gathered.REPEAT


def test_a_label_held_before_the_camera_is_one_reading_and_later_it_is_another() -> None:
    burst = LabelBurst()
    outcomes = [burst.add(UPS, frame * 0.04, number="ups 1").outcome for frame in range(200)]
    assert outcomes == [Gathered.RECORD] + [Gathered.REPEAT] * 199
    assert burst.add(UPS, 8.0 + 1.6, number="ups 1").outcome is Gathered.RECORD


def test_two_labels_in_view_are_two_readings_however_often_they_alternate() -> None:
    burst = LabelBurst()
    outcomes = [
        burst.add(one, at * 0.1, number=name).outcome
        for at in range(30)
        for one, name in ((UPS, "ups 1"), (USPS, "usps 2"))
    ]
    assert outcomes.count(Gathered.RECORD) == 2


def test_a_doubtful_number_is_asked_about_never_added() -> None:
    burst = LabelBurst()
    burst.add(UPS, 0.0, number="ups 1")
    assert burst.add(USPS, 0.2, doubtful=True).outcome is Gathered.JUDGE
    assert burst.add(USPS, 0.3, doubtful=True).outcome is Gathered.REPEAT


def test_after_an_undo_the_same_label_counts_as_new() -> None:
    burst = LabelBurst()
    burst.add(UPS, 0.0, number="ups 1")
    burst.forget()
    assert burst.add(UPS, 0.5, number="ups 1").outcome is Gathered.RECORD
