"""HTML to PDF: one warm WeasyPrint a process, no outside address, nothing printed that a font lacks."""

import atexit
import hashlib
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from . import fonts, sheets
from .errors import DocumentError
from .freezing import thaw
from .kinds import CATALOGUE

DRAFT = "草稿 未签字无效"
VOID = "已作废"

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
    facts = thaw(code, frozen)
    kind = CATALOGUE[code]
    html = sheets.write_html(kind, facts, watermark=watermark, seam=kind.seam)
    with LOCK:
        document = lay_out(html)
        if kind.seam and len(document.pages) == 1:  # one sheet needs no seal across its edge
            document = lay_out(sheets.write_html(kind, facts, watermark=watermark))
        pdf = write_pdf(document)
    return Paper(pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest(), pages=len(document.pages))


def lay_out(html: str) -> Any:
    """The pages of an HTML text."""
    press = open_press(fonts.find_fonts())
    with listen():
        return press.html(string=html, url_fetcher=press.deny).render(
            stylesheets=[press.style], font_config=press.configuration
        )


def write_pdf(document: Any) -> bytes:
    """The bytes of laid-out pages."""
    with listen():
        pdf: bytes = document.write_pdf()
    return pdf


@dataclass(frozen=True)
class Press:
    """WeasyPrint, set up once: its HTML class, the parsed style sheet, the fonts, a fetcher that refuses."""

    html: Any
    style: Any
    configuration: Any
    deny: Any


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
            url_fetcher=make_fetcher(fonts.list_font_files()),
        )
    return Press(weasyprint.HTML, parsed, configuration, make_fetcher(frozenset()))


def make_fetcher(allowed: frozenset[str]) -> Any:
    """A fetcher for exactly these addresses; any other stops the paper."""
    from weasyprint import URLFetcher
    from weasyprint.urls import FatalURLFetchingError

    class OnlyThese(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
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
