"""Papers, scans and photographs bound into one PDF; each file is closed before the next one is opened."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageOps

A4_AT_150 = (1240, 1754)


def bind(parts: Sequence[tuple[Path, str]]) -> bytes:
    """One PDF of these files (path, media type), in this order; the same files give the same bytes.

    Raises pikepdf.PdfError or OSError for a file that cannot be opened.
    """
    if len(parts) == 1 and parts[0][1] == "application/pdf":
        return parts[0][0].read_bytes()
    return merge([path.read_bytes() if kind == "application/pdf" else _as_page(path) for path, kind in parts])


def merge(pdfs: Sequence[bytes]) -> bytes:
    """One PDF of several."""
    with ExitStack() as opened, pikepdf.new() as bound:
        for pdf in pdfs:
            source = opened.enter_context(pikepdf.open(BytesIO(pdf)))
            bound.pages.extend(source.pages)
        out = BytesIO()
        bound.save(out, deterministic_id=True)
        return out.getvalue()


def _as_page(path: Path) -> bytes:
    """A photograph as a page, upright, no larger than print needs."""
    with Image.open(path) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
        picture.thumbnail(A4_AT_150 if picture.height >= picture.width else A4_AT_150[::-1])
        out = BytesIO()
        picture.save(out, "PDF", resolution=150.0, quality=80)
        return out.getvalue()
