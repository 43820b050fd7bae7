"""United Parcel Service: 1Z numbers, waybills, Mail Innovations, MaxiCode.

Sources: the check digit and service codes as UPS publishes them; the MaxiCode message of Zebra's ^BD command. The
rule that makes the whole number of a MaxiCode message (1Z, shipper, last two of the class, package) is inferred:
its answer counts only where the check digit holds, as it does in every vendor's printed sample.
"""

import re

from mailroom.carriers._impb import impb_formats
from mailroom.domain.recognition import Candidate, Check, Destination, Reason
from mailroom.recognition import check_digits
from mailroom.recognition.countries import ALPHA2_OF
from mailroom.recognition.formats import Carrier, Envelope, EnvelopeContent, Example, Examples, NumberFormat

_SERVICES = {
    "01": "Next Day Air",
    "02": "2nd Day Air",
    "03": "Ground",
    "12": "3 Day Select",
    "13": "Next Day Air Saver",
    "15": "Next Day Air Early",
    "22": "Ground, Returns Plus (three attempts)",
    "32": "Next Day Air Early, C.O.D.",
    "33": "Next Day Air Early, Saturday Delivery, C.O.D.",
    "41": "Next Day Air Early, Saturday Delivery",
    "42": "Ground, Signature Required",
    "44": "Next Day Air, Saturday Delivery",
    "66": "Worldwide Express",
    "72": "Ground, C.O.D.",
    "78": "Ground, Returns Plus (one attempt)",
    "90": "Ground, Return Label by Mail",
    "A0": "Next Day Air Early, Adult Signature Required",
    "A1": "Next Day Air Early, Saturday Delivery, Adult Signature Required",
    "A2": "Next Day Air, Adult Signature Required",
    "A8": "Ground, Adult Signature Required",
    "A9": "Next Day Air Early, Adult Signature Required, C.O.D.",
    "AA": "Next Day Air Early, Saturday Delivery, Adult Signature Required, C.O.D.",
    "YW": "SurePost",
}
_WAYBILL_SERVICES = {"J": "Next Day Express", "K": "Ground", "V": "Worldwide Express Saver"}

_PARCEL = "(?P<number>1Z(?P<body>[A-Z0-9]{{6}}(?P<service>{service})[A-Z0-9]{{7}})(?P<check>[0-9]))"
_ONE_Z = re.compile(r"1Z([A-Z0-9]{15})([0-9])")
_MAXI_NUMBER = re.compile(r"1Z([A-Z0-9]{7})([0-9])")  # package and check digit, without shipper and service
# The message of a scanner that drops the separators: digits alone tell where a field ends.
_JOINED = re.compile(r"(96[0-9]{5}(?:[0-9]{4})?)([0-9]{3})([0-9]{3})(1Z[A-Z0-9]{7}[0-9])(UPSN)([A-Z0-9]{6})")
_SHIPPER = re.compile(r"[A-Z0-9]{6}")
_CLASS = re.compile(r"[0-9]{3}")
_RARE = Reason("rare_format")


def _service_name(code: str) -> str:
    return _SERVICES.get(code, "")


def _waybill_name(code: str) -> str:
    return _WAYBILL_SERVICES.get(code, "")


def _read_maxicode(envelope: Envelope) -> EnvelopeContent | None:
    """96 + postal code, country, class, number, UPSN, shipper, day …: number and destination."""
    fields = [field.strip().upper() for field in envelope.fields]
    joined = _JOINED.match(fields[0]) if len(fields) == 1 else None
    if joined:
        fields = list(joined.groups())
    if envelope.header != "01" or len(fields) < 5 or fields[0][:2] != "96" or fields[4] not in ("UPSN", "UPS"):
        return None
    destination = _destination(fields[0][2:], fields[1])
    number = _rebuilt(fields[2], fields[3], fields[5] if len(fields) > 5 else "")
    if not number:
        partial = _MAXI_NUMBER.fullmatch(fields[3])
        return EnvelopeContent(None, destination, partial[1] + partial[2] if partial else "")
    service = number[8:10]
    candidate = Candidate(
        carrier="ups",
        tracking_number=number,
        check=Check.OK,
        format="ups_maxicode",
        piece=f"ups:{number}",
        service=_service_name(service),
        service_code=service,
        destination=destination,
        why=Reason("rebuilt_from_message"),
    )
    return EnvelopeContent(candidate, destination)


