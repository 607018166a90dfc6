"""Papers, scans and photographs bound into one PDF on the disk; no more than one of them is held in memory."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from PIL import Image, ImageOps

A4_AT_150 = (1240, 1754)


def bind(parts: Sequence[tuple[Path, str]], target: Path) -> None:
    """One PDF of these files (path, media type), in this order; the same files give the same bytes.

    Raises pikepdf.PdfError or OSError for a file that cannot be opened.
    """
    if len(parts) == 1 and parts[0][1] == "application/pdf":
        shutil.copyfile(parts[0][0], target)
        return
    with TemporaryDirectory(dir=target.parent) as folder:
        pages = [
            path if kind == "application/pdf" else _as_page(path, Path(folder) / f"{place}.pdf")
            for place, (path, kind) in enumerate(parts)
        ]
        merge(pages, target)


def merge(pdfs: Sequence[Path], target: Path) -> None:
    """One PDF of several; their pages are copied from file to file when it is saved."""
    with ExitStack() as opened, pikepdf.new() as bound:
        for pdf in pdfs:
            source = opened.enter_context(pikepdf.open(pdf))
            bound.pages.extend(source.pages)
        bound.save(target, deterministic_id=True)


def count_pages(pdf: Path) -> int:
    """How many pages it has."""
    with pikepdf.open(pdf) as opened:
        return len(opened.pages)


def _as_page(path: Path, target: Path) -> Path:
    """A photograph as a page, upright, no larger than print needs."""
    with Image.open(path) as opened:
        # Made small before it is turned, and close to the size wanted: a large JPEG is never unpacked in full.
        opened.thumbnail(A4_AT_150 if opened.height >= opened.width else A4_AT_150[::-1], reducing_gap=1.1)
        picture = ImageOps.exif_transpose(opened).convert("RGB")
        picture.save(target, "PDF", resolution=150.0, quality=80)
    return target
