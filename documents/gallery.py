"""A look at everything: each kind of paper with little, usual and extreme content, and as a blank form."""

from pathlib import Path

from .blanks import blank
from .freezing import freeze
from .kinds import CATALOGUE
from .pdf import DRAFT, VOID, render
from .print_set import READABLE, render_reading_copy
from .specimens import SIZES, make_specimen


def write_gallery(out: Path) -> list[Path]:
    """Writes ``<code>-<size>.pdf`` for every kind and size, ``<code>-blank.pdf``, marked and large-print ones.

    Makes the folder where it is missing; returns the files in order. Raises ``DocumentError``, ``OSError``.
    """
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []

    def put(name: str, pdf: bytes) -> None:
        written.append(out / f"{name}.pdf")
        written[-1].write_bytes(pdf)

    for code in CATALOGUE:
        for size in SIZES:
            put(f"{code}-{size}", render(code, freeze(make_specimen(code, size))).pdf)
        put(f"{code}-blank", blank(code).pdf)
    for code in READABLE:
        put(f"{code}-reading", render_reading_copy(code, freeze(make_specimen(code, "typical"))).pdf)
    typical = freeze(make_specimen("agreement", "typical"))
    put("agreement-draft", render("agreement", typical, watermark=DRAFT).pdf)
    put("agreement-void", render("agreement", typical, watermark=VOID).pdf)
    return written
