"""The statement of amount: how the demand is made up, checked against the cover; the amount is printed as given."""

from reportlab.platypus import Flowable, Spacer

from mailroom.domain.claim_rules import cover_of, goods_of
from mailroom.domain.claims import GOODS_LINES, ClaimLine, ClaimLineKind
from mailroom.domain.money import Money
from mailroom.reports.claim_case import Case
from mailroom.reports.claim_letter import over
from mailroom.reports.claim_words import line_word
from mailroom.reports.elements import Anchor, Cell, heading, table
from mailroom.reports.text import Markup, bold, fill, italic, joined, safe
from mailroom.reports.words import text
from mailroom.wording import _
from mailroom.wording.moments import currency_name


def statement(case: Case) -> list[Flowable]:
    """The page as a story."""
    currency = currency_name(case.claim.amount.currency, case.language)
    under = fill(_("How the amount demanded is made up. Currency: {currency}."), currency=currency)
    return [
        Anchor("statement", _("Statement of amount")),
        text(_("Statement of amount"), "title"),
        text(under, "subtitle"),
        Spacer(1, 6),
        _lines(case),
        *_plain_amount(case),
        *heading(_("Check against the cover")),
        _checks(case),
        *heading(_("Left out on purpose")),
        text(_left_out(case), "body"),
    ]


def _plain_amount(case: Case) -> list[Flowable]:
    """The amount as it was given, where the table groups its digits: a carrier's form takes no grouping."""
    amount = case.claim.amount
    plain = amount.amount.removesuffix("0")
    if case.bare(amount) == plain:
        return []
    note = fill(_("As given, for the carrier’s form: {amount} {currency}"), amount=plain, currency=amount.currency)
    return [Spacer(1, 3), text(note, "note")]


def _lines(case: Case) -> Flowable:
    claim = case.claim
    goods = [line for line in claim.lines if line.kind in GOODS_LINES]
    others = [line for line in claim.lines if line.kind not in GOODS_LINES]
    rows: list[list[Cell]] = []
    strong: list[int] = []
    shaded: list[int] = []
    for number, line in enumerate(goods, 1):
        rows.append(_row(case, number, line))
    if len(goods) > 1 or (goods and others):
        strong.append(len(rows))
        rows.append(_sum_row(_("Goods"), case.bare(claim.sum_of(*GOODS_LINES))))
    for number, line in enumerate(others, len(goods) + 1):
        rows.append(_row(case, number, line))
    if claim.lines and claim.sum_of() != claim.amount:
        strong.append(len(rows))
        rows.append(_sum_row(_("Sum of the lines"), case.bare(claim.sum_of())))
    if not claim.lines:
        rows.append(
            [
                "1",
                text(italic(_("One amount as stated; no lines were given")), "cell"),
                *[""] * 4,
                _right(case, claim.amount),
            ]
        )
    strong.append(len(rows))
    shaded.append(len(rows))
    rows.append(_sum_row(_("Amount demanded"), case.bare(claim.amount)))
    share = case.width / 492
    widths = [30 * share, 212 * share, 60 * share, 30 * share, 55 * share, 45 * share, 60 * share]
    head = [_("Line"), _("Item"), _("Proof"), _("Qty"), _("Unit price"), _("Less"), _("Amount")]
    return table(head, rows, widths, right=(3, 4, 5, 6), strong=strong, shaded=shaded)


def _row(case: Case, number: int, line: ClaimLine) -> list[Cell]:
    return [
        str(number),
        text(_told(line), "cell"),
        text(line.proof, "cell"),
        text("" if line.quantity is None else str(line.quantity), "cell_right"),
        _right(case, line.unit_price),
        _right(case, line.less),
        _right(case, line.amount),
    ]


def _told(line: ClaimLine) -> Markup:
    """The line's text; what is claimed to mend the goods says so, since it is not their price."""
    words = safe(line.text or line_word(line.kind))
    if line.kind is ClaimLineKind.REPAIR and line.text:
        return joined([words, italic(_("claimed: its repair"))], "<br/>")
    return words


def _right(case: Case, amount: Money | None) -> Flowable:
    return text("" if amount is None else case.bare(amount), "cell_right")


def _sum_row(title: str, amount: str) -> list[Cell]:
    return ["", text(bold(title), "cell"), "", "", "", "", text(bold(amount), "cell_right")]


def _checks(case: Case) -> Flowable:
    goods, cover, claim = goods_of(case.packet), cover_of(case.packet), case.claim
    invoice = case.shipment.fields.invoice_amount
    rows: list[list[Cell]] = []
    if cover is None:
        rows.append([_("Goods not over the cover"), _("no cover on record"), _("Not checked")])
    elif cover.mills == 0:
        rows.append([_("Goods not over the cover"), _("no cover of its own by the rule on record"), _("Does not hold")])
    else:
        rows.append([_("Goods not over the cover"), *_against(case, goods, cover)])
    if invoice is not None:
        rows.append([_("Goods not over the invoice amount on record"), *_against(case, goods, invoice)])
    if claim.lines:
        told = " + ".join(case.bare(line.amount) for line in claim.lines).replace("+ \u2013", "\u2013 ")
        holds = claim.sum_of() == claim.amount
        gap = case.bare(Money(claim.amount.mills - claim.sum_of().mills, claim.amount.currency))
        result = _("Holds") if holds else _("Differs by {amount}").format(amount=gap)
        rows.append([_("Sum of the lines"), f"{told} = {case.bare(claim.sum_of())}", result])
    share = case.width / 492
    return table([_("Check"), _("Figures"), _("Result")], rows, [200 * share, 192 * share, 100 * share])


def _against(case: Case, amount: Money, limit: Money) -> list[Cell]:
    figures = _("{amount} of {limit}").format(amount=case.bare(amount), limit=case.bare(limit))
    if amount.currency != limit.currency:
        return [figures, _("Not checked: other currency")]
    excess = over(amount, limit)
    return [figures, _("Over by {amount}").format(amount=case.bare(excess)) if excess else _("Holds")]


def _left_out(case: Case) -> str:
    postage = case.shipment.postage
    said = safe(case.claim.left_out) if case.claim.left_out else italic(_("Nothing was named."))
    claimed = case.claim.sum_of(ClaimLineKind.POSTAGE)
    if postage.mills and not claimed.mills:
        return fill(
            _("{said} The postage on record, {amount}, is not part of the demand."),
            said=said,
            amount=case.money(postage),
        )
    return said
