"""What a claim begins with, and what is refused of what a person enters."""

import dataclasses
from collections import Counter

from mailroom.domain.claim_life import ClaimItem, ClaimTerms
from mailroom.domain.claims import ClaimKind
from mailroom.domain.goods_words import vague_class
from mailroom.domain.insurers import INSURERS
from mailroom.domain.money import Money
from mailroom.domain.register import ShipmentDetail
from mailroom.errors import MailroomError
from mailroom.wording.claims import example_of

_MOST_ITEMS = 200
_LONGEST = 4000  # characters


def first_terms(detail: ShipmentDetail, kind: ClaimKind) -> ClaimTerms:
    """What the record knows: the lines of the customs form, else the contents at their value, and the postage."""
    shipment = detail.row.shipment
    fields = shipment.fields
    items = tuple(
        ClaimItem(one.description, 1 if one.quantity < 1 else one.quantity, _each(one.value, one.quantity))
        for one in fields.customs
        if one.value is not None and one.value.mills > 0
    )
    value = fields.invoice_amount or fields.declared_value or fields.insured_value
    if not items and value is not None and value.mills > 0:
        items = (ClaimItem(fields.contents, 1, value),)
    currency = items[0].unit_value.currency if items else shipment.postage.currency
    postage = shipment.postage
    if kind is not ClaimKind.LOSS or postage.mills <= 0 or postage.currency != currency:
        return ClaimTerms(kind, items)
    return ClaimTerms(kind, items, postage)


def _each(value: Money, quantity: int) -> Money:
    return value if quantity < 2 else Money(value.mills // quantity, value.currency)


def checked_terms(terms: ClaimTerms, before: ClaimTerms | None) -> ClaimTerms:
    """The terms as they are kept, blanks put right; a vague description that is new is refused."""
    items = tuple(dataclasses.replace(one, description=" ".join(one.description.split())) for one in terms.items)
    if len(items) > _MOST_ITEMS:
        raise MailroomError("items_too_many", count=len(items), limit=_MOST_ITEMS)
    known = Counter(one.description for one in before.items) if before is not None else Counter[str]()
    money: list[Money] = []
    for item in items:
        _check_item(item, known)
        money.append(item.unit_value)
    money += [one for one in (terms.postage, terms.amount) if one is not None]
    for one in money:
        if one.currency != money[0].currency:
            raise MailroomError("currencies_differ", first=money[0].currency, second=one.currency)
    if terms.postage is not None and terms.postage.mills < 0:
        raise MailroomError("amount_not_positive", amount=terms.postage.amount)
    if terms.amount is not None and terms.amount.mills <= 0:
        raise MailroomError("amount_not_positive", amount=terms.amount.amount)
    for text in (terms.statement, terms.payee, terms.left_out, *(one.because for one in terms.answers)):
        if len(text) > _LONGEST:
            raise MailroomError("text_too_long", length=len(text), limit=_LONGEST)
    if terms.insurer and terms.insurer not in INSURERS:
        raise MailroomError("insurer_unknown", name=terms.insurer, known=", ".join(INSURERS))
    answers = tuple(dataclasses.replace(one, because=one.because.strip()) for one in terms.answers)
    return dataclasses.replace(
        terms, items=items, answers=answers, payee=terms.payee.strip(), statement=terms.statement.strip()
    )


def _check_item(item: ClaimItem, known: Counter[str]) -> None:
    if known[item.description] > 0:
        known[item.description] -= 1
    else:
        group = vague_class(item.description)
        if group:
            raise MailroomError("item_too_vague", text=item.description, group=group, example=example_of(group))
    if not 1 <= item.quantity <= 1_000_000 or item.unit_value.mills < 0:
        raise MailroomError("item_bad", text=item.description)
    whole = item.unit_value.mills * item.quantity
    for part in (item.less, item.repair):
        if part is not None and part.currency != item.unit_value.currency:
            raise MailroomError("currencies_differ", first=item.unit_value.currency, second=part.currency)
    if item.less is not None and not 0 <= item.less.mills <= whole:
        raise MailroomError("item_less_over_value", text=item.description)
    if item.repair is not None and not 0 <= item.repair.mills <= item.value.mills:
        raise MailroomError("item_repair_over_value", text=item.description)
