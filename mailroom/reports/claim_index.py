"""The exhibit index: every kind of document looked for, present or missing with its reason."""

from collections import Counter
from collections.abc import Sequence

from reportlab.platypus import Flowable, Spacer

from mailroom.domain.claims import Exhibit, ExhibitStatus, ExhibitTitle
from mailroom.errors import MailroomError
from mailroom.reports.claim_case import Case, ShownFile, key_of
from mailroom.reports.claim_words import exhibit_title
from mailroom.reports.elements import Anchor, Cell, PageNumber, finding, heading, marked, table
from mailroom.reports.record import in_fours
from mailroom.reports.shipment_facts import acceptance
from mailroom.reports.text import Markup, bold, fill, italic, joined, safe, unstopped
from mailroom.reports.words import text
from mailroom.wording import _, plural
from mailroom.wording.errors import error_text


def index(case: Case) -> list[Flowable]:
    """The page as a story."""
    rows = [_row(case, exhibit) for exhibit in case.exhibits]
    share = case.width / 492
    head = [_("Exhibit"), _("Document"), _("Status"), _("File SHA-256 (first 16)"), _("Page")]
    widths = [42 * share, 214 * share, 98 * share, 108 * share, 30 * share]
    note = _(
        "Files of others stand whole in a thin frame and are not written on; they are reduced to leave room for the "
        "label. Photographs are scaled down. Each fingerprint is that of the original file, which is kept and can be "
        "asked for."
    )
    return [
        Anchor("index", _("Exhibit index")),
        text(_("Exhibit index"), "title"),
        Spacer(1, 4),
        finding(_counted(case), "", case.width),
        Spacer(1, 12),
        table(head, rows, widths),
        Spacer(1, 6),
        text(note, "note"),
        *_refused(case),
    ]


def _refused(case: Case) -> list[Flowable]:
    """Files that were handed in and are not among the exhibits, each with its reason."""
    if not case.claim.refused:
        return []
    rows: list[list[Cell]] = []
    for one in case.claim.refused:
        why = error_text(MailroomError(one.code, **dict(one.facts)))
        rows.append([text(one.name, "cell"), text(one.letter or _("not said"), "cell"), text(why, "cell")])
    share = case.width / 492
    head = [_("File"), _("For exhibit"), _("Why it is not in this packet")]
    made = table(head, rows, [180 * share, 62 * share, 250 * share])
    return [*heading(_("Handed in, and of no use")), made]


def _counted(case: Case) -> str:
    counts = Counter(one.status for one in case.exhibits)
    unexplained = sum(1 for one in case.exhibits if one.status is ExhibitStatus.MISSING and not one.missing_because)
    parts = [plural("{n} is present", "{n} are present", counts[ExhibitStatus.PRESENT])]
    if counts[ExhibitStatus.MISSING]:
        parts.append(plural("{n} missing", "{n} missing", counts[ExhibitStatus.MISSING]))
    if counts[ExhibitStatus.NOT_APPLICABLE]:
        parts.append(plural("{n} not applicable", "{n} not applicable", counts[ExhibitStatus.NOT_APPLICABLE]))
    kinds = plural("Of {n} kind of document", "Of {n} kinds of document", len(case.exhibits))
    told = f"{kinds} {', '.join(parts)}."
    if unexplained:
        more = plural("{n} without a typed reason.", "{n} without a typed reason.", unexplained)
        told = f"{told} {more}"
    return told


def _row(case: Case, exhibit: Exhibit) -> list[Cell]:
    files = case.shown(exhibit.letter)
    title = bold(exhibit_title(exhibit.title))
    labels = _labels(files)
    said = [joined([title, safe(labels)])]
    status: Flowable
    page: Cell = ""
    prints: Cell = ""
    if exhibit.status is ExhibitStatus.PRESENT:
        status, page = marked("tick", _("present")), PageNumber(key_of(exhibit.letter))
        if exhibit.title is ExhibitTitle.TRACKING_HISTORY:
            day = case.day(case.packet.today)
            said.append(fill(_("From our record as of {day}, each event with its source"), day=day))
            prints = [text(_("made from the record"), "cell")]
        said += [_description(file) for file in files]
        prints = [*(prints or []), *(text(in_fours(file.attachment.sha256), "mono") for file in files)]
    elif exhibit.status is ExhibitStatus.MISSING:
        explained = bool(exhibit.missing_because)
        status = marked("cross", _("missing, explained") if explained else _("missing"))
        said.append(_missing(case, exhibit))
    else:
        status = marked("dash", _("not applicable"))
        said.append(_not_asked(case, exhibit))
    if exhibit.title is ExhibitTitle.PROOF_OF_MAILING:
        said.append(fill(_("Grade: {grade}"), grade=acceptance(case.packet)))
    return [text(bold(exhibit.letter), "cell"), text(joined(said, "<br/>"), "cell"), status, prints, page]


def _labels(files: Sequence[ShownFile]) -> str:
    labels = [label for file in files for label in file.labels]
    if not labels:
        return ""
    if len(labels) == 1:
        return labels[0]
    return _("{first} to {last}").format(first=labels[0], last=labels[-1])


def _description(file: ShownFile) -> Markup:
    one = file.attachment
    pages = plural("{n} page", "{n} pages", file.prepared.pages)
    parts = [
        safe(unstopped(one.caption)) if one.caption else Markup(""),
        fill(_("file {name}, {pages}"), name=one.name, pages=pages),
        fill(_("supplied by {name}"), name=one.source_name) if one.source_name else Markup(""),
        safe(_("cannot be shown here")) if file.prepared.trouble else Markup(""),
    ]
    return joined(parts, ", ")


def _missing(case: Case, exhibit: Exhibit) -> Markup:
    if exhibit.missing_because:
        typed = italic(_("Typed by {name}.").format(name=case.packet.head.issued_by))
        because = unstopped(exhibit.missing_because)
        return joined([bold(_("Missing because")), fill("{because}.", because=because), typed])
    if any(one.letter == exhibit.letter for one in case.claim.refused):
        return joined([bold(_("Missing because")), safe(_("the file handed in for it is of no use; see below."))])
    return joined([bold(_("Missing because")), safe(_("none is on record; no other reason was typed."))])


def _not_asked(case: Case, exhibit: Exhibit) -> Markup:
    if exhibit.title is ExhibitTitle.CUSTOMS_PAPERS:
        country = case.shipment.fields.recipient.country or case.shipment.destination.country
        return safe(_("Domestic shipment") if country else _("No destination abroad on record"))
    if exhibit.title is ExhibitTitle.PROOF_OF_INSURANCE:
        return safe(_("No bought cover on record"))
    if case.packet.rule is None:
        return safe(_("No rule on record asks for it"))
    return safe(_("The rule on record does not ask for it"))
