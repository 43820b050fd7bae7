"""Photographs of labels: kept with the piece, erased after their time, unless something on record names the piece."""

from collections.abc import Callable
from typing import Any

import pytest

from mailroom.domain.claims import ClaimKind
from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.operator import Operator
from mailroom.errors import MailroomError
from mailroom.services.office import Office
from mailroom.services.photos import KEPT_DAYS, LARGEST

JPEG = b"\xff\xd8\xff\xe0 a label"


def photos_of(office: Office, who: Operator, shipment_id: str) -> tuple[Attachment, ...]:
    return office.shipments.get(who, shipment_id).attachments


def test_a_photograph_is_kept_with_its_piece_and_undo_takes_the_piece(
    office: Office, who: Operator, read: Callable[..., Any]
) -> None:
    piece = office.intake.record(who, read("1Z999AA10123456784")).row.shipment.id  # type: ignore[union-attr]
    photo = office.photos.keep(who, piece, JPEG, camera="C920")
    (kept,) = photos_of(office, who, piece)
    assert kept == photo
    assert (kept.role, kept.media_type, kept.source_name) == (AttachmentRole.LABEL_PHOTO, "image/jpeg", "C920")
    assert office.attachments.read(who, kept) == JPEG
    # WHEN the latest act is taken back
    act = office.intake.undo_last(who)
    # THEN it is the piece, not its photograph
    assert act is not None
    assert act.kind == "piece_recorded"


def test_a_photograph_is_small(office: Office, who: Operator, read: Callable[..., Any]) -> None:
    piece = office.intake.record(who, read("1Z999AA10123456784")).row.shipment.id  # type: ignore[union-attr]
    with pytest.raises(MailroomError) as refused:
        office.photos.keep(who, piece, b"x" * (LARGEST + 1))
    assert refused.value.code == "file_too_large"
    assert photos_of(office, who, piece) == ()


def test_old_photographs_are_erased_but_for_those_of_claims(
    office: Office, who: Operator, read: Callable[..., Any], clock: Any
) -> None:
    # GIVEN a piece with a claim, one without, and one whose photograph is young; two have the same picture
    pieces = [
        office.intake.record(who, read(number)).row.shipment.id  # type: ignore[union-attr]
        for number in ("1Z999AA10123456784", "9405511899223197428490", "RB123456785GB")
    ]
    office.photos.keep(who, pieces[0], JPEG + b"claimed")
    office.photos.keep(who, pieces[1], JPEG)
    office.claims.open(who, pieces[0], ClaimKind.LOSS)
    clock.forward(days=KEPT_DAYS / 2)
    office.photos.keep(who, pieces[2], JPEG)
    assert office.photos.erase_old(who) == 0
    clock.forward(days=KEPT_DAYS / 2 + 1)
    # WHEN the old ones are erased
    assert office.photos.erase_old(who) == 1
    # THEN only that one is gone, and its bytes stay while another piece has the same picture
    assert photos_of(office, who, pieces[1]) == ()
    assert len(photos_of(office, who, pieces[0])) == 1
    (young,) = photos_of(office, who, pieces[2])
    assert office.attachments.read(who, young) == JPEG
    # AND once that one is old too, the bytes go; the record holds all the same
    clock.forward(days=KEPT_DAYS)
    assert office.photos.erase_old(who) == 1
    with pytest.raises(MailroomError) as gone:
        office.attachments.read(who, young)
    assert gone.value.code == "blob_missing"
    assert office.safety.check(who) == ()
    assert office.photos.erase_old(who) == 0
