"""Papers that pass between offices about one case: what they said together, and what one above asks of one below."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated as A

from .papers import Facts
from .parts import AttemptFacts, PartyFacts


@dataclass(frozen=True, kw_only=True)
class JointMinutes(Facts):
    """联席会议纪要: who consulted on the case, what had been tried, what was said, who does what by when."""

    parties: A[tuple[PartyFacts, ...], "当事人"] = ()
    session_no: A[int, "会议次数"]
    held_at: A[datetime, "会议时间"]
    place: A[str, "会议地点"] = ""
    chair: A[str, "主持人"] = ""
    offices: A[tuple[str, ...], "参加单位"]
    experts: A[tuple[str, ...], "到会专家"] = ()
    attempts: A[tuple[AttemptFacts, ...], "此前调解情况"] = ()
    agreed_so_far: A[str, "已达成一致的内容"] = ""
    record: A[str, "会议讨论情况"]
    decision: A[str, "议定事项"] = ""


@dataclass(frozen=True, kw_only=True)
class SupervisionOrder(Facts):
    """督办单: what an office above asks of the one that holds the case, by when it answers, and room for the answer."""

    parties: A[tuple[PartyFacts, ...], "当事人"] = ()
    order_no: A[int, "督办次数"]
    issuer: A[str, "督办单位"]
    ordered_by: A[str, "督办人"] = ""
    issuer_phone: A[str, "督办单位电话"] = ""
    handler: A[str, "承办人"] = ""
    standing: A[str, "案件现状"] = ""
    matter: A[str, "督办事项"]
    ordered_at: A[datetime, "督办时间"]
    answer_by: A[date | None, "要求答复的日期"] = None