def _rebuilt(service_class: str, number: str, shipper: str) -> str:
    """The whole 1Z number where its check digit proves it, else empty."""
    short = _MAXI_NUMBER.fullmatch(number)
    if short and _CLASS.fullmatch(service_class) and _SHIPPER.fullmatch(shipper):
        number = f"1Z{shipper}{service_class[1:]}{short[1]}{short[2]}"
    whole = _ONE_Z.fullmatch(number)
    return number if whole and whole[1].strip("0") and check_digits.ups(whole[1]) == whole[2] else ""


def _destination(postal_code: str, country: str) -> Destination:
    """The country is numeric; a US code is ZIP+4, with zeros where the four are not known."""
    alpha2 = ALPHA2_OF.get(country, "")
    if alpha2 == "US" and len(postal_code) == 9:
        postal_code = postal_code.removesuffix("0000")
    return Destination(postal_code if postal_code.isalnum() and postal_code.strip("0") else "", alpha2)


CARRIER = Carrier(
    id="ups",
    name="UPS",
    formats=(
        NumberFormat(
            id="ups_1z",
            pattern=_PARCEL.format(service="(?!YW)[A-Z0-9]{2}"),
            lengths=(18,),
            check=check_digits.ups,
            service_name=_service_name,
        ),
        NumberFormat(
            id="ups_surepost",
            pattern=_PARCEL.format(service="YW"),
            lengths=(18,),
            check=check_digits.ups,
            service_name=_service_name,
            last_mile="usps",
        ),
        NumberFormat(
            id="ups_waybill",
            pattern=r"(?P<number>(?P<service>[AHJKTV])(?P<body>[0-9]{9})(?P<check>[0-9]))",
            lengths=(11,),
            check=check_digits.alternating,
            own_shape=False,
            service_name=_waybill_name,
        ),
        *impb_formats("ups_mail_innovations", "92748", service="Mail Innovations", rank=-1),
        NumberFormat(
            # 8, account, day of the year, sequence: known from one reader of these labels only.
            id="ups_mail_innovations_18",
            pattern=r"(?P<number>(?P<body>8[0-9]{6}(?:[012][0-9]{2}|3[0-5][0-9]|36[0-6])[0-9]{7})(?P<check>[0-9]))",
            lengths=(18,),
            check=check_digits.alternating,
            must_hold=True,
            own_shape=False,
            service="Mail Innovations",
            doubt=lambda _found: _RARE,
        ),
    ),
    tracking_url="https://www.ups.com/track?tracknum={number}",
    read_envelope=_read_maxicode,
    examples=Examples(
        valid=(
            Example("1Z5R89390357567127", service="Ground"),
            Example("1z879e930346834440"),
            Example("1Z 410 E7W 03 9275 1591", "1Z410E7W0392751591", "Ground"),
            Example("]C01ZXX3150YW44070023", "1ZXX3150YW44070023", "SurePost"),
            Example("K1506235620", service="Ground"),
            Example("J4603636537", service="Next Day Express"),
            Example("V0490119172", service="Worldwide Express Saver"),
            Example("92748931507708513018050063", service="Mail Innovations"),
            Example("420606209274893150770851301806", "9274893150770851301806", "Mail Innovations", "60620"),
            Example("812345632412345676", service="Mail Innovations", weak=True),
            Example("[)>0196841708400011Z00004951UPSN06X610159", "1Z06X6100100004951", postal_code="84170"),
            Example(
                "[)>\x1e01\x1d96841706672\x1d840\x1d001\x1d1Z00004951\x1dUPSN\x1d06X610\x1d159\x1d1234567\x1d1/1"
                "\x1d\x1dY\x1d1 MAIN ST\x1dSALT LAKE CITY\x1dUT\x1e\x04",
                "1Z06X6100100004951",
                "Next Day Air",
                "841706672",
            ),
        ),
        invalid=(
            "2Z5R89390357567127",
            "1Z1111111111111111",
            "1Z0000000000000000",
            "K1506235622",
            "V0423305841",
            "[)>\x1e01\x1d96841706672\x1d840\x1d001\x1d1Z00004951\x1dUPSN\x1d06X611\x1d159\x1e\x04",
        ),
    ),
)
