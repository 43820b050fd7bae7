"""FedEx: Express, Ground, Ground Economy, door tags, PDF417.

Sources: FedEx's bar code label layout specification of 2004 for Ground, published sample labels for the others.
In the codes of 34 digits the number has 14 places and fills 12: a code with other digits than 00 there is not
recorded unasked.
"""

import re
from re import Match

from mailroom.carriers._impb import impb_formats
from mailroom.domain.recognition import Candidate, Check, Destination, Reason
from mailroom.recognition.check_digits import fedex_express, fedex_express_long, fedex_ground_economy, gs1
from mailroom.recognition.countries import ALPHA2_OF
from mailroom.recognition.formats import LINEAR, Carrier, Envelope, EnvelopeContent, Example, Examples, NumberFormat

_NUMBER_12 = r"(?P<number>(?P<body>[0-9]{11})(?P<check>[0-9]))"
# Of 14 places, which the check digit counts; the number fills the last twelve.
_NUMBER_14 = r"(?=(?P<body>[0-9]{13}))(?P<places>[0-9]{2})(?P<number>[0-9]{11}(?P<check>[0-9]))"
_NUMBER_15 = r"(?P<number>(?P<body>[0-9]{14})(?P<check>[0-9]))"
_ECONOMY_PACKAGE = r"92(?P<number>(?={lead})(?P<body>(?P<service>612)[0-9]{{16}})(?P<check>[0-9]))"
# What a field of the PDF417 message may hold: the number bare, with its form id, or as in the linear code.
_MESSAGE_NUMBER = re.compile(
    r"(?:(?P<express>[0-9]{12})(?:[0-9]{4})?|(?:96[0-9]{5})?(?P<ground>[0-9]{15})|[0-9]{20}00(?P<long>[0-9]{12}))"
)
# The message of a scanner that drops the separators: US codes alone, whose digits tell where a field ends.
_JOINED = tuple(
    re.compile(
        rf"(02[0-9]{{{digits}}})(840)([0-9]{{3}})([0-9]{{12}}(?:[0-9]{{4}})?|(?:96[0-9]{{5}})?[0-9]{{15}})(FDE[BEG]?)"
    )
    for digits in (5, 9)
)
_POSTAL_CODE = re.compile(r"[0-9A-Z]{3,10}")
_CONTAINER = Reason("container_twin")
_WITH_FORM = Reason("rare_format")
_FILLED_PLACES = Reason("unusual_places")


def _places_doubt(found: Match[str]) -> Reason | None:
    return None if found["places"] == "00" else _FILLED_PLACES


def _form_doubt(_found: Match[str]) -> Reason | None:
    return _WITH_FORM


def _container_doubt(_found: Match[str]) -> Reason | None:
    return _CONTAINER


def _read_pdf417(envelope: Envelope) -> EnvelopeContent | None:
    """02 + postal code, country, service, number with form id, FDE or FDEG …: number and destination."""
    fields = [field.strip().upper() for field in envelope.fields]
    if len(fields) == 1:
        return _read_joined(envelope.header, fields[0])
    if envelope.header != "01" or len(fields) < 5 or fields[0][:2] != "02" or fields[4][:3] != "FDE":
        return None
    postal_code = fields[0][2:]
    destination = Destination(
        postal_code if _POSTAL_CODE.fullmatch(postal_code) and postal_code.strip("0") else "",
        ALPHA2_OF.get(fields[1], ""),
    )
    found = _MESSAGE_NUMBER.fullmatch(fields[3])
    if not found:
        return EnvelopeContent(None, destination)
    ground = found["ground"] or ""
    number = ground or found["express"] or found["long"]
    right = gs1(number[:-1]) if ground else fedex_express(number[:-1])
    if number[-1] != right or not number.strip("0"):
        return EnvelopeContent(None, destination)
    candidate = Candidate(
        carrier="fedex",
        tracking_number=number,
        check=Check.OK,
        format="fedex_pdf417",
        piece=f"fedex:{number}",
        service="Ground" if ground or fields[4] == "FDEG" else "",
        service_code=fields[2],
        destination=destination,
        why=Reason("read_from_message"),
    )
    return EnvelopeContent(candidate, destination)


def _read_joined(header: str, text: str) -> EnvelopeContent | None:
    """The same without separators, where one way of cutting it gives a number whose check digit holds."""
    cuts = [found.groups() for found in (one.match(text) for one in _JOINED) if found]
    read = [content for cut in cuts if (content := _read_pdf417(Envelope(header, cut)))]
    proved = [content for content in read if content.candidate]
    return proved[0] if len(proved) == 1 else None


