"""DHL: Express waybills and piece numbers, eCommerce.

A waybill is ten or eleven digits whose last is the others modulo 7. Piece numbers and eCommerce have no check
digit. The Postal Service delivers eCommerce parcels in the United States: its number on the label is the same piece.
"""

from mailroom.recognition.check_digits import mod7
from mailroom.recognition.formats import LINEAR, Carrier, Example, Examples, NumberFormat

# LX and RX are also how posts begin S10 numbers: two letters, nine digits, two letters.
_ECOMMERCE = "GM(?:[0-9]{10,39}|(?=(?:[A-F]*[0-9]){10})[0-9A-F]{16,39})"

CARRIER = Carrier(
    id="dhl",
    name="DHL",
    formats=(
        NumberFormat(
            id="dhl_waybill",
            pattern="(?P<number>(?P<body>[0-9]{9,10})(?P<check>[0-6]))",
            lengths=(10, 11),
            check=mod7,
            own_shape=False,
            service="Express",
            symbologies=LINEAR,
        ),
        NumberFormat(
            id="dhl_piece",
            pattern="(?P<number>(?:JJD|JVGL)[0-9]{9,10})",
            lengths=(12, 13, 14),
            prefix="JJD, JVGL",
            service="Express",
        ),
        # Longer ones keep clear of Yodel's, which are JD or JJD and 16 digits.
        NumberFormat(
            id="dhl_piece_long",
            pattern="(?P<number>JJD0[01](?:[0-9]{9,13}|[0-9]{15,28})|JVGL[0-9]{11,30}|JD01[0-9]{16})",
            lengths=tuple(range(14, 35)),
            prefix="JJD0, JD01, JVGL",
            service="Express",
        ),
        NumberFormat(
            id="dhl_piece_other",  # as DHL's parcel companies print them; Yodel's have 16 digits
            pattern="(?P<number>JJD(?!0[01])(?![0-9]{16}$)[0-9]{11,31}|J(?!JD|VGL)[A-Z]{2,3}[0-9]{9,10})",
            lengths=tuple(range(12, 35)),
            own_shape=False,
        ),
        NumberFormat(
            id="dhl_parcel",  # the Dutch post's numbers look the same
            pattern="(?P<number>3S[A-Z]{3,4}[0-9]{7,12})",
            lengths=tuple(range(12, 19)),
            own_shape=False,
            service="Parcel",
        ),
        NumberFormat(
            id="dhl_ecommerce",
            pattern=f"(?P<number>{_ECOMMERCE})",
            lengths=tuple(range(12, 42)),
            prefix="GM",
            service="eCommerce",
            last_mile="usps",
        ),
        NumberFormat(
            id="dhl_ecommerce_other",
            pattern="(?P<number>(?:LX|RX|UV|CN|HK|IN|MY|SG|TH)(?=(?:[A-Z]*[0-9]){10})[0-9A-Z]{10,39})",
            lengths=tuple(range(12, 42)),
            own_shape=False,
            service="eCommerce",
        ),
        NumberFormat(
            id="dhl_ecommerce_14",
            pattern="(?P<number>[0-9]{14})",
            lengths=(14,),
            own_shape=False,
            service="eCommerce",
            symbologies=LINEAR,
        ),
    ),
    tracking_url="https://www.dhl.com/global-en/home/tracking.html?tracking-id={number}",
    examples=Examples(
        valid=(
            Example("3318810025", service="Express"),
            Example("84 8713 5506", "8487135506"),
            Example("73891051146"),
            Example("JJD0099999999"),
            Example("JVGL0999999990"),
            Example("JD01 4600 0062 8123 0704", "JD014600006281230704"),
            Example("JJD01123456789012345678"),
            Example("3SBCC000123456", weak=True),
            Example("JJD149990200021384", weak=True),
            Example("JCL5137000708", weak=True),
            Example("SG1234567890123", weak=True),
            Example("GM2951173225174494", service="eCommerce"),
            Example("GM 2 9 5 117 32 25 1 7 44 9 4", "GM2951173225174494"),
            Example("GM9E44608A27984866BA2D"),
            Example("LX12345678901", weak=True),
            Example("60120172242323", weak=True),
        ),
        invalid=(
            "3318810010",
            "3318810034",
            "XJD0099999998",
            "GS295117494011169041",
            "GMC1500SIERRA2020",
            "GMAILADDRESS12",
        ),
    ),
)
