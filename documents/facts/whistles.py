"""What the papers to and from a department must be told (吹哨报到), one class a paper."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated as A

from .papers import Facts
from .parts import PartyFacts


@dataclass(frozen=True, kw_only=True)
class WhistleOrder(Facts):
    """吹哨单: what one department is asked to do by when, and whom to call; of the case no more than that."""

    parties: A[tuple[PartyFacts, ...], "当事人"] = ()
    department: A[str, "被吹哨部门"]
    matter: A[str, "请求办理的事项"]
    sent_at: A[datetime, "吹哨时间"]
    answer_by: A[date | None, "要求回复的日期"] = None
    passed_from: A[str, "转来的部门"] = ""
    caller: A[str, "吹哨人"] = ""
    caller_phone: A[str, "联系电话"] = ""


@dataclass(frozen=True, kw_only=True)
class WhistleReceipt(Facts):
    """报到回执: when the department came, what it did, or whose it is."""

    parties: A[tuple[PartyFacts, ...], "当事人"] = ()
    department: A[str, "报到部门"]
    matter: A[str, "请求办理的事项"]
    sent_at: A[datetime, "吹哨时间"]
    answer_by: A[date | None, "要求回复的日期"] = None
    arrived_at: A[datetime | None, "报到时间"] = None
    answered_at: A[datetime, "回复时间"]
    result: A[str, "办理情况"]
    competent: A[str, "应当办理的部门"] = ""  # filled where the department is not competent itself
    handler: A[str, "经办人"] = ""
