"""What a case's package holds, in filing order: the signed scan where there is one, otherwise the paper as issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mediation.models import Attachment, Case

PAGES = ("application/pdf", "image/jpeg", "image/png", "image/webp", "image/gif", "image/tiff")


@dataclass(frozen=True)
class Piece:
    """A file of the package: papers by their row's id, and files by hash and media type, merged in this order."""

    name: str
    papers: tuple[int, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    #: What cannot be pages (a recording, a table): put beside, byte for byte, under an own name.
    beside: tuple[tuple[str, str, str], ...] = ()


#: Place, title, types of our papers, kinds of files; as the filing window expects them (CPLI 354; FS5 3).
ORDER: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("01", "司法确认申请书", ("confirmation_application",), ()),
    ("02", "人民调解协议书", ("agreement",), ()),
    ("03", "身份证明", ("representative_identity",), ("identity",)),
    ("04", "送达地址确认书", ("delivery_address",), ()),
    ("05", "承诺书", ("confirmation_undertaking",), ()),
    ("06", "证据", (), ("property", "evidence")),
    ("07", "调解组织主持调解的证明", ("mediation_certificate",), ()),
    ("08", "授权委托书", ("power_of_attorney",), ("authority",)),
    ("09", "材料清单", ("material_list",), ()),
)
#: Without these a court sends the application back (CPLI 354; FS5 3).
WANTED = frozenset({"01", "02", "03", "04", "05", "07"})
MERGED = "00_合订本.pdf"


def list_pieces(case: Case) -> list[Piece]:
    """The pieces that there are."""
    found = []
    for place, title, types, kinds in ORDER:
        papers, files = _papers(case, types)
        files += _files(case, kinds)
        if papers or files:
            signed = "_签章扫描" if place == "02" and files else ""
            found.append(_piece(f"{place}_{title}{signed}", papers, files))
    return found


def list_lacking(case: Case) -> list[str]:
    """The titles of what a court expects and the case does not have."""
    there = {piece.name[:2] for piece in list_pieces(case)}
    return [title for place, title, _, _ in ORDER if place in WANTED - there]


def _papers(case: Case, types: tuple[str, ...]) -> tuple[list[int], list[Attachment]]:
    """The papers nobody has a signed copy of, and the signed copies of the others."""
    plain, signed = [], []
    for paper in case.documents:
        if paper.type not in types or paper.superseded_at is not None:
            continue
        copies = [
            row for row in case.attachments if row.document is paper and row.kind in ("scan", "electronic")
        ]
        if copies:
            signed += sorted(copies, key=lambda row: (row.page or 0, row.number))
        else:
            plain.append(paper.id)
    return plain, signed


def _files(case: Case, kinds: tuple[str, ...]) -> list[Attachment]:
    rows = [row for row in case.attachments if row.kind in kinds and row.document is None]
    return sorted(rows, key=lambda row: (kinds.index(row.kind), row.number))


def _piece(name: str, papers: Sequence[int], files: Sequence[Attachment]) -> Piece:
    pages = [row for row in files if row.media_type in PAGES]
    other = [row for row in files if row.media_type not in PAGES]
    return Piece(
        f"{name}.pdf" if papers or pages else name,
        tuple(papers),
        tuple((row.sha256, row.media_type) for row in pages),
        tuple(
            (row.sha256, f"{name}_{place}", row.filename.rpartition(".")[2].lower()[:5] or "bin")
            for place, row in enumerate(other, start=1)
        ),
    )
