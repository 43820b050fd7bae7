"""Papers, files and claims: numbered, issued, found again by any of their marks."""

from typing import Any

import pytest

from mailroom.domain.documents import AttachmentRole, DocumentKind
from mailroom.domain.money import Money
from mailroom.domain.timeline import EventKind
from mailroom.errors import MailroomError
from mailroom.store import Accepted, Store
from mailroom.store.documents import (
    attachment,
    claims_of,
    document,
    document_by_hash,
    document_by_record,
    documents,
)
from mailroom.store.shipments import get_shipment


def numbered(make: Any, document_id: str, kind: str = "proof_of_delivery", **more: Any) -> Any:
    payload = {"kind": kind, "prefix": "POD", "year": 2026, "letter": "A"} | more
    return make.command("document_numbered", document_id, payload, desk=more.pop("desk", make.desk))


def issued(make: Any, document_id: str, number: str, *shipment_ids: str) -> Any:
    value = {
        "number": number,
        "kind": "proof_of_delivery",
        "sha256": document_id.encode().hex().ljust(64, "0"),
        "record_sha256": "cd" * 32,
        "pages": 2,
        "language": "en",
        "purpose": "audit",
        "shipment_ids": list(shipment_ids),
    }
    events = [make.event("document", facts={"number": number}) | {"shipment_id": one} for one in shipment_ids]
    return make.command("document_issued", document_id, {"document": value, "events": events})


def test_numbers_are_counted_by_kind_year_and_desk(store: Store, make: Any) -> None:
    def number(document_id: str, **more: Any) -> str:
        return str(store.accept(numbered(make, document_id, **more)).result["number"])

    assert number("d1") == "POD-2026-A0001"
    assert number("d2") == "POD-2026-A0002"
    assert number("d3", kind="claim_packet", prefix="CLM") == "CLM-2026-A0001"
    assert number("d4", year=2027) == "POD-2027-A0001"
    make.desk = "desk-2"
    assert number("d5", letter="B") == "POD-2026-B0001"


def test_two_desks_with_one_letter_do_not_share_a_number(store: Store, make: Any) -> None:
    store.accept(numbered(make, "d1"))
    make.desk = "desk-2"
    with pytest.raises(MailroomError) as caught:
        store.accept(numbered(make, "d2"))
    assert caught.value.code == "number_taken"


def test_a_paper_is_found_by_all_its_marks(store: Store, make: Any, recorded: Accepted) -> None:
    second = store.accept(make.piece("1Z2"))
    ids = (second.command.subject, recorded.command.subject)
    store.accept(issued(make, "d1", "POD-2026-A0001", *ids))
    store.accept(issued(make, "d2", "POD-2026-A0002", ids[1]))
    with store.read() as connection:
        first = document(connection, "d1")
        assert (first.kind, first.pages, first.purpose) == (DocumentKind.PROOF_OF_DELIVERY, 2, "audit")
        assert first.shipment_ids == ids
        assert first.tracking_numbers == ("1Z2", "9400100000000000000001")
        assert document_by_hash(connection, first.sha256) == first
        assert document_by_hash(connection, "00" * 32) is None
        newest = document_by_record(connection, "cd" * 32)
        assert newest is not None
        assert newest.id == "d2"
        assert [one.id for one in documents(connection, 10)] == ["d2", "d1"]
        assert [one.id for one in documents(connection, 1)] == ["d2"]
        shown = get_shipment(connection, ids[1])
        assert [one.id for one in shown.documents] == ["d2", "d1"]
        assert [one.kind for one in shown.events] == [EventKind.DOCUMENT] * 2 + [EventKind.RECORDED]
        with pytest.raises(MailroomError) as caught:
            document(connection, "d9")
    assert caught.value.code == "document_unknown"


def test_a_number_is_issued_once(store: Store, make: Any, recorded: Accepted) -> None:
    store.accept(issued(make, "d1", "POD-2026-A0001", recorded.command.subject))
    with pytest.raises(MailroomError) as caught:
        store.accept(issued(make, "d2", "POD-2026-A0001", recorded.command.subject))
    assert caught.value.code == "number_taken"


def test_a_file_is_kept_with_its_shipment(store: Store, make: Any, recorded: Accepted) -> None:
    sha256 = store.blobs.put(b"%PDF-1.4")
    value = {
        "id": "a1",
        "sha256": sha256,
        "name": "receipt.pdf",
        "media_type": "application/pdf",
        "size": 8,
        "pages": 1,
        "role": "receipt",
        "caption": "at the counter",
        "source_name": "USPS",
        "taken_at": "2026-11-16T10:00:00",
    }
    command = make.command(
        "attachment_added", recorded.command.subject, {"attachment": value, "event": make.event("attached")}
    )
    store.accept(command)
    with store.read() as connection:
        found = attachment(connection, "a1")
        assert get_shipment(connection, recorded.command.subject).attachments == (found,)
        assert (found.role, found.caption, found.added_at) == (
            AttachmentRole.RECEIPT,
            "at the counter",
            command.made_at,
        )
        with pytest.raises(MailroomError) as caught:
            attachment(connection, "a9")
    assert caught.value.code == "attachment_unknown"


def test_a_claim_is_kept_whole(store: Store, make: Any, recorded: Accepted) -> None:
    value = {
        "number": "CLM-2026-A0001",
        "shipment_id": recorded.command.subject,
        "kind": "loss",
        "amount": {"mills": 120_000, "currency": "USD"},
        "remedy": "refund",
        "document_id": "d1",
        "missing": ["proof_of_value"],
    }
    store.accept(make.command("claim_prepared", "claim-1", {"claim": value, "event": make.event("claim")}))
    without = value | {"number": "CLM-2026-A0002", "amount": None}
    store.accept(make.command("claim_prepared", "claim-2", {"claim": without, "event": make.event("claim")}))
    with store.read() as connection:
        second, first = claims_of(connection, recorded.command.subject)
    assert (first.id, first.amount, first.remedy, first.body) == ("claim-1", Money(120_000), "refund", value)
    assert second.amount is None
