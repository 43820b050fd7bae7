"""Which photographs a carrier wants of damage; UPS names seven shots (ups.com, claim document requirements)."""

from collections.abc import Iterable
from enum import StrEnum

from mailroom.domain.claims import ClaimKind
from mailroom.domain.documents import Attachment, AttachmentRole


class Shot(StrEnum):
    """One photograph of a plan, in the order they are taken."""

    ITEM = "item"  # the damaged item
    IN_BOX = "in_box"  # the item in its box with the original cushioning
    PACKING = "packing"  # the packing material
    LABEL = "label"  # the shipping label close up, its number readable
    CERTIFICATE = "certificate"  # the box maker's certificate
    TOP = "top"  # the top and two sides
    BOTTOM = "bottom"  # the bottom and the opposite sides


_PLANS: dict[tuple[str, ClaimKind], tuple[Shot, ...]] = {
    ("ups", ClaimKind.DAMAGE): tuple(Shot),
    ("ups", ClaimKind.MISSING): tuple(Shot),
}
SHOT_ROLE = {Shot.LABEL: AttachmentRole.LABEL_PHOTO}


def photo_plan(carrier: str, kind: ClaimKind) -> tuple[Shot, ...]:
    """The shots a carrier wants for a claim of this kind; none where it names none."""
    return _PLANS.get((carrier, kind), ())


def role_of(shot: Shot) -> AttachmentRole:
    """As what a photograph of a shot is kept."""
    return SHOT_ROLE.get(shot, AttachmentRole.DAMAGE_PHOTO)


def lacking(
    plan: Iterable[Shot], photos: Iterable[tuple[str, str]], attachments: Iterable[Attachment]
) -> tuple[Shot, ...]:
    """The shots of a plan that no file on record shows; `photos` pairs a shot with an attachment's id."""
    there = {one.id for one in attachments}
    shown = {shot for shot, id_ in photos if id_ in there}
    return tuple(one for one in plan if one.value not in shown)
