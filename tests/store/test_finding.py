"""Lists: every filter gives what a plain look at all rows gives, page by page, on both engines."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from mailroom.domain.folding import fold
from mailroom.domain.register import ShipmentFilter, ShipmentRow
from mailroom.domain.status import Status
from mailroom.store import Store, finding, leading, lists
from mailroom.store.shipments import counts, find_shipments, get_shipment, ids_of_number

CARRIERS = ("usps", "ups", "fedex")
STATUSES = (Status.ACCEPTED, Status.IN_TRANSIT, Status.DELIVERED)


def everything(store: Store, wanted: ShipmentFilter, size: int) -> list[ShipmentRow]:
    """All pages of a list, one after the other."""
    found: list[ShipmentRow] = []
    after = ""
    with store.read() as connection:
        for _ in range(1000):
            page = find_shipments(connection, wanted, size, after)
            assert len(page.rows) <= size
            found += page.rows
            after = page.after
            if not after:
                return found
    raise AssertionError("a list without an end")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, new_store: Any) -> Iterator[tuple[Store, list[ShipmentRow]]]:
    """Sixty shipments of all sorts, some withdrawn, with a clock that was set back; newest first."""
    with new_store(request.param) as (store, make):
        yield store, fill(store, make)


@pytest.fixture
def store(shared: tuple[Store, list[ShipmentRow]]) -> Store:
    """The record with those; it is only read."""
    return shared[0]


@pytest.fixture
def filled(shared: tuple[Store, list[ShipmentRow]]) -> list[ShipmentRow]:
    """Those of them that are in lists."""
    return shared[1]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def one_piece(request: pytest.FixtureRequest, new_store: Any) -> Iterator[Store]:
    """A record with one piece, whose words are of several scripts."""
    fields = {
        "recipient": {"name": "Işık O'Brien", "company": "日本橋", "address": ["Große Straße 1", "Zürich"]},
        "order": "PO-77",
        "note": "",
    }
    with new_store(request.param) as (store, make):
        store.accept(make.piece("9400100000000000000001", fields=fields))
        yield store


def fill(store: Store, make: Any) -> list[ShipmentRow]:
    dice = random.Random(7)
    for number in range(60):
        carrier = dice.choice(CARRIERS)
        piece = make.piece(
            f"{carrier[:2]}{number * 7919:09d}",
            carrier=carrier,
            department=dice.choice(("Legal", "Finanz Süd", "")),
            run=dice.choice(("Noon", "")),
            fields={"recipient": {"name": dice.choice(("Zoë Łuk", "Ada Byron", "Łukasz"))}, "order": f"PO-{number}"},
        )
        store.accept(piece)
        if dice.random() < 0.6:
            store.accept(make.events(piece.subject, make.event(status=dice.choice(STATUSES).value)))
        if dice.random() < 0.1:
            store.accept(make.undo(piece))
        make.now += timedelta(hours=dice.choice((-30, 5, 9)))
    found = everything(store, ShipmentFilter(), 7)
    assert 45 < len(found) < 60
    return found


def test_the_newest_taken_in_is_on_top_and_every_row_comes_once(store: Store, filled: list[ShipmentRow]) -> None:
    numbers = [int(row.shipment.fields.order[3:]) for row in filled]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == len(numbers)
    assert everything(store, ShipmentFilter(), 1000) == filled
    assert not any(row.shipment.withdrawn for row in filled)


def combinations(
    filled: list[ShipmentRow], departments: dict[str, str], runs: list[str], how_many: int
) -> list[ShipmentFilter]:
    noon = filled[20].shipment.recorded_at
    texts = ("", "zoe", "LUK", "po-1", "us", "u", "ups", "süd", "zoë us", "nothing like it")
    statuses: list[tuple[Status, ...]] = [(), (Status.DELIVERED,), STATUSES, (Status.LOST,)]
    carriers: list[tuple[str, ...]] = [(), ("usps",), ("ups", "fedex")]
    department_ids = [(), (departments["Legal"],), tuple(sorted(departments.values())), ("nobody",)]
    dates = [(None, None), (noon, None), (None, noon), (noon - timedelta(days=2), noon)]
    chosen = [
        ShipmentFilter(text, status, carrier, department, run, start, end)
        for text, status, carrier, department, run, (start, end) in itertools.product(
            texts, statuses, carriers, department_ids, ["", *runs], dates
        )
    ]
    return random.Random(how_many).sample(chosen, how_many)


def plainly(row: ShipmentRow, wanted: ShipmentFilter) -> bool:
    """The meaning of a filter, without any index."""
    one = row.shipment
    words = [*row_words(row)]
    for term in fold(wanted.text).replace("-", "").split():
        if not any(word.startswith(term) if len(term) < 3 else term in word for word in words):
            return False
    return (
        (not wanted.statuses or one.status in wanted.statuses)
        and (not wanted.carriers or one.carrier in wanted.carriers)
        and (not wanted.department_ids or row.department_id in wanted.department_ids)
        and (not wanted.run_id or bool(row.run))
        and (wanted.recorded_from is None or one.recorded_at >= wanted.recorded_from)
        and (wanted.recorded_to is None or one.recorded_at < wanted.recorded_to)
    )


def row_words(row: ShipmentRow) -> list[str]:
    one = row.shipment
    order = one.fields.order.lower()
    texts = (one.tracking_number, one.carrier, one.service, one.fields.recipient.name, row.department, row.run)
    return [*fold(" ".join(texts)).split(), order.replace("-", ""), order.partition("-")[2]]


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"FEW": 0},
        {"FEW": 0, "PROBE": 3, "WINDOW": 3},
        {"FEW": 0, "TEXT_COST": 0.0},
        {"FEW": 0, "TEXT_COST": 1e9},
        {"FEW": 0, "WINDOW": 0, "_WHOLE": 1.0},
    ],
)
def test_every_filter_means_what_it_says(
    store: Store, filled: list[ShipmentRow], monkeypatch: pytest.MonkeyPatch, limits: dict[str, float]
) -> None:
    # whichever condition leads
    for name, value in limits.items():
        monkeypatch.setattr(leading, name, value)
    with store.read() as connection:
        departments = {one.name: one.id for one in lists.accounts(connection)}
        runs = [one.id for one in lists.runs(connection)]
    for wanted in combinations(filled, departments, runs, 45 if limits else 120):
        expected = [row.shipment.id for row in filled if plainly(row, wanted)]
        assert [row.shipment.id for row in everything(store, wanted, 9)] == expected, wanted


def test_counts_are_those_of_the_list(store: Store, filled: list[ShipmentRow]) -> None:
    with store.read() as connection:
        departments = {one.name: one.id for one in lists.accounts(connection)}
        for wanted in combinations(filled, departments, [], 60):
            rows = [row.shipment for row in filled if plainly(row, wanted)]
            known = counts(connection, wanted)
            assert known.total == len(rows), wanted
            assert known.by_status == Counter(one.status for one in rows)
            assert known.by_carrier == Counter(one.carrier for one in rows)
            assert not known.capped


def test_counting_stops_somewhere(store: Store, filled: list[ShipmentRow], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "COUNTED", 10)
    with store.read() as connection:
        known = counts(connection, ShipmentFilter(text="po"))
        exact = counts(connection, ShipmentFilter())
    assert (known.total, known.capped) == (11, True)
    assert (exact.total, exact.capped) == (len(filled), False)


def test_rows_carry_all_numbers_and_the_detail_agrees(store: Store, filled: list[ShipmentRow]) -> None:
    with store.read() as connection:
        for row in filled[:5]:
            assert get_shipment(connection, row.shipment.id).row == row
            assert ids_of_number(connection, row.shipment.tracking_number.lower()) == (row.shipment.id,)
        assert ids_of_number(connection, " - ") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9400100000000000000001", 1),
        ("9400 1000 0000", 1),
        ("000001", 1),
        ("strasse", 1),
        ("STRASSE", 1),
        ("isik", 1),
        ("İŞIK", 1),
        ("obrien", 1),
        ("o'brien", 1),
        ("bri", 1),
        ("br", 1),
        ("b", 1),
        ("o", 1),
        ("ik", 0),
        ("日本", 1),
        ("本", 0),
        ("日本橋", 1),
        ("77", 1),
        ("--", 0),
        ("%", 0),
        ('"', 0),
        ("x OR 1", 0),
        ("NEAR(a b)", 0),
        ("zurich 9400", 1),
        ("zurich 9401", 0),
    ],
)
def test_any_part_of_a_word_and_the_beginning_for_short_ones(one_piece: Store, text: str, expected: int) -> None:
    with one_piece.read() as connection:
        assert len(find_shipments(connection, ShipmentFilter(text=text), 5).rows) == expected


def test_a_row_is_made_once_and_again_when_anything_in_it_changed(new_store: Any) -> None:
    # GIVEN two records with a piece each at the same place
    with new_store("sqlite") as (store, make), new_store("sqlite") as (other, _make):
        piece = make.piece("1Z1")
        store.accept(piece)
        other.accept(make.piece("1Z2"))
        with store.read() as connection, other.read() as another:
            first = find_shipments(connection, ShipmentFilter(), 5).rows[0]
            # WHEN it is listed again, also beside the other record THEN it is the same
            assert find_shipments(another, ShipmentFilter(), 5).rows[0].shipment.tracking_number == "1Z2"
            rows = [find_shipments(connection, ShipmentFilter(), 5).rows[0] for _ in range(2)]
            assert rows[0] == first
            assert rows[0].shipment is rows[1].shipment
        # AND another one as soon as something happened to it
        store.accept(make.events(piece.subject, make.event(status=Status.DELIVERED.value)))
        with store.read() as connection:
            assert find_shipments(connection, ShipmentFilter(), 5).rows[0].shipment.status is Status.DELIVERED
