"""The bound file of a case: what goes into it, in which place, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from documents import CATALOGUE, cite_law
from documents import facts as f
from mediation.models import Attachment, Case, Document
from mediation.services import obligations, scans
from mediation.services import paper_parts as parts
from mediation.words import say
from workflows import dossier
from workflows.dossier import Gap

#: Kind of a file → its place in the volume (`documents.PLACES`, or next to a paper of the catalogue).
PLACES = {
    "identity": "identity",
    "authority": "power_of_attorney",
    "evidence": "evidence",
    "property": "evidence",
    "photo": "evidence",
    "receipt": "receipt",
    "ruling": "court",
    "electronic": "agreement",
}
BINDABLE = frozenset({"application/pdf", "image/jpeg", "image/png"})
RETENTION = "30年"
AT_ONCE = 60  # pictures in one line of the contents: so many lie in memory together


@dataclass(frozen=True)
class Sheet:
    """One line of the contents: papers of ours by id, files by hash."""

    title: str
    kind: str
    note: str = ""
    paper: int | None = None
    void: bool = False
    files: tuple[str, ...] = ()


def dossier_gaps(case: Case) -> list[Gap]:
    """What the file of this case still lacks, in the official order, with who can supply it."""
    lacking = [
        party.name
        for party in case.parties
        if not any(row.kind == "identity" and row.party in (party, None) for row in case.attachments)
    ]
    agreement = case.agreement
    open_pages = scans.missing_slots(agreement) if agreement else []
    there = {f"paper:{row.type}" for row in case.documents if row.superseded_at is None}
    there |= {f"file:{row.kind}" for row in case.attachments}
    if agreement is not None and scans.scans_of(agreement) and not open_pages:
        there.add("scan:agreement")
    pages = "、".join(map(str, open_pages))
    words = {
        "names": _some(lacking),
        "pages": f"第{pages}页还没拍" if pages else "还没拍",
        "pages_en": f" (pages {pages} are missing)" if pages else "",
    }
    return dossier.find_gaps(_facts(case, bool(lacking)), there, words)


def _some(names: list[str]) -> str:
    return "、".join(names[:3]) + (f"等{len(names)}人" if len(names) > 3 else "")


def _facts(case: Case, identity_lacking: bool) -> set[str]:
    steps = {entry.step for entry in case.entries}
    agreement, application = case.agreement, case.confirmation
    written = agreement is not None and agreement.form == "written"
    in_effect = agreement is not None and agreement.effective_on is not None
    paid = agreement is not None and any(clause.payments for clause in agreement.clauses)
    told = {
        "party_applied": case.source == "party",
        "accepted": bool(steps & {"accept", "receive", "take_up"}),
        "rejected": case.state == "not_accepted" or "reject" in steps,
        "identity_lacking": identity_lacking,
        "has_agent": any(party.agents for party in case.parties),
        "has_unit": any(party.kind != "person" for party in case.parties),
        "investigated": "investigate" in steps,
        "ended_by_mediation": agreement is not None or "terminate" in steps,
        "escalated": "escalate" in steps,
        "agreed_in_writing": written,
        "agreed_orally": agreement is not None and not written,
        "effective_in_writing": written and in_effect,
        "in_effect": in_effect,
        "terminated": "terminate" in steps,
        "performed": paid,
        "applied": application is not None,
        "ruled": application is not None and bool(application.ruling_on),
    }
    return {name for name, is_so in told.items() if is_so}


def sheets_of(case: Case) -> list[Sheet]:
    """Everything that is bound, papers first; `documents.bind` puts it into the official order."""
    found = []
    for row in case.documents:
        found.append(_paper(row))
        pages = [file for file in case.attachments if file.kind == "scan" and file.document is row]
        if pages and row.superseded_at is None:
            found.append(_scans(row, pages))
    loose = [file for file in case.attachments if file.kind != "scan" or file.document is None]
    for _, run in groupby((file for file in loose if file.media_type in BINDABLE), key=_belongs_with):
        files = list(run)
        for first in range(0, len(files), AT_ONCE):
            found.append(_files(files[first : first + AT_ONCE]))
    return found


def _belongs_with(file: Attachment) -> tuple[object, ...]:
    """Photographs that came together (“收条 1”, “收条 2”) are one line of the contents."""
    return file.kind, file.party_id, file.original, _plain_title(file)


def _plain_title(file: Attachment) -> str:
    title = file.title or say("file_kind", file.kind)
    return title.rstrip(" 0123456789") or title


def _paper(row: Document) -> Sheet:
    void = row.superseded_at is not None
    number = f"第{row.version}份" if sum(other.type == row.type for other in row.case.documents) > 1 else ""
    note = "已作废" if void else _differs(row)
    title = CATALOGUE[row.type].title + (f"（{number}）" if number else "")
    return Sheet(title, row.type, note, row.id, void)


def _differs(row: Document) -> str:
    return "以纸质为准" if row.agreement is not None and scans.differs_from_paper(row.agreement) else ""


def _scans(row: Document, pages: list[Attachment]) -> Sheet:
    """The newest scan of all pages, or else the pages in order, of each the newest."""
    whole = [file for file in pages if not file.page]
    single = {file.page: file for file in pages if file.page}
    chosen = [single[page] for page in sorted(single)] or whole[-1:]
    if whole and len(single) < (row.pages or 0):
        chosen = whole[-1:]
    return Sheet(
        f"{CATALOGUE[row.type].title}（签字件）",
        row.type,
        "扫描件",
        files=tuple(file.sha256 for file in chosen),
    )


def _files(files: list[Attachment]) -> Sheet:
    file = files[0]
    title = (file.title or say("file_kind", file.kind)) if len(files) == 1 else _plain_title(file)
    if file.party is not None and file.party.name not in title:
        title = f"{title}（{file.party.name}）"
    note = {True: "原件", False: "复印件"}.get(file.original, "") if file.original is not None else ""
    return Sheet(title, PLACES.get(file.kind, "other"), note, files=tuple(one.sha256 for one in files))


def cover_of(case: Case, on: date) -> f.Dossier:
    """Cover, case note and back cover; what is missing stands in the note."""
    days = [obligations.civil_day(row.held_at) for row in case.sessions]
    began = parts.accepted_day(case) or parts.filed_day(case)
    return f.Dossier(
        number=case.case_no,
        committee=parts.committee_facts(case.committee),
        parties=parts.parties_facts(case.parties, on, full=False),
        law=cite_law(on),
        case_no=case.case_no,
        dispute_title=case.title,
        dispute_type=say("dispute_type", case.dispute_type),
        issued_on=on,
        year=parts.filed_day(case).year,
        volume_title=case.title,
        volume_no=case.case_no,
        mediators=tuple(case.mediators or ()),
        mediated_from=days[0] if days else began,
        mediated_to=_ended(case) or (days[-1] if days else began),
        filed_on=on,
        retention=RETENTION,
        note=f.CaseNoteFacts(
            text="\n".join(_remarks(case)), missing=tuple(gap.zh for gap in dossier_gaps(case) if gap.must)
        ),
    )


def _ended(case: Case) -> date | None:
    days = [
        obligations.civil_day(row.at)
        for row in case.entries
        if row.step in ("close", "terminate", "withdraw")
    ]
    return days[-1] if days else None


def _remarks(case: Case) -> list[str]:
    told = [
        f"{CATALOGUE[row.type].title}第{row.version}份已作废，附在卷内备查。"
        for row in case.documents
        if row.superseded_at is not None
    ]
    for agreement in case.agreements:
        told += [
            f"协议书（{agreement.number}）与纸质不一致，以纸质为准：{row.words}" for row in agreement.changes
        ]
        if agreement.handwritten:
            told.append(f"协议书（{agreement.number}）有手写改动，以纸质为准：{agreement.handwritten}")
    told += [
        f"归档时材料不齐，原因：{row.facts['reason']}"
        for row in case.entries
        if row.step == "archive" and row.facts.get("reason")
    ]
    loose = [file.title for file in case.attachments if file.media_type not in BINDABLE]
    if loose:
        told.append(f"下列材料不能装订，另外保存：{'、'.join(loose)}。")
    return told


def day_of(case: Case, now: datetime) -> date:
    """The day the file is bound: of a closed case the day it was closed, so that its bytes stay the same."""
    closing = [row.at for row in case.entries if row.step in ("close", "archive")]
    return obligations.civil_day(closing[-1] if case.state in ("closed", "archived") and closing else now)
