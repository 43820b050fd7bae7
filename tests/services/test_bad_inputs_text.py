"""Bad texts, amounts and days, by the ids of `tests/data/bad_inputs.csv`: kept as typed or refused, never bent."""

import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mailroom.domain.money import Money, parse_money, total
from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading
from mailroom.domain.register import ShipmentFilter
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft
from mailroom.domain.times import DateOrder, parse_carrier_time, parse_day
from mailroom.domain.weights import parse_weight
from mailroom.errors import MailroomError
from mailroom.services.office import Office

Read = Callable[..., tuple[Reading, ...]]
GROUND = "9400111899560197440716"


def printed(tmp_path: Path, pdf: bytes) -> str:
    """The words of a PDF, blanks and breaks as one blank."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    out = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(out.split())


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(MailroomError) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "part"),
    [
        pytest.param("Robert'); DROP TABLE piece;--", "robert", id="B040"),
        pytest.param("<b>bold</b><img src=file:///etc/passwd>", "<b>bold</b><img src=file:///etc/passwd>", id="B041"),
        pytest.param("<font color='red'>Note <b>unclosed <a href='file:///x'>", "<font", id="B043"),
        pytest.param("Ayşe 👩🏽‍💻 王小明 محمد สมชาย e\u0301", "[U+738B]", id="B044"),
    ],
)
def test_a_name_is_kept_found_and_printed_as_typed(
    office: Office, who: Operator, read: Read, tmp_path: Path, name: str, part: str
) -> None:
    # GIVEN a piece for somebody with such a name
    done = office.intake.record(who, read(GROUND), PieceFields(recipient=Party(name=name), note=name))
    assert done.row is not None
    # WHEN it is looked for and a paper is made
    detail = office.shipments.by_number(who, GROUND)
    paper = office.papers.issue_proof_of_delivery(who, [detail.row.shipment.id], purpose=name)
    # THEN nothing of it was changed, and the paper shows every character of it in some way
    assert detail.row.shipment.fields.recipient.name == name
    assert detail.row.shipment.fields.note == name
    word = name.split()[0]
    assert [row.shipment.id for row in office.shipments.find(who, ShipmentFilter(text=word)).rows] == [
        done.row.shipment.id
    ]
    text = printed(tmp_path, paper.pdf)
    assert part.lower() in text.lower()
    assert office.safety.check(who) == ()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        pytest.param("Işık Straße", "isik", id="B046"),
        pytest.param("Işık Straße", "IŞIK", id="B046-capitals"),
        pytest.param("Işık Straße", "strasse", id="B046-sharp-s"),
        pytest.param("ISIK STRASSE", "ışık straße", id="B046-other-way"),
    ],
)
def test_letters_that_fold_differently_are_found(
    office: Office, who: Operator, read: Read, name: str, typed: str
) -> None:
    office.intake.record(who, read(GROUND), PieceFields(recipient=Party(name=name)))
    found = office.shipments.find(who, ShipmentFilter(text=typed)).rows
    assert [row.shipment.fields.recipient.name for row in found] == [name]


@pytest.mark.parametrize("bad", ["B047"])
def test_a_text_longer_than_a_page_is_refused(office: Office, who: Operator, read: Read, bad: str) -> None:
    assert code_of(lambda: office.intake.record(who, read(GROUND), PieceFields(note="x" * 50_000))) == "field_too_long"
    assert office.shipments.find(who, ShipmentFilter()).rows == (), bad
    done = office.intake.record(who, read(GROUND))
    assert done.row is not None
    draft = EventDraft(parse_carrier_time("2026-11-20"), note="x" * 50_000)
    assert code_of(lambda: office.timeline.add_event(who, done.row.shipment.id, draft)) == "text_too_long"  # type: ignore[union-attr]
    fields = PieceFields(contents="x" * 50_000)
    edit = lambda: office.shipments.edit(who, done.row.shipment.id, fields, done.row.shipment.version)  # type: ignore[union-attr]  # noqa: E731
    assert code_of(edit) == "field_too_long"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        pytest.param("1.5 lb", "1.5", id="B049"),
        pytest.param("99999 g", "99999", id="B049-large"),
        *(
            pytest.param(text, "", id=f"B049-{at}")
            for at, text in enumerate(("-1 lb", "0 oz", "1e400 g", "NaN", "inf g", "1,5 lb", "99999", "٣ g", "1.5", ""))
        ),
    ],
)
def test_a_weight_has_an_amount_and_a_unit(text: str, amount: str) -> None:
    if amount:
        assert parse_weight(text).amount == Decimal(amount)
    else:
        assert code_of(lambda: parse_weight(text)) == "bad_weight"


@pytest.mark.parametrize(
    ("text", "mills"),
    [
        pytest.param("0.1", 100, id="B050"),
        pytest.param("1.005", 1005, id="B050-mills"),
        *(
            pytest.param(text, None, id=f"B050-{at}")
            for at, text in enumerate(("12,345.67", "1,50", "1.0005", "1e3", "NaN", "Infinity", "9" * 30, "$5", "１２"))
        ),
    ],
)
def test_an_amount_is_exact_or_refused(text: str, mills: int | None) -> None:
    if mills is not None:
        assert parse_money(text) == Money(mills)
    else:
        assert code_of(lambda: parse_money(text)) == "bad_amount"
    assert total([parse_money("0.1"), parse_money("0.2")]).amount == "0.300"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("31.02.2026", id="B052"),
        pytest.param("2026-13-01", id="B052-month"),
        pytest.param("2026-02-31", id="B052-day"),
        pytest.param("0001-01-01", id="B052-year-1"),
        pytest.param("9999-12-31", id="B052-year-9999"),
        pytest.param("02/30/2026", id="B052-slashes"),
        pytest.param("2026-11-20T25:00", id="B052-hour"),
        pytest.param("yesterday", id="B052-word"),
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert code_of(lambda: parse_day(text)) == "bad_date"
    assert code_of(lambda: parse_carrier_time(text, DateOrder.MONTH_FIRST)) == "bad_date"


@pytest.mark.parametrize("bad", ["B053"])
def test_hours_that_the_clocks_skip_or_have_twice_are_kept_as_written(
    office: Office, who: Operator, read: Read, clock: Any, bad: str
) -> None:
    # GIVEN an office in Berlin in the year after both changes of the clocks
    office.settings.change_office(who, zone="Europe/Berlin", country="DE")
    clock.forward(days=365)
    done = office.intake.record(who, read(GROUND))
    assert done.row is not None
    written = ["2026-03-29T01:59", "2026-03-29T02:30", "2026-03-29T03:31", "2026-10-25T02:30", "2026-10-25T03:05"]
    # WHEN events without an offset happen there
    for text in reversed(written):
        draft = EventDraft(parse_carrier_time(text), status=Status.IN_TRANSIT, text=f"at {text}")
        office.timeline.add_event(who, done.row.shipment.id, draft)
    # THEN they stand as they were written, in the order of the clock on the wall
    events = [one for one in office.shipments.get(who, done.row.shipment.id).events if one.text]
    assert [str(one.happened) for one in events] == written[::-1], bad
    both = [parse_carrier_time(f"2026-10-25T02:30{offset}") for offset in ("+02:00", "+01:00")]
    assert both[0].order_key(office.timeline.desk.in_force.zone) < both[1].order_key(office.timeline.desk.in_force.zone)
