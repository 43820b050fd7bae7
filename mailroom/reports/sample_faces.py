"""What each carrier's sample label looks like: drawn values in, a sheet in grey out."""

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from mailroom.reports import sample_numbers as numbers
from mailroom.reports.label_canvas import MARGIN, WIDTH, LabelCanvas, grouped
from mailroom.reports.sample_numbers import Address

if TYPE_CHECKING:
    from PIL.Image import Image

Barcode = Callable[[str, str], "Image"]
_COUNTRIES = {"US": "UNITED STATES", "DE": "GERMANY"}
SENDER = Address("", "Larkfield & Moss Stationers", "210 Mill Yard", "Dayton", "OH", "45402")


def _address(to: Address) -> tuple[str, ...]:
    town = f"{to.city} {to.state} {to.postal_code}" if to.state else f"{to.postal_code} {to.city}"
    return (to.name.upper(), to.company.upper(), to.street.upper(), town.upper())


def _from(canvas: LabelCanvas, y: int, sender: Address = SENDER) -> None:
    canvas.lines(MARGIN, y, _address(sender), 26)


def _to(canvas: LabelCanvas, y: int, to: Address, size: int = 42) -> None:
    canvas.text(MARGIN, y, "SHIP TO:", 26)
    canvas.lines(MARGIN + 140, y, _address(to), size, bold=True)


def usps_package(barcode: Barcode, dice: Random, to: Address, number: str, letter: str, title: str) -> "Image":
    """A USPS package label: class letter, indicium box, both addresses, GS1-128 with 420 and the ZIP code."""
    canvas = LabelCanvas()
    canvas.boxed(MARGIN, 40, letter, 190)
    canvas.text(WIDTH - 420, 50, "US POSTAGE PAID", 34, bold=True)
    canvas.text(WIDTH - 420, 100, f"eVS  {dice.randint(1, 15)} LB {dice.randint(0, 15)} OZ", 30)
    canvas.text(WIDTH - 420, 150, "COMMERCIAL PRICE", 26)
    canvas.rule(310)
    canvas.centred(318, title, 56, bold=True)
    canvas.rule(404)
    _from(canvas, 425)
    canvas.symbol(WIDTH - 240, 430, barcode("DataMatrix", numbers.impb_symbol(number, to.postal_code)), 6)
    _to(canvas, 700, to)
    canvas.rule(1120, 10)
    canvas.centred(1138, "USPS TRACKING #", 38, bold=True)
    canvas.bars(1215, barcode("Code128", numbers.impb_symbol(number, to.postal_code)), 240)
    canvas.centred(1490, grouped(number), 44, bold=True)
    canvas.rule(1660, 10)
    canvas.centred(1690, "PACKED AT DESK 3", 30)
    return canvas.image


def certified(barcode: Barcode, to: Address, number: str) -> "Image":
    """The front of a Certified Mail piece: the label above, the addresses below."""
    canvas = LabelCanvas()
    canvas.rule(30, 24)
    canvas.centred(70, "CERTIFIED MAIL", 92, bold=True)
    canvas.centred(190, "ELECTRONIC RETURN RECEIPT", 36)
    canvas.bars(270, barcode("Code128", numbers.impb_symbol(number, to.postal_code)), 300)
    canvas.centred(590, grouped(number), 48, bold=True)
    canvas.rule(680, 24)
    _from(canvas, 760)
    canvas.text(WIDTH - 430, 760, "FIRST-CLASS MAIL", 34, bold=True)
    _to(canvas, 1080, to, 48)
    canvas.centred(1660, "LEGAL NOTICE ENCLOSED - SIGNATURE ON DELIVERY", 30)
    return canvas.image


def ups(barcode: Barcode, dice: Random, to: Address, number: str) -> "Image":
    """A UPS label: addresses, MaxiCode beside the routing code, service, 1Z bar code."""
    canvas = LabelCanvas()
    _from(canvas, 40)
    canvas.text(WIDTH - 380, 40, f"{dice.randint(2, 40)} LBS    1 OF 1", 36, bold=True)
    _to(canvas, 260, to, 40)
    canvas.rule(560)
    canvas.picture(MARGIN, 585, barcode("MaxiCode", numbers.ups_maxicode(number, to, dice)), 345)
    canvas.upright_rule(425, 560, 930)
    canvas.text(470, 580, f"{to.state} {to.postal_code[:3]} {dice.randint(1, 9)}-{dice.randint(10, 99)}", 76, bold=True)
    canvas.bars(715, barcode("Code128", f"[420]{to.postal_code.replace('-', '')}"), 180, module=4, x=520)
    canvas.rule(930, 12)
    canvas.text(MARGIN, 955, "UPS GROUND", 68, bold=True)
    canvas.text(MARGIN, 1050, f"TRACKING #: {grouped(number[:6], 2)} {grouped(number[6:])}", 38)
    canvas.rule(1120)
    canvas.bars(1160, barcode("Code128", number), 360)
    canvas.rule(1560, 12)
    canvas.text(MARGIN, 1590, "BILLING: P/P", 32)
    canvas.text(MARGIN, 1640, f"REF: ORDER {dice.randint(10000, 99999)}", 32)
    return canvas.image


