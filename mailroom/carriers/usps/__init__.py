"""United States Postal Service: package barcodes, 20-digit labels of before 2013, S10 items.

Sources: Publication 199 and the Parcel Labeling Guide (appendix A) for the structure; the Service Type Codes
(Appendix I) for services. A code is a class with its extra services, and codes are given to other services in
time: an unknown one stays without a name.
"""

from functools import cache
from re import Match

from mailroom import resources
from mailroom.carriers._impb import ZIP5, ZIP9, impb_formats
from mailroom.carriers._post import post_format
from mailroom.domain.recognition import Reason
from mailroom.recognition.check_digits import fedex_ground_economy, gs1, usps_legacy
from mailroom.recognition.formats import Carrier, Example, Examples, NumberFormat

_PLAIN_SERVICES = ("USPS Tracking", "Return")  # every such item has it: not worth a word

# Service type codes of two digits, on labels without an identifier 92-95.
_LEGACY_SERVICES = {
    **dict.fromkeys(("01", "02", "03", "04", "14"), "Delivery Confirmation"),
    **dict.fromkeys(("05", "06", "07", "08"), "Delivery Confirmation, Insured"),
    **dict.fromkeys(("21", "22", "23", "24", "34"), "Signature Confirmation"),
    **dict.fromkeys(("25", "26"), "Signature Confirmation, Insured"),
    "56": "En-route scan only",
    **dict.fromkeys(("70", "71"), "Certified Mail"),
    "73": "Insured Mail",
    **dict.fromkeys(("82", "83", "85"), "Merchandise Return"),
}


def service_name(code: str) -> str:
    """`First-Class Mail, Certified Mail` for a service type code of three digits; empty for an unknown one."""
    return _service_names().get(code, "")


@cache
def _service_names() -> dict[str, str]:
    import csv  # only here: recognition starts without it

    names = {}
    with resources.file("rules/usps_service_codes.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            extras = [extra for extra in row["services"].split("; ") if extra and extra not in _PLAIN_SERVICES]
            names[row["code"]] = ", ".join([row["product"], *extras])
    return names


def _legacy_name(code: str) -> str:
    return _LEGACY_SERVICES.get(code, "")


def _legacy_doubt(found: Match[str]) -> Reason | None:
    """Any 20 digits hold by one of two check digits in five cases of a hundred: the service must be a known one."""
    return None if found["service"] in _LEGACY_SERVICES else Reason("service_unknown", (("code", found["service"]),))


def _with_91(name: str, before: str, length: int, country: str) -> NumberFormat:
    return NumberFormat(
        id=name,
        pattern=before + r"(?P<number>(?P<body>91(?P<service>[0-9]{2})[0-9]{17})(?P<check>[0-9]))",
        lengths=(length,),
        check=gs1,
        service_name=_legacy_name,
        country=country,
        doubt=_legacy_doubt,
    )


_RETURN_RECEIPT = "9[2-5]909"  # the green card of a certified piece has a number of its own

CARRIER = Carrier(
    id="usps",
    name="USPS",
    formats=(
        *impb_formats("usps_impb", "9[2-5](?!909)", service_name=service_name),
        *impb_formats("usps_receipt", _RETURN_RECEIPT, service_name=service_name, role="return_receipt"),
        NumberFormat(
            id="usps_legacy",
            pattern=r"(?!00|612[0-9]{2}|91[0-9]{20})(?P<number>(?P<body>(?P<service>[0-9]{2})[0-9]{17})(?P<check>[0-9]))",
            lengths=(20,),
            check=usps_legacy,
            service_name=_legacy_name,
            doubt=_legacy_doubt,
        ),
        *(
            NumberFormat(
                id=f"usps_legacy{name}",
                pattern=before + r"(?P<number>(?P<body>(?!9[1-5])(?P<service>[0-9]{2})[0-9]{17})(?P<check>[0-9]))",
                lengths=(length,),
                check=usps_legacy,
                service_name=_legacy_name,
                country="US",
                doubt=_legacy_doubt,
            )
            for name, before, length in (("_zip5", ZIP5, 28), ("_zip9", ZIP9, 32))
        ),
        _with_91("usps_legacy_91", "", 22, ""),
        _with_91("usps_legacy_91_zip5", ZIP5, 30, "US"),
        _with_91("usps_legacy_91_zip9", ZIP9, 34, "US"),
        NumberFormat(
            # A Ground Economy number as FedEx prints it; the Postal Service's own has 92 before it.
            id="usps_ground_economy",
            pattern=r"(?P<number>(?P<body>(?P<service>612)9[0-9]{15})(?P<check>[0-9]))",
            lengths=(20,),
            check=fedex_ground_economy,
            service_name=service_name,
            number_prefix="92",
            rank=1,
        ),
        post_format("usps_s10", "US"),
    ),
    countries=frozenset({"US", "PR", "GU", "VI", "AS", "MP"}),
    tracking_url="https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
    examples=Examples(
        valid=(
            Example("9400111206206406260787"),
            Example("9400 1112 0108 0805 4830 16", "9400111201080805483016", "Ground Advantage"),
            Example("420787459400111206206406260787", "9400111206206406260787", postal_code="78745"),
            Example("]C142078745\x1d9400111206206406260787", "9400111206206406260787", postal_code="78745"),
            Example("4201028200009261290113185417468510", "9261290113185417468510", postal_code="102820000"),
            Example("4201002334249200190132607600833457", "9200190132607600833457", postal_code="100233424"),
            Example("9361 2898 7870 0317 6337 95", "9361289878700317633795"),
            Example("95055110696050486006 24", "9505511069605048600624", "Priority Mail"),
            Example("92001903060085300042901077", service="Ground Advantage"),
            Example("9407100000000000000009", service="First-Class Mail, Certified Mail"),
            Example("9590940200000000000008", service="Return Receipt Card"),
            Example("0307 1790 0005 2348 3741", "03071790000523483741", "Delivery Confirmation"),
            Example("4202215303071790000523483741", "03071790000523483741", postal_code="22153"),
            Example("7112 3456 7891 2345 6787", "71123456789123456787", "Certified Mail"),
            Example("7196 9010 7560 0307 7385", "71969010756003077385", "Certified Mail"),
            Example("9101 1234 5678 9000 0000 13", "9101123456789000000013", "Delivery Confirmation"),
            Example("420221539101026837331000039521", "9101026837331000039521", postal_code="22153"),
            Example("61299998820821171811", "9261299998820821171811", "Parcel Select"),
            Example("RB123456785US", service="Registered Mail"),
        ),
        invalid=(
            "9434611206206407667131",
            "2334611306206407667222",
            "0307 1790 0005 2348 3742",
            "9101 1234 5678 9000 0000 14",
            "9200000000000000000000",
            "420000009200000000000000000000",
            "4201028200009261290113185417468511",
            "42078745",
            "RB123456786US",
        ),
    ),
)
