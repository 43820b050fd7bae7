"""Mails to those who had something mailed: delivered, in trouble, waiting to be fetched, coming back."""

import dataclasses
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from mailroom.domain.operator import Operator
from mailroom.domain.register import ShipmentDetail
from mailroom.domain.requesters import (
    FIELDS,
    KINDS,
    MailServer,
    NoticeSettings,
    Security,
    filled,
    is_address,
    is_clock,
    unknown_fields,
)
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, newest_first
from mailroom.errors import MailroomError
from mailroom.net.mail import MailLine
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.services.writing import Write, at_once
from mailroom.store import requesters as stored
from mailroom.store.shipments import get_shipment
from mailroom.wording import _, in_language
from mailroom.wording.carriers import carrier_name
from mailroom.wording.plain import one_line
from mailroom.wording.requester_mails import several_subject, shipped_template
from mailroom.wording.short_times import happened_text
from mailroom.wording.statuses import status_word

NEWS_DAYS = 14  # older news is none
_LONGEST_TEMPLATE = 4000  # characters
_REFUSED = "refused"  # how a requester was told who was not
_SECRET = "mail_password"  # noqa: S105 - the name of it


@dataclass(frozen=True, slots=True)
class Notice:
    """One mail to one person about one or more pieces, with the status that each is told of."""

    to: str
    subject: str
    text: str
    pieces: tuple[tuple[str, Status], ...]  # id of the shipment, status
    sender: str = ""

    def eml(self) -> bytes:
        """The mail as a file that mail programs open as a draft."""
        message = self.message()
        message["X-Unsent"] = "1"
        return message.as_bytes(policy=SMTP)

    def message(self) -> EmailMessage:
        """The mail."""
        message = EmailMessage()
        message["To"] = self.to
        if self.sender:
            message["From"] = self.sender
        message["Subject"] = self.subject
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text)
        return message


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the mails that were due."""

    sent: int
    refused: tuple[MailroomError, ...]


@dataclass(frozen=True, slots=True)
class Requesters:
    """Use cases of notices to requesters."""

    desk: Desk
    line: MailLine = field(default_factory=MailLine)

    def settings(self, who: Operator) -> NoticeSettings:
        """What the office chose."""
        demand(who, "requesters.settings")
        return notice_settings(self.desk)

    def change(
        self, who: Operator, wanted: NoticeSettings, password: str = "", write: Write = at_once
    ) -> NoticeSettings:
        """Put settings on record; a password goes into the system's key store and nowhere else.

        Raises `setting_bad`, `clock_time_bad`, `mail_address_bad`, `template_field_unknown`,
        `no_key_store_for_mail`.
        """
        demand(who, "requesters.change")
        _check(wanted)
        if password:
            from mailroom.net.secrets import keep_secret

            try:
                keep_secret(_SECRET, password)
            except MailroomError as refused:
                raise refused if refused.code != "no_key_store" else MailroomError("no_key_store_for_mail") from None
        value = dataclasses.asdict(wanted)
        if wanted != notice_settings(self.desk):
            changes = {"changes": {stored.SETTING: value}}
            write(lambda: self.desk.accept(who, "office_changed", "office", changes))
        return notice_settings(self.desk)

    def opt_out(self, who: Operator, address: str, *, out: bool = True) -> NoticeSettings:
        """An address wants no mails any more, or wants them again. Raises `mail_address_bad`."""
        demand(who, "requesters.opt_out")
        now, one = notice_settings(self.desk), address.strip().lower()
        others = [each for each in now.opted_out if each != one]
        return self.change(who, dataclasses.replace(now, opted_out=tuple(sorted([*others, *([one] if out else [])]))))

    def due(self, who: Operator, *, refused_too: bool = True) -> tuple[Notice, ...]:
        """The mails that are to go out now, by the order in which pieces were recorded.

        Without `refused_too` none to an address that the server refused for the same news.
        """
        demand(who, "requesters.due")
        settings = notice_settings(self.desk)
        statuses = [status for status, kind in KINDS.items() if kind in settings.kinds]
        if not statuses:
            return ()
        now, zone = self.desk.clock(), self.desk.in_force.zone
        today = now.astimezone(zone).date()
        midnight = datetime.combine(today, time(), zone).astimezone(UTC)
        with self.desk.store.read() as connection:
            ids = list(stored.waiting(connection, statuses, (today - timedelta(days=NEWS_DAYS)).isoformat()))
            details = [get_shipment(connection, one) for one in ids]
            told = stored.told_since(connection, midnight) if settings.once_a_day else frozenset()
        by_address: dict[str, list[ShipmentDetail]] = {}
        for detail in details:
            fields = detail.row.shipment.fields
            if detail.row.shipment.unsure:
                continue  # only an e-mail says so: nobody is told for certain what may not be
            address = fields.requester_email.strip().lower()
            if fields.requester_opt_out or address in settings.opted_out or address in told or not is_address(address):
                continue
            if not refused_too and _was_refused(detail, address):
                continue
            by_address.setdefault(address, []).append(detail)
        with in_language(self.desk.in_force.settings.language):
            return tuple(
                self._notice(settings, to, some)
                for to, pieces in by_address.items()
                for some in ([pieces] if settings.once_a_day else [[one] for one in pieces])
            )

    def send_due(
        self, who: Operator, write: Write = at_once, *, refused_too: bool = True, until: datetime | None = None
    ) -> Sent:
        """Send what is due; each mail that the server took is put on record at once, so that none goes out twice.

        So is one that it refused for good, for the timeline; without `refused_too` that is not tried again. After
        `until` no further mail is begun: what is left is still due.

        Raises `mail_server_missing`, `mail_line_open`, `mail_unreachable`, `mail_certificate_bad`,
        `mail_login_refused`, `mail_sender_refused`.
        """
        demand(who, "requesters.send_due")
        settings = notice_settings(self.desk)
        refused: list[MailroomError] = []
        sent = 0
        for notice in self.due(who, refused_too=refused_too):
            if until is not None and self.desk.clock() >= until:
                break
            (trouble,) = self.line.send(settings.server, mail_password(), [notice.message()])
            if trouble is None:
                self._put_on_record(who, notice, "mail", write)
                sent += 1
                continue
            refused.append(trouble)
            if for_good(trouble):
                self._put_on_record(who, notice, _REFUSED, write)
        return Sent(sent, tuple(refused))

    def take_drafts(self, who: Operator, save: Callable[[str, bytes], object], write: Write = at_once) -> int:
        """Give what is due to `save` as files for a mail program, by name and bytes; how many there were.

        Each counts as told once it is saved. What `save` raises ends it: that one and what follows is still due.
        """
        demand(who, "requesters.take_drafts")
        drafts = self.due(who)
        for place, notice in enumerate(drafts, 1):
            save(f"notice-{self.desk.clock():%Y%m%d-%H%M%S}-{place:03}.eml", notice.eml())
            self._put_on_record(who, notice, "draft", write)
        return len(drafts)

    def try_server(self, who: Operator, server: MailServer | None = None, password: str = "") -> None:
        """Send a mail to the sender's own address; by a server and password that are not kept yet, if given.

        Raises what `send_due` does, `mail_refused`, `setting_bad` and `mail_address_bad`.
        """
        demand(who, "requesters.try_server")
        kept = notice_settings(self.desk)
        server = server or kept.server
        _check(dataclasses.replace(kept, server=server))
        words = _("Mailroom can send mails by this server.")
        message = Notice(server.sender, "Mailroom", words, (), server.sender).message()
        (trouble,) = self.line.send(server, password or mail_password(), [message])
        if trouble is not None:
            raise trouble

    def _put_on_record(self, who: Operator, notice: Notice, how: str, write: Write) -> None:
        now = self.desk.clock()
        events = [
            {
                "shipment_id": id_,
                **self.desk.own_event(
                    who, id_, EventKind.TOLD, now, {"status": status.value, "how": how, "to": notice.to}
                ),
                "code": "" if how == _REFUSED else status.value,  # by it a piece counts as told
            }
            for id_, status in notice.pieces
        ]
        payload = {"to": notice.to, "how": how, "events": events}
        write(lambda: self.desk.accept(who, "requester_told", stored.SUBJECT, payload, made_at=now))

    def _notice(self, settings: NoticeSettings, to: str, details: Sequence[ShipmentDetail]) -> Notice:
        parts = []
        for detail in details:
            kind = KINDS[detail.row.shipment.status]
            text = filled(settings.template(kind) or shipped_template(kind), self._values(detail))
            subject, _blank, body = text.partition("\n")
            parts.append((one_line(subject), body.strip("\n")))
        subject = parts[0][0] if len(parts) == 1 else several_subject(len(parts))
        text = "\n\n".join(body for _subject, body in parts)
        pieces = tuple((one.row.shipment.id, one.row.shipment.status) for one in details)
        office = self.desk.in_force.settings.name
        return Notice(to, subject, f"{text}\n\n{office}\n" if office else f"{text}\n", pieces, settings.server.sender)

    def _values(self, detail: ShipmentDetail) -> Mapping[str, str]:
        shipment = detail.row.shipment
        fields, zone = shipment.fields, self.desk.in_force.zone
        sure = (one for one in newest_first(detail.events) if one.source is not EventSource.NOTICE)
        last = next((one for one in sure if one.status is shipment.status), None)
        today = self.desk.clock().astimezone(zone).date()
        values = {
            "number": shipment.shown_number,
            "carrier": carrier_name(shipment.carrier),
            "recipient": fields.recipient.company or fields.recipient.name or shipment.shown_number,
            "status": status_word(shipment.status),
            "when": happened_text(last.happened, zone, today) if last else "–",
            "place": last.place if last else "",
            "words": last.text if last else "",
            "order": fields.order,
            "requester": fields.requester,
            "office": self.desk.in_force.settings.name,
        }
        return {name: one_line(values[name]) or "–" for name in FIELDS}


def notice_settings(desk: Desk) -> NoticeSettings:
    """The settings as they are on record."""
    with desk.store.read() as connection:
        value = dict(stored.stored_settings(connection))
    return settings_from(value)


def settings_from(value: Mapping[str, Any]) -> NoticeSettings:
    """Settings of what is on record; what is missing has its default, an unknown name is left aside."""
    known = {one.name for one in dataclasses.fields(MailServer)}
    server: dict[str, Any] = {key: one for key, one in dict(value.get("server") or {}).items() if key in known}
    if "security" in server:
        server["security"] = Security(server["security"])
    return NoticeSettings(
        kinds=tuple(one for one in value.get("kinds", ()) if one in KINDS.values()),
        once_a_day=bool(value.get("once_a_day", True)),
        server=MailServer(**server),
        templates=tuple((str(kind), str(text)) for kind, text in value.get("templates", ())),
        opted_out=tuple(value.get("opted_out", ())),
        digest=str(value.get("digest", "")),
        by_itself=bool(value.get("by_itself", False)),
        digest_at=str(value.get("digest_at", "")),
    )


def for_good(refused: MailroomError) -> bool:
    """Whether a server does not want a mail later, either: its answer would begin with a 4 then (RFC 5321, 4.2.1)."""
    return str(refused.facts["answer"]).startswith("5")


def mail_password() -> str:
    """The password of the mail server: from the environment (`MAILROOM_MAIL_PASSWORD`), else the key store."""
    from mailroom.net.secrets import read_secret

    return os.environ.get("MAILROOM_MAIL_PASSWORD", "") or read_secret(_SECRET)


def _was_refused(detail: ShipmentDetail, address: str) -> bool:
    """Whether the server refused a mail to this address about what a piece has to tell now."""
    same = {("how", _REFUSED), ("to", address), ("status", detail.row.shipment.status.value)}
    return any(one.kind is EventKind.TOLD and same <= set(one.facts) for one in detail.events)


def _check(wanted: NoticeSettings) -> None:
    server = wanted.server
    if wanted.digest_at and not is_clock(wanted.digest_at):
        raise MailroomError("clock_time_bad", text=wanted.digest_at)
    if not 1 <= server.port <= 65535:
        raise MailroomError("setting_bad", name="port", value=str(server.port))
    if any(sign in server.host for sign in " /@:") and server.host != "::1":
        raise MailroomError("setting_bad", name="host", value=server.host)
    for address in (server.sender, wanted.digest, *wanted.opted_out):
        if address and not is_address(address):
            raise MailroomError("mail_address_bad", text=address)
    for kind, text in wanted.templates:
        if kind not in KINDS.values() or len(text) > _LONGEST_TEMPLATE or not text.strip():
            raise MailroomError("setting_bad", name="template", value=kind)
        if unknown := unknown_fields(text):
            raise MailroomError("template_field_unknown", names=", ".join(unknown), known=", ".join(FIELDS))
