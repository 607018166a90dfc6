"""Replaced papers as they are handed out: the paper as it was, with 已作废 across every page."""

from __future__ import annotations

import hashlib
from pathlib import Path

import documents
from mediation.rendering import Shelf, write_whole


def fetch_void(shelf: Shelf, kind: str, facts: str) -> Path:
    """The marked paper as a file, made once.  It is no original: nothing records its hash, so it is kept under a name
    made of what it says.  Raises DocumentError where it cannot be made."""
    name = hashlib.sha256(f"{kind}\0{facts}\0{documents.VOID}".encode()).hexdigest()
    path = shelf.folder / "void" / f"{name}.pdf"
    if path.exists():
        return path
    made = documents.render(kind, facts, watermark=documents.VOID)
    write_whole(path, made.pdf)
    return path
