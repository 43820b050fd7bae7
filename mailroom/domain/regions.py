"""The states of the United States as far as rules compare places: how far apart two of them are at least, and on what
clock they live. Places of carriers go by many names, their state by one.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from mailroom.domain.folding import fold

# Southernmost and northernmost degree, westernmost and easternmost one, hours of standard time east of UTC (least and
# most), and the first three digits of its postal codes. Degrees are rounded outwards, so that distances are never
# overstated.
_TABLE = """
AL 30.1 35.1 -88.5 -84.8 -6 -6 350-369
AK 51.2 71.5 -180 -129.9 -10 -9 995-999
AZ 31.3 37.1 -114.9 -109.0 -7 -7 850-865
AR 33.0 36.6 -94.7 -89.6 -6 -6 716-729
CA 32.5 42.1 -124.5 -114.1 -8 -8 900-961
CO 36.9 41.1 -109.1 -102.0 -7 -7 800-816
CT 40.9 42.1 -73.8 -71.7 -5 -5 060-069
DE 38.4 39.9 -75.8 -75.0 -5 -5 197-199
DC 38.7 39.0 -77.2 -76.9 -5 -5 200-200,202-205,569-569
FL 24.4 31.1 -87.7 -79.9 -6 -5 320-349
GA 30.3 35.1 -85.7 -80.7 -5 -5 300-319,398-399
HI 18.8 22.4 -160.4 -154.7 -10 -10 967-968
ID 41.9 49.1 -117.3 -111.0 -8 -7 832-838
IL 36.9 42.6 -91.6 -87.0 -6 -6 600-629
IN 37.7 41.8 -88.2 -84.7 -6 -5 460-479
IA 40.3 43.6 -96.7 -90.1 -6 -6 500-528
KS 36.9 40.1 -102.1 -94.5 -7 -6 660-679
KY 36.4 39.2 -89.6 -81.9 -6 -5 400-427
LA 28.8 33.1 -94.1 -88.7 -6 -6 700-714
ME 42.9 47.5 -71.2 -66.8 -5 -5 039-049
MD 37.8 39.8 -79.5 -75.0 -5 -5 206-219
MA 41.2 42.9 -73.6 -69.9 -5 -5 010-027,055-055
MI 41.6 48.4 -90.5 -82.1 -6 -5 480-499
MN 43.4 49.5 -97.3 -89.4 -6 -6 550-567
MS 30.1 35.1 -91.7 -88.0 -6 -6 386-397
MO 35.9 40.7 -95.8 -89.0 -6 -6 630-658
MT 44.3 49.1 -116.1 -104.0 -7 -7 590-599
NE 39.9 43.1 -104.1 -95.2 -7 -6 680-693
NV 34.9 42.1 -120.1 -114.0 -8 -7 889-898
NH 42.6 45.4 -72.6 -70.6 -5 -5 030-038
NJ 38.8 41.4 -75.6 -73.8 -5 -5 070-089
NM 31.3 37.1 -109.1 -102.9 -7 -7 870-884
NY 40.4 45.1 -79.8 -71.8 -5 -5 005-005,100-149
NC 33.8 36.6 -84.4 -75.4 -5 -5 270-289
ND 45.9 49.1 -104.1 -96.5 -7 -6 580-588
OH 38.3 42.4 -84.9 -80.5 -5 -5 430-459
OK 33.6 37.1 -103.1 -94.4 -7 -6 730-732,734-749
OR 41.9 46.3 -124.7 -116.4 -8 -7 970-979
PA 39.7 42.6 -80.6 -74.6 -5 -5 150-196
PR 17.8 18.6 -67.4 -65.1 -4 -4 006-007,009-009
RI 41.1 42.1 -71.9 -71.1 -5 -5 028-029
SC 32.0 35.3 -83.4 -78.5 -5 -5 290-299
SD 42.4 46.0 -104.1 -96.4 -7 -6 570-577
TN 34.9 36.7 -90.4 -81.6 -6 -5 370-385
TX 25.8 36.6 -106.7 -93.5 -7 -6 733-733,750-799,885-885
UT 36.9 42.1 -114.1 -109.0 -7 -7 840-847
VT 42.7 45.1 -73.5 -71.4 -5 -5 050-054,056-059
VA 36.5 39.5 -83.7 -75.1 -5 -5 201-201,220-246
WA 45.5 49.1 -124.9 -116.9 -8 -8 980-994
WV 37.1 40.7 -82.7 -77.7 -5 -5 247-268
WI 42.4 47.4 -93.0 -86.2 -6 -6 530-549
WY 40.9 45.1 -111.1 -104.0 -7 -7 820-831
"""
_KM_A_DEGREE = 111.0
_NAMED = re.compile(
    r"(?:^|[ ,])([A-Z]{2})(?: (\d{5})(?:-\d{4})?)?(?:,? (?:US|USA|UNITED STATES))?$"
    r"| ([A-Z]{2}) (?:[A-Z&]+ ){0,3}(?:CENTER|FACILITY|HUB|ANNEX|[SP]&DC|R?PDC|NDC|LPC)$",
    re.ASCII,
)
PROVINCES = frozenset({"AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"})
# Behind a part of a country that is none of the United States, or behind a code of its post, two letters are a country:
# `MISSISSAUGA, ON, CA`, `TEL AVIV, TA, IL`, `BERLIN, 10115, DE`, `10115 BERLIN, DE`.
_IN_CANADA = re.compile(rf"(?:^|[ ,])(?:{'|'.join(sorted(PROVINCES))})(?: [A-Z]\d[A-Z] ?\d[A-Z]\d)?,? ?CA$", re.ASCII)
_ABROAD = re.compile(r", ?(?:[A-Z]{2,3}|[A-Z]\d[A-Z] ?\d[A-Z]\d), ?[A-Z]{2}$", re.ASCII)
_POSTED = re.compile(r"(?:^(\d{4,6})[ -][^,]*|(?:^|[ ,])(\d{4,6})), ?([A-Z]{2})$", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False)  # told apart by which it is: these are asked for a million times
class Region:
    """A state by its two letters, its outermost degrees, and its hours of standard time east of UTC."""

    code: str
    south: float
    north: float
    west: float
    east: float
    least_hours: int
    most_hours: int
    codes: tuple[range, ...]  # first three digits of its postal codes

    @property
    def keeps_standard_time(self) -> bool:
        """Whether its clocks stay as they are in summer, in all of it or a part."""
        return self.code in ("AZ", "HI", "PR")


def _read(line: str) -> Region:
    code, south, north, west, east, least, most, codes = line.split()
    ends = [one.split("-") for one in codes.split(",")]
    return Region(
        *(code, float(south), float(north), float(west), float(east), int(least), int(most)),
        tuple(range(int(first), int(last) + 1) for first, last in ends),
    )


REGIONS = {one.code: one for one in map(_read, _TABLE.strip().splitlines())}


@lru_cache(maxsize=8192)
def region_of(place: str) -> Region | None:
    """The state of `CITY, ST 12345`, or of `MEMPHIS TN DISTRIBUTION CENTER`; none where none is named, or where the
    letters are a country or the code is another state's."""
    text = " ".join(place.upper().split())
    match = _NAMED.search(text)
    found = REGIONS.get(match[1] or match[3]) if match else None
    if match is None or found is None or is_abroad(text):
        return None
    return found if match[2] is None or region_of_code(match[2]) in (found, None) else None


