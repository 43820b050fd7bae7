"""Our fields of an imported row, and what other programs call them: carriers' exports, shipping and order programs.

A title is compared by its letters and digits alone, also without what stands in parentheses: `Ship Date (mm/dd/yyyy)`
is `shipdate`. Each title is taken once, by the field whose list has it first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from mailroom.domain.times import DateOrder


class ImportKind(StrEnum):
    """What the rows of a file are."""

    SHIPMENTS = "shipments"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One of our fields: its name, what others call it, and whether no row can do without it."""

    name: str
    aliases: tuple[str, ...] = ()
    needed: bool = False
    group: str = "piece"


def _specs(group: str, table: str) -> tuple[FieldSpec, ...]:
    """One field a line: its name, an asterisk where it is needed, a colon, its aliases between commas."""
    found = []
    for line in table.strip().splitlines():
        name, _colon, rest = line.partition(":")
        aliases = tuple(one.strip() for one in rest.split(",") if one.strip())
        found.append(FieldSpec(name.strip(" *"), aliases, "*" in name, group))
    return tuple(found)


_NUMBER = """
tracking_number*: tracking, tracking no, tracking number(s), tracking #, tracking num, tracking nbr, tracking id, \
tracking code, package tracking number, shipment tracking number, master tracking number, mastertrackingnumber, \
ship tracking number, lead tracking number, carrier tracking number, express or ground tracking id, trackingno, \
piece number, piece id, article number, item number, label number, package id, parcel id, parcel number, \
certified number, certified mail number, confirmation number, delivery confirmation, delivery confirmation number, \
usps tracking number, usps tracking, ups tracking number, fedex tracking number, waybill, waybill number, awb, \
air waybill, airbill, airbill number, consignment, consignment number, connote, pro number, barcode, pic, impb, number
"""

_PIECE = """
carrier: carrier name, carrier code, shipping carrier, shipping provider, provider, shipper carrier, courier, \
ship via carrier, carrier description
service: service type, service name, service description, shipping service, ship service, service level, mail class, \
mailclass, class service, class of mail, class, ship method, shipping method, ship via, delivery method, \
service used, product, mail type, shipment information service type
service_code: service type code, service id, mail class code, service indicator
order: order number, order no, order #, order id, orderid, reference, reference number, reference #, reference 1, \
ref, ref 1, ref no, reference id, your reference, customer reference, customer reference number, shipper reference, \
package reference number 1, package reference 1, package reference no 1, invoice number, invoice no, invoice #, \
po number, p.o. no, purchase order, purchase order number, job number, matter, matter number, case number
department: dept, department name, department number, cost center, cost centre, cost code, billing department, \
business unit, division, cost account department
account: account name, cost account, cost account name, account number, charge account, sub account, subaccount, \
charge code, gl code, gl account, client matter, billing account
run: mail run, batch, batch name, batch number, manifest, manifest number, pickup, pick up, collection
meter: meter number, meter id, meter name, machine, franking machine, device, device name, printer serial
mailed_on: ship date, shipped date, date shipped, shipped on, shipping date, shipment date, ship datetime, mail date, \
mailing date, mailed, mailed date, date mailed, postmark date, print date, date printed, printed, label date, \
label created, label created date, date created, created date, created at, creation date, collection date, \
pickup date, processed date, transaction date, posting date, dispatch date, print date/time
weight: package weight, actual weight, weight value, item weight, total weight, shipment weight, parcel weight, \
gross weight, original weight, rated weight, billed weight
weight_unit: weight units, weight uom, weight unit of measure, unit of weight, wt unit, wt units, weight type
weight_pounds: weight lb, weight lbs, weight in lb, weight in lbs, weight pounds, pounds, lbs, lb
weight_ounces: weight oz, weight in oz, weight ounces, ounces, oz
length: package length, dim length, dimension length, parcel length, length in, length cm
width: package width, dim width, dimension width, parcel width, width in, width cm
height: package height, dim height, dimension height, parcel height, height in, height cm, depth
dimension_unit: dimension units, dim unit, dim units, dims unit, dimensions unit, size unit, distance unit
contents: content, description, goods, goods description, item description, package contents, contents description, \
description of goods, merchandise description, customs description, commodity description, items
classification: handling, handling class, content class, special handling, hazmat, content type
hs_code: hs tariff, hs tariff number, hts, hts code, hts number, tariff code, harmonized code, harmonised code, \
hs number, schedule b, commodity code
note: notes, memo, remark, remarks, comment, comments, message, printed message, rubber stamp, rubber stamp 1, \
internal notes, special instructions, instructions
requester: requested by, requestor, ordered by, user, user name, created by, printed by, sender name user, employee
requester_email: requester e-mail, requested by e-mail, user e-mail, requestor e-mail, employee e-mail, notify e-mail
requester_opt_out: no notices, do not notify, opt out
promised_on: expected delivery, expected delivery date, estimated delivery, estimated delivery date, \
scheduled delivery, scheduled delivery date, promised delivery, promised delivery date, delivery by, deliver by, \
due date, eta, guaranteed delivery, guaranteed delivery date, commit date
deadline: must arrive by, needed by, latest delivery, deadline date
deadline_note: at stake, deadline reason
proof_of_postage: postage proof, postage type, payment method, franking
destination_postal_code: label postal code, label zip
destination_country: label country
other_numbers: other tracking numbers, additional numbers
customs: customs lines
"""

