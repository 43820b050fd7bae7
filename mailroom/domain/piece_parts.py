"""Parts of a piece as JSON of a command's payload, and back: parties, customs lines, imprints, reasons."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from mailroom.domain.customs import CustomsLine
from mailroom.domain.indicium import Indicium
from mailroom.domain.money import Money
from mailroom.domain.recognition import Reason
from mailroom.domain.shipment import Party
from mailroom.domain.weights import Weight, WeightUnit

Json = dict[str, Any]

_PARTY_TEXTS = ("name", "company", "city", "region", "postal_code", "country", "contact")


def money_json(money: Money | None) -> Json | None:
    """An amount, or null."""
    return None if money is None else {"mills": money.mills, "currency": money.currency}


def money_from(value: Mapping[str, Any] | None) -> Money | None:
    """The reverse of `money_json`."""
    return None if value is None else Money(int(value["mills"]), str(value["currency"]))


def weight_json(weight: Weight | None) -> Json | None:
    """A weight with its unit, exact, or null."""
    return None if weight is None else {"amount": str(weight.amount), "unit": weight.unit.value}


def weight_from(value: Mapping[str, Any] | None) -> Weight | None:
    """The reverse of `weight_json`."""
    return Weight(Decimal(value["amount"]), WeightUnit(value["unit"])) if value else None


def party_json(party: Party) -> Json:
    """A sender or recipient, empty parts left out."""
    whole = {"address": list(party.address), **{name: getattr(party, name) for name in _PARTY_TEXTS}}
    return {key: value for key, value in whole.items() if value}


def party_from(value: Mapping[str, Any] | None) -> Party:
    """The reverse of `party_json`; null is an empty one."""
    if not value:
        return Party()
    return Party(address=tuple(value.get("address", ())), **{name: value.get(name, "") for name in _PARTY_TEXTS})


def customs_json(lines: Sequence[CustomsLine]) -> list[Json]:
    """The lines of a customs form."""
    return [
        {
            "description": one.description,
            "quantity": one.quantity,
            "value": money_json(one.value),
            "weight": weight_json(one.weight),
            "hs_code": one.hs_code,
            "origin": one.origin,
        }
        for one in lines
    ]


def customs_from(lines: Iterable[Mapping[str, Any]] | None) -> tuple[CustomsLine, ...]:
    """The reverse of `customs_json`; null is none."""
    return tuple(
        CustomsLine(
            description=one["description"],
            quantity=int(one.get("quantity", 1)),
            value=money_from(one.get("value")),
            weight=weight_from(one.get("weight")),
            hs_code=one.get("hs_code", ""),
            origin=one.get("origin", ""),
        )
        for one in lines or ()
    )


def indicium_json(imprint: Indicium | None) -> Json | None:
    """An imprint, or null."""
    if imprint is None:
        return None
    return {
        "format": imprint.format,
        "meter": imprint.meter,
        "piece": imprint.piece,
        "postage": money_json(imprint.postage),
        "mailed_on": None if imprint.mailed_on is None else imprint.mailed_on.isoformat(),
        "unconfirmed": list(imprint.unconfirmed),
        "key": imprint.key,
    }


def indicium_from(value: Mapping[str, Any] | None) -> Indicium | None:
    """The reverse of `indicium_json`."""
    if not value:
        return None
    day = value.get("mailed_on")
    return Indicium(
        format=value["format"],
        meter=value["meter"],
        piece=value.get("piece"),
        postage=money_from(value.get("postage")),
        mailed_on=date.fromisoformat(day) if day else None,
        unconfirmed=tuple(value.get("unconfirmed", ())),
        key=value.get("key", ""),
    )


def reasons_text(reasons: Sequence[Reason]) -> str:
    """Reasons as one text, such as a fact of an event holds."""
    return json.dumps([[one.code, dict(one.facts)] for one in reasons], ensure_ascii=False, separators=(",", ":"))


def reasons_from(text: str) -> tuple[Reason, ...]:
    """The reverse of `reasons_text`; none of an empty text."""
    return tuple(Reason(code, tuple(facts.items())) for code, facts in json.loads(text)) if text else ()
