"""Papers: a step issues them as facts; the bytes follow, once, and hash the same for ever."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import documents
from documents import DocumentError
from documents import facts as f
from mediation.models import Agreement, Case, Document, Entry, Party
from mediation.services.court_papers import delivery_address
from mediation.services.default_papers import DEFAULT_PAPERS
from mediation.services.desk import Desk
from mediation.services.paper_contents import CONTENTS, session_notice
from mediation.services.party_papers import AS_THE_CASE_HAS_IT
from mediation.services.telling import Telling
from mediation.services.whistle_papers import WHISTLES
from workflows import Move, Reason, Refused

_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: read aloud without mistakes


class PaperChanged(RuntimeError):
    """A paper that was rendered before came out with other bytes: fonts or templates were changed under it."""


def issue(desk: Desk, case: Case, kind: str, entry: Entry, move: Move) -> list[Document]:
    """Issue a paper as its number, version and frozen facts, complete and checked.

    Raises Refused where a fact is missing or no font has a character; it says which.
    """
    if kind == "@agreement_form":
        kind = "agreement" if case.agreement and case.agreement.form == "written" else "oral_agreement"
    issued = []
    for facts, code in _contents(case, kind, entry, move):
        document = Document(
            number=len(case.documents) + 1,
            type=kind,
            version=sum(1 for row in case.documents if row.type == kind) + 1,
            entry_number=entry.number,
            facts=_freeze(facts, entry.step),
            issued_at=move.at,
            check_code=code,
            agreement=case.agreement if kind in ("agreement", "oral_agreement") else None,
        )
        case.documents.append(document)
        issued.append(document)
    return issued


def _contents(case: Case, kind: str, entry: Entry, move: Move) -> Iterator[tuple[f.Facts, str]]:
    def telling() -> Telling:
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(10))
        return Telling(case, entry, move, kind, f"{case.case_no}-{len(case.documents) + 1:02d}", code)

    if kind in WHISTLES:
        for asked in WHISTLES[kind].of(case, entry.at):
            told = telling()
            yield WHISTLES[kind].tell(told, asked), told.check_code
        return
    told_by = AS_THE_CASE_HAS_IT.get(kind) or DEFAULT_PAPERS.get(kind)
    if told_by is not None:
        for facts in told_by(telling()):
            fresh = telling()  # several papers, each with a number and a code of its own
            yield replace(facts, number=fresh.number, verify_code=fresh.check_code), fresh.check_code
        return
    if kind not in FOR_EACH:
        told = telling()
        yield CONTENTS[kind](told), told.check_code
        return
    whom, tell = FOR_EACH[kind]
    for party in whom(telling()):
        # A group is served through the representative it elected.
        if not party.represented_by:
            told = telling()
            yield tell(told, party), told.check_code


#: Papers of which each party gets its own: who they are, and what theirs says.
FOR_EACH: dict[str, tuple[Callable[[Telling], list[Party]], Callable[[Telling, Party], f.Facts]]] = {
    "delivery_address": (Telling.signers, delivery_address),
    "session_notice": (Telling.asked, session_notice),
}


def _freeze(facts: f.Facts, step: str) -> str:
    try:
        return documents.freeze(facts)
    except DocumentError as error:
        reason = Reason("paper_incomplete", str(error), str(error), who="办理人", where="paper")
        raise Refused("not_met", step, [reason]) from error


def supersede_agreement(case: Case, agreement: Agreement, at: datetime) -> None:
    """The papers of a version that gave way are void, and kept."""
    for document in case.documents:
        if document.agreement is agreement:
            document.superseded_at = document.superseded_at or at


#: Papers of which a case has several: the fact that tells one from the other, and how it is said.
TOLD_APART = {
    "delivery_address": ("addressee", "{}"), "session_notice": ("addressee", "{}"),
    "service_record": ("addressee", "{}"), "choice_sheet": ("reader", "{}"), "agreement_card": ("reader", "{}"),
    "reminder_letter": ("debtor", "{}"), "party_slip": ("holder", "{}"), "receipt_slip": ("payer", "{}"),
    "whistle_order": ("department", "{}"), "whistle_receipt": ("department", "{}"),
    "session_record": ("session_no", "第{}次"),
}  # fmt: skip


def title_with_which(document: Document) -> str:
    """The same, and which one it is where a case has several: whose, for which department, of which session."""
    fact, words = TOLD_APART.get(document.type, ("", ""))
    which = json.loads(document.facts).get(fact, "") if fact else ""
    return title_of(document) + (f"（{words.format(which)}）" if which else "")


def title_of(document: Document) -> str:
    """What the paper is called."""
    return documents.find_kind(document.type).title
