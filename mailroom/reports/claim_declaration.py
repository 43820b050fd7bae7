"""The declaration that the claimant may sign: printed empty, signed for nobody."""

from reportlab.platypus import Flowable, Spacer

from mailroom.domain.claims import ClaimKind
from mailroom.reports.claim_case import Case
from mailroom.reports.claim_words import kind_word
from mailroom.reports.elements import Anchor, signature_lines
from mailroom.reports.text import bold, fill, safe
from mailroom.reports.words import text
from mailroom.wording import _, mark

_STATED = {
    ClaimKind.LOSS: mark("So far as we know the piece has not reached its addressee, and nobody has paid us for it."),
    ClaimKind.DAMAGE: mark("The contents were damaged as stated, and nobody has paid us for them."),
    ClaimKind.MISSING: mark("The contents named were missing as stated, and nobody has paid us for them."),
}


def declaration(case: Case) -> list[Flowable]:
    """The page as a story; whether to sign it is the claimant's choice."""
    claim = case.claim
    office = case.packet.office.name or _("the sender")
    body = fill(
        _(
            "This declaration supports claim {number} for {kind}, tracking number {tracking}. I have read the cover "
            "letter, the summary and the statement of amount. What they say of the contents, their value and the "
            "dates is true to my own knowledge, or is what the records of {office} hold, as each page says. {stated}"
        ),
        number=bold(claim.number),
        kind=kind_word(claim.kind),
        tracking=bold(case.shipment.tracking_number or _("none")),
        office=office,
        stated=_(_STATED[claim.kind]),
    )
    optional = _(
        "Optional. A declaration in this form may replace an oath (28 U.S.C. § 1746), though not everywhere: ask first "
        "where a notary might be needed."
    )
    abroad = _(
        "Signed outside the United States: after “perjury” add “under the laws of the United States of America”."
    )
    return [
        Anchor("declaration", _("Declaration")),
        text(_("Declaration"), "title"),
        text(optional, "subtitle"),
        Spacer(1, 16),
        text(body, "letter"),
        Spacer(1, 9),
        text(bold(_("I declare under penalty of perjury that the foregoing is true and correct.")), "letter"),
        Spacer(1, 4),
        text(safe(abroad), "note"),
        Spacer(1, 40),
        signature_lines((_("Executed on (date)"), _("Signature")), (0.38, 0.62), case.width),
        Spacer(1, 38),
        signature_lines((_("Printed name and title"), _("Place")), (0.62, 0.38), case.width),
        Spacer(1, 8),
        text(_("Not signed when printed; Mailroom fills in nothing here."), "note"),
    ]
