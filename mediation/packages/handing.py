"""The list that is signed when a batch changes hands: every case with its files, pages and last day, in two copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import documents
from documents import cite_law
from documents import facts as f
from mediation.models import Case, Confirmation
from mediation.services import paper_parts
from mediation.services.telling import find_deadline

NAME, KIND = "交接清单", "court_handover"
#: So many cases on one list: both sides sign each, and the paper stays within what can be printed.
ON_ONE = 300


@dataclass
class Handed:
    """One case of the batch: its row of the list, and the bodies from its committee upwards, the nearest first."""

    row: f.HandedCaseFacts
    bodies: tuple[f.CommitteeFacts, ...]


def describe(case: Case, application: Confirmation, lacking: Sequence[str]) -> Handed:
    """A case as its row tells it, before its files are counted."""
    window = find_deadline(case, "confirmation_window")
    bodies = (case.committee, *(place.committee for place in case.committee.organisation.chain()[1:]))
    return Handed(
        f.HandedCaseFacts(
            case_no=case.case_no,
            title=case.title,
            agreement_number=application.agreement.number,
            last_day=window.last_day if window else None,
            note=f"缺{'、'.join(lacking)}" if lacking else "",
        ),
        tuple(paper_parts.committee_facts(body) for body in bodies if body is not None),
    )


def write_lists(
    handed: Sequence[Handed], court: str, moment: datetime, table_sum: str
) -> Iterator[tuple[str, bytes]]:
    """The lists as PDFs, with the names of their files; one, unless there are very many cases.

    table_sum: SHA-256 of the table that goes with the files, in hexadecimal.  Raises DocumentError.
    """
    for start in range(0, len(handed), ON_ONE):
        some = handed[start : start + ON_ONE]
        ending = f"_{start // ON_ONE + 1}" if len(handed) > ON_ONE else ""
        facts = f.CourtHandover(
            number=f"移交{moment:%Y%m%d%H%M}{ending.replace('_', '-')}",
            committee=_who_hands_over(some),
            law=cite_law(moment.date()),
            issued_on=moment.date(),
            court=court,
            rows=tuple(one.row for one in some),
            manifest=f"{table_sum[:32]} {table_sum[32:]}",
            handed_on=moment.date(),
        )
        # In a process of its own: its fonts would be the largest thing that the packing of a batch ever holds.
        pdf, _ = documents.print_apart(KIND, documents.freeze(facts))
        yield f"{NAME}{ending}.pdf", pdf


def _who_hands_over(handed: Sequence[Handed]) -> f.CommitteeFacts:
    """The nearest body above all the cases: their own committee, or the town's, or the county's."""
    shared = [body for body in handed[0].bodies if all(body in one.bodies for one in handed)]
    return shared[0] if shared else handed[0].bodies[-1]
