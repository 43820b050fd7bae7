"""An e-mail that a person reads, changes and sends with a program of their own: the paper is attached to it."""

from email.message import EmailMessage
from email.policy import SMTP

from mailroom.domain.documents import Document
from mailroom.services.desk import Desk
from mailroom.wording import _
from mailroom.wording.attachments import paper_word
from mailroom.wording.plain import one_line


def mail_draft(desk: Desk, document: Document, pdf: bytes) -> bytes:
    """The draft as an `.eml` file: no sender and no addressee yet, marked as not sent."""
    settings = desk.in_force.settings
    mail = EmailMessage(policy=SMTP)
    numbers = ", ".join(one for one in document.tracking_numbers[:3] if one)
    subject = f"{paper_word(document.kind)} {document.number}"
    mail["Subject"] = one_line(f"{subject}: {numbers}" if numbers else subject)
    mail["X-Unsent"] = "1"  # mail programs open it as a draft
    lines = [
        _("Attached: {paper} {number}, {pages} pages.").format(
            paper=paper_word(document.kind), number=document.number, pages=document.pages
        ),
        _("SHA-256 of the file: {digest}").format(digest=document.sha256),
    ]
    if document.purpose:
        lines.append(_("Purpose: {purpose}").format(purpose=one_line(document.purpose)))
    sender = [line for line in (settings.name, *settings.address, settings.contact) if line]
    mail.set_content("\n".join([*lines, "", *map(one_line, sender)]) + "\n")
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{document.number}.pdf")
    return mail.as_bytes()
