"""联席会议纪要 and 督办单: what they are told."""

from __future__ import annotations

import workflows
from documents import facts as f
from mediation.services import paper_parts as parts
from mediation.services.supervising import issuer_of
from mediation.services.telling import Telling, find_deadline
from workflows.periods import write_date_zh


def joint_minutes(t: Telling) -> f.Facts:
    """联席会议纪要 of the session just held."""
    held = t.case.joint_sessions[-1]
    agreed = [row.facts.get("agreed_so_far") for row in t.case.entries if row.step == "escalate"]
    return f.JointMinutes(
        **t.common(()),
        session_no=held.number,
        held_at=parts.in_china(held.held_at),
        place=held.place,
        chair=held.chair,
        offices=tuple(held.organisations),
        experts=tuple(held.experts),
        attempts=tuple(parts.attempt_facts(row) for row in t.case.sessions),
        agreed_so_far=next((str(text) for text in reversed(agreed) if text), ""),
        record=held.record,
        decision=held.decision,
    )


def supervision_order(t: Telling) -> f.Facts:
    """督办单 to the committee that holds the case."""
    case, issuer = t.case, issuer_of(t.case, t.entry.organisation_id)
    limit = find_deadline(case, "supervision_reply")
    return f.SupervisionOrder(
        **t.common(()),
        order_no=sum(1 for row in case.entries if row.step == "supervise"),
        issuer=issuer.committee.name if issuer.committee else issuer.name,
        ordered_by=t.entry.by_name if t.entry.user_id else "",
        issuer_phone=next((place.phone for place in issuer.chain() if place.phone), ""),
        handler=case.responsible.name if case.responsible else case.presiding,
        standing=_standing(t),
        matter=t.move.text("matter"),
        ordered_at=parts.in_china(t.move.at),
        answer_by=limit.last_day if limit else None,
    )


def _standing(t: Telling) -> str:
    """Where the case stands, and how late it is."""
    said = workflows.load(t.case.policy).case.states[t.case.state].zh
    limit = find_deadline(t.case, "level_limit")
    if limit is None or limit.stopped_at is not None:
        return f"{said}。"
    over = (t.day - limit.last_day).days
    late = f"，已超期{over}天" if over > 0 else ""
    return f"{said}，应于{write_date_zh(limit.last_day)}前办结{late}。"
