"""The exhibits: the tracking history from the record, others' pages whole in a frame, photographs two a page."""

import itertools
from collections.abc import Iterator

from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate, PageBreak, Spacer

from mailroom.domain.claims import Exhibit, ExhibitStatus, ExhibitTitle
from mailroom.domain.times import CarrierTime, parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.reports.claim_case import Case, ShownFile, key_of
from mailroom.reports.claim_words import exhibit_title
from mailroom.reports.elements import Anchor, finding
from mailroom.reports.fonts import REGULAR, shortened
from mailroom.reports.page import ExhibitHead, set_exhibit
from mailroom.reports.placed import PlacedFile
from mailroom.reports.style import EXHIBIT_HEAD
from mailroom.reports.text import Markup, bold, clean, fill, joined, safe
from mailroom.reports.words import text
from mailroom.wording import _
from mailroom.wording.events import event_title
from mailroom.wording.moments import given, given_of

_PHOTO_SHARE = 0.78  # of the text width
_NAME_ROOM = 205.0  # points for a file's name, so that page and scale stand beside it
_LEAST_PHOTO = 150.0  # points high; where captions leave less, a photograph has its page alone


def exhibits(case: Case) -> list[Flowable]:
    """All present exhibits in the order of their letters, each page with its label."""
    story: list[Flowable] = [NextPageTemplate("exhibit")]
    for exhibit in case.exhibits:
        if exhibit.status is not ExhibitStatus.PRESENT:
            continue
        anchor: Anchor | None = Anchor(key_of(exhibit.letter), _title(exhibit))
        if exhibit.title is ExhibitTitle.TRACKING_HISTORY:
            story += _history(case, exhibit, Anchor(key_of(exhibit.letter), _title(exhibit)))
            anchor = None
        for photo, group in itertools.groupby(case.shown(exhibit.letter), key=lambda file: file.photo):
            files = list(group)
            pages = _photos(case, exhibit, files) if photo else _documents(case, exhibit, files)
            for page in pages:
                story += [page[0], PageBreak(), *([anchor] if anchor is not None else []), *page[1:]]
                anchor = None
    return story


def _title(exhibit: Exhibit) -> str:
    name = exhibit_title(exhibit.title)
    return _("Exhibit {letter}: {title}").format(letter=exhibit.letter, title=name[:1].lower() + name[1:])


def _history(case: Case, exhibit: Exhibit, anchor: Anchor) -> list[Flowable]:
    history = case.history
    lines = (
        _("Made from the record on {day}; every event names its source").format(day=case.day(case.packet.today)),
        _("Times without a zone are local to the place, as the source gave them"),
    )
    head = ExhibitHead(_title(exhibit), lines, exhibit.letter)
    delivery = history.delivery
    if delivery is not None:
        statement = fill(
            _("Delivery on {when} is on record, from {whose}."),
            when=given_of(delivery, case.language),
            whose=history.who_says(delivery),
        )
    elif history.tracked:
        last = history.tracked[-1]
        statement = fill(
            _("Last event: {title}, {when}, from {whose}. No delivery on record."),
            title=event_title(last),
            when=given_of(last, case.language),
            whose=history.who_says(last),
        )
    else:
        statement = safe(_("No tracking event on record."))
    return [
        set_exhibit(head),
        PageBreak(),
        anchor,
        finding(statement, "", case.width),
        Spacer(1, 10),
        *history.story(case.width, case.packet.head.issued_at),
        *history.sources_story(case.width),
    ]


def _documents(case: Case, exhibit: Exhibit, files: list[ShownFile]) -> Iterator[list[Flowable]]:
    """One page of a file a page, whole, in a frame."""
    sheet = case.around.sheet
    for file in files:
        for at in range(file.prepared.pages):
            place = PlacedFile(case.around, file.prepared, at, sheet.text_width, sheet.text_height(EXHIBIT_HEAD) - 14)
            label = file.labels[at] if file.labels else ""
            head = ExhibitHead(_title(exhibit), _above(file, at, place), exhibit.letter, label)
            mark = [Anchor(file.key, file.attachment.name, 1)] if at == 0 else []
            yield [set_exhibit(head), *mark, place]