_PARTY = """
{0}_name: {1} name, {1} contact name, {1} attention, {1} attn, {1} full name, {1} person, {1} contact person
{0}_company: {1} company, {1} company name, {1} company or name, {1} organization, {1} organisation, {1} business, \
{1} business name, {1} firm
{0}_address: {1} address, {1} address 1, {1} address1, {1} address line 1, {1} street, {1} street 1, {1} street1, \
{1} line 1, {1} addr 1, {1} addr1, {1} street address
{0}_address_2: {1} address 2, {1} address2, {1} address line 2, {1} street 2, {1} street2, {1} line 2, {1} addr 2, \
{1} addr2, {1} suite, {1} apartment, {1} unit
{0}_address_3: {1} address 3, {1} address3, {1} address line 3, {1} street 3, {1} street3, {1} line 3, {1} addr 3
{0}_city: {1} city, {1} city or town, {1} town, {1} locality, {1} city name
{0}_region: {1} state, {1} province, {1} state province, {1} state/prov, {1} state/province/county, {1} county, \
{1} state code, {1} region
{0}_postal_code: {1} zip, {1} zip code, {1} zipcode, {1} postal, {1} postal code, {1} postalcode, {1} postcode, \
{1} zip/postal code, {1} zip 5, {1} zip+4
{0}_country: {1} country, {1} country code, {1} country name, {1} country/territory, {1} country or territory
{0}_contact: {1} phone, {1} telephone, {1} phone number, {1} tel, {1} e-mail, {1} email, {1} email address, \
{1} e-mail address, {1} mobile
"""

# What stands for a recipient without saying so, a line of the table above each.
_BARE_RECIPIENT = (
    "recipient, recipients, addressee, consignee, name, full name, customer name, customer, attention, attn, \
contact name, delivered to, to",
    "company, company name, organization, organisation, firm, business name, company or name",
    "address, address 1, address1, address line 1, street, street 1, street1, street address, delivery address",
    "address 2, address2, address line 2, street 2, street2, apt, suite, apartment",
    "address 3, address3, address line 3, street 3, street3",
    "city, town, destination city, city or town",
    "state, province, state province, state/province, destination state, region, county",
    "zip, zip code, zipcode, postal code, postalcode, postcode, zip/postal code, zip5, destination zip, \
destination postal code, destination zip code",
    "country, country code, country name, country/territory, destination country, destination country code",
    "phone, telephone, phone number, email, e-mail, email address",
)
_NAMED_RECIPIENT = (
    "recipient",
    "ship to",
    "shipto",
    "to",
    "receiver",
    "consignee",
    "delivery",
    "addressee",
    "destination",
)
_NAMED_SENDER = ("sender", "ship from", "shipfrom", "from", "shipper", "return", "origin", "consignor")

_MONEY = """
postage: postage amount, postage cost, postage paid, final postage, amount paid, label cost, label amount, \
shipping cost, shipping paid, shipping charge, shipping charges, shipping fee, shipment cost, ship cost, freight, \
freight charge, net charge, net charge amount, total charge, total charges, total shipper charge, charges, charge, \
published charge, total amount, total cost, total postage, total postage amount, rate, quoted amount, cost, amount, \
carrier fee, meter amount, price
currency: currency code, postage currency, rate currency, charge currency
declared_value: declared amount, package declared value amount, package declared value, declared value amount, \
value declared, carriage value, total declared value, customs value, item value, contents value, value
insured_value: insured amount, insurance amount, insurance value, insured for, insured, total insured value
invoice_amount: invoice total, invoice value, order total, order amount, order value, total order amount
"""


