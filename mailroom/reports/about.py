"""The last part of a paper: what it is, what it was made from, how to check it."""

from reportlab.platypus import Flowable

from mailroom.domain.papers import PaperHead
from mailroom.reports.elements import Anchor, facts, together
from mailroom.reports.page import Surroundings
from mailroom.reports.record import in_fours
from mailroom.reports.text import Markup, bold, fill, safe
from mailroom.reports.words import text
from mailroom.wording import _
from mailroom.wording.moments import office_time_exact


def _signature(head: PaperHead) -> str:
    if not head.signed_with:
        return _("This file is not signed: no signing key was at hand when it was issued.")
    template = _("This file is signed with the office’s key; SHA-256 of its certificate: {digest} …")
    return fill(template, digest=in_fours(head.signed_with, 24))


def _how(head: PaperHead) -> str:
    copy = _("Of a paper copy only this fingerprint can be compared with the sender’s file.")
    if head.signed_with:
        return f"{_('Run {command} on the file, or open the signature panel of a PDF reader.')} {copy}"
    return f"{_('Run {command} on the file.')} {copy}"


def about(around: Surroundings, purpose: str) -> Flowable:
    """Document, purpose, what it is, the full fingerprint, how to check; kept on one page."""
    head = around.head
    issued = office_time_exact(head.issued_at, head.zone, head.language)
    who = fill(_("{name}, {role}"), name=head.issued_by, role=head.role) if head.role else safe(head.issued_by)
    digest = around.record_sha256
    origin = safe(_("of record.json, which travels inside this PDF and holds all that is printed here"))
    fingerprint = Markup(
        f'<font name="NotoSansMono-Regular" size="7.6">SHA-256 {digest[:32]}<br/>{digest[32:]}</font><br/>'
        f'<font size="7.5" color="#4A4A4A">{origin}</font>'
    )
    command = Markup('<font name="NotoSansMono-Regular" size="8.5">mailroom verify FILE.pdf</font>')
    rows = [
        (
            _("Document"),
            fill(_("{number}, issued {moment}, by {who}"), number=bold(around.number), moment=issued, who=who),
        ),
        (_("Purpose"), purpose),
        (
            _("What it is"),
            _(
                "Made by the sender from its own mail records in Mailroom; the carrier did not issue it. What the "
                "record does not hold is not said here, and what a person typed is marked as typed."
            ),
        ),
        (_("Record fingerprint"), fingerprint),
        (_("Signature"), _signature(head)),
        (_("How to check"), fill(_how(head), command=command)),
    ]
    title = _("About this document")
    return together(text(title, "heading"), Anchor("about", title), facts(rows, around.sheet.text_width, 96.0, "about"))
