"""What a court sent back, as the committee that holds the case meets it: each reason leads to where it is mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from mediation.access import visible_cases
from mediation.language import spoken, word
from mediation.models import Case, Confirmation, CourtReturn, Document, Organisation, User
from mediation.services import papers
from mediation.services.obligations import civil_day
from mediation.views.formats import days_left, show_day
from mediation.views.history import name_step
from mediation.views.step_pages import page_of
from workflows import Role
from workflows.readiness import ReturnReason, read_returns

#: Kinds of files that are one party's own.
OF_A_PARTY = frozenset({"identity", "authority"})


@dataclass(frozen=True)
class Mending:
    """One reason: what to do about it, and the very places where it is done."""

    text: str
    hint: str
    links: list[tuple[str, str]]  # words, address


@dataclass(frozen=True)
class Returned:
    """An application that came back."""

    court: str
    until: str
    days: str
    card: str
    reasons: list[Mending]
    said: str
    hand_in: str


def show_returned(case: Case, at: datetime) -> Returned | None:
    """What has to be mended, while the court waits for it; None otherwise."""
    row = case.confirmation
    if row is None or row.state != "supplement_asked" or row.supplemented_at is not None:
        return None
    due = [one.last_day for one in case.deadlines if one.name == "supplement" and one.stopped_at is None]
    until = row.returned_until or (due[-1] if due else None)
    words, card = days_left(until, civil_day(at)) if until else ("", "")
    return Returned(
        court=row.court,
        until=show_day(until),
        days=words,
        card=card,
        reasons=[list_mending(case, code) for code in dict.fromkeys(one.code for one in row.open_returns)],
        said=row.reason,
        hand_in=page_of(case, "supplement"),
    )


def list_mending(case: Case, code: str) -> Mending:
    """A reason with the pages that mend it; one that the table does not know leads to the files."""
    reason = read_returns().get(code) or read_returns()["other"]
    return Mending(word("return_reason", code), word("return_mend", code), _links(case, reason))


def _links(case: Case, reason: ReturnReason) -> list[tuple[str, str]]:
    if reason.mend == "step":
        return [(name_step(case, step), page_of(case, step)) for step in reason.what]
    if reason.mend == "party":
        return _parties(case, reason.what)
    if reason.mend == "paper":
        return _papers(case, reason.what)
    return [link for kind in reason.what for link in _files(case, kind)]


def _papers(case: Case, types: Sequence[str]) -> list[tuple[str, str]]:
    """Each of these papers that holds, to be scanned with its signatures; those without any signed copy alone."""
    rows = [row for row in case.documents if row.type in types and row.superseded_at is None]
    scanned = {row.document_id for row in case.attachments if row.kind in ("scan", "electronic")}
    wanted = [row for row in rows if row.id not in scanned] or rows
    links = [(_name_paper(row), _file_page(case, kind="scan", document=row.number)) for row in wanted]
    return links or [(word("page", "mend_scan"), _file_page(case, kind="scan"))]


def _name_paper(row: Document) -> str:
    return word("page", "mend_paper").format(title=papers.title_with_which(row))


def _files(case: Case, kind: str) -> list[tuple[str, str]]:
    """A file of a kind: of each party of whom there is none yet, where it is a party's own."""
    title = word("file_kind", kind)
    if kind not in OF_A_PARTY:
        return [(word("page", "mend_file").format(title=title), _file_page(case, kind=kind))]
    have = {row.party_id for row in case.attachments if row.kind == kind}
    whose = [party for party in case.parties if kind == "identity" or party.agents]
    lacking = [party for party in whose if party.id not in have] or whose or case.parties
    said = word("page", "mend_file_of")
    return [
        (said.format(title=title, name=party.name), _file_page(case, kind=kind, party=party.ref))
        for party in lacking
    ]


def _parties(case: Case, fields: Sequence[str]) -> list[tuple[str, str]]:
    """Each party who lacks something, at the first field that is empty; all of them where nothing is."""
    found = []
    for party in case.parties:
        empty = [name for name in fields if not getattr(party, name)]
        what = "、".join(word("field", name) for name in empty)
        said = word("page", "mend_party_lacks" if empty else "mend_party").format(name=party.name, what=what)
        address = page_of(case, "complete_party", party=party.ref, _anchor=(empty or fields)[0])
        found.append((bool(empty), said, address))
    lacking = [(said, url) for empty, said, url in found if empty]
    return lacking or [(said, url) for _, said, url in found]


def _file_page(case: Case, **about: Any) -> str:
    return url_for("files.list_all", number=case.public_number, **about)


def _counted(user: User, at: datetime) -> ColumnElement[bool]:
    # A court counts what it sent back itself, also of cases that it no longer reads.
    if user.role != Role.court:
        return visible_cases(user, at)
    own = select(Confirmation.id).where(Confirmation.court == user.organisation.name)
    return CourtReturn.confirmation_id.in_(own)


def count_returns(session: Session, user: User, at: datetime) -> list[tuple[str, str, int]]:
    """How often applications came back, by committee and reason, the most frequent first."""
    count = func.count(CourtReturn.id)
    query = (
        select(Organisation.name, CourtReturn.code, count)
        .join(Organisation, Organisation.id == CourtReturn.holder_id)
        .join(Case, Case.id == CourtReturn.case_id)
        .where(_counted(user, at))
        .group_by(Organisation.name, CourtReturn.code)
        .order_by(count.desc(), Organisation.name, CourtReturn.code)
        .limit(500)
    )
    reasons = spoken("return_reason")
    return [(name, str(reasons.get(code, code)), number) for name, code, number in session.execute(query)]
