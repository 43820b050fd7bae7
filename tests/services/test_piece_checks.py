"""What is typed for a piece is checked before it is put on record: codes, descriptions, lengths, amounts."""

from decimal import Decimal

import pytest

from mailroom.domain.customs import CustomsLine
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.weights import Weight, WeightUnit
from mailroom.errors import MailroomError
from mailroom.services.office import Office
from mailroom.services.piece_checks import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    checked_customs,
    checked_fields,
    checked_hs_code,
    customs_gaps,
    generic_description,
)
from mailroom.wording.errors import error_remedy

SHIRTS = CustomsLine(
    "3 cotton T-shirts, men's", 3, Money(45_000), Weight(Decimal("600"), WeightUnit.G), "6109.10", "us"
)


@pytest.mark.parametrize(
    ("typed", "kept"), [("610910", "610910"), ("6109.10.00", "61091000"), ("6109 10", "610910"), ("", "")]
)
def test_a_tariff_code_has_six_to_ten_digits(typed: str, kept: str) -> None:
    assert checked_hs_code(typed) == kept


@pytest.mark.parametrize("typed", ["61091", "61091012345", "6109AB", "٦١٠٩١٠", "6109-10", "."])
def test_anything_else_is_no_tariff_code(typed: str) -> None:
    with pytest.raises(MailroomError) as refused:
        checked_hs_code(typed)
    assert refused.value.code == "hs_code_bad"


@pytest.mark.parametrize(
    "text",
    [
        *("samples", "Food products", " GIFT ", "3 x samples", "12 parts", "n/a", "", "123", "Merchandise."),
        *("assorted gift items", "Commercial samples", "food items", "various"),
    ],
)
def test_a_general_word_is_refused_with_an_example_that_passes(text: str) -> None:
    with pytest.raises(MailroomError) as refused:
        checked_customs(CustomsLine(text))
    assert refused.value.code == "customs_description_generic"
    example = str(refused.value.facts["example"])
    assert example in error_remedy(refused.value)
    assert generic_description(example) == ""


@pytest.mark.parametrize(
    "text",
    [
        "3 cotton T-shirts, men's",
        "samples of untreated oak veneer",
        "electronic parts of a lathe",
        "Kaffeebohnen, geröstet",
    ],
)
def test_a_description_that_says_something_passes(text: str) -> None:
    assert checked_customs(CustomsLine(text)).description == text


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (CustomsLine("1 desk lamp", 0), "quantity"),
        (CustomsLine("1 desk lamp", 10**7), "quantity"),
        (CustomsLine("1 desk lamp", 1, Money(-1)), "value"),
        (CustomsLine("1 desk lamp", origin="USA"), "origin"),
    ],
)
def test_a_line_that_cannot_be_is_refused_by_name(line: CustomsLine, name: str) -> None:
    with pytest.raises(MailroomError) as refused:
        checked_customs(line, 4)
    assert refused.value.code == "customs_line_bad"
    assert (refused.value.facts["name"], refused.value.facts["row"]) == (name, 4)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (PieceFields(note="x" * (LONGEST_NOTE + 1)), "field_too_long"),
        (PieceFields(order="x" * (LONGEST_TEXT + 1)), "field_too_long"),
        (PieceFields(recipient=Party(address=("x" * (LONGEST_TEXT + 1),))), "field_too_long"),
        (PieceFields(postage=Money(-1)), "amount_negative"),
        (PieceFields(declared_value=Money(-1)), "amount_negative"),
        (PieceFields(requester_email="ana at example.org"), "email_bad"),
        (PieceFields(requester_email="ana@localhost"), "email_bad"),
        (PieceFields(hs_code="12"), "hs_code_bad"),
        (PieceFields(customs=(SHIRTS,) * 100), "customs_too_long"),
    ],
)
def test_fields_that_fit_no_record_are_refused(fields: PieceFields, code: str) -> None:
    with pytest.raises(MailroomError) as refused:
        checked_fields(fields)
    assert refused.value.code == code


def test_what_a_customs_form_lacks_is_named_only_for_foreign_countries() -> None:
    at_home = PieceFields(recipient=Party(country="US"))
    abroad = PieceFields(recipient=Party(country="DE"))
    half = PieceFields(recipient=Party(country="DE"), customs=(SHIRTS, CustomsLine("1 desk lamp")))
    assert customs_gaps(at_home, "US") == ()
    assert customs_gaps(PieceFields(), "US") == ()
    assert [one.code for one in customs_gaps(abroad, "US")] == ["customs_missing"]
    (gap,) = customs_gaps(half, "US")
    assert (gap.code, dict(gap.facts)) == (
        "customs_line_incomplete",
        {"row": "2", "lacking": "value, weight, hs_code, origin"},
    )


def test_requester_and_customs_lines_come_back_as_they_went_in(office: Office, who: Operator) -> None:
    fields = PieceFields(
        recipient=Party("Anneliese Brandt", "", ("Lindenweg 12",), "04109", "DE", "", "Leipzig", ""),
        contents="T-shirts",
        classification="fragile",
        requester="Tom Ito",
        requester_email="tom@example.org",
        requester_opt_out=True,
        customs=(SHIRTS,),
    )
    done = office.intake.record_without_number(who, (), fields)
    assert done.row is not None
    kept = done.row.shipment.fields
    assert (kept.requester, kept.requester_email, kept.requester_opt_out) == ("Tom Ito", "tom@example.org", True)
    assert (kept.recipient, kept.classification) == (fields.recipient, "fragile")
    (line,) = kept.customs
    assert (line.hs_code, line.origin, line.quantity, line.value) == ("610910", "US", 3, Money(45_000))
    assert line.weight == SHIRTS.weight
