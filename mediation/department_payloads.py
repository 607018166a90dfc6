"""What is filled in when others are called to help: departments, experts, offices that consult."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from marshmallow import Schema, fields

from mediation.case_payloads import Phone, names, one_of
from mediation.forms import Day, Moment, Payload, Text, fault
from mediation.step_payloads import step_schema

#: Eighteen characters with a date of birth among them, as people also write them: in groups, in wide digits.
_ID_NUMBER = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}[\s-]?(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[\s-]?[0-9]{3}[0-9Xx](?![0-9])"
)


class Matter(Text):
    """What a department is asked; it is printed and carried about, so that nobody's identity number stands in it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if _ID_NUMBER.search(unicodedata.normalize("NFKC", text)):
            raise fault(
                "id_number_in_text",
                "这里写了身份证号，会印在吹哨单上。请删掉，只写姓名和要办的事；部门要核对身份，请打电话告诉经办人。",
            )
        return text


class Question(Payload):
    """A department, and what it is asked."""

    to = Text(limit=100)
    matter = Matter(kind="note")
    until = Day()


def _about_a_question(**members: Any) -> dict[str, Any]:
    """Which question is meant: by its number in the case, or by the department it went to; left out where there is
    only one."""
    return {"referral": fields.Integer(strict=True), "department": Text(limit=100), **members}


DEPARTMENT_STEPS: dict[str, type[Schema]] = {
    # One department in `to`, or several at once in `departments`.
    "refer": step_schema(
        "refer",
        to=Text(limit=100),
        matter=Matter(kind="note"),
        until=Day(),
        departments=fields.List(fields.Nested(Question)),
    ),
    "arrive": step_schema("arrive", **_about_a_question(handler=Text(kind="name"), phone=Phone())),
    "respond": step_schema("respond", **_about_a_question(handler=Text(kind="name"), phone=Phone())),
    "decline_referral": step_schema("decline_referral", **_about_a_question(to=Text(limit=100))),
    "withdraw_referral": step_schema("withdraw_referral", **_about_a_question()),
    "nudge_referral": step_schema("nudge_referral", **_about_a_question()),
    "verify_referral": step_schema(
        "verify_referral", **_about_a_question(check=one_of("check", required=True), until=Day())
    ),
    "invite_expert": step_schema("invite_expert", expert=Text(kind="name"), field=Text(limit=100)),
    "expert_replies": step_schema(
        "expert_replies", expert=Text(kind="name"), answer=one_of("expert_answer", required=True)
    ),
    "consult": step_schema(
        "consult",
        # Left out, it was held when it is recorded.
        held_at=Moment(from_page=True),
        place=Text(limit=200),
        chair=Text(kind="name"),
        organisations=names(),
        experts=names(),
        record=Text(kind="note"),
        decision=Text(kind="note"),
    ),
    "pass_on": step_schema("pass_on", to=Text(limit=32)),
    "reply_supervision": step_schema("reply_supervision"),
    "clear_supervision": step_schema("clear_supervision"),
}
