"""What a paper is told from: the case, the step that calls for it, and what every paper carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import workflows
from documents import cite_law
from mediation.models import Agreement, Case, Entry, Party
from mediation.services import paper_parts as parts
from mediation.services.appointments import asked_to_come
from mediation.services.situations import signers_of
from mediation.words import say
from workflows import Move


@dataclass(frozen=True)
class Telling:
    """The case, the step that calls for the paper, and the paper's own number."""

    case: Case
    entry: Entry
    move: Move
    kind: str
    number: str
    check_code: str

    @property
    def day(self) -> date:
        """The day the step was taken."""
        return self.move.today

    @property
    def agreement(self) -> Agreement:
        """The current agreement; the workflow has made sure that there is one."""
        if self.case.agreement is None:
            raise LookupError(f"{self.kind} is issued only where there is an agreement")
        return self.case.agreement

    @property
    def full_numbers(self) -> bool:
        """Whether the policy wants personal numbers in full on this paper."""
        return self.kind in workflows.load(self.case.policy).rules.get("full_numbers_on", ())

    def common(self, parties: Iterable[Party] | None = None) -> dict[str, Any]:
        """What every paper carries."""
        case = self.case
        there = case.parties if parties is None else parties
        return {
            "number": self.number,
            "committee": parts.committee_facts(case.committee),
            "parties": parts.parties_facts(there, self.day, full=self.full_numbers),
            "law": cite_law(self.day),
            "case_no": case.case_no,
            "dispute_title": case.title,
            "dispute_type": say("dispute_type", case.dispute_type),
            "issued_on": self.day,
            "verify_code": self.check_code,
        }

    def asked(self) -> list[Party]:
        """The parties who are asked to come to the meeting that is arranged."""
        meeting = self.case.appointment
        return [] if meeting is None else asked_to_come(self.case, meeting)

    def signers(self) -> list[Party]:
        """The parties of the agreement."""
        return signers_of(self.agreement, self.case)


def find_deadline(case: Case, name: str) -> Any:
    rows = [row for row in case.deadlines if row.name == name]
    return rows[-1] if rows else None
