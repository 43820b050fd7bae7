"""The country that the name of a place tells, where it tells one for sure: two letters may as well be a part of one."""

import re
from functools import lru_cache

from mailroom.domain.regions import PROVINCES, REGIONS, is_abroad, region_of_code

# The officially assigned codes of ISO 3166.
_ISO = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK
"""
CODES = frozenset(_ISO.split())
TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP"})
_FORCES = frozenset({"AA", "AE", "AP"})
STATES = REGIONS.keys() | TERRITORIES | _FORCES
_NO_COUNTRY = PROVINCES | TERRITORIES | _FORCES | {"FM", "MH", "PW"}
_UNITED_STATES = frozenset({"US", "USA", "UNITED STATES", "UNITED STATES OF AMERICA"})
# Parts of a country, and what its post serves beside them, that people write behind a town in two letters.
_PARTS = {
    "AU": "SA WA NT",
    "BR": "AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO",
    "CA": "AB BC MB NB NL NS NT NU ON PE QC SK YT",
    "CH": "AG AI AR BE BL BS FR GE GL GR JU LI LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH",
    "CN": "AH BJ CQ FJ GD GS GX GZ HA HB HE HI HK HL HN JL JS JX LN MO NM NX QH SC SD SH SN SX TJ TW XJ XZ YN ZJ",
    "DE": "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH",
    "DK": "FO GL",
    "ES": "AL AN AR AV BA BI BU CA CC CE CL CM CN CO CR CS CT CU GA GC GI GR GU IB LE LO LU MA MC MD ML MU NA NC OR OU"
    " PM PO PV RI SA SE SG SO SS TE TF TO VA VC VI ZA",
    "FI": "AX",
    "FR": "BL GF GP MC MF MQ NC PF PM RE TF WF YT",
    "GB": "GG IM JE GI",
    "ID": "AC BA BB BE BT GO JA JB JI JK JT KB KI KR KS KT KU LA MA MU NB NT PA PB RI SA SB SG SN SR SS ST SU YO",
    "IN": "AN AP AR AS BR CG CH CT DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TN TR TS"
    " UK UP UT WB",
    "IT": "AG AL AN AO AP AQ AR AT AV BA BG BI BL BN BO BR BS BT BZ CA CB CE CH CI CL CN CO CR CS CT CZ EN FC FE FG FI"
    " FM FR GE GO GR IM IS KR LC LE LI LO LT LU MB MC ME MI MN MO MS MT NA NO NU OG OR OT PA PC PD PE PG PI PN PO PR PT"
    " PU PV PZ RA RC RE RG RI RM RN RO SA SI SM SO SP SR SS SU SV TA TE TN TO TP TR TS TV UD VA VB VC VE VI VR VS VT"
    " VV",
    "MX": "AG BC BS CC CH CL CM CO CS CX DF DG DO EM GR GT HG JA MI MO MX NA NL OA PU QR QT SI SL SO TB TL TM VE YU ZA",
    "NL": "AW BQ CW DR FL FR GE GR LI NB NH OV SX UT ZE ZH",
    "NO": "SJ",
    "PL": "DS KP LB LD LU MA MZ OP PD PK PM SK SL WN WP ZP",
    "RO": "AB AG AR BC BH BN BR BT BV BZ CJ CL CS CT CV DB DJ GJ GL GR HD HR IF IL IS MH MM MS NT OT PH SB SJ SM SV TL"
    " TM TR VL VN VS",
    "RS": "XK KM",
    "US": " ".join(sorted(STATES)),
    "ZA": "EC FS GP LP MP NC NL NW WC",
}
PARTS = {country: frozenset(parts.split()) for country, parts in _PARTS.items()}
# Names as carriers print them behind a place; a name that is a state's, too, is not among them.
_NAMES = {
    "CANADA": "CA",
    "MEXICO": "MX",
    "GERMANY": "DE",
    "FRANCE": "FR",
    "UNITED KINGDOM": "GB",
    "GREAT BRITAIN": "GB",
    "POLAND": "PL",
    "ITALY": "IT",
    "SPAIN": "ES",
    "NETHERLANDS": "NL",
    "JAPAN": "JP",
    "CHINA": "CN",
    "AUSTRALIA": "AU",
}
_STATE_AND_ZIP = re.compile(r"(?:^|[ ,])([A-Z]{2}) (\d{5})(?:-\d{4})?(?:,? (?:US|USA|UNITED STATES))?$", re.ASCII)
_LAST = re.compile(r"(?:^|, ?)([A-Z]{2})$", re.ASCII)
_CANADIAN = re.compile(r"\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b", re.ASCII)


@lru_cache(maxsize=8192)
def country_of(place: str, wanted: str = "") -> str:
    """The country that a place names without doubt; empty where two letters may as well be a state, or a part of the
    country that it was mailed to."""
    text = " ".join(place.upper().split())
    last = text.rpartition(",")[2].strip()
    if last in _UNITED_STATES:
        return "US"
    for name, code in _NAMES.items():
        if text.endswith((f", {name}", f" - {name}")):
            return code
    if (match := _STATE_AND_ZIP.search(text)) and region_of_code(match[2]) is REGIONS.get(match[1], text):
        return "US"
    if _CANADIAN.search(text):
        return "CA"
    match = _LAST.search(text)
    if match is None:
        return ""
    code = "GB" if match[1] == "UK" else match[1]
    part = code in PARTS.get(wanted, ())
    if is_abroad(text) and code in CODES and not (part and wanted != "US"):
        return code
    if part or code in _NO_COUNTRY:
        return ""
    if code in REGIONS:  # a state's letters that are no country's can only be the state
        return "" if code in CODES else "US"
    return code if code in CODES else ""