CARRIER = Carrier(
    id="fedex",
    name="FedEx",
    formats=(
        NumberFormat(
            id="fedex_34",
            # Begins unlike 96; and a package code of the Postal Service (420, ZIP, 91-95) is never one of these.
            pattern=r"(?!420(?:[0-9]{5}|[0-9]{9})9[1-5])[0-8][0-9]{14}(?P<postal_code>[0-9]{5})" + _NUMBER_14,
            lengths=(34,),
            check=fedex_express_long,
            country="US",
            service="Express",
            doubt=_places_doubt,
        ),
        NumberFormat(
            id="fedex_ground_34",
            pattern=r"96(?P<service>)[0-9]{18}" + _NUMBER_14,
            lengths=(34,),
            check=fedex_express_long,
            service="Ground",
            doubt=_places_doubt,
        ),
        NumberFormat(
            id="fedex_ground_96",
            pattern=r"96[0-9]{2}(?P<service>[0-9]{3})" + _NUMBER_15,
            lengths=(22,),
            check=gs1,
            service="Ground",
        ),
        NumberFormat(
            id="fedex_astra_32",
            pattern=r"3[0-9]{15}" + _NUMBER_12 + r"[0-9]{4}",
            lengths=(32,),
            check=fedex_express,
            service="Express",
        ),
        # The Postal Service carries the last mile; both numbers name the same piece.
        NumberFormat(
            id="fedex_ground_economy",
            pattern=r"(?P<number>(?P<body>(?P<service>612)9[0-9]{15})(?P<check>[0-9]))",
            lengths=(20,),
            check=fedex_ground_economy,
            service="Ground Economy",
            piece="usps:92",
            rank=-1,
        ),
        *impb_formats(
            "fedex_economy_package",
            "61299",
            package=_ECONOMY_PACKAGE,
            check=fedex_ground_economy,
            service="Ground Economy",
            piece="usps:92",
            rank=-1,
        ),
        # Mailer ids that begin with 927 were FedEx's in every sample seen; that others have none is not sure.
        *impb_formats(
            "fedex_economy_partner",
            "612927",
            package=_ECONOMY_PACKAGE,
            check=fedex_ground_economy,
            service="Ground Economy",
            piece="usps:92",
            rank=1,
        ),
        NumberFormat(id="fedex_door_tag", pattern=r"(?P<number>DT[0-9]{12})", lengths=(14,), prefix="DT"),
        NumberFormat(
            id="fedex_12",
            pattern=_NUMBER_12,
            lengths=(12,),
            check=fedex_express,
            own_shape=False,
            symbologies=LINEAR,
        ),
        NumberFormat(
            id="fedex_15",
            pattern=_NUMBER_15,
            lengths=(15,),
            check=gs1,
            own_shape=False,
            service="Ground",
            symbologies=LINEAR,
        ),
        NumberFormat(
            id="fedex_12_form",  # as it is printed beside the bar code: the number, and the form's id behind it
            pattern=_NUMBER_12 + "0[0-9]{3}",
            lengths=(16,),
            check=fedex_express,
            must_hold=True,
            own_shape=False,
            doubt=_form_doubt,
        ),
        NumberFormat(
            id="fedex_container_18",
            pattern=r"(?P<number>(?P<body>[0-9]{17})(?P<check>[0-9]))",
            lengths=(18,),
            check=gs1,
            must_hold=True,
            own_shape=False,
            doubt=_container_doubt,
        ),
    ),
    tracking_url="https://www.fedex.com/fedextrack/?trknbr={number}",
    read_envelope=_read_pdf417,
    examples=Examples(
        valid=(
            Example("986578788855"),
            Example("7905 3531 2317", "790535312317"),
            Example("041441760228964", service="Ground"),
            Example("1001921334250001000300779017972697", "779017972697", "Express", "10003"),
            Example("1195266473930007521100871079919940", "871079919940", "Express", "75211"),
            Example("9622001560001234567100794808390594", "794808390594", "Ground"),
            Example("9611020987654312345672", "987654312345672", "Ground"),
            Example("32971514560102447849175802862014", "784917580286", "Express"),
            Example("61299998820821171811", service="Ground Economy"),
            Example("61292701078443410536", service="Ground Economy"),
            Example("420112139261299998820821171811", "61299998820821171811", "Ground Economy", "11213"),
            Example("9261299998820821171811", "61299998820821171811", "Ground Economy"),
            Example("9261292700768711948021", "61292700768711948021", "Ground Economy"),
            Example("DT123456789012"),
            Example("000123450000000027", weak=True),
            Example("9865 7878 8855 0201", "986578788855", weak=True),
            Example(
                "[)>\x1e01\x1d0238017\x1d840\x1d019\x1d9865787888550201\x1dFDE\x1d1234567\x1d001\x1e\x04",
                "986578788855",
                postal_code="38017",
            ),
            Example(
                "[)>010238017840019986578788855" + "0201FDE1234567001",
                "986578788855",
                postal_code="38017",
            ),
            Example("[)>0102380171234840019041441760228964FDEG1234567", "041441760228964", "Ground", "380171234"),
        ),
        invalid=(
            "996578788855",
            "568283610012732",
            "1001901781990001000300617767839438",
            "9600000000000000000001",
            "9622001560001234567100794808390595",
            "32971514560102447849175802852014",
            "000000000000",
            "61299998820821171812",
            "[)>\x1e01\x1d0238017\x1d840\x1d019\x1d9865787888560201\x1dFDE\x1d1234567\x1e\x04",
        ),
    ),
)
