"""Sample labels: every kind of label that the bench meets, drawn anew from a seed with other valid numbers.

Senders, recipients and numbers are made up. The bar codes come from the caller, who has a writer for them.
"""

import io
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from mailroom.reports import sample_faces as faces
from mailroom.reports import sample_numbers as numbers
from mailroom.reports.sample_faces import Barcode
from mailroom.reports.sample_numbers import Address
from mailroom.reports.sample_week import SamplePage

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300


@dataclass(frozen=True, slots=True)
class SamplePiece:
    """One page of a sample: its number and carrier (both empty on a page without a code), and whom it is for."""

    tracking_number: str
    carrier: str
    service: str
    to: Address
    order: str


@dataclass(frozen=True, slots=True)
class SampleLabel:
    """A sample as a file: `name` says what it is, `suffix` is such as `.png`, `data` the file's bytes."""

    name: str
    suffix: str
    data: bytes
    pieces: tuple[SamplePiece, ...]

    @property
    def file_name(self) -> str:
        """The name to write it under."""
        return self.name + self.suffix

    @property
    def tracking_number(self) -> str:
        """The number of its first page; empty on a page without a code."""
        return self.pieces[0].tracking_number

    @property
    def carrier(self) -> str:
        """The carrier id of its first page; empty on a page without a code."""
        return self.pieces[0].carrier

    @property
    def recipient(self) -> str:
        """Whom its first page is for."""
        return self.pieces[0].to.name


def pages_of(label: SampleLabel) -> tuple[SamplePage, ...]:
    """What is on each page of a label, as the list of samples holds it."""
    return tuple(
        SamplePage(
            sample=label.name,
            page=number,
            tracking_number=piece.tracking_number,
            carrier=piece.carrier,
            service=piece.service,
            order=piece.order,
            recipient=piece.to.name,
            company=piece.to.company,
            street=piece.to.street,
            city=piece.to.city,
            state=piece.to.state,
            postal_code=piece.to.postal_code,
            country=piece.to.country,
        )
        for number, piece in enumerate(label.pieces, 1)
    )


_PEOPLE = (
    Address("Ingrid Solberg", "", "48 Quarry Road", "Portland", "OR", "97214-3021"),
    Address("Marcus Okafor", "Okafor & Lyle LLP", "1900 Grant Street", "Denver", "CO", "80203-1104"),
    Address("Dr. Helen Petrakis", "Harbor Point Clinic", "77 Atlantic Avenue", "Boston", "MA", "02110-2204"),
    Address("Tomas Reyes", "Reyes Machine Works", "3025 Foundry Lane", "Tucson", "AZ", "85713-4410"),
    Address("Priya Raman", "Bluestem Seed Company", "612 Prairie View", "Omaha", "NE", "68102-7715"),
    Address("Walter Hagen", "", "5 Lighthouse Court", "Savannah", "GA", "31401-2209"),
    Address("Naomi Feldman", "Cedar Grove Archives", "240 College Street", "Burlington", "VT", "05401-8330"),
    Address("Samuel Whitcomb", "", "931 Alder Street", "Spokane", "WA", "99201-0342"),
    Address("Lucia Moretti", "Moretti Tile Import", "1177 Bayou Road", "New Orleans", "LA", "70116-2051"),
    Address("Grace Lindqvist", "Northfield Optics", "15 Mill Square", "Northfield", "MN", "55057-2418"),
    Address("Owen Blackwood", "", "86 Chestnut Hill", "Lexington", "KY", "40507-1613"),
)
_ABROAD = Address("Anneliese Brandt", "Werkstatt Brandt", "Lindenweg 12", "Leipzig", "", "04109", "DE")


def draw_labels(seed: int, barcode: Barcode) -> tuple[SampleLabel, ...]:
    """All sample labels of a seed; the same seed gives the same numbers. `barcode` draws (symbology, payload)."""
    dice = Random(f"labels {seed}")  # noqa: S311 - invented numbers, not secrets
    people = list(_PEOPLE)
    dice.shuffle(people)
    return (
        _ground_advantage(barcode, dice, people[0]),
        _certified(barcode, dice, people[1]),
        _priority_express(barcode, dice, people[2]),
        _ups(barcode, dice, people[3]),
        _fedex(barcode, dice, people[4]),
        _registered(barcode, dice, people[5]),
        _parcel_from_germany(barcode, dice, people[6]),
        _turned_and_noisy(barcode, dice, people[7]),
        _no_code(dice, people[8]),
        _two_pages(barcode, dice, people[9], people[10]),
    )


def _piece(dice: Random, number: str, carrier: str, service: str, to: Address) -> SamplePiece:
    return SamplePiece(number, carrier, service, to, f"SO-{dice.randint(10000, 99999)}" if number else "")


def _ground_advantage(barcode: Barcode, dice: Random, to: Address) -> SampleLabel:
    number = numbers.impb(dice, "94", "001", "1")
    sheet = faces.usps_package(barcode, dice, to, number, "G", "USPS GROUND ADVANTAGE")
    piece = _piece(dice, number, "usps", "Ground Advantage", to)
    return SampleLabel("usps-ground-advantage", ".png", _png(sheet), (piece,))


def _certified(barcode: Barcode, dice: Random, to: Address) -> SampleLabel:
    number = numbers.impb(dice, "92", "148", "901")
    sheet = faces.certified(barcode, to, number)
    piece = _piece(dice, number, "usps", "Certified Mail", to)
    return SampleLabel("usps-certified-mail", ".tiff", _tiff(sheet), (piece,))


