"""When a piece should arrive: each answer with whose it is, so that none is taken for another."""

from datetime import date

from mailroom.domain.eta import ByRule, Group, NotTaken, Outlook, Overdue
from mailroom.domain.shipment import PromiseBasis, Shipment
from mailroom.wording import _, mark, plural
from mailroom.wording.short_times import day_text

GROUPS: dict[Group, str] = {
    Group.LANE_WEEKDAY: mark("same service, region and weekday"),
    Group.LANE: mark("same service and region"),
    Group.SERVICE_WEEKDAY: mark("same service and weekday"),
    Group.SERVICE: mark("same service"),
    Group.CARRIER: mark("same carrier"),
}


def promise_lines(shipment: Shipment, today: date) -> tuple[str, ...]:
    """The days on record: the carrier's and, where it differs, the one that this office wanted."""
    lines = []
    basis, day, wanted = shipment.promise_basis, shipment.promised_on, shipment.fields.promised_on
    if day is not None and basis is PromiseBasis.CARRIER:
        revised = shipment.revised_on is not None
        text = _("Promised {day} by the carrier, revised") if revised else _("Promised {day} by the carrier")
        lines.append(text.format(day=day_text(day, today)))
    elif day is not None and basis is PromiseBasis.FILE:
        revised = shipment.revised_on is not None
        text = _("Promised {day} by an imported file, revised") if revised else _("Promised {day} by an imported file")
        lines.append(text.format(day=day_text(day, today)))
    elif day is not None and basis is PromiseBasis.RULE:
        lines.append(_("Expected {day} by the service’s standard").format(day=day_text(day, today)))
    if wanted is not None:
        lines.append(_("Wanted by this office {day}").format(day=day_text(wanted, today)))
    return tuple(lines)


def standard_line(found: ByRule, today: date) -> str:
    """`By rule 23 Nov – 27 Nov (as of 2025-07-01), no promise of the carrier`; only the front where it promised one."""
    text = _("By rule {first} – {last} (as of {as_of}), no promise of the carrier")
    if found.promised:
        text = _("By rule {first} – {last} (as of {as_of})")
    return text.format(
        first=day_text(found.standard.earliest_on, today),
        last=day_text(found.standard.latest_on, today),
        as_of=found.standard.rule.as_of.isoformat(),
    )


def estimate_line(found: Outlook | None, today: date) -> str:
    """`By your own mail 26 Nov (25 Nov – 28 Nov): 34 pieces, same service and region`, or why there is no day."""
    if found is None:
        return _("By your own mail: too few pieces to say")
    if isinstance(found, NotTaken):
        return _("By your own mail: no day to expect, the carrier does not have it yet")
    pieces, group = plural("{n} piece", "{n} pieces", found.pieces), _(GROUPS[found.group])
    if isinstance(found, Overdue):
        text = _("By your own mail: later than every one of {pieces}, {group}")
        if found.longer:
            text = _("By your own mail: later than {earlier} of {pieces}, {group}")
        return text.format(earlier=found.pieces - found.longer, pieces=pieces, group=group)
    text = _("By your own mail {day} ({first} – {last}): {pieces}, {group}")
    if found.taken_on is not None:
        text = _("By your own mail {day} ({first} – {last}) if handed over {taken}: {pieces}, {group}")
    return text.format(
        day=day_text(found.expected_on, today),
        first=day_text(found.earliest_on, today),
        last=day_text(found.latest_on, today),
        taken=day_text(found.taken_on, today) if found.taken_on else "",
        pieces=pieces,
        group=group,
    )
