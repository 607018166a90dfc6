"""HTML to PDF: one warm WeasyPrint a process, no outside address, nothing printed that a font lacks."""

import atexit
import hashlib
import io
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from pikepdf import ObjectStreamMode, Pdf

from . import fonts, guard, sheets
from .errors import DocumentError
from .freezing import thaw
from .kinds import CATALOGUE

DRAFT = "草稿 未签字无效"
VOID = "已作废"
NO_IMAGES: Mapping[str, bytes] = {}

LOCK = threading.Lock()  # WeasyPrint's font configuration is not safe to share between threads


@dataclass(frozen=True)
class Paper:
    """A finished paper: its bytes, their SHA-256 in hexadecimal, and the number of pages."""

    pdf: bytes
    sha256: str
    pages: int


def render(code: str, frozen: str, *, watermark: str = "") -> Paper:
    """The paper of kind ``code`` from frozen facts; the same facts and mark give the same bytes.

    ``watermark`` (``DRAFT`` or ``VOID``) is no part of the facts. Raises ``DocumentError``.
    """
    if guard.is_heavy(frozen):
        return make_paper(*guard.print_apart(code, frozen, watermark))
    return render_here(code, frozen, watermark)


def render_here(code: str, frozen: str, watermark: str = "", reading: bool = False) -> Paper:
    """The paper, printed in this process however long it takes."""
    facts = thaw(code, frozen)
    kind = CATALOGUE[code]
    seam = kind.seam and not reading
    printed = print_html(sheets.write_html(kind, facts, watermark=watermark, seam=seam, reading=reading))
    if seam and printed.pages == 1:  # one sheet needs no seal across its edge
        printed = print_html(sheets.write_html(kind, facts, watermark=watermark))
    if kind.one_page and printed.pages > 1:
        printed = print_html(sheets.write_html(kind, facts, watermark=watermark, tight=True))
    return make_paper(printed.pdf, printed.pages)


def make_paper(pdf: bytes, pages: int) -> Paper:
    """A paper of these bytes."""
    return Paper(pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest(), pages=pages)


@dataclass(frozen=True)
class Attachment:
    """A text to be attached to a PDF, with the date it is to bear."""

    name: str
    description: str
    text: str
    made_at: datetime


@dataclass(frozen=True)
class Printed:
    """What came off the press: the bytes, the number of pages, the page (from 0) on which each id begins."""

    pdf: bytes
    pages: int
    places: dict[str, int]


def print_html(
    html: str,
    *,
    archival: bool = True,
    tagged: bool = True,
    images: Mapping[str, bytes] = NO_IMAGES,
    attachments: Sequence[Attachment] = (),
) -> Printed:
    """An HTML text as a PDF; an archival one declares itself PDF/A-3u, which nobody here has validated.

    ``images`` are the only addresses it may name. Raises ``DocumentError``.
    """
    with LOCK:
        press = open_press(fonts.find_fonts())
        fetcher = make_fetcher(frozenset(), images) if images else press.deny
        with listen():
            document = press.html(string=html, url_fetcher=fetcher).render(
                stylesheets=[press.style], font_config=press.configuration
            )
            if archival:
                document.color_profiles["srgb"] = open_profile(press.colours)
            pdf: bytes = document.write_pdf(
                pdf_tags=tagged,
                pdf_variant="pdf/a-3u" if archival else None,
                output_intent="ours",  # not WeasyPrint's own, which leaves its file open
                attachments=[attach(each) for each in attachments],
                uncompressed_pdf=True,
            )
    places: dict[str, int] = {}
    for no, page in enumerate(document.pages):
        for name in page.anchors:
            places.setdefault(name, no)  # what goes on over several pages begins on the first
    return Printed(pack(pdf), len(document.pages), places)


def pack(pdf: bytes) -> bytes:
    """The same PDF, compressed by QPDF: that takes half the time that WeasyPrint's own compression does."""
    with Pdf.open(io.BytesIO(pdf)) as opened:
        written = io.BytesIO()
        opened.save(written, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return written.getvalue()


def attach(text: Attachment) -> Any:
    """The attachment as WeasyPrint wants it."""
    from weasyprint import Attachment as Attached

    return Attached(
        string=text.text,
        name=text.name,
        description=text.description,
        created=text.made_at,
        modified=text.made_at,
        relationship="Source",
    )


@dataclass(frozen=True)
class Press:
    """WeasyPrint, set up once: its HTML class, the style sheet, fonts, a fetcher that refuses, the colours."""

    html: Any
    style: Any
    configuration: Any
    deny: Any
    colours: bytes


@cache
def open_press(found: fonts.FontSet) -> Press:
    """Imports WeasyPrint and parses the style sheet; half a second, once for each set of fonts."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    style = sheets.read_style()
    for slot in fonts.SLOTS:
        style = style.replace(f"slot-{slot}-weight", "bold" if fonts.is_bold(slot) else "normal")
        style = style.replace(f"slot-{slot}", fonts.write_family(slot))
    with listen():
        parsed = weasyprint.CSS(
            string=fonts.write_font_css() + style,
            font_config=configuration,
            url_fetcher=make_fetcher(fonts.list_font_files(), fonts.hold_figures()),
        )
    colours = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    return Press(weasyprint.HTML, parsed, configuration, make_fetcher(frozenset()), colours)


def open_profile(colours: bytes) -> Any:
    """The colours an archival paper refers to; a new one each time, for its bytes change once it is written."""
    from weasyprint.css import ColorProfile

    return ColorProfile(io.BytesIO(colours), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


def make_fetcher(allowed: frozenset[str], held: Mapping[str, bytes] = NO_IMAGES) -> Any:
    """A fetcher for exactly these addresses, and for what is held in memory; any other stops the paper."""
    from weasyprint import URLFetcher
    from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

    class OnlyThese(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url in held:
                return URLFetcherResponse(url, body=held[url], headers={"Content-Type": "image/*"})
            if url not in allowed:
                raise FatalURLFetchingError(f"outside address: {url}")
            return super().fetch(url, headers)

    return OnlyThese()


atexit.register(open_press.cache_clear)  # WeasyPrint removes its font folder while Python still stands


@contextmanager
def listen() -> Iterator[None]:
    """Turns whatever WeasyPrint warns of, a missing glyph above all, into a ``DocumentError``."""
    from weasyprint.urls import FatalURLFetchingError

    logger, heard = logging.getLogger("weasyprint"), Warnings()
    logger.addHandler(heard)
    try:
        yield
    except FatalURLFetchingError as fault:  # a BaseException, which nobody above would catch
        raise DocumentError(
            f"文书没有生成：内容要求读取外部地址（{fault}）。请联系管理员检查文书模板。"
        ) from fault
    except RecursionError as fault:
        raise DocumentError("文书没有生成：内容层次太深，无法排版。请把内容改写得简单些。") from fault
    finally:
        logger.removeHandler(heard)
    if heard.messages:
        told = "；".join(heard.messages[:3])
        raise DocumentError(
            f"文书没有生成：排版时出现问题（{told}）。请运行 mediation doctor 检查字体后重试。"
        )


class Warnings(logging.Handler):
    """Collects what is logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the message."""
        self.messages.append(record.getMessage())
