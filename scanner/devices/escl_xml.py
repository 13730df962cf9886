"""What an eSCL scanner says and is told, as XML. Facts of the protocol: Mopria's eSCL specification 2.97.

Lengths are in 1/300 inch. An answer of a device is foreign text: no document type, no entities, bounded lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from scanner.devices.settings import ScanSettings

ESCL = "http://schemas.hp.com/imaging/escl/2011/05/03"
PWG = "http://www.pwg.org/schemas/2010/12/sm"
PLATEN, FEEDER = "Platen", "Feeder"
UNITS_PER_MM = 300 / 25.4
JPEG_TYPE, PDF_TYPE = "image/jpeg", "application/pdf"
LONGEST_NAME = 80


class StrangeAnswerError(Exception):
    """Not what an eSCL scanner answers; the caller names the device."""


@dataclass(frozen=True)
class Source:
    """Platen or one side of the feeder. resolutions: dots per inch, ascending; max_*: 1/300 inch, 0 when not told;
    formats: media types of the pictures that it sends."""

    resolutions: tuple[int, ...] = ()
    max_width: int = 0
    max_height: int = 0
    colours: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()

    @property
    def format(self) -> str:
        """What to ask for: JPEG, or PDF of a machine that speaks of PDF only."""
        return PDF_TYPE if PDF_TYPE in self.formats and JPEG_TYPE not in self.formats else JPEG_TYPE


@dataclass(frozen=True)
class Capabilities:
    """model: for people; a source that the machine does not have is None."""

    model: str = ""
    platen: Source | None = None
    feeder: Source | None = None
    duplex: Source | None = None


@dataclass(frozen=True)
class Status:
    """state: Idle, Processing, Testing, Stopped, Down; adf: "" for a machine without a feeder; jobs: path -> state."""

    state: str = ""
    adf: str = ""
    jobs: Mapping[str, str] | None = None

    def of_job(self, path: str) -> str:
        """State of the job at this path, "" when the machine does not list it."""
        name = path.rstrip("/").rpartition("/")[2]
        return next((s for p, s in (self.jobs or {}).items() if p.rstrip("/").rpartition("/")[2] == name), "")


def read_capabilities(content: bytes) -> Capabilities:
    """Raises: StrangeAnswerError."""
    root = _root(content, "ScannerCapabilities")
    model = _text(root, "MakeAndModel")[:LONGEST_NAME]
    return Capabilities(
        model,
        _source(root, "PlatenInputCaps"),
        _source(root, "AdfSimplexInputCaps"),
        _source(root, "AdfDuplexInputCaps"),
    )


def read_status(content: bytes) -> Status:
    """Raises: StrangeAnswerError."""
    root = _root(content, "ScannerStatus")
    jobs = {_text(job, "JobUri"): _text(job, "JobState") for job in _all(root, "JobInfo")}
    return Status(_text(root, "State"), _text(root, "AdfState"), jobs)


def job_request(source: Source, kind: str, settings: ScanSettings, dpi: int, *, duplex: bool) -> bytes:
    """Body of POST /ScanJobs. kind: PLATEN or FEEDER; the size is cut to what the source can do."""
    width, height = region(source, settings)
    colour = _colour(source.colours, wanted=settings.colour)
    fields = [
        "<pwg:Version>2.0</pwg:Version><scan:Intent>Document</scan:Intent>",
        "<pwg:ScanRegions><pwg:ScanRegion>",
        "<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>",
        f"<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset><pwg:Width>{width}</pwg:Width>",
        f"<pwg:Height>{height}</pwg:Height></pwg:ScanRegion></pwg:ScanRegions>",
        f"<pwg:InputSource>{kind}</pwg:InputSource><scan:ColorMode>{escape(colour)}</scan:ColorMode>",
        f"<scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>",
        f"<pwg:DocumentFormat>{source.format}</pwg:DocumentFormat>",
        f"<scan:DocumentFormatExt>{source.format}</scan:DocumentFormatExt>",
    ]
    if kind == FEEDER:  # some glass scanners refuse a request that speaks of two sides at all
        fields.append(f"<scan:Duplex>{str(duplex).lower()}</scan:Duplex>")
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<scan:ScanSettings xmlns:scan="{ESCL}" xmlns:pwg="{PWG}">'
    return f"{head}{''.join(fields)}</scan:ScanSettings>".encode()


def region(source: Source, settings: ScanSettings) -> tuple[int, int]:
    """Width and height to ask for, 1/300 inch."""
    sides = [round(side * UNITS_PER_MM) for side in settings.size_mm]
    limits = (source.max_width, source.max_height)
    width, height = (min(side, limit) if limit else side for side, limit in zip(sides, limits, strict=True))
    return width, height


def nearest_dpi(resolutions: Sequence[int], wanted: int) -> int:
    """The least resolution that is not below the wanted one; else the best there is."""
    return next((r for r in resolutions if r >= wanted), max(resolutions, default=wanted))


def _colour(offered: Sequence[str], *, wanted: bool) -> str:
    choice = ("RGB24", "RGB48", "Grayscale8") if wanted else ("Grayscale8", "Grayscale16", "RGB24")
    return next((c for c in choice if c in offered), choice[0])


def _source(root: ElementTree.Element, name: str) -> Source | None:
    caps = next(iter(_all(root, name)), None)
    if caps is None:
        return None
    found = {_number(r) for r in _all(caps, "XResolution")}
    for span in _all(caps, "XResolutionRange"):
        low, high = _number_in(span, "Min"), _number_in(span, "Max")
        found |= {r for r in (100, 150, 200, 240, 300, 400, 600) if low <= r <= high}
    colours = tuple(dict.fromkeys((c.text or "").strip() for c in _all(caps, "ColorMode")))
    resolutions = tuple(sorted(r for r in found if 50 <= r <= 1200))
    named = (e for name in ("DocumentFormat", "DocumentFormatExt") for e in _all(caps, name))
    formats = tuple(dict.fromkeys((e.text or "").strip().lower() for e in named))
    return Source(resolutions, _number_in(caps, "MaxWidth"), _number_in(caps, "MaxHeight"), colours, formats)


def _root(content: bytes, name: str) -> ElementTree.Element:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise StrangeAnswerError("document type")
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as e:
        raise StrangeAnswerError("not XML") from e
    if _local(root) != name:
        raise StrangeAnswerError(f"no {name}")
    return root


def _all(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Elements of this name in whatever namespace: machines mix up the two."""
    return (e for e in root.iter() if _local(e) == name)


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(root: ElementTree.Element, name: str) -> str:
    return next(((e.text or "").strip() for e in _all(root, name)), "")


def _number(element: ElementTree.Element) -> int:
    text = (element.text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _number_in(root: ElementTree.Element, name: str) -> int:
    return next((_number(e) for e in _all(root, name)), 0)
