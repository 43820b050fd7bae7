"""The last part of a paper: what it is, what it was made from, how to check it."""

from reportlab.platypus import Flowable

from mailroom.reports.elements import facts, text, together
from mailroom.reports.page import Surroundings
from mailroom.reports.text import Markup, bold, fill, safe
from mailroom.wording import _
from mailroom.wording.moments import office_time_exact


def about(around: Surroundings, purpose: str) -> Flowable:
    """Document, purpose, what it is, the full fingerprint, how to check; kept on one page."""
    head = around.head
    issued = office_time_exact(head.issued_at, head.zone, head.language)
    who = fill(_("{name}, {role}"), name=head.issued_by, role=head.role) if head.role else safe(head.issued_by)
    digest = around.record_sha256
    origin = safe(_("of the file record.json attached to this PDF, from which every line above was made."))
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
                "A report from the sender’s own mail records, kept with Mailroom. It is not issued by the carrier, "
                "and it states nothing the record does not hold. Entries typed by a person are marked “typed”."
            ),
        ),
        (_("Record fingerprint"), fingerprint),
        (
            _("How to check"),
            fill(
                _(
                    "Run {command}. A paper copy alone cannot be checked: ask the sender for the file and compare "
                    "the fingerprint."
                ),
                command=command,
            ),
        ),
    ]
    return together(text(_("About this document"), "heading"), facts(rows, around.sheet.text_width, 96.0, "about"))
