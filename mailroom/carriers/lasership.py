"""LaserShip, now OnTrac's eastern half: 1LS numbers and two letters with eight digits; without check digits."""

from mailroom.recognition.formats import Carrier, Example, Examples, NumberFormat

CARRIER = Carrier(
    id="lasership",
    name="LaserShip",
    formats=(
        NumberFormat(
            id="lasership_10", pattern="(?P<number>L(?:A[1-4]|M[0-9]|[EHINX][1-3])[0-9]{7})", lengths=(10,), prefix="L"
        ),
        NumberFormat(id="lasership_1ls7", pattern="(?P<number>1LS7[12][0-9]{10})", lengths=(15,), prefix="1LS"),
        NumberFormat(
            id="lasership_1ls7_piece",  # printed with a dash before the last digit
            pattern="(?P<number>1LS7[12][0-9]{2}01[1-4][0-9]{6}1)",
            lengths=(17,),
            prefix="1LS",
        ),
        NumberFormat(id="lasership_1lscx", pattern="(?P<number>1LSCX[0-9A-Z]{10})", lengths=(15,), prefix="1LS"),
        # Other shapes behind the carrier's own prefix: seen on labels, in no list.
        NumberFormat(
            id="lasership_1ls_other",
            pattern="(?P<number>1LS(?!CX[0-9A-Z]{10}$|7[12][0-9]{10}$)(?=(?:[A-Z]*[0-9]){8})[0-9A-Z]{9,17})",
            lengths=tuple(range(12, 21)),
            own_shape=False,
        ),
        NumberFormat(  # LM and LA4 are in no list either: how many digits may follow is not sure
            id="lasership_lm_other",
            pattern="(?P<number>(?!.{10}$)L(?:M[0-9]{7,14}|A4[0-9]{6,13}))",
            lengths=tuple(range(9, 17)),
            own_shape=False,
        ),
    ),
    countries=frozenset({"US"}),
    examples=Examples(
        valid=(
            Example("LX17635036"),
            Example("LI 129 79072", "LI12979072"),
            Example("LM00123456"),
            Example("la4 2837 623", "LA42837623"),
            Example("1LS717793482164"),
            Example("1LS7119013618127-1", "1LS71190136181271"),
            Example("1LS CX VE00 58631Y", "1LSCXVE0058631Y"),
            Example("1LS7123456789012", weak=True),
            Example("LM001234567890", weak=True),
            Example("LA428376231", weak=True),
        ),
        invalid=("LX9763503N", "XA17635036", "LA97635036", "1LX734505321754", "1LS7119013618127-2", "1LSCZVE0058631Y"),
    ),
)
