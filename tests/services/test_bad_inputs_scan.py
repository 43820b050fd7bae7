"""Bad input at the bench, by the ids of `tests/data/bad_inputs.csv`: nothing wrong is recorded, nothing breaks."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailroom.domain.operator import Operator
from mailroom.domain.reading import MAX_PAYLOAD, Reading, ReadingSource, Symbology
from mailroom.domain.recognition import Check
from mailroom.domain.register import ShipmentFilter
from mailroom.services.desk import open_desk
from mailroom.services.intake import Intaken, Outcome
from mailroom.services.office import Office, make_office
from mailroom.services.operators import operator_of_profile
from mailroom.store import open_store

Read = Callable[..., tuple[Reading, ...]]
UPS = "1Z999AA10123456784"
GROUND = "9400111899560197440716"


def kept(office: Office, who: Operator, clock: Any) -> list[str]:
    """The payloads on record, newest first."""
    return [row.raw for row in office.intake.readings_since(who, clock.now.replace(year=2000))]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("", id="B001"),
        pytest.param(" \t\r\n ", id="B002"),
    ],
)
def test_nothing_is_ignored(office: Office, who: Operator, read: Read, clock: Any, raw: str) -> None:
    done = office.intake.record(who, read(raw))
    assert (done.outcome, done.reason.code, done.row) == (Outcome.REFUSED, "nothing_read", None)
    assert kept(office, who, clock) == []


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        pytest.param("AB\x00CD", "AB\u2400CD", id="B007"),
        pytest.param("AB\ud800CD", "AB\ufffdCD", id="B008"),
        pytest.param("https://evil.test/login", "https://evil.test/login", id="B026"),
        pytest.param("https://id.gs1.org/01/09506000134352", "https://id.gs1.org/01/09506000134352", id="B028"),
        pytest.param("]C10109506000134352\x1d10AB21EVIL", "]C10109506000134352\x1d10AB21EVIL", id="B034"),
        pytest.param("A" * MAX_PAYLOAD, "A" * MAX_PAYLOAD, id="B011"),
        pytest.param("١٢٣٤٥٦٧٨٩٠١٢", "١٢٣٤٥٦٧٨٩٠١٢", id="B023"),
    ],
)
def test_what_is_no_number_is_refused_and_kept(
    office: Office, who: Operator, read: Read, clock: Any, raw: str, stored: str
) -> None:
    done = office.intake.record(who, read(raw))
    assert (done.outcome, done.row) == (Outcome.REFUSED, None)
    assert kept(office, who, clock) == [stored]
    assert office.safety.check(who) == ()


@pytest.mark.parametrize(
    ("raw", "length"),
    [
        pytest.param("9" * 1_000_000, 1_000_000, id="B010"),
        pytest.param("A" * (MAX_PAYLOAD + 1), MAX_PAYLOAD + 1, id="B011"),
    ],
)
def test_what_no_bar_code_holds_is_refused_and_not_kept(
    office: Office, who: Operator, read: Read, clock: Any, raw: str, length: int
) -> None:
    done = office.intake.record(who, read(raw))
    assert (done.outcome, done.reason.code) == (Outcome.REFUSED, "payload_too_long")
    assert dict(done.reason.facts) == {"length": str(length), "most": str(MAX_PAYLOAD)}
    assert kept(office, who, clock) == []


@pytest.mark.parametrize("bad", ["B014"])
def test_a_wrong_check_digit_is_asked_about(office: Office, who: Operator, read: Read, bad: str) -> None:
    asked = office.intake.record(who, read("1Z999AA10123456783"))
    assert (asked.outcome, asked.reason.code, asked.row) == (Outcome.ASKED, "check_wrong", None), bad
    on_purpose = office.intake.record(who, read("1Z999AA10123456783"), keep_bad_check=True)
    assert on_purpose.row is not None
    assert on_purpose.row.shipment.check is Check.BAD


@pytest.mark.parametrize("bad", ["B016"])
def test_long_and_short_code_of_one_piece_are_one_shipment(office: Office, who: Operator, read: Read, bad: str) -> None:
    first = office.intake.record(who, read("1001921334250001000300779017972697"))
    second = office.intake.record(who, read("779017972697"))
    assert (first.outcome, second.outcome) == (Outcome.RECORDED, Outcome.REPEATED), bad
    assert len(office.shipments.find(who, ShipmentFilter()).rows) == 1


@pytest.mark.parametrize("bad", ["B017"])
def test_digits_of_two_carriers_are_for_the_clerk_to_tell(
    office: Office, who: Operator, read: Read, clock: Any, bad: str
) -> None:
    office.settings.change_office(who, carriers=("fedex", "purolator"))
    label = read("287809468872")
    asked = office.intake.record(who, label)
    assert (asked.outcome, asked.reason.code) == (Outcome.ASKED, "several_carriers"), bad
    offered = {one.carrier: one for one in asked.decision.choices}
    assert set(offered) >= {"fedex", "purolator"}
    answered = office.intake.record(who, label, candidate=offered["purolator"])
    assert answered.row is not None
    assert answered.row.shipment.carrier == "purolator"
    assert kept(office, who, clock) == ["287809468872", "287809468872"]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(f"~{GROUND}", id="B019"),
        pytest.param(f"{GROUND}\r\n", id="B019-crlf"),
        pytest.param(f"{GROUND}\t", id="B019-tab"),
        pytest.param("\ufeff94001118\u200d99560197440716", id="B025"),
        pytest.param("９４００１１１８９９５６０１９７４４０７１６", id="B023"),
    ],
)
def test_what_stands_around_a_number_comes_off_and_stays_on_record(
    office: Office, who: Operator, read: Read, clock: Any, raw: str
) -> None:
    done = office.intake.record(who, read(raw))
    assert done.row is not None
    assert done.row.shipment.tracking_number == GROUND
    assert kept(office, who, clock) == [raw]


@pytest.mark.parametrize("bad", ["B022"])
def test_caps_lock_changes_no_number(office: Office, who: Operator, read: Read, clock: Any, bad: str) -> None:
    done = office.intake.record(who, read("1z999aa10123456784"))
    assert done.row is not None
    assert done.row.shipment.tracking_number == UPS, bad
    assert kept(office, who, clock) == ["1z999aa10123456784"]


@pytest.mark.parametrize("bad", ["B035"])
def test_two_numbers_in_one_picture_are_a_question(office: Office, who: Operator, clock: Any, bad: str) -> None:
    label = tuple(Reading(raw, ReadingSource.CAMERA, clock.now, Symbology.CODE128) for raw in (GROUND, UPS))
    asked = office.intake.record(who, label)
    assert (asked.outcome, asked.reason.code) == (Outcome.ASKED, "several_numbers"), bad
    assert {one.tracking_number for one in asked.decision.choices} == {GROUND, UPS}


@pytest.mark.parametrize("bad", ["B013"])
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_one_code_at_two_desks_at_once_is_one_shipment(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Any, engine: str, bad: str
) -> None:
    # GIVEN two desks on one database, each with its own connection
    url = f"sqlite:///{tmp_path / 'record' / 'mailroom.sqlite'}"
    url = url if engine == "sqlite" else request.getfixturevalue("made_postgres")
    desks = []
    for number in ("1", "2"):
        store = open_store(url, profile=tmp_path / "record" if engine == "sqlite" else tmp_path / number)
        desk = open_desk(store)
        id_ = f"0192f0c0-0000-7000-8000-00000000000{number}"
        desks.append(
            (store, make_office(desk, operator_of_profile(desk, id_, "AB"[int(number) - 1], f"Desk {number}")))
        )
    start, done = threading.Barrier(2), list[Intaken]()
    label = (Reading(GROUND, ReadingSource.WEDGE, clock.now),)

    def read_it(office: Office) -> None:
        start.wait(60)
        done.append(office.intake.record(office.operator, label))

    # WHEN both read the same code
    threads = [threading.Thread(target=read_it, args=(office,)) for _store, office in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    # THEN one recorded it and the other knows who did
    assert sorted(one.outcome.value for one in done) == ["recorded", "repeated"], bad
    first = next(one for one in done if one.outcome is Outcome.RECORDED)
    second = next(one for one in done if one.outcome is Outcome.REPEATED)
    assert first.row is not None
    assert second.first_recorded_by == first.row.shipment.recorded_by
    assert len(desks[0][1].shipments.find(desks[0][1].operator, ShipmentFilter()).rows) == 1
    for store, _office in desks:
        store.close()


@pytest.mark.parametrize("bad", ["B037"])
def test_many_readings_in_a_row_are_all_there_in_order(
    office: Office, who: Operator, read: Read, clock: Any, bad: str
) -> None:
    from mailroom.recognition.check_digits import gs1

    numbers = [body + gs1(body) for body in (f"94001118995601974{n:04d}" for n in range(300))]
    for number in numbers:
        assert office.intake.record(who, read(number)).outcome is Outcome.RECORDED, bad
    rows = office.shipments.find(who, ShipmentFilter(), limit=0).rows
    assert [row.shipment.tracking_number for row in rows] == numbers[::-1]