def _priority_express(barcode: Barcode, dice: Random, to: Address) -> SampleLabel:
    number = numbers.impb(dice, "94", "701", "1")
    sheet = faces.usps_package(barcode, dice, to, number, "E", "PRIORITY MAIL EXPRESS")
    piece = _piece(dice, number, "usps", "Priority Mail Express", to)
    return SampleLabel("usps-priority-mail-express", ".jpg", _jpeg(_smaller(sheet, 0.75), 70), (piece,))


def _ups(barcode: Barcode, dice: Random, to: Address) -> SampleLabel:
    number = numbers.ups(dice, "03")
    piece = _piece(dice, number, "ups", "Ground", to)
    return SampleLabel("ups-ground-maxicode", ".png", _png(faces.ups(barcode, dice, to, number)), (piece,))


def _fedex(barcode: Barcode, dice: Random, to: Address) -> SampleLabel:
    number = numbers.fedex_express(dice)
    piece = _piece(dice, number, "fedex", "Standard Overnight", to)
    sheet = faces.fedex_express(barcode, dice, to, number)
    return SampleLabel("fedex-express-pdf417", ".png", _png(sheet), (piece,))


def _registered(barcode: Barcode, dice: Random, to: Address) -> SampleLabel:
    number = numbers.s10(dice, "RE", "US")
    sheet = faces.postal_item(barcode, faces.SENDER, to, number, "REGISTERED", "RECOMMANDÉ")
    piece = _piece(dice, number, "usps", "Registered Mail", to)
    return SampleLabel("s10-registered-us", ".tiff", _tiff(sheet), (piece,))


def _parcel_from_germany(barcode: Barcode, dice: Random, to: Address) -> SampleLabel:
    number = numbers.s10(dice, "CP", "DE")
    sheet = faces.postal_item(barcode, _ABROAD, to, number, "PARCEL / PAKET", "COLIS POSTAL INTERNATIONAL")
    piece = _piece(dice, number, "s10", "Parcel", to)
    return SampleLabel("s10-parcel-de", ".heic", _heic(_smaller(sheet, 0.6)), (piece,))


def _turned_and_noisy(barcode: Barcode, dice: Random, to: Address) -> SampleLabel:
    number = numbers.impb(dice, "92", "055", "901")
    sheet = faces.usps_package(barcode, dice, to, number, "P", "PRIORITY MAIL")
    piece = _piece(dice, number, "usps", "Priority Mail", to)
    photo = _photo(_smaller(sheet, 0.62), dice, dice.uniform(15.5, 18.5))
    return SampleLabel("usps-priority-turned-noisy", ".jpg", _jpeg(photo, 54), (piece,))


def _no_code(dice: Random, to: Address) -> SampleLabel:
    sheet = _smaller(faces.no_code(to), 0.6)
    return SampleLabel("letter-without-code", ".jpg", _jpeg(sheet, 70), (_piece(dice, "", "", "", to),))


def _two_pages(barcode: Barcode, dice: Random, first: Address, second: Address) -> SampleLabel:
    one, two = numbers.fedex_ground(dice), numbers.ups(dice, "02")
    sheets = (faces.fedex_ground(barcode, dice, first, one, "1 OF 1"), faces.ups(barcode, dice, second, two))
    pieces = (
        _piece(dice, one, "fedex", "Ground", first),
        _piece(dice, two, "ups", "2nd Day Air", second),
    )
    return SampleLabel("two-labels-fedex-ups", ".pdf", _pdf(sheets), pieces)


# --- sheets to files ------------------------------------------------------------------------------------------


def _smaller(sheet: "Image", share: float) -> "Image":
    return sheet.resize((round(sheet.width * share), round(sheet.height * share)))


def _photo(sheet: "Image", dice: Random, angle: float) -> "Image":
    """The label lying turned on a desk, taken with a poor camera: a shadow, some blur, grain."""
    from PIL import Image, ImageFilter

    turned = sheet.convert("LA").rotate(angle, resample=Image.Resampling.BICUBIC, expand=True)
    size = (turned.width + 60, turned.height + 60)
    desk = Image.new("L", size, 96)
    desk.paste(turned.getchannel("L").point(lambda grey: 28 + grey * 0.78), (30, 30), turned.getchannel("A"))
    shadow = Image.linear_gradient("L").resize(size).rotate(180)
    desk = Image.composite(desk, desk.point(lambda grey: grey * 0.72), shadow)
    desk = desk.filter(ImageFilter.GaussianBlur(0.7))
    grain = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
    return Image.blend(desk, grain, 0.1)


def _png(sheet: "Image") -> bytes:
    # Four greys are enough for print, and a third of the size.
    few = sheet.quantize(4)
    return _saved(few, "PNG", optimize=True, dpi=(DPI, DPI))


def _jpeg(sheet: "Image", quality: int) -> bytes:
    return _saved(sheet, "JPEG", quality=quality, optimize=True)


def _tiff(sheet: "Image") -> bytes:
    return _saved(sheet.point(lambda grey: 255 * (grey > 127)).convert("1"), "TIFF", compression="group4")


def _heic(sheet: "Image") -> bytes:
    import pillow_heif

    pillow_heif.register_heif_opener()
    return _saved(sheet, "HEIF", quality=55)


def _pdf(sheets: "tuple[Image, ...]") -> bytes:
    """A page of 4 by 6 inches for each label."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(288, 432), invariant=1)
    canvas.setTitle("Shipping labels")
    for sheet in sheets:
        canvas.drawImage(ImageReader(sheet.quantize(4).convert("L")), 0, 0, 288, 432)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _saved(sheet: "Image", kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    sheet.save(out, kind, **options)
    return out.getvalue()