def _above(file: ShownFile, at: int, place: PlacedFile) -> tuple[str, ...]:
    one = file.attachment
    digest = _("SHA-256 {digest} …").format(digest=one.sha256[:32])
    if file.prepared.trouble:
        return (_("{name}, cannot be shown here").format(name=one.name), digest)
    numbered = _("{name}, page {page} of {pages}").format(
        name=shortened(clean(one.name), REGULAR, 7.5, _NAME_ROOM), page=at + 1, pages=file.prepared.pages
    )
    if file.prepared.pictures:
        how = _("picture shown whole, turned upright and scaled")
    elif place.turned:
        how = _("shown whole, turned, at {scale} % of its size").format(scale=round(place.scale * 100))
    else:
        how = _("shown whole at {scale} % of its size").format(scale=round(place.scale * 100))
    return (f"{numbered}, {how}", digest)


def _photos(case: Case, exhibit: Exhibit, files: list[ShownFile]) -> Iterator[list[Flowable]]:
    """Two photographs a page where their captions leave room, else one; a file with several shows them all."""
    sheet = case.around.sheet
    room = sheet.text_height(EXHIBIT_HEAD) - 14
    waiting = [(file, at) for file in files for at in range(file.prepared.pages)]
    lines = (_("Turned upright and scaled down, otherwise unaltered"),)
    first = True
    while waiting:
        pair = waiting[:2]
        captions = [_caption(case, file, at) for file, at in pair]
        heights = [sum(part.wrap(case.width, 10_000)[1] for part in caption) for caption in captions]
        each = (room - sum(heights) - 16 * len(pair)) / len(pair)
        if len(pair) == 1 or each < _LEAST_PHOTO:
            pair, captions, each = pair[:1], captions[:1], room / 2 - 40
        waiting = waiting[len(pair) :]
        title = _title(exhibit) if first else _("{title}, continued").format(title=_title(exhibit))
        label = ", ".join(label for file, at in pair for label in file.labels[at : at + 1])
        page: list[Flowable] = [set_exhibit(ExhibitHead(title, lines, exhibit.letter, label))]
        for (file, at), caption in zip(pair, captions, strict=True):
            placed = PlacedFile(
                case.around, file.prepared, at, case.width * _PHOTO_SHARE, each, framed=False, enlarge=4.0
            )
            placed.hAlign = "LEFT"
            mark = [Anchor(file.key, file.attachment.name, 1)] if at == 0 else []
            block = [*mark, placed, Spacer(1, 4), *caption, Spacer(1, 8)]
            page.append(KeepTogether(block))
        yield page
        first = False


def _caption(case: Case, file: ShownFile, at: int) -> list[Flowable]:
    one, pages = file.attachment, file.prepared.pages
    label = ", ".join(file.labels[at : at + 1])
    words = joined([bold(label), safe(one.caption) if one.caption else safe(_("No caption was typed."))], " \u00a0")
    taken = _taken(case, one.taken_at)
    parts = [
        taken,
        fill(_("handed in by {name}"), name=one.added_by) if one.added_by else Markup(""),
        fill(_("supplied by {name}"), name=one.source_name) if one.source_name else Markup(""),
        fill(_("file {name}"), name=one.name)
        if pages == 1
        else fill(_("{name}, page {page} of {pages}"), name=one.name, page=str(at + 1), pages=str(pages)),
        fill(_("SHA-256 {digest} …"), digest=one.sha256[:32]),
    ]
    return [text(words, "caption"), text(joined(parts, ", "), "note")]


def _taken(case: Case, moment: str) -> Markup:
    try:
        time: CarrierTime = parse_carrier_time(moment)
    except MailroomError:
        return safe(_("No camera time"))
    return fill(_("Taken {when} (camera clock)"), when=given(time, case.language))
