"""The last step of every paper: others' pages are placed, the record is attached, dates and ids are fixed."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name

from mailroom.reports.archival import Properties, describe, pdf_date
from mailroom.reports.exhibit_files import Pixels, Prepared
from mailroom.reports.page import Placement
from mailroom.reports.record import FILE_NAME


def finish(
    pdf: bytes,
    record: bytes,
    about: Properties,
    placements: Sequence[Placement] = (),
    sources: Mapping[str, Prepared] | None = None,
) -> tuple[bytes, int]:
    """The finished file and its number of pages; the same input gives the same bytes."""
    with pikepdf.open(BytesIO(pdf)) as paper:
        foreign = _place(paper, placements, sources or {})
        _attach(paper, record, about)
        describe(paper, about, conforms=not foreign)
        paper.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        if Name.Outlines in paper.Root:
            paper.Root.PageMode = Name.UseOutlines
        for page in paper.pages:
            _flag_links(page)
        target = BytesIO()
        packed = pikepdf.ObjectStreamMode.generate
        paper.save(target, deterministic_id=True, object_stream_mode=packed, min_version="1.7")
        return target.getvalue(), len(paper.pages)


def _flag_links(page: pikepdf.Page) -> None:
    for link in page.obj.get(Name.Annots, []):
        link[Name.F] = 4  # prints: what an archived page shows on paper is what it shows on screen


def _attach(paper: pikepdf.Pdf, record: bytes, about: Properties) -> None:
    stamp = pdf_date(about.issued_at)
    spec = pikepdf.AttachedFileSpec(
        paper,
        record,
        filename=FILE_NAME,
        description="The record that this paper was made from",
        mime_type="application/json",
        creation_date=stamp,
        mod_date=stamp,
    )
    spec.relationship = Name.Data
    paper.attachments[FILE_NAME] = spec
    paper.Root.AF = pikepdf.Array([spec.obj])


def _place(paper: pikepdf.Pdf, placements: Sequence[Placement], sources: Mapping[str, Prepared]) -> bool:
    """Put others' pages and pictures where they belong; whether a page of another party is among them."""
    drawn: dict[tuple[str, int], pikepdf.Object] = {}
    opened: dict[str, pikepdf.Pdf] = {}
    touched: dict[int, list[bytes]] = {}
    for place in placements:
        prepared = sources[place.source]
        key = (place.source, place.index)
        if key not in drawn:
            drawn[key] = (
                _image(paper, prepared.pictures[place.index])
                if prepared.pictures
                else _form(paper, prepared, place.index, opened)
            )
        page = paper.pages[place.page - 1]
        name = Name(f"/Mr{len(touched.setdefault(place.page, [])) + 1}")
        resources = page.obj.get(Name.Resources, Dictionary())
        objects = resources.get(Name.XObject, Dictionary())
        objects[name] = drawn[key]
        resources[Name.XObject] = objects
        page.obj[Name.Resources] = resources
        touched[place.page].append(_drawing(drawn[key], name, place))
    for number, drawings in touched.items():
        page = paper.pages[number - 1]
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q\n" + b"\n".join(drawings))
    for source in opened.values():
        source.close()
    return bool(opened)


def _form(paper: pikepdf.Pdf, prepared: Prepared, index: int, opened: dict[str, pikepdf.Pdf]) -> pikepdf.Object:
    source = opened.get(prepared.sha256)
    if source is None:
        source = opened[prepared.sha256] = pikepdf.open(BytesIO(prepared.data))
    return paper.copy_foreign(source.pages[index].as_form_xobject())


def _image(paper: pikepdf.Pdf, pixels: Pixels) -> pikepdf.Object:
    stream = pikepdf.Stream(paper, pixels.data)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = pixels.width, pixels.height, 8
    stream.ColorSpace = Name.DeviceGray if pixels.channels == 1 else Name.DeviceRGB
    stream.Filter = Name.FlateDecode if pixels.lossless else Name.DCTDecode
    if pixels.lossless:
        stream.DecodeParms = Dictionary(Predictor=15, Colors=pixels.channels, BitsPerComponent=8, Columns=pixels.width)
    return paper.make_indirect(stream)


def _drawing(thing: pikepdf.Object, name: Name, place: Placement) -> bytes:
    x, y, width, height = place.x, place.y, place.width, place.height
    matrix = (width, 0.0, 0.0, height, x, y) if thing.Subtype == Name.Image else _into(thing, place)
    numbers = " ".join(f"{one:.5f}".rstrip("0").rstrip(".") for one in matrix)
    return f"q {numbers} cm {name} Do Q".encode("ascii")


def _into(form: pikepdf.Object, place: Placement) -> tuple[float, float, float, float, float, float]:
    """The matrix that puts a form's box, after its own matrix, onto the place; turned clockwise when asked."""
    one, two, three, four = (float(number) for number in form.BBox.as_list())
    own = (
        pikepdf.Matrix(*(float(number) for number in form.Matrix.as_list()))
        if Name.Matrix in form
        else pikepdf.Matrix()
    )
    corners = [own.transform(point) for point in ((one, two), (three, two), (one, four), (three, four))]
    left, low = min(float(c[0]) for c in corners), min(float(c[1]) for c in corners)
    wide, high = max(float(c[0]) for c in corners) - left, max(float(c[1]) for c in corners) - low
    if place.turned:
        across, up = place.width / high, place.height / wide
        return (0, -up, across, 0, place.x - low * across, place.y + place.height + left * up)
    across, up = place.width / wide, place.height / high
    return (across, 0, 0, up, place.x - left * across, place.y - low * up)
