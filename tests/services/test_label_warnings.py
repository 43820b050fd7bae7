"""What a label says against what the clerk gave: recorded all the same, with a warning that stays on record."""

from collections.abc import Callable

import pytest

from mailroom.domain.operator import Operator
from mailroom.domain.piece_parts import reasons_from
from mailroom.domain.reading import Reading, ReadingSource, Symbology
from mailroom.domain.recognition import Destination
from mailroom.domain.shipment import Party, PieceFields
from mailroom.services.intake import Outcome
from mailroom.services.label_warnings import destination_warnings, service_warnings
from mailroom.services.office import Office
from mailroom.wording.reasons import reason_text

Read = Callable[..., tuple[Reading, ...]]
GROUND = "9400111899560197440716"
MAXICODE = "[)>\x1e01\x1d96841706672\x1d840\x1d001\x1d1Z00004951\x1dUPSN\x1d06X611\x1d159\x1e\x04"


def codes(found: object) -> list[str]:
    return [one.code for one in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("label", "typed", "expected"),
    [
        (("60622", "US"), ("60622", "US"), []),
        (("606221234", "US"), ("60622", ""), []),
        (("60622", "US"), ("60622-1234", "US"), []),
        (("606221234", "US"), ("60622-1235", "US"), ["zip_differs"]),
        (("60622", "US"), ("60623", ""), ["zip_differs"]),
        (("60622", ""), ("60623", ""), ["zip_differs"]),
        (("K1A0B1", "CA"), ("k1a 0b1", "CA"), []),
        (("K1A0B1", "CA"), ("K1A 0B2", "CA"), ["zip_differs"]),
        (("04109", "DE"), ("04109", "US"), ["country_differs"]),
        (("", ""), ("60622", "US"), []),
        (("60622", "US"), ("", ""), []),
    ],
)
def test_the_postal_codes_are_compared(label: tuple[str, str], typed: tuple[str, str], expected: list[str]) -> None:
    fields = PieceFields(recipient=Party(postal_code=typed[0], country=typed[1]))
    assert codes(destination_warnings(Destination(*label), fields)) == expected


@pytest.mark.parametrize(
    ("label", "chosen", "expected"),
    [
        ("Ground Advantage", "Priority Mail", ["service_differs"]),
        ("First-Class Mail, Certified Mail", "Certified", []),
        ("Certified", "First-Class Mail, Certified Mail", []),
        ("Ground", "UPS Ground", []),
        ("2nd Day Air", "Next Day Air", ["service_differs"]),
        ("", "Ground", []),
        ("Ground", "", []),
    ],
)
def test_the_classes_are_compared(label: str, chosen: str, expected: list[str]) -> None:
    assert codes(service_warnings(label, chosen)) == expected


def test_a_label_that_goes_elsewhere_is_recorded_with_a_warning_that_stays(
    office: Office, who: Operator, read: Read
) -> None:
    # GIVEN a recipient and a class that the label does not agree with
    fields = PieceFields(recipient=Party(name="Ida Lund", postal_code="02134", country="US"), service="Priority Mail")

    # WHEN the label is read
    done = office.intake.record(who, read("42060622" + GROUND), fields)

    # THEN it is on record, with both warnings in the answer and in the timeline
    assert done.outcome is Outcome.RECORDED
    assert codes(done.warnings) == ["zip_differs", "service_differs"]
    assert "60622" in reason_text(done.warnings[0])
    assert done.row is not None
    (event,) = office.shipments.get(who, done.row.shipment.id).events
    assert reasons_from(dict(event.facts)["warnings"]) == done.warnings
    assert done.row.shipment.service == "Priority Mail"


def test_a_routing_code_that_comes_later_is_compared_too(office: Office, who: Operator, read: Read) -> None:
    fields = PieceFields(recipient=Party(postal_code="02134"))
    done = office.intake.record(who, read(GROUND), fields)
    assert done.row is not None
    assert done.warnings == ()
    later = office.intake.add_codes(who, done.row.shipment.id, read("42060622"))
    assert codes(later) == ["zip_differs"]
    added = office.shipments.get(who, done.row.shipment.id).events[0]
    assert reasons_from(dict(added.facts)["warnings"]) == later


def test_a_label_whose_codes_disagree_is_asked_about_and_says_so_when_answered(
    office: Office, who: Operator, read: Read
) -> None:
    label = read("1Z879E930346834440", MAXICODE)
    asked = office.intake.record(who, label)
    assert (asked.outcome, asked.reason.code) == (Outcome.ASKED, "codes_disagree")
    answered = office.intake.record(who, label, candidate=asked.decision.choices[0])
    assert answered.outcome is Outcome.RECORDED
    assert codes(answered.warnings) == ["codes_disagree"]
    two = read(GROUND, "1Z5R89390357567127")
    choice = office.intake.record(who, two).decision.choices[0]
    assert codes(office.intake.record(who, two, candidate=choice).warnings) == ["other_number_on_label"]


def test_a_code_that_was_hard_to_read_is_said(office: Office, who: Operator, read: Read) -> None:
    (sharp,) = read(GROUND)
    poor = Reading(
        "42060622" + GROUND, ReadingSource.FILE, sharp.read_at, Symbology.CODE128, "label.png", "zxing", True
    )
    assert codes(office.intake.record(who, (poor,)).warnings) == ["poor_print"]
    other = Reading("42060622", ReadingSource.FILE, sharp.read_at, Symbology.CODE128, "label.png", "zxing", True)
    assert office.intake.record(who, (*read("1Z5R89390357567127"), other)).warnings == ()
