"""Events from files: every row on record or refused with its reason, a repeat adds nothing, a cancel leaves nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent
from mailroom.domain.times import DateOrder
from mailroom.errors import MailroomError
from mailroom.services.office import Office

UPS = "1Z6R44100366174260"
HEADER = "tracking_number,status,happened_at,place,text,code,source\n"


@pytest.fixture
def shipment_id(office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]) -> str:
    done = office.intake.record(who, read(UPS))
    assert done.row is not None
    return done.row.shipment.id


def written(folder: Path, text: str | bytes, name: str = "events.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def tracked(office: Office, who: Operator, shipment_id: str) -> list[TimelineEvent]:
    return [one for one in office.shipments.get(who, shipment_id).events if one.kind is EventKind.TRACKING]


def test_events_are_on_record_with_their_source(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path
) -> None:
    rows = (
        f"{UPS},accepted,2026-11-16T17:05-06:00,Boise ID,Origin scan,OR,UPS\n"
        f"{UPS},delivered,2026-11-18 10:42,Reno NV,DELIVERED,D,UPS\n"
    )
    report = office.exchange.import_events(who, written(tmp_path, HEADER + rows))

    assert (report.rows, report.added, report.known, report.refused) == (2, 2, 0, ())
    detail = office.shipments.get(who, shipment_id)
    newest = tracked(office, who, shipment_id)[0]
    assert (newest.source, newest.source_name, newest.file_name, newest.file_row) == (
        EventSource.IMPORT,
        "UPS",
        "events.csv",
        3,
    )
    assert (newest.text, newest.code, newest.place, str(newest.happened)) == (
        "DELIVERED",
        "D",
        "Reno NV",
        "2026-11-18T10:42",
    )
    assert detail.row.shipment.status is Status.DELIVERED
    assert str(detail.row.shipment.status_at) == "2026-11-18T10:42"


@pytest.mark.parametrize("midnight", ["2026-11-16", "2026-11-16 00:00", "2026-11-16T00:00:00", "16.11.2026 00:00"])
def test_a_day_without_an_hour_ends_with_its_delivery_and_follows_its_label(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path, midnight: str
) -> None:
    """A midnight without a zone is what programs write behind a bare day; nobody delivers before the van has left."""
    rows = ("label_created,2026-11-16T09:00", f"accepted,{midnight}")
    heading = "tracking_number,status,happened_at"
    labelled = written(tmp_path, "\n".join((heading, *(f"1Z6R44100366174260,{row}" for row in rows))), "label.csv")
    office.exchange.import_events(who, labelled)
    shipment = office.shipments.get(who, shipment_id).row.shipment
    assert (shipment.status, str(shipment.status_at)) == (Status.ACCEPTED, "2026-11-16")
    assert str(shipment.last_event_at) == "2026-11-16"

    ended = ("out_for_delivery,2026-11-16T10:00", f"delivered,{midnight}")
    office.exchange.import_events(
        who, written(tmp_path, "\n".join((heading, *(f"1Z6R44100366174260,{row}" for row in ended))), "ended.csv")
    )
    shipment = office.shipments.get(who, shipment_id).row.shipment
    assert (shipment.status, str(shipment.status_at)) == (Status.DELIVERED, "2026-11-16")
    assert not office.safety.check(who)


def test_a_repeat_adds_nothing(office: Office, who: Operator, shipment_id: str, tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + f"{UPS},in transit,2026-11-17T08:00-06:00,Elko NV,Departed,DP,UPS\n")
    office.exchange.import_events(who, path)
    again = office.exchange.import_events(who, path)

    assert (again.added, again.known) == (0, 1)
    assert len(office.shipments.get(who, shipment_id).events) == 2


def test_a_row_that_does_not_fit_is_refused_with_its_reason(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path
) -> None:
    rows = (
        f"{UPS},delivered,2026-02-31T10:00,x,x,,\n"
        "1Z6R44109999999999,delivered,2026-11-17,x,x,,\n"
        f"{UPS},delivered,03/04/2026,x,x,,\n"
        ",delivered,2026-11-17,x,x,,\n"
        f"{UPS},,2026-11-17,x,,,\n"
        f"{UPS},delivered,2027-11-17,x,x,,\n"
        f"{UPS},Zorbed somewhere,2026-11-17,x,,,\n"
    )
    report = office.exchange.import_events(who, written(tmp_path, HEADER + rows))

    assert [(one.row, one.reason.code) for one in report.refused] == [
        (2, "bad_date"),
        (3, "number_unknown"),
        (4, "date_ambiguous"),
        (5, "number_missing"),
        (6, "event_empty"),
        (7, "event_in_future"),
    ]
    assert report.added == 1
    unknown = tracked(office, who, shipment_id)[0]
    assert (unknown.status, unknown.text) == (Status.UNKNOWN, "Zorbed somewhere")
    assert office.shipments.get(who, shipment_id).row.shipment.status is Status.LABEL_CREATED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = f"Tracking #,Event,Event date,Location\r\n{UPS},Zugestellt,17.11.2026 14:05,Köln\r\n"
    path = written(tmp_path, text.replace(",", delimiter).encode(encoding))
    report = office.exchange.import_events(who, path)

    assert report.added == 1
    event = tracked(office, who, shipment_id)[0]
    assert (event.place, event.text, str(event.happened)) == ("Köln", "Zugestellt", "2026-11-17T14:05")


def test_the_order_of_day_and_month_can_be_told(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path
) -> None:
    path = written(tmp_path, HEADER + f"{UPS},accepted,11/03/2026 2:05 PM,x,x,,\n")
    office.exchange.import_events(who, path, order=DateOrder.MONTH_FIRST)

    assert str(tracked(office, who, shipment_id)[0].happened) == "2026-11-03T14:05"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\n\n", "file_empty"),
        (b"PK\x03\x04rest", "file_damaged"),
        (b"%PDF-1.4", "file_not_table"),
        (b"\x00\x01\x02", "file_not_table"),
        (b"colour,size\nred,4\n", "columns_missing"),
        (b"tracking_number,place\n1Z,4\n", "columns_missing"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_as_a_whole(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path, data: bytes, code: str
) -> None:
    with pytest.raises(MailroomError) as refused:
        office.exchange.import_events(who, written(tmp_path, data))

    assert refused.value.code == code
    assert len(office.shipments.get(who, shipment_id).events) == 1


def test_a_field_over_the_limit_names_its_line(office: Office, who: Operator, shipment_id: str, tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + f"{UPS},delivered,2026-11-17,{'x' * 200_000},x,,\n")
    report = office.exchange.import_events(who, path)

    assert [(one.row, one.reason.code) for one in report.refused] == [(2, "row_cell_too_long")]


def test_a_cancelled_import_leaves_nothing(office: Office, who: Operator, shipment_id: str, tmp_path: Path) -> None:
    rows = "".join(
        f"{UPS},in transit,2026-11-{day:02d}T{hour:02d}:{minute:02d},x,x,,\n"
        for day in range(1, 18)
        for hour in range(24)
        for minute in (0, 30)
    )
    seen: list[int] = []
    report = office.exchange.import_events(
        who,
        written(tmp_path, HEADER + rows),
        progress=lambda done, _total: seen.append(done),
        cancelled=lambda: len(seen) >= 2,
    )

    assert report.cancelled
    assert (report.added, report.known) == (0, 0)
    assert len(office.shipments.get(who, shipment_id).events) == 1
    assert office.shipments.get(who, shipment_id).row.shipment.status is Status.LABEL_CREATED


def test_an_import_can_be_taken_back(office: Office, who: Operator, shipment_id: str, tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + f"{UPS},delivered,2026-11-17T08:00-06:00,Elko NV,Departed,DP,UPS\n")
    report = office.exchange.import_events(who, path)

    assert office.exchange.undo_import(who, report.import_id) == 1
    detail = office.shipments.get(who, shipment_id)
    assert len(detail.events) == 1
    assert detail.row.shipment.status is Status.LABEL_CREATED


def test_past_imports_are_listed_newest_first_and_all_of_them_for_none(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path
) -> None:
    for day in (16, 17, 18):
        path = written(tmp_path, HEADER + f"{UPS},in transit,2026-11-{day}T08:00-06:00,Elko NV,,,\n", f"{day}.csv")
        office.exchange.import_events(who, path)
    assert [one.file_name for one in office.exchange.imports(who, 2)] == ["18.csv", "17.csv"]
    assert len(office.exchange.imports(who, 0)) == 3
