"""Labels of our own for pieces on record."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailroom.domain.labels import InternalLabel, LabelSheet
from mailroom.domain.operator import Operator
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import NumberRole, Shipment
from mailroom.errors import MailroomError
from mailroom.reports import label_places, render_internal_labels
from mailroom.services.addresses import address_lines
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.services.shipments import Shipments


@dataclass(frozen=True, slots=True)
class Labels:
    """Use cases of labels."""

    desk: Desk

    def internal(
        self, who: Operator, shipment_ids: Sequence[str], sheet: LabelSheet = LabelSheet.ROLL_4X6, *, first: int = 1
    ) -> bytes:
        """A PDF with the labels of these pieces, beginning at place `first` (from 1) of the sheet; it is not kept.

        Raises `shipment_unknown`, `no_own_number`, `nothing_to_print`, `label_place_bad`.
        """
        demand(who, "labels.internal")
        if not shipment_ids:
            raise MailroomError("nothing_to_print")
        if not 1 <= first <= label_places(sheet):
            raise MailroomError("label_place_bad", place=first, places=label_places(sheet))
        shipments = Shipments(self.desk)
        labels = [self._label(shipments.get(who, id_).row) for id_ in shipment_ids]
        return render_internal_labels(labels, sheet, first, self.desk.in_force.settings.language)

    def _label(self, row: ShipmentRow) -> InternalLabel:
        settings, shipment = self.desk.in_force.settings, row.shipment
        fields = shipment.fields
        return InternalLabel(
            number=_own_number(shipment),
            to_lines=address_lines(fields.recipient, settings.country),
            from_lines=tuple(line for line in (settings.name, *settings.address) if line),
            department=row.department,
            order=fields.order,
            recorded=shipment.recorded_at.astimezone(self.desk.in_force.zone).date().isoformat(),
            requester=fields.requester,
            contents=fields.contents,
            handling=fields.classification,
            imprint=_imprint(shipment),
        )


def _own_number(shipment: Shipment) -> str:
    number = next((one.number for one in shipment.numbers if one.role is NumberRole.INTERNAL), "")
    if not number:
        raise MailroomError("no_own_number", number=shipment.tracking_number)
    return number


def _imprint(shipment: Shipment) -> str:
    """The meter of the imprint, and its amount where that is certain."""
    imprint = shipment.fields.imprint
    if imprint is None:
        return ""
    money = imprint.postage if imprint.sure("postage") else None
    return " · ".join(part for part in (imprint.meter, f"{money.amount} {money.currency}" if money else "") if part)
