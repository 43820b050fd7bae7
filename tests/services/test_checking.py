"""Is a file what was issued: by the record, by the signature, or by both."""

from pathlib import Path

import pytest

from mailroom.domain.operator import Operator
from mailroom.domain.shipment import PieceFields
from mailroom.services.checking import PaperState, check_with_certificate
from mailroom.services.desk import open_desk
from mailroom.services.office import Office, make_office
from mailroom.services.operators import operator_of_profile
from mailroom.store import open_store


@pytest.fixture
def shipment_id(office: Office, who: Operator) -> str:
    done = office.intake.record_without_number(who, fields=PieceFields(order="Job 1"))
    assert done.row is not None
    return done.row.shipment.id


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILROOM_KEY_PASSPHRASE", "eight words or so")


@pytest.mark.usefixtures("key")
def test_a_reprint_is_the_same_file(office: Office, who: Operator, shipment_id: str) -> None:
    paper = office.papers.issue_proof_of_delivery(who, [shipment_id])
    assert paper.signed
    assert office.papers.pdf(who, paper.document.id) == paper.pdf
    assert office.papers.verify(who, paper.pdf).state is PaperState.ISSUED


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)  # the other record is on SQLite in any case
@pytest.mark.usefixtures("key")
def test_a_paper_of_a_lost_record_holds_by_its_signature(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path
) -> None:
    paper = office.papers.issue_proof_of_delivery(who, [shipment_id])
    # GIVEN the same profile's key, and a record that begins anew
    (tmp_path / "anew").mkdir()
    for name in ("office-key.p12", "office-certificate.pem"):
        (tmp_path / "anew" / name).write_bytes((tmp_path / name).read_bytes())
    store = open_store("", profile=tmp_path / "anew")
    desk = open_desk(store)
    other = make_office(desk, operator_of_profile(desk, "d", "A", "M. Vega"))
    verdict = other.papers.verify(other.operator, paper.pdf)
    grown = other.papers.verify(other.operator, paper.pdf + b"\n% more")
    store.close()
    assert (verdict.state, verdict.number) == (PaperState.SIGNED, paper.document.number)
    assert verdict.signature is not None
    assert verdict.signature.trusted
    assert grown.state is PaperState.APPENDED


@pytest.mark.usefixtures("key")
def test_two_desks_that_begin_at_once_have_one_key(office: Office, who: Operator) -> None:
    assert office.papers.certificate(who) == office.papers.certificate(who) != b""


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)  # the other record is on SQLite in any case
@pytest.mark.usefixtures("key")
def test_a_signature_by_another_office_is_not_known(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path
) -> None:
    paper = office.papers.issue_proof_of_delivery(who, [shipment_id])
    (tmp_path / "other").mkdir()
    store = open_store("", profile=tmp_path / "other")
    desk = open_desk(store)
    other = make_office(desk, operator_of_profile(desk, "d", "A", "M. Vega"))
    strange = other.papers.certificate(other.operator)
    assert other.papers.verify(other.operator, paper.pdf).state is PaperState.UNKNOWN
    store.close()
    assert check_with_certificate(paper.pdf, strange).state is PaperState.UNKNOWN


def test_without_key_the_paper_is_issued_and_appending_is_told(office: Office, who: Operator, shipment_id: str) -> None:
    paper = office.papers.issue_proof_of_delivery(who, [shipment_id])
    assert not paper.signed
    assert office.papers.verify(who, paper.pdf + b"\n% more").state is PaperState.APPENDED
    changed = paper.pdf.replace(b"Mailroom", b"Mailr00m", 1)
    verdict = office.papers.verify(who, changed)
    assert verdict.state is PaperState.CHANGED
    assert verdict.document is not None
    assert verdict.document.number == paper.document.number
