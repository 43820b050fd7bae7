"""What a proof of delivery may say: the finding, the facts of the delivery, and the signature or that there is none."""

from collections.abc import Mapping

from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.exhibits import sorted_attachments
from mailroom.domain.papers import ProofOfDelivery
from mailroom.domain.timeline import EventSource, TimelineEvent
from mailroom.reports.elements import boxed, cut, heading
from mailroom.reports.exhibit_files import Prepared
from mailroom.reports.fonts import REGULAR
from mailroom.reports.history import History
from mailroom.reports.page import Surroundings
from mailroom.reports.placed import PlacedFile
from mailroom.reports.shipment_facts import names_signature
from mailroom.reports.style import HAIR, INK
from mailroom.reports.text import Markup, bold, fill, italic, joined, safe, unstopped
from mailroom.reports.words import text
from mailroom.wording import _
from mailroom.wording.carriers import carrier_name
from mailroom.wording.events import event_title
from mailroom.wording.moments import by_mail_time, given_clock, given_of, weekday_and_day


class Delivery:
    """The delivery of one shipment as far as the record holds it."""

    def __init__(self, value: ProofOfDelivery, history: History) -> None:
        self.value, self.history = value, history
        self.shipment = value.row.shipment
        self.event = history.delivery
        self.carrier = carrier_name(self.shipment.carrier) or _("the carrier")
        self.signatures = self._files(AttachmentRole.SIGNATURE_IMAGE)
        self.photos = self._files(AttachmentRole.DELIVERY_PHOTO)

    def _files(self, role: AttachmentRole) -> list[Attachment]:
        return [one for one in sorted_attachments(self.value.attachments) if one.role is role]

    def subtitle(self) -> str:
        """What sort of report it is, in one line."""
        every = _("Every statement below names its source.")
        if self.event is None:
            return f"{_('One shipment, no delivery on record.')} {every}"
        if self.signatures:
            return f"{_('One shipment, a signature image on file.')} {every}"
        return f"{_('One shipment, no signature on file.')} {every}"

    def finding(self) -> tuple[Markup, Markup]:
        """The bold sentence (the carrier's word only, or whose word it is) and the plain line."""
        if self.event is None:
            return self._undelivered()
        event = self.event
        signed = _("A signature image is on file.") if self.signatures else _("No signature is on file.")
        if event.source is EventSource.TYPED:
            statement = fill(
                _("No delivery report by {carrier} itself is on file. {signed}"), carrier=self.carrier, signed=signed
            )
            told = fill(
                _("Delivery {when}, according to {whose} ({label})."),
                when=self._when(event),
                whose=self.history.who_says(event),
                label=self.history.label(event),
            )
            return statement, joined([told, self._second(event)])
        if event.source is EventSource.CARRIER:
            template = _("{whose} reports delivery {when}. {signed}")
        else:
            template = _("Delivery {when} is reported by {whose}. {signed}")
            if by_mail_time(event):
                template = _("Delivery, without its time, is reported by {whose}; the mail is of {day}. {signed}")
        day = weekday_and_day(event.happened.local.date(), self.value.head.language)
        statement = fill(template, whose=self.history.who_says(event), when=self._when(event), signed=signed, day=day)
        return statement, self._second(event)

    def _when(self, event: TimelineEvent) -> str:
        language = self.value.head.language
        day = weekday_and_day(event.happened.local.date(), language)
        told = given_clock(event.happened, language)
        return _("on {day} at {clock}").format(day=day, clock=told) if told else _("on {day}").format(day=day)

    def _second(self, event: TimelineEvent) -> Markup:
        parts = []
        later = self.history.after(event)
        if later is not None:
            parts.append(
                fill(
                    _("A later event is on record: {title}, {when} (event {number})."),
                    title=event_title(later),
                    when=given_of(later, self.value.head.language),
                    number=str(self.history.number(later)),
                )
            )
        if event.name_given:
            parts.append(fill(_("Name given: “{name}”."), name=event.name_given))
        else:
            parts.append(fill(_("No name of a recipient was given ({label})."), label=self.history.label(event)))
        if event.place:
            parts.append(fill(_("Place: {place}."), place=unstopped(event.place)))
        if event.source is EventSource.CARRIER:
            labels = [self.history.label(event), *(self.history.file_label(one) for one in self.signatures[:1])]
            template = _("Source {labels}.") if len(labels) == 1 else _("Sources {labels}.")
            parts.append(fill(template, labels=", ".join(labels)))
        elif event.source is not EventSource.TYPED:
            if event.source is EventSource.NOTICE:
                parts.append(safe(_("An e-mail is not certain: anybody can write one.")))
            parts.append(
                fill(
                    _("Not fetched from {carrier} itself ({label})."),
                    carrier=self.carrier,
                    label=self.history.label(event),
                )
            )
        return joined(parts)

    def _undelivered(self) -> tuple[Markup, Markup]:
        last = self.history.tracked[-1] if self.history.tracked else None
        warning = _("This is not a proof of delivery. Print the report again once a delivery is on record.")
        if last is None:
            return safe(_("No delivery is on record.")), joined(
                [safe(_("No tracking event is on record.")), safe(warning)]
            )
        told = fill(
            _("Last report: {title}, {when}{place}, from {whose} ({label})."),
            title=event_title(last),
            when=given_of(last, self.value.head.language),
            place=f", {last.place}" if last.place else "",
            whose=self.history.who_says(last),
            label=self.history.label(last),
        )
        return safe(_("No delivery is on record.")), joined([told, safe(warning)])

    def pairs(self) -> list[tuple[str, str]]:
        """Facts of the delivery; each says when it is not on file."""
        event = self.event
        photo = self._photo_fact()
        if event is None:
            return [(_("Delivered"), bold(_("No delivery on record"))), (_("Delivery photograph"), photo)]
        label, language = self.history.label(event), self.value.head.language
        typed = _("{label}, typed") if event.source is EventSource.TYPED else "{label}"
        source = typed.format(label=label)
        zone = _("zone given") if event.happened.offset_minutes is not None else _("no zone given")
        day = weekday_and_day(event.happened.local.date(), language)
        told = given_clock(event.happened, language)
        moment = f"{day}, {told}" if told else day
        template = _("{moment}, as given by {whose}; {zone} ({source})")
        if by_mail_time(event):
            template = _("Time not given; {whose} was sent on {moment} ({source})")
        elif not told:
            template = _("{moment}, as given by {whose} ({source})")
        when = fill(
            template,
            moment=safe(moment) if by_mail_time(event) else bold(moment),
            whose=self.history.who_says(event),
            zone=zone,
            source=source,
        )
        place = fill("{place} ({source})", place=event.place, source=source) if event.place else italic(_("Not given"))
        if event.name_given:
            name = fill(
                _("“{name}”, letter for letter ({source}); the source does not say whether that is the addressee."),
                name=event.name_given,
                source=source,
            )
        else:
            name = safe(_("None"))
        gps = fill("{gps} ({source})", gps=event.gps, source=source) if event.gps else safe(_("None on file"))
        return [
            (_("Delivered"), when),
            (_("Place"), place),
            (_("Name given"), name),
            (_("Delivery photograph"), photo),
            (_("GPS position"), gps),
        ]

    def _photo_fact(self) -> Markup:
        if not self.photos:
            return safe(_("None on file"))
        labels = ", ".join(self.history.file_label(one) for one in self.photos)
        return fill(_("On file, shown below ({labels})"), labels=labels)

    def signature(self, around: Surroundings, files: Mapping[str, Prepared]) -> list[Flowable]:
        """The signature with who supplied it, or the box that says there is none; then photographs of the delivery."""
        width = around.sheet.text_width
        neither = not self.signatures and not self.photos
        title = _("Signature and photograph") if neither else _("Signature")
        parts: list[Flowable] = [*heading(title, 90)]
        parts += [self._image_box(one, around, files[one.sha256], width) for one in self.signatures] or [
            self._no_signature(width)
        ]
        if self.photos:
            parts += heading(_("Delivery photograph"), 230)
            for one in self.photos:
                parts += [self._image_box(one, around, files[one.sha256], width, photo=True), Spacer(1, 6)]
        return parts

    def _no_signature(self, width: float) -> Flowable:
        title = _("No signature on file.")
        if not self.photos:
            title = f"{title} {_('No delivery photograph on file.')}"
        said = [_("The record holds no signature image.")]
        if self.event is not None and self.event.name_given:
            said.append(
                _("{whose} named “{name}”; a name is not a signature.").format(
                    whose=_capital(self.history.who_says(self.event)), name=self.event.name_given
                )
            )
        elif self.event is not None:
            said.append(_("Nor does it hold a word of the carrier that anybody signed."))
        if self.shipment.service and not names_signature(self.shipment):
            said.append(
                _("The service on record, {service}, names no signature.").format(service=self.shipment.service)
            )
        if self.event is not None:
            said.append(_("So this report shows a reported delivery, not who took the piece."))
        return boxed([text(bold(title), "cell"), text(" ".join(said), "cell")], width)

    def _image_box(
        self, one: Attachment, around: Surroundings, file: Prepared, width: float, *, photo: bool = False
    ) -> Flowable:
        label = self.history.file_label(one)
        supplier = one.source_name or _("a party not named")
        title = _("Photograph on file") if photo else _("Signature image on file")
        template = _(
            "Supplied by {supplier}, according to {person}, who handed in the file {name} ({label}). Shown whole, "
            "upright and scaled; nothing else was changed, and it was not compared with anything."
        )
        words: list[Flowable] = [
            text(bold(title), "cell"),
            text(fill(template, supplier=supplier, person=one.added_by, name=one.name, label=label), "cell"),
        ]
        if one.caption:
            words.append(text(fill(_("Caption: {caption}"), caption=one.caption), "cell"))
        image = PlacedFile(around, file, 0, width * 0.36 - 20, 190 if photo else 62, framed=False)
        stacks = cut(words, width * 0.64 - 20, 300.0)
        rows = [[image, stacks[0]], *(["", stack] for stack in stacks[1:])]
        commands = [
            ("FONT", (0, 0), (-1, -1), REGULAR, 8.5),
            ("BOX", (0, 0), (-1, -1), 0.8, INK),
            ("LINEBEFORE", (1, 0), (1, -1), 0.4, HAIR),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("ALIGN", (0, 0), (0, -1), "CENTER"),
            ("LEFTPADDING", (0, 0), (-1, -1), 10),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), 8),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
        ]
        return Table(rows, colWidths=[width * 0.36, width * 0.64], style=TableStyle(commands))


def _capital(text_: str) -> str:
    return text_[:1].upper() + text_[1:]
