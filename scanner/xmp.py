"""What a PDF/A-2b file says of itself: metadata, colour profile, and the facts of a paper by Decree 30/2020."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

PRODUCER = "Một Cửa"
OWN = "urn:x-motcua:nd30-2020#"
# Not in any predefined schema: PDF/A asks that each such property be described in the file (ISO 19005-2, 6.6.2.3).
DESCRIBED = (
    ("issuer", "Text", "Cơ quan ban hành"),
    ("number", "Text", "Số văn bản"),
    ("symbol", "Text", "Ký hiệu văn bản"),
    ("issued", "Date", "Ngày ban hành"),
    ("subject", "Text", "Trích yếu nội dung"),
    ("signer", "Text", "Người ký"),
)


@dataclass(frozen=True)
class PaperFacts:
    """Facts of an official paper (thể thức văn bản, Decree 30/2020/ND-CP Annex I): issuer, number and symbol
    ("12", "QD-UBND"), day of issue, subject (trích yếu), signer. What is not known stays empty and is not written."""

    issuer: str = ""
    number: str = ""
    symbol: str = ""
    issued: date | None = None
    subject: str = ""
    signer: str = ""

    def known(self) -> dict[str, str]:
        """Names and values that are not empty, in the order of the schema."""
        values = {name: getattr(self, name) for name, _, _ in DESCRIBED}
        return {n: v.isoformat() if isinstance(v, date) else v for n, v in values.items() if v}


def declare(pdf: pikepdf.Pdf, title: str, at: datetime, facts: PaperFacts) -> None:
    """Colour, language and metadata that make the file PDF/A-2b. `at` is aware."""
    profile = pikepdf.Stream(pdf, srgb_profile(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.Root.Lang = pikepdf.String("vi-VN")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    meta = pikepdf.Stream(pdf, xmp(title, at, facts), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = pdf.make_indirect(meta)
    stamp = pikepdf.String(_pdf_date(at))
    info = Dictionary(Title=pikepdf.String(title), Producer=pikepdf.String(PRODUCER), CreationDate=stamp, ModDate=stamp)
    # Both places must say the same.
    if facts.issuer:
        info.Author = pikepdf.String(facts.issuer)
    if facts.subject:
        info.Subject = pikepdf.String(facts.subject)
    pdf.trailer.Info = pdf.make_indirect(info)


def xmp(title: str, at: datetime, facts: PaperFacts) -> bytes:
    """The XMP packet."""
    when = at.isoformat(timespec="seconds")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
        ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">\n'
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>\n'
        f"{_creator(facts)}{_description(facts)}"
        f"<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>"
        f"<pdf:Producer>{escape(PRODUCER)}</pdf:Producer>\n"
        f"</rdf:Description>{_own(facts)}</rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    ).encode()


def _creator(facts: PaperFacts) -> str:
    if not facts.issuer:
        return ""
    return f"<dc:creator><rdf:Seq><rdf:li>{escape(facts.issuer)}</rdf:li></rdf:Seq></dc:creator>\n"


def _description(facts: PaperFacts) -> str:
    if not facts.subject:
        return ""
    words = escape(facts.subject)
    return f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></dc:description>\n'


def _own(facts: PaperFacts) -> str:
    """The paper's facts and the description of their schema; nothing when nothing is known."""
    known = facts.known()
    if not known:
        return ""
    said = "".join(f"<vb:{name}>{escape(value)}</vb:{name}>" for name, value in known.items())
    described = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{label}</pdfaProperty:description></rdf:li>"
        for name, kind, label in DESCRIBED
        if name in known
    )
    return (
        f'\n<rdf:Description rdf:about="" xmlns:vb="{OWN}">{said}</rdf:Description>\n'
        '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
        ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
        ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
        '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Thể thức văn bản theo Nghị định 30/2020/NĐ-CP</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{OWN}</pdfaSchema:namespaceURI><pdfaSchema:prefix>vb</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{described}</rdf:Seq></pdfaSchema:property>"
        "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n"
    )


def _pdf_date(at: datetime) -> str:
    zone = at.strftime("%z")
    return f"D:{at:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


@cache
def srgb_profile() -> bytes:
    """An sRGB ICC profile with a fixed date, so that equal documents have equal bytes."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes.fromhex("07ea000100010000000000 00".replace(" ", ""))
    profile[84:100] = bytes(16)  # the profile's own checksum covers the date; zero means "not computed"
    return bytes(profile)