def is_abroad(text: str) -> bool:
    """Whether two letters at the end of a place (in capitals) are a country by what stands before them."""
    if text.endswith((" US", ",US")):
        return False
    if _IN_CANADA.search(text) or _ABROAD.search(text):
        return True
    posted = _POSTED.search(text)
    return posted is not None and region_of_code(posted[1] or posted[2]) is not REGIONS.get(posted[3])


# What spells one town in several ways, in folded text: postal codes behind it, the country, a building of the carrier.
_CODE = re.compile(r"(?<=[ ,])(?:\d{5}(?:-?\d{4})?|\d\d-\d{3}|[a-z]\d[a-z] ?\d[a-z]\d)(?=$|[ ,])", re.ASCII)
_HOME = re.compile(r"[ ,]+(?:usa?|united states)$")
_BUILDING = re.compile(r"(?<= [a-z]{2}) (?:[a-z&]+ ){0,3}(?:center|facility|hub|annex|[sp]&dc|r?pdc|ndc|lpc)$")
_NO_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def town_of(place: str) -> str:
    """A place as places are compared: town and state without postal code, punctuation and case; empty for none."""
    text = _HOME.sub("", fold(place))
    text = _BUILDING.sub("", _CODE.sub("", text).rstrip(" ,"))
    return _NO_WORD.sub(" ", text).strip()


@lru_cache(maxsize=1024)
def region_of_code(postal_code: str) -> Region | None:
    """The state of a ZIP code; none for anything else."""
    front = postal_code[:3]
    if len(postal_code) < 5 or not (postal_code[:5].isascii() and postal_code[:5].isdigit()):
        return None
    return next((one for one in REGIONS.values() if any(int(front) in some for some in one.codes)), None)


@lru_cache(maxsize=4096)
def least_distance(one: Region, other: Region) -> float:
    """How far apart a place in one and a place in the other are at least, kilometres; 0 for neighbours."""
    north = max(one.south - other.north, other.south - one.north, 0.0)
    east = max(one.west - other.east, other.west - one.east, 0.0)
    highest = min(max(abs(one.north), abs(other.north)), 80.0)  # where a degree of longitude is shortest
    return _KM_A_DEGREE * math.hypot(north, east * math.cos(math.radians(highest)))
