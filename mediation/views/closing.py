"""结案, 回访 and 文书卷宗 as pages: what is missing, what was found, which paper stands where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

import documents
from documents import CATALOGUE, DocumentError
from mediation.language import language, spoken
from mediation.models import Case, Document
from mediation.services import scans
from mediation.services.dossier import dossier_gaps
from mediation.services.papers import title_with_which
from mediation.views.formats import show_moment
from mediation.views.step_pages import page_of
from workflows.dossier import Gap

#: Where the case ended → what its result usually is called.
RESULTS = {
    "performing": "succeeded", "terminated": "failed", "withdrawn": "withdrawn", "referred_out": "transferred",
    "not_accepted": "declined",
}  # fmt: skip
#: What a gap of the dossier is supplied with.
SUPPLIED = {"follow_up": "follow_up", "session_record": "hold_session", "agreement": "agree"}
READABLE = ("agreement", "oral_agreement")
STARS = ("5", "4", "3", "2", "1")
#: Papers a case comes to, in the order of the bound file, with what calls for them.
EXPECTED = (
    "acceptance_notice", "rights_notice", "session_notice", "session_record", "agreement", "oral_agreement",
    "follow_up_record", "confirmation_application",
)  # fmt: skip


def list_gaps(case: Case) -> list[dict[str, str]]:
    """What the dossier lacks: what it is, who can supply it, and where."""
    return [
        {
            "title": gap.zh if language() == "zh" else gap.en,
            "who": gap.who if language() == "zh" else "",
            "url": _where(case, gap),
        }
        for gap in dossier_gaps(case)
        if gap.must
    ]


def _where(case: Case, gap: Gap) -> str:
    if gap.code in SUPPLIED:
        return page_of(case, SUPPLIED[gap.code])
    return url_for("files.list_all", number=case.public_number)


@dataclass(frozen=True)
class PaperRow:
    """One kind of paper of the case: where it stands, how many copies, where to open it."""

    title: str
    status: str  # none, made, signed, again
    words: str
    copies: int
    url: str = ""
    issued: str = ""
    called_for: str = ""
    void: bool = False
    reading_url: str = ""
    word_url: str = ""


def list_paper_rows(case: Case) -> list[PaperRow]:
    """Every paper that is there, in the order of the bound file, and those that are still to come."""
    there = [row for row in case.documents if row.superseded_at is None]
    void = [row for row in case.documents if row.superseded_at is not None]
    types = {row.type for row in there}
    rows = [
        (CATALOGUE[row.type].order, row.number, _row(case, row)) for row in there if row.type in CATALOGUE
    ]
    rows += [
        (CATALOGUE[code].order, 0, PaperRow(CATALOGUE[code].title, "none", _status("none"), 0,
                                            called_for=CATALOGUE[code].called_for if language() == "zh" else ""))
        for code in EXPECTED
        if code not in types and not (code == "oral_agreement" and "agreement" in types)
        and not (code == "agreement" and "oral_agreement" in types)
    ]  # fmt: skip
    rows += [(99, row.number, _row(case, row)) for row in void if row.type in CATALOGUE]
    return [row for _, _, row in sorted(rows, key=lambda found: (found[0], found[1]))]


def _status(code: str) -> str:
    return str(spoken("paper_status")[code])


def _row(case: Case, row: Document) -> PaperRow:
    void = row.superseded_at is not None
    status = "void" if void else _standing(case, row)
    return PaperRow(
        title=title_with_which(row),
        status=status,
        words=_status(status),
        copies=0 if void else count_copies_of(row),
        url=url_for("papers.show", number=case.public_number, paper=row.number),
        issued=show_moment(row.issued_at),
        void=void,
        reading_url="" if void or row.type not in READABLE else _copy("reading", case, row),
        word_url="" if void else _copy("word", case, row),
    )


def _copy(kind: str, case: Case, row: Document) -> str:
    return url_for(f"paper_copies.{kind}", number=case.public_number, paper=row.number)


def _standing(case: Case, row: Document) -> str:
    changed = [entry.number for entry in case.entries if entry.step in ("update_party", "order_parties")]
    agreement = case.agreement
    if row.agreement is not None and row.agreement is agreement and agreement is not None:
        if agreement.state == "effective":
            return "paper_counts" if scans.differs_from_paper(agreement) else "signed"
        if any(number > row.entry_number for number in changed):
            return "again"
        if agreement.version > 1 and not agreement.live_signatures:
            return "resign"
    return "made"


def count_copies_of(row: Document) -> int:
    """How many copies are printed of a paper."""
    try:
        return CATALOGUE[row.type].copies(documents.thaw(row.type, row.facts))
    except (DocumentError, ValueError, KeyError, TypeError):
        return 1


def usual_result(case: Case) -> str:
    """What the case's end is usually called."""
    return RESULTS.get(case.state, "")


def ticked_already(case: Case, gaps: list[Any]) -> list[str]:
    """Of the seven aspects those that the record itself answers."""
    found = []
    if any(entry.step in ("accept", "receive", "take_up") for entry in case.entries):
        found.append("lawful")
    if not gaps:
        found.append("complete")
    if case.follow_ups:
        found.append("visited")
    return found


def facts_of_visit(form: Mapping[str, str]) -> dict[str, Any]:
    """A visit as the step is told it."""
    signs = form.get("new_signs", "").strip() if form.get("signs") == "yes" else ""
    facts: dict[str, Any] = {
        "manner": form.get("manner", "").strip(),
        "performed": form.get("performed", ""),
        "handling": _star(form.get("handling", "")),
        "result": _star(form.get("result", "")),
        "new_signs": signs,
        "next_on": form.get("next_on", "").strip(),
        "note": form.get("note", "").strip() or _said(form),
    }
    return {key: value for key, value in facts.items() if value not in ("", None)}


def _said(form: Mapping[str, str]) -> str:
    performed = form.get("performed", "")
    return str(spoken("performed")[performed]) if performed in spoken("performed") else ""


def _star(text: str) -> int | None:
    return int(text) if text in STARS else None
