"""What makes a paper a PDF/A-3b file: a colour profile as output intent, and a metadata packet that says so.

Fonts are embedded and nothing but greys, RGB and our own forms are drawn, so that the rest holds by construction; a
page of another party placed in it may break it, and then the packet makes no such claim.
"""

from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name

from mailroom import resources

PRODUCER = "Mailroom"

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
{conformance}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_CONFORMANCE = """<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
"""


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself."""

    title: str
    author: str
    subject: str
    issued_at: datetime  # aware UTC
    language: str


def describe(paper: pikepdf.Pdf, about: Properties, *, conforms: bool) -> None:
    """Put the properties into the file, alike in both places where readers look; `conforms` claims PDF/A-3b."""
    moment = f"{about.issued_at:%Y-%m-%dT%H:%M:%S}+00:00"
    stamp = pikepdf.String(pdf_date(about.issued_at))
    author = about.author or PRODUCER
    info = paper.docinfo
    for key in list(info.keys()):
        del info[key]
    info[Name.Title], info[Name.Subject] = pikepdf.String(about.title), pikepdf.String(about.subject)
    info[Name.Author] = pikepdf.String(author)
    info[Name.Producer] = info[Name.Creator] = pikepdf.String(PRODUCER)
    info[Name.CreationDate] = info[Name.ModDate] = stamp
    packet = _PACKET.format(
        title=escape(about.title),
        subject=escape(about.subject),
        author=escape(author),
        producer=PRODUCER,
        moment=moment,
        conformance=_CONFORMANCE if conforms else "",
    )
    metadata = pikepdf.Stream(paper, packet.encode("utf-8"))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    paper.Root.Metadata = paper.make_indirect(metadata)
    paper.Root.Lang = pikepdf.String(about.language)
    _output_intent(paper)


def pdf_date(moment: datetime) -> str:
    """A moment in UTC as PDF writes it."""
    return moment.strftime("D:%Y%m%d%H%M%S+00'00'")


def _output_intent(paper: pikepdf.Pdf) -> None:
    profile = pikepdf.Stream(paper, resources.file("colour/sRGB.icc").read_bytes())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        RegistryName=pikepdf.String("http://www.color.org"),
        DestOutputProfile=paper.make_indirect(profile),
    )
    paper.Root.OutputIntents = Array([intent])
