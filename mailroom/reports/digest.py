"""The day's digest of the work list: one line an alert, the most urgent first."""

from collections.abc import Mapping, Sequence

from reportlab.platypus import Flowable, NextPageTemplate, Spacer

from mailroom.domain.alerts.situation import Urgency
from mailroom.domain.attention import AlertRow
from mailroom.domain.digest import AttentionDigest
from mailroom.reports import RenderedPaper
from mailroom.reports.about import about
from mailroom.reports.elements import Anchor, Cell, finding, heading, table
from mailroom.reports.exhibit_files import Prepared
from mailroom.reports.page import Surroundings
from mailroom.reports.produce import Titles, produce
from mailroom.reports.text import bold
from mailroom.reports.words import text
from mailroom.wording import _, plural
from mailroom.wording.alerts import about_piece, alert_evidence, alert_title, urgency_word, what_to_do
from mailroom.wording.moments import weekday_and_day
from mailroom.wording.numbers import grouped

_ROWS = 60  # a longer table is made of several, since splitting one takes the square of its rows


def render(value: AttentionDigest) -> RenderedPaper:
    """The digest as PDF."""
    return produce("attention_digest", value, lambda: _titles(value), lambda *given: _story(value, *given), {})


def _titles(value: AttentionDigest) -> Titles:
    kind, day = _("What needs a person"), weekday_and_day(value.day, value.head.language)
    return Titles(
        title=f"{kind} {value.head.number}",
        later=f"{kind} · {day}",
        footer=f"{value.head.number} · {day}",
        number=value.head.number,
    )


def _story(value: AttentionDigest, around: Surroundings, _files: Mapping[str, Prepared]) -> list[Flowable]:
    width = around.sheet.text_width
    day = weekday_and_day(value.day, value.head.language)
    first = plural("{n} alert is open.", "{n} alerts are open.", len(value.rows) + value.left_out)
    urgent = sum(one.alert.finding.urgency is Urgency.TODAY for one in value.rows)
    second = plural("{n} of them for today.", "{n} of them for today.", urgent)
    story: list[Flowable] = [
        NextPageTemplate("later"),
        Anchor("digest", _("What needs a person")),
        text(_("What needs a person"), "title"),
        text(_("The work list on {day}, as the record stood then.").format(day=day), "subtitle"),
        Spacer(1, 7),
        finding(first, second, width),
    ]
    for urgency in Urgency:
        rows = [one for one in value.rows if one.alert.finding.urgency is urgency]
        if rows:
            story += [*heading(urgency_word(urgency), 70), *_tables(rows, value, width)]
    if value.left_out:
        story += [Spacer(1, 6), text(_("{n} more are not printed.").format(n=value.left_out), "note")]
    return [*story, Spacer(1, 8), about(around, value.head.purpose or _("The daily look at the work list."))]


def _tables(rows: Sequence[AlertRow], value: AttentionDigest, width: float) -> list[Flowable]:
    made: list[Flowable] = []
    zone = value.judged_at.tzinfo
    assert zone is not None
    for start in range(0, len(rows), _ROWS):
        cells: list[list[Cell]] = []
        for one in rows[start : start + _ROWS]:
            told = alert_evidence(one.alert, zone, value.judged_at)
            cells.append(
                [
                    [text(grouped(one.row.shipment.shown_number), "cell"), text(about_piece(one), "cell")],
                    [text(bold(alert_title(one.alert)), "cell"), text(told, "cell")],
                    text(what_to_do(one.alert.kind), "cell"),
                ]
            )
        head = [_("Piece"), _("Finding"), _("What to do")]
        made.append(table(head, cells, [width * 0.3, width * 0.4, width * 0.3]))
    return made
