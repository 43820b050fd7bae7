"""What an imprint of a franking machine says for a piece: fields that nobody typed, and where it contradicts."""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Any

from mailroom.domain.folding import fold
from mailroom.domain.ids import new_id
from mailroom.domain.indicium import Indicium
from mailroom.domain.office import Meter
from mailroom.domain.payloads import named_json, number_json
from mailroom.domain.piece_parts import indicium_json, money_json
from mailroom.domain.recognition import Check, Reason
from mailroom.domain.shipment import LineKind, NumberRole, PieceFields, PostageProof, ShipmentNumber

_SERIAL = re.compile(r"([0-9A-Z]{4})0*([0-9]+)")  # maker and model, then the number; zeros before it may be missing


def with_imprint(fields: PieceFields, imprint: Indicium, meters: Sequence[Meter]) -> PieceFields:
    """The fields with what the imprint says for certain wherever the clerk gave nothing; `from_imprint` names these."""
    known = dict(_said(imprint, meters))
    filled = {name: value for name, value in known.items() if getattr(fields, name) in (None, "")}
    return dataclasses.replace(fields, imprint=imprint, from_imprint=tuple(sorted(filled)), **filled)


def _said(imprint: Indicium, meters: Sequence[Meter]) -> list[tuple[str, Any]]:
    said: list[tuple[str, Any]] = [("proof_of_postage", PostageProof.METER)]
    if imprint.sure("meter"):
        said.append(("meter", name_of_meter(imprint, meters)))
    said += [(name, getattr(imprint, name)) for name in ("postage", "mailed_on") if imprint.sure(name)]
    return said


def name_of_meter(imprint: Indicium, meters: Sequence[Meter]) -> str:
    """What the office calls this machine: the meter with its serial, else the serial itself."""
    return next((one.name for one in meters if same_serial(one.serial, imprint.meter)), imprint.meter)


def same_serial(written: str, read: str) -> bool:
    """Whether a serial as people write it is the one read; blanks, dashes and zeros before the number do not count."""
    one, other = (re.sub(r"[^0-9A-Z]", "", text.upper()) for text in (written, read))
    if one == other:
        return bool(one)
    parts, others = _SERIAL.fullmatch(one), _SERIAL.fullmatch(other)
    return parts is not None and others is not None and parts.groups() == others.groups()


def imprint_warnings(fields: PieceFields, imprint: Indicium, meters: Sequence[Meter]) -> list[Reason]:
    """Where the clerk's words and the imprint are two: amount, day, meter. What is unconfirmed contradicts nobody."""
    found = []
    if imprint.sure("postage") and fields.postage not in (None, imprint.postage):
        assert fields.postage is not None
        assert imprint.postage is not None
        given = f"{fields.postage.amount} {fields.postage.currency}"
        read = f"{imprint.postage.amount} {imprint.postage.currency}"
        found.append(Reason("imprint_amount_differs", (("given", given), ("read", read))))
    if imprint.sure("mailed_on") and fields.mailed_on not in (None, imprint.mailed_on):
        days = (("given", str(fields.mailed_on)), ("read", str(imprint.mailed_on)))
        found.append(Reason("imprint_day_differs", days))
    chosen = next((one for one in meters if fields.meter and fold(one.name) == fold(fields.meter)), None)
    if chosen is not None and chosen.serial and not same_serial(chosen.serial, imprint.meter):
        found.append(Reason("imprint_meter_differs", (("given", chosen.name), ("read", imprint.meter))))
    return found


def imprint_number(imprint: Indicium) -> dict[str, Any]:
    """The imprint as a number of its shipment, by which it is known again."""
    return number_json(ShipmentNumber(imprint.key, "", NumberRole.IMPRINT, Check.NONE))


def filling(imprint: Indicium, meters: Sequence[Meter]) -> Mapping[str, Any]:
    """What the imprint may fill on a piece that is on record already, as a payload's part."""
    fields = with_imprint(PieceFields(), imprint, meters)
    lines = []
    if fields.postage is not None:
        line = {"id": new_id(), "kind": LineKind.POSTAGE.value, **(money_json(fields.postage) or {})}
        lines.append(line | {"indicium": imprint.key, "note": ""})
    return {
        "fields": {
            "imprint": indicium_json(imprint),
            "mailed_on": "" if fields.mailed_on is None else fields.mailed_on.isoformat(),
            "proof_of_postage": PostageProof.METER.value,
        },
        "meter": named_json(new_id(), fields.meter),
        "postage": lines,
    }
