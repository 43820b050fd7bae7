"""An imprint of a franking machine in words; what is not certain of it says so wherever it is shown."""

from mailroom.domain.indicium import Indicium
from mailroom.wording import _, mark

_NAMES: dict[str, str] = {
    "format": mark("Kind"),
    "meter": mark("Meter"),
    "piece": mark("Imprint number"),
    "postage": mark("Postage"),
    "mailed_on": mark("Day"),
}


def imprint_facts(imprint: Indicium) -> tuple[tuple[str, str], ...]:
    """Pairs of name and value; an unconfirmed value is marked, one that nobody knows is said to be unknown."""
    money = imprint.postage
    values = {
        "format": imprint.format,
        "meter": imprint.meter,
        "piece": "" if imprint.piece is None else str(imprint.piece),
        "postage": "" if money is None else f"{money.amount} {money.currency}",
        "mailed_on": "" if imprint.mailed_on is None else imprint.mailed_on.isoformat(),
    }
    found = []
    for name, value in values.items():
        if name in imprint.unconfirmed:
            value = _("{value} (unconfirmed)").format(value=value) if value else _("not known for certain")
        if value:
            found.append((_(_NAMES[name]), value))
    return tuple(found)
