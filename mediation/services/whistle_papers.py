"""吹哨单 and 报到回执: a paper for each department that was called, of the case no more than it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from documents import facts as f
from mediation.models import Case, Document, Referral
from mediation.services import paper_parts as parts
from mediation.services.telling import Telling


@dataclass(frozen=True)
class WhistlePaper:
    """To which questions a paper belongs at a moment, and what it tells of each."""

    of: Callable[[Case, datetime], list[Referral]]
    tell: Callable[[Telling, Referral], f.Facts]


def _sent(case: Case, at: datetime) -> list[Referral]:
    return [row for row in case.referrals if row.sent_at == at and row.is_open]


def _answered(case: Case, at: datetime) -> list[Referral]:
    return [row for row in case.referrals if at in (row.answered_at, row.declined_at)]


def _order(t: Telling, asked: Referral) -> f.Facts:
    before = next((row for row in t.case.referrals if row.declined_at == asked.sent_at), None)
    return f.WhistleOrder(
        **t.common(()),
        department=asked.department_name,
        matter=asked.matter,
        sent_at=parts.in_china(asked.sent_at),
        answer_by=asked.deadline.last_day if asked.deadline else asked.until,
        passed_from=before.department_name if before and asked.passed_on else "",
        caller=t.case.presiding or next(iter(t.case.mediators or ()), ""),
        caller_phone=t.case.holder.phone,
    )


def _receipt(t: Telling, asked: Referral) -> f.Facts:
    answered = asked.declined_at or asked.answered_at
    return f.WhistleReceipt(
        **t.common(()),
        department=asked.department_name,
        matter=asked.matter,
        sent_at=parts.in_china(asked.sent_at),
        answer_by=asked.deadline.last_day if asked.deadline else asked.until,
        arrived_at=parts.in_china(asked.arrived_at) if asked.arrived_at else None,
        answered_at=parts.in_china(answered or t.move.at),
        result=asked.declined_for or asked.answer,
        competent=asked.passed_to,
        handler=asked.handler,
    )


WHISTLES = {
    "whistle_order": WhistlePaper(_sent, _order),
    "whistle_receipt": WhistlePaper(_answered, _receipt),
}


def question_of(paper: Document) -> Referral | None:
    """The question that a 吹哨单 is about: each question has one, in the order in which they were asked."""
    asked, orders = paper.case.referrals, _papers(paper.case, "whistle_order")
    place = len(asked) - len(orders) + (orders.index(paper) if paper in orders else len(orders))
    return asked[place] if 0 <= place < len(asked) else None


def order_of(case: Case, asked: Referral) -> Document | None:
    """The 吹哨单 of a question."""
    return next((one for one in _papers(case, "whistle_order") if question_of(one) is asked), None)


def receipt_of(case: Case, asked: Referral) -> Document | None:
    """The 报到回执 of a question that was answered or declined; None before."""
    moment = asked.answered_at or asked.declined_at
    return next(
        (
            one
            for one in _papers(case, "whistle_receipt")
            if one.issued_at == moment and _tells_of(one, asked)
        ),
        None,
    )


def goes_with_a_receipt(paper: Document) -> bool:
    """Whether a 报到回执 to be filled in is printed behind a paper: behind an order that waits for an answer."""
    asked = question_of(paper) if paper.type == "whistle_order" and paper.superseded_at is None else None
    return asked is not None and asked.is_open


def _tells_of(paper: Document, asked: Referral) -> bool:
    return bool(json.loads(paper.facts).get("department") == asked.department_name)


def _papers(case: Case, kind: str) -> list[Document]:
    return [row for row in case.documents if row.type == kind]
