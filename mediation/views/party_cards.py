"""The parties on the case page, with their numbers masked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mediation.access import Audience
from mediation.language import word
from mediation.masking import mask_id_number, mask_phone
from mediation.models import Case, Party
from mediation.views.formats import show_day, show_money
from mediation.views.numbers import list_numbers
from mediation.views.step_pages import page_of

#: Steps whose form asks a party's telephone number.
ADDS_A_PHONE = ("update_party", "complete_party")


@dataclass(frozen=True)
class PartySeen:
    """A party with masked numbers."""

    position: int
    name: str
    role: str
    #: "" for a person: only what is out of the ordinary is said.
    kind: str
    gone: bool
    facts: list[tuple[str, str]]
    helpers: list[str]
    #: "phone" where there is one to call, "other" where only other numbers are hidden, "" where nothing is.
    numbers: str
    #: Where a telephone number is written down for whom none is known; empty where one is, or where nobody may.
    phone_url: str


def list_parties(case: Case, audience: Audience, offered: Collection[str]) -> list[PartySeen]:
    """Everybody the case is between, those who left too; a department is told of nobody.

    offered: the steps that this reader can take.
    """
    if audience is Audience.department:
        return []
    return [_party(row, case, offered, whole=audience is Audience.committee) for row in case.all_parties]


def _party(row: Party, case: Case, offered: Collection[str], *, whole: bool) -> PartySeen:
    representative = case.party(row.represented_by) if row.represented_by else None
    facts = [
        ("gender", word("gender", row.gender)),
        ("ethnicity", row.ethnicity or ""),
        ("birth_date", show_day(row.birth_date)),
        ("id_number", mask_id_number(row.id_number) if row.id_number else ""),
        ("phone", mask_phone(row.phone) if row.phone else ""),
        ("phone_unsure", mask_phone(row.phone_unsure) if row.phone_unsure else ""),
        ("occupation", row.occupation or ""),
        ("claim_amount", show_money(row.claim_amount)),
        ("capacity", word("capacity", row.capacity)),
        ("represented_by", representative.name if representative else ""),
        ("legal_representative", row.legal_representative or ""),
    ]
    return PartySeen(
        position=row.position,
        name=row.name,
        role=word("party_role", row.role),
        kind="" if row.kind == "person" else word("party_kind", row.kind),
        gone=row.left_at is not None,
        facts=[(word("field", key), value) for key, value in facts if value] if whole else [],
        helpers=[
            "　".join(part for part in (word("helper", helper.kind), helper.name, helper.relation or "",
                                       word("authority", helper.authority)) if part)
            for helper in row.helpers
        ],
        numbers=_numbers_of(row) if whole else "",
        phone_url=_phone_url(row, case, offered) if whole else "",
    )  # fmt: skip


def _numbers_of(row: Party) -> str:
    hidden = list_numbers(row)
    return "phone" if any(one.is_phone for one in hidden) else "other" if hidden else ""


def _phone_url(row: Party, case: Case, offered: Collection[str]) -> str:
    """The very field of the form that takes it."""
    if row.phone or row.left_at is not None:
        return ""
    step = next((name for name in ADDS_A_PHONE if name in offered), "")
    return f"{page_of(case, step, party=row.ref)}#phone" if step else ""
