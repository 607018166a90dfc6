"""The bound file of a case: every paper and scan in the official order, under one run of page numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from . import sheets
from .binding import Binder
from .errors import MissingFact, PaperTooLong
from .facts import CaseNoteFacts, ContentsFacts, Dossier
from .freezing import freeze
from .kinds import CATALOGUE
from .pdf import Attachment, Paper, Printed, make_paper, print_html
from .sources import Bundle, gather

PAGE_LIMIT = 3_000  # pages of one volume; a thicker one is bound in parts
NOTE_TITLE = "卷宗情况说明"

# Where scans that are no paper of ours stand; the numbers go with ``Kind.order``.
PLACES = {
    "identity": 24,  # 身份证明, before the powers of attorney
    "evidence": 41,  # 证据, behind their list
    "receipt": 71,  # 履行凭证
    "court": 89,  # 司法确认有关材料: 受理通知书, 裁定书, 送达回证
    "other": 98,
}


@dataclass(frozen=True)
class Part:
    """One line of the contents with its pages.

    ``kind`` is a code of the catalogue or a name of ``PLACES`` and decides the place in the volume; the signed scan
    of an agreement is a part of kind ``agreement``. ``files`` are PDF, JPEG or PNG files, each whole.
    """

    title: str
    files: tuple[bytes, ...]
    kind: str = "other"
    note: str = ""  # for the last column of the contents


def bind(
    cover: Dossier, parts: Sequence[Part], note: CaseNoteFacts | None = None, *, case_file: str = ""
) -> Paper:
    """The volume: cover, contents, the parts in the official order, case note, back cover.

    The papers and the case note are numbered from 1; cover, contents and back cover are not (as archives do it).
    ``case_file`` is attached as ``case.json``. The same input gives the same bytes. The volume declares itself
    PDF/A-3u unless a part was made elsewhere. Raises ``DocumentError``, ``KeyError`` for an unknown kind.
    """
    if not parts:
        raise MissingFact(CATALOGUE["dossier"].title, ["卷内文书"])
    bundles = [
        gather(part.title, part.files, part.note)
        for part in sorted(parts, key=lambda part: place_of(part.kind))
    ]
    count = sum(bundle.pages for bundle in bundles)
    if count > PAGE_LIMIT:
        raise PaperTooLong(CATALOGUE["dossier"].title, count, PAGE_LIMIT, "页")
    archival = all(bundle.archival for bundle in bundles)
    facts, covers = print_covers(cover, note or cover.note, bundles, case_file, archival)
    binder = Binder(covers)
    binder.insert(bundles)
    binder.stamp(print_folios(facts.page_count or 0))
    pdf = binder.finish([line.title for line in facts.contents])
    return make_paper(pdf, covers.pages + count)


def place_of(kind: str) -> int:
    """Where a part stands in the volume; raises ``KeyError`` for a kind that is neither paper nor place."""
    return PLACES[kind] if kind in PLACES else CATALOGUE[kind].order


def print_covers(
    cover: Dossier, note: CaseNoteFacts, bundles: Sequence[Bundle], case_file: str, archival: bool
) -> tuple[Dossier, Printed]:
    """Cover, contents, case note and back cover; printed again in the rare case that the note takes several pages."""
    note_pages = 1
    while True:
        contents = list_contents(bundles, note_pages)
        facts = replace(cover, contents=contents, note=note, page_count=contents[-1].last_page)
        freeze(facts)  # refuses what cannot be printed
        html = sheets.write_html(CATALOGUE["dossier"], facts)
        covers = print_html(html, archival=archival, attachments=attach(case_file, facts))
        if (found := covers.places["back"] - covers.places["note"]) == note_pages:
            return facts, covers
        note_pages = found


def list_contents(bundles: Sequence[Bundle], note_pages: int) -> tuple[ContentsFacts, ...]:
    """The lines of the contents; the case note is the last."""
    lines: list[ContentsFacts] = []
    page = 1
    rows = [(bundle.title, bundle.pages, bundle.note) for bundle in bundles]
    for title, pages, remark in [*rows, (NOTE_TITLE, note_pages, "")]:
        lines.append(ContentsFacts(title=title, first_page=page, last_page=page + pages - 1, note=remark))
        page += pages
    return tuple(lines)


def attach(case_file: str, facts: Dossier) -> list[Attachment]:
    """The case file as an attachment; its date is the volume's, so that the bytes do not depend on the clock."""
    if not case_file:
        return []
    day = facts.filed_on or facts.issued_on or datetime(facts.year, 1, 1).date()
    moment = datetime.combine(day, time(), UTC)
    return [Attachment("case.json", "案件数据（mediation-case/1）", case_file, moment)]


def print_folios(count: int) -> bytes:
    """A small sheet for each page number, to be stamped on the pages."""
    lines = "".join(f"<p>卷内第{no}页</p>" for no in range(1, count + 1))
    body = f'<body class="folio" data-number="" data-verify="">{lines}</body>'
    html = f'<!doctype html><html lang="zh-CN"><title>页码</title>{body}</html>'
    return print_html(html, archival=False, tagged=False).pdf
