"""The day-end report: pieces and postage of a day, in groups that add up, and the ends of the log's chains."""

from collections.abc import Mapping, Sequence

from reportlab.platypus import Flowable, NextPageTemplate, Spacer

from mailroom.domain.money import Money
from mailroom.domain.sheets import DayEnd, DayLine
from mailroom.reports import RenderedPaper
from mailroom.reports.about import about
from mailroom.reports.elements import Anchor, Cell, finding, heading, signature_lines, table, together
from mailroom.reports.exhibit_files import Prepared
from mailroom.reports.page import Surroundings
from mailroom.reports.produce import Titles, produce
from mailroom.reports.text import bold
from mailroom.reports.words import text
from mailroom.wording import _, plural
from mailroom.wording.carriers import carrier_name
from mailroom.wording.moments import has_mills, money, weekday_and_day


def render(value: DayEnd) -> RenderedPaper:
    """The report as PDF."""
    return produce("day_end", value, lambda: _titles(value), lambda *given: _story(value, *given), {})


def _titles(value: DayEnd) -> Titles:
    kind, day = _("Day-end report"), weekday_and_day(value.day, value.head.language)
    return Titles(
        title=f"{kind} {value.head.number}",
        later=f"{kind} · {day}",
        footer=f"{value.head.number} · {day}",
        number=value.head.number,
    )


def _story(value: DayEnd, around: Surroundings, _files: Mapping[str, Prepared]) -> list[Flowable]:
    width, language = around.sheet.text_width, value.head.language
    day = weekday_and_day(value.day, language)
    pieces = plural("{n} piece", "{n} pieces", value.total.pieces)
    statement = _("{pieces} put on record on {day}; postage {postage}.").format(
        pieces=pieces, day=day, postage=_amounts(value.total.postage, value)
    )
    second = (
        plural("{n} piece has no postage on record.", "{n} pieces have no postage on record.", value.without_postage)
        if value.without_postage
        else _("Every piece has postage on record.")
    )
    story: list[Flowable] = [
        NextPageTemplate("later"),
        Anchor("report", _("Day-end report")),
        text(_("Day-end report"), "title"),
        text(
            _("Made from the record as it stood when this was printed; each table adds up to the same total."),
            "subtitle",
        ),
        Spacer(1, 7),
        finding(statement, second, width),
    ]
    for title, lines, nameless in (
        (_("By carrier"), _named(value.by_carrier), _("Carrier not on record")),
        (_("By department"), value.by_department, _("No department")),
        (_("By run"), value.by_run, _("No run")),
        (_("By meter"), value.by_meter, _("No meter")),
    ):
        story += [*heading(title, 70), _groups(lines, nameless, value, width)]
    story += [*heading(_("Where the log ends"), 90), *_chain(value, width)]
    if value.unused:
        numbers = _("Numbers not used: {numbers}.").format(numbers=", ".join(value.unused))
        why = _("They were given out for papers that were stopped or failed, and will not be given out again.")
        story += [Spacer(1, 8), text(f"{numbers} {why}", "note")]
    lines_ = signature_lines((_("Closed by"), _("Checked by"), _("Date")), (0.4, 0.4, 0.2), width)
    story += [together([Spacer(1, 44), lines_]), Spacer(1, 8)]
    return [*story, about(around, value.head.purpose or _("Closing of the day."))]


def _named(lines: Sequence[DayLine]) -> list[DayLine]:
    return [DayLine(carrier_name(one.name) if one.name else "", one.pieces, one.postage) for one in lines]


def _groups(lines: Sequence[DayLine], nameless: str, value: DayEnd, width: float) -> Flowable:
    rows: list[list[Cell]] = [
        [
            text(one.name or nameless, "cell"),
            text(str(one.pieces), "cell_right"),
            text(_amounts(one.postage, value), "cell_right"),
        ]
        for one in lines
    ]
    total = value.total
    if rows:
        rows.append(
            [
                text(bold(_("Total")), "cell"),
                text(bold(str(total.pieces)), "cell_right"),
                text(bold(_amounts(total.postage, value)), "cell_right"),
            ]
        )
    head = [_("Name"), _("Pieces"), _("Postage")]
    strong = [len(rows) - 1] if rows else []
    widths = [width * 0.56, width * 0.16, width * 0.28]
    return table(head, rows, widths, right=(1, 2), strong=strong, empty=_("Nothing on this day"))


def _chain(value: DayEnd, width: float) -> list[Flowable]:
    rows: list[list[Cell]] = [
        [text(one.desk, "mono"), text(str(one.seq), "cell"), text(f"{one.hash[:32]} {one.hash[32:]}", "mono")]
        for one in value.chain
    ]
    said = _(
        "Every change of the record is chained to the one before it. Keep this page: a log that was cut or written "
        "anew afterwards does not contain these ends (mailroom audit verify checks the chain itself)."
    )
    head = [_("Desk"), _("Changes"), _("SHA-256 of the last one")]
    widths = [width * 0.4, width * 0.12, width * 0.48]
    return [table(head, rows, widths, empty=_("Nothing on record")), Spacer(1, 4), text(said, "note")]


def _amounts(amounts: Sequence[Money], value: DayEnd) -> str:
    groups = (value.by_carrier, value.by_department, value.by_run, value.by_meter, (value.total,))
    mills = has_mills(one for group in groups for line in group for one in line.postage)
    return ", ".join(money(one, value.head.language, mills=mills) for one in amounts) or _("none on record")
