"""What the options of `record` say of a piece: one set for all labels of the call."""

import argparse
from typing import TYPE_CHECKING, Any

from mailroom.cli.wiring import Call
from mailroom.errors import MailroomError
from mailroom.wording import _

if TYPE_CHECKING:
    from mailroom.domain.shipment import Party, PieceFields
    from mailroom.services.office import Office

_TEXTS = ("order", "department", "account", "run", "meter", "note", "service", "contents", "requester")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Details of a piece, all optional."""
    for name, what in (
        ("recipient", _("who it goes to")),
        ("company", _("the recipient's company")),
        ("address", _("lines of the address, apart by semicolons: 1857 W Division St; Chicago, IL 60622")),
        ("country", _("the recipient's country, as two letters or in English")),
        ("order", _("order or reference")),
        ("department", _("department that pays")),
        ("account", _("account of the department")),
        ("run", _("mail run")),
        ("meter", _("franking machine")),
        ("postage", _("amount such as 7.640")),
        ("declared-value", _("amount such as 120.00")),
        ("weight", _("such as 12 oz, 1 lb 6 oz, 350 g")),
        ("carrier", _("decides where carriers share a number format")),
        ("service", _("class of mail, where it is not to come from the label")),
        ("contents", _("what is in it")),
        ("class", _("how to handle it: perishable, fragile …")),
        ("hs-code", _("tariff code of the contents, six to ten digits")),
        ("requester", _("who asked for it to be sent")),
        ("requester-email", _("where to tell the requester")),
        ("mailed-on", _("day of mailing, such as 2026-11-20")),
        ("note", _("anything worth keeping")),
    ):
        parser.add_argument(f"--{name}", default="", metavar=name.upper(), help=what)


def piece_fields(call: Call, office: "Office") -> "PieceFields":
    """What the options say of every label of this call; what an address lacks is said once.

    Raises `bad_amount`, `bad_weight`, `bad_date`, `carrier_unknown`, `country_unknown`, and what `checked_fields` does.
    """
    from mailroom.cli.payloads import argument_text
    from mailroom.domain.money import parse_money
    from mailroom.domain.shipment import PieceFields
    from mailroom.domain.times import parse_day
    from mailroom.domain.weights import parse_weight
    from mailroom.services.piece_checks import checked_fields

    def said(name: str) -> str:
        return argument_text(getattr(call.options, name))

    postage, declared, weight, mailed = said("postage"), said("declared_value"), said("weight"), said("mailed_on")
    currency = office.settings.office(office.operator).currency if postage or declared else ""
    texts: dict[str, Any] = {name: said(name) for name in _TEXTS}
    fields = PieceFields(
        recipient=_recipient(call, office),
        carrier=_carrier(call.options.carrier),
        postage=parse_money(postage, currency) if postage else None,
        declared_value=parse_money(declared, currency) if declared else None,
        weight=parse_weight(weight) if weight else None,
        mailed_on=parse_day(mailed) if mailed else None,
        classification=said("class"),
        hs_code=said("hs_code"),
        requester_email=said("requester_email"),
        **texts,
    )
    return checked_fields(fields)


def _recipient(call: Call, office: "Office") -> "Party":
    from mailroom.cli.payloads import argument_text
    from mailroom.domain.shipment import Party

    options = call.options
    name, company = argument_text(options.recipient), argument_text(options.company)
    lines = tuple(line.strip() for line in argument_text(options.address).split(";") if line.strip())
    country = ""
    if options.country:  # what it needs takes longer to load than all else here
        from mailroom.services.address_book import country_code

        country = country_code(options.country)
    party = office.addresses.structured(office.operator, Party(name, company, lines, "", country))
    if lines:
        from mailroom.wording.reasons import reason_text

        for lack in office.addresses.check(office.operator, party):
            call.output.say(_("Address: {what}.").format(what=reason_text(lack)))
    return party


def _carrier(name: str) -> str:
    from mailroom.wording.carriers import NAMES

    carrier = name.lower().replace(" ", "_")
    if carrier and carrier not in NAMES:
        raise MailroomError("carrier_unknown", name=carrier, known=", ".join(NAMES))
    return carrier