def fedex_express(barcode: Barcode, dice: Random, to: Address, number: str) -> "Image":
    """A FedEx Express label: addresses, PDF417, the number with its form, the 34-digit bar code."""
    canvas = LabelCanvas()
    _from(canvas, 40)
    canvas.text(WIDTH - 460, 40, f"ACTWGT: {dice.randint(10, 90) / 10:.2f} LB", 30)
    canvas.text(WIDTH - 460, 84, "BILL SENDER", 30)
    canvas.rule(270)
    _to(canvas, 290, to, 44)
    canvas.rule(590)
    envelope = barcode("PDF417", numbers.fedex_envelope(number, to, dice))
    canvas.symbol(MARGIN, 625, envelope, 4 if envelope.width * 4 < 900 else 3)
    canvas.text(WIDTH - 230, 640, "Express", 44, bold=True)
    canvas.boxed(WIDTH - 200, 760, "E", 110)
    canvas.rule(1040)
    canvas.text(MARGIN, 1060, "TRK#", 30)
    canvas.text(MARGIN, 1100, grouped(number), 64, bold=True)
    canvas.text(MARGIN + 20, 1190, "0201", 34)
    canvas.text(WIDTH - 540, 1060, "STANDARD OVERNIGHT", 40, bold=True)
    canvas.text(WIDTH - 540, 1130, f"{to.postal_code[:5]}", 84, bold=True)
    canvas.text(WIDTH - 270, 1160, f"{to.state}-US", 44, bold=True)
    canvas.bars(1300, barcode("Code128", numbers.fedex_express_symbol(number, to.postal_code, dice)), 400)
    return canvas.image


def fedex_ground(barcode: Barcode, dice: Random, to: Address, number: str, piece: str) -> "Image":
    """A FedEx Ground label with the 22-digit bar code; `piece` is such as `1 OF 2`."""
    canvas = LabelCanvas()
    _from(canvas, 40)
    canvas.text(WIDTH - 380, 40, f"{dice.randint(2, 40)} LB   {piece}", 36, bold=True)
    canvas.rule(270)
    _to(canvas, 290, to, 44)
    canvas.rule(620)
    canvas.text(MARGIN, 650, "Ground", 96, bold=True)
    canvas.boxed(WIDTH - 220, 650, "G", 110)
    canvas.bars(860, barcode("Code128", f"[420]{to.postal_code.replace('-', '')}"), 160, module=4, x=MARGIN + 20)
    canvas.text(MARGIN + 20, 1030, f"(420) {to.postal_code}", 30)
    canvas.rule(1100, 10)
    canvas.text(MARGIN, 1120, "TRACKING #", 30)
    canvas.text(MARGIN, 1160, grouped(number, 5), 60, bold=True)
    canvas.bars(1270, barcode("Code128", numbers.fedex_ground_symbol(number)), 380)
    canvas.centred(1680, grouped(numbers.fedex_ground_symbol(number)), 36)
    return canvas.image


def postal_item(barcode: Barcode, sender: Address, to: Address, number: str, title: str, note: str) -> "Image":
    """A label of a postal item with an S10 number: registered mail or an international parcel."""
    canvas = LabelCanvas()
    canvas.centred(50, title, 76, bold=True)
    canvas.centred(160, note, 36)
    canvas.rule(230, 10)
    canvas.bars(290, barcode("Code128", number), 320)
    canvas.centred(630, f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:11]} {number[11:]}", 60, bold=True)
    canvas.rule(730, 10)
    _from(canvas, 780, sender)
    _to(canvas, 1060, to, 48)
    if to.country != sender.country:
        canvas.text(MARGIN + 140, 1320, _COUNTRIES[to.country], 48, bold=True)
    canvas.centred(1680, "FORM FILLED IN BY THE SENDER", 28)
    return canvas.image


def no_code(to: Address) -> "Image":
    """The front of an ordinary letter: addresses and a stamp's frame, no bar code."""
    canvas = LabelCanvas()
    _from(canvas, 80)
    canvas.boxed(WIDTH - 330, 80, "1", 180)
    _to(canvas, 760, to, 54)
    canvas.centred(1600, "ADDRESS SERVICE REQUESTED", 34)
    return canvas.image