def _party(name: str, words: Sequence[str], bare: Sequence[str]) -> str:
    lines = _PARTY.strip().splitlines()
    found = []
    for at, line in enumerate(lines):
        aliases: list[str] = []
        field, _colon, rest = line.partition(":")
        for word in words:
            aliases += rest.format(name, word).split(",")
        more = bare[at].split(",") if bare else []
        found.append(f"{field.format(name)}: {','.join([*aliases, *more])}")
    return "\n".join(found)


@lru_cache(maxsize=4096)
def plain(title: str) -> str:
    """A title as it is compared: its letters and digits in lower case."""
    return "".join(char for char in title.lower() if char.isalnum())


def _told_apart(*specs: FieldSpec) -> tuple[FieldSpec, ...]:
    """Without aliases that are the name of another field of ours."""
    names = {plain(spec.name) for spec in specs}
    return tuple(
        replace(spec, aliases=tuple(one for one in spec.aliases if plain(one) not in names - {plain(spec.name)}))
        for spec in specs
    )


SHIPMENT_FIELDS: Final = _told_apart(
    *_specs("piece", _NUMBER),
    *_specs("piece", _PIECE),
    *_specs("recipient", _party("recipient", _NAMED_RECIPIENT, _BARE_RECIPIENT)),
    *_specs("money", _MONEY),
    *_specs("sender", _party("sender", _NAMED_SENDER, ())),
)

EVENT_FIELDS: Final = _told_apart(
    *_specs("event", _NUMBER),
    *_specs(
        "event",
        """
happened_at*: happened, date, datetime, date time, date/time, event date, event time stamp, event timestamp, \
event datetime, event date time, scan date, scan datetime, activity date, timestamp, when, status date, \
last update, last updated, updated at, date of event, event local date, occurred at, local date
happened_time: time, event time, scan time, activity time, status time, local time, event local time
status: state, event status, shipment status, delivery status, current status, package status, status category
text: event, description, details, detail, activity, message, event description, status description, \
status text, scan description, event text, event name, activity description, scan event, status detail, what
code: event code, status code, scan code, activity code, exception code, event type code
place: location, event location, city, facility, where, scan location, event city, event place, activity location, \
city state, location name
source: source name, from, carrier, carrier name, data source, reported by, provider
name_given: signed by, received by, signed for by, signature, signatory, pod name
promised_on: expected delivery, estimated delivery, estimated delivery date, expected delivery date, promised, eta, \
scheduled delivery, scheduled delivery date
next_place: next facility, next location, next stop
reason: exception reason, delay reason, exception, exception description
gps: coordinates, lat long, latitude longitude, geo
note: notes, comment, comments, remark, remarks
shipment_id: shipment id
""",
    ),
)

FIELDS: Final = {ImportKind.SHIPMENTS: SHIPMENT_FIELDS, ImportKind.EVENTS: EVENT_FIELDS}

_IN_PARENTHESES = re.compile(r"[(\[].*?[)\]]")
_MONTH_FIRST = re.compile(r"\bm{1,4}[/.-]d{1,2}\b", re.IGNORECASE)
_DAY_FIRST = re.compile(r"\bd{1,2}[/.-]m{1,4}\b", re.IGNORECASE)


def guess(kind: ImportKind, titles: Sequence[str]) -> dict[str, str]:
    """Our fields with the titles that mean them; each title is given once, an exact name of ours before any alias."""
    exact = {plain(one): one for one in reversed(titles)}
    loose = {plain(_IN_PARENTHESES.sub(" ", one)): one for one in reversed(titles)}
    known = {**loose, **exact}
    known.pop("", None)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for spec in FIELDS[kind]:
        title = exact.get(plain(spec.name))
        if title is not None:
            found[spec.name] = title
            taken.add(title)
    for spec in FIELDS[kind]:
        if spec.name in found:
            continue
        for alias in spec.aliases:
            title = known.get(plain(alias))
            if title is not None and title not in taken:
                found[spec.name] = title
                taken.add(title)
                break
    return {spec.name: found[spec.name] for spec in FIELDS[kind] if spec.name in found}


def order_said(titles: Sequence[str]) -> DateOrder | None:
    """The order of day and month that a title tells, such as `Ship date (mm/dd/yyyy)`; none where none does."""
    said = {
        order
        for title in titles
        for order, shape in ((DateOrder.MONTH_FIRST, _MONTH_FIRST), (DateOrder.DAY_FIRST, _DAY_FIRST))
        if shape.search(title)
    }
    return said.pop() if len(said) == 1 else None


def needed(kind: ImportKind) -> tuple[str, ...]:
    """The fields that no row can do without."""
    return tuple(spec.name for spec in FIELDS[kind] if spec.needed)
