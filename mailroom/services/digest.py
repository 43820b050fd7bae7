"""The day's digest of the work list: as a paper on record, as a mail draft, or sent to one address."""

from dataclasses import dataclass
from enum import StrEnum

from mailroom.domain.alerts.situation import Urgency
from mailroom.domain.attention import AlertFilter, AlertRow
from mailroom.domain.digest import AttentionDigest
from mailroom.domain.documents import DocumentKind
from mailroom.domain.operator import Operator
from mailroom.domain.papers import PaperHead
from mailroom.errors import MailroomError
from mailroom.reports import RenderedPaper, render_digest
from mailroom.services import issuing
from mailroom.services.attention import Attention
from mailroom.services.desk import Desk
from mailroom.services.requesters import Notice, Requesters, mail_password, notice_settings
from mailroom.services.rights import demand
from mailroom.services.writing import Write, at_once
from mailroom.store.requesters import DIGEST
from mailroom.wording import _, in_language, plural
from mailroom.wording.alerts import about_piece, alert_evidence, alert_title, urgency_word, what_to_do
from mailroom.wording.moments import weekday_and_day
from mailroom.wording.numbers import grouped
from mailroom.wording.plain import one_line

MOST = 500  # alerts on one digest


class Form(StrEnum):
    """What a digest is made as."""

    PDF = "pdf"
    MAIL = "mail"  # an .eml draft


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest made: its bytes (none once sent), how many alerts it has, and where it went."""

    data: bytes
    alerts: int
    to: str = ""
    number: str = ""  # of the paper


@dataclass(frozen=True, slots=True)
class Digests:
    """Use cases of the digest; alerts are as of the last refresh."""

    desk: Desk
    attention: Attention
    requesters: Requesters

    def make(self, who: Operator, form: Form, *, write: Write = at_once) -> Digest:
        """The digest of now. Raises what issuing a paper does."""
        demand(who, "digest.make")
        rows = self.attention.alerts(who, AlertFilter())
        if form is Form.MAIL:
            notice = self._mail(rows, notice_settings(self.desk).digest)
            return Digest(notice.eml(), len(rows), notice.to)

        def render(head: PaperHead) -> RenderedPaper:
            now = self.desk.clock().astimezone(self.desk.in_force.zone)
            office, left = issuing.office_head(self.desk), max(0, len(rows) - MOST)
            return render_digest(AttentionDigest(head, office, now.date(), now, rows[:MOST], left))

        document, pdf = issuing.issue(self.desk, who, DocumentKind.ATTENTION_DIGEST, (), render, write)
        return Digest(pdf, len(rows), number=document.number)

    def send(self, who: Operator, write: Write = at_once) -> Digest:
        """Mail the digest to the address that is set for it, and put that on record.

        Raises `digest_to_nobody`, `mail_server_missing` and what sending does.
        """
        demand(who, "digest.send")
        settings = notice_settings(self.desk)
        if not settings.digest:
            raise MailroomError("digest_to_nobody")
        rows = self.attention.alerts(who, AlertFilter())
        notice = self._mail(rows, settings.digest)
        (trouble,) = self.requesters.line.send(settings.server, mail_password(), [notice.message()])
        if trouble is not None:
            raise trouble
        told = {"to": settings.digest, "alerts": len(rows)}
        write(lambda: self.desk.accept(who, "digest_sent", DIGEST, told))
        return Digest(b"", len(rows), settings.digest)

    def _mail(self, rows: tuple[AlertRow, ...], to: str) -> Notice:
        zone, settings = self.desk.in_force.zone, self.desk.in_force.settings
        now = self.desk.clock()
        with in_language(settings.language):
            day = weekday_and_day(now.astimezone(zone).date(), settings.language)
            count = plural("{n} alert", "{n} alerts", len(rows))
            lines = [_("What needs a person, {day}: {count}.").format(day=day, count=count)]
            for urgency in Urgency:
                some = [one for one in rows[:MOST] if one.alert.finding.urgency is urgency]
                if some:
                    lines += ["", urgency_word(urgency).upper()]
                for one in some:
                    number = grouped(one.row.shipment.shown_number)
                    lines += [
                        "",
                        f"{number}  {one_line(about_piece(one))}",
                        f"  {one_line(alert_title(one.alert))}. {one_line(alert_evidence(one.alert, zone, now))}",
                        f"  {what_to_do(one.alert.kind)}",
                    ]
            if len(rows) > MOST:
                lines += ["", _("{n} more are not listed.").format(n=len(rows) - MOST)]
            subject = _("Mailroom, {day}: {count}").format(day=day, count=count)
        sender = notice_settings(self.desk).server.sender
        return Notice(to or sender, subject, "\n".join(lines) + "\n", (), sender)
