"""The court-readiness check as a page shows it: twelve lines, and under each what is wrong and where to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from mediation.language import language, spoken
from mediation.models import Case, User
from mediation.services import steps
from mediation.services.dossier import dossier_gaps
from mediation.services.people import By
from mediation.services.readiness import findings_of
from mediation.views.step_pages import page_of
from workflows.readiness import Finding, read_law

#: Where a thing is mended: the beginning of its field → the step that says it anew.
MENDED_BY = {
    "parties": "update_party",
    "agreement.changes": "note_handwriting",
    "clauses": "agree",
    "agreement.form": "agree",
    "agreement.number": "agree",
    "agreement": "sign",
    "court": "apply_confirmation",
    "sessions": "hold_session",
    "mediators": "assign",
    "suspicion": "clear_suspicion",
}


@dataclass(frozen=True)
class Fault:
    """One finding, said to a person; `url` leads to where it is mended, empty where this person cannot do it."""

    text: str
    article: str
    who: str
    must: bool
    url: str


@dataclass(frozen=True)
class Line:
    """One of the twelve checks."""

    text: str
    faults: list[Fault]

    @property
    def must(self) -> bool:
        """Whether the court would turn the application away."""
        return any(fault.must for fault in self.faults)


@dataclass(frozen=True)
class ReadinessSeen:
    """The whole check."""

    wrong: list[Line]
    passed: list[str]
    must: int
    doubt: int


def show_readiness(case: Case, user: User, at: datetime) -> ReadinessSeen | None:
    """The check of the current agreement; None where there is none."""
    if case.agreement is None:
        return None
    found = findings_of(case, at)
    offered = {o.step.name for o in steps.options(case, by=By.user(user), at=at) if not o.missing}
    faults = [(finding.check, _say(finding, case, offered)) for finding in found]
    lines = [
        Line(
            row.zh if language() == "zh" else row.en, [fault for check, fault in faults if check == row.code]
        )
        for row in read_law().checks
    ]
    must = sum(finding.severity == "must" for finding in found)
    return ReadinessSeen(
        [line for line in lines if line.faults],
        [line.text for line in lines if not line.faults],
        must,
        len(found) - must,
    )


def show_before(case: Case, step: str, at: datetime) -> tuple[str, str, str] | None:
    """What a step's form says first, where the whole of it stands, and that link's words; None: nothing."""
    if step == "archive":
        return _say_gaps(case)
    if step != "apply_confirmation":
        return None
    found, page = findings_of(case, at), spoken("page")
    must = sum(finding.severity == "must" for finding in found)
    said = str(page["readiness_not_yet"]).format(must=must) if must else str(page["readiness_nearly"])
    return said, url_for("readiness.show", number=case.public_number), str(page["readiness_link"])


def _say_gaps(case: Case) -> tuple[str, str, str] | None:
    gaps, page = [gap for gap in dossier_gaps(case) if gap.must], spoken("page")
    if not gaps:
        return None
    names = "、".join(gap.zh for gap in gaps) if language() == "zh" else ", ".join(gap.en for gap in gaps)
    said = str(page["archive_lacks"]).format(count=len(gaps), names=names)
    return said, url_for("closing.docs", number=case.public_number), str(page["archive_supply"])


def _say(finding: Finding, case: Case, offered: set[str]) -> Fault:
    law = read_law()
    step = next((step for head, step in MENDED_BY.items() if finding.where.startswith(head)), "")
    if finding.where.endswith(".signature"):
        step = "sign"
    elif finding.where.endswith((".identity", ".power_of_attorney")) or finding.where.startswith(
        "agreement.scans"
    ):
        step = "add_file"
    url = page_of(case, step) if step in offered else ""
    return Fault(
        finding.zh if language() == "zh" else finding.en,
        law.cite(finding.article) if language() == "zh" else finding.article,
        finding.who,
        finding.severity == "must",
        url,
    )
