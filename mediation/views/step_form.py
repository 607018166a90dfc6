"""The form of a step: which of its schema's fields a page asks, what is filled in already, whom one can choose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session, selectinload

from mediation.models import Case, Organisation, User
from mediation.payloads import STEPS
from mediation.services import obligations
from mediation.services.situations import courts_of
from mediation.views.experts import list_to_invite
from mediation.views.formats import show_money
from mediation.views.widgets import Choice, Surroundings
from workflows import Step
from workflows.steps import SHANGHAI

#: Conditions that ask for a sentence, and the field it stands in.
ASKS_REASON = frozenset(
    {
        "reason_given",
        "attempts_or_ground",
        "nothing_owed_or_reason",
        "termination_ground",
        "dossier_whole_or_reason",
    }
)
ASKS_CONSENT = frozenset({
    "all_consent", "all_consent_to_replace", "all_apply_together", "guests_consented", "both_sides_agree",
})  # fmt: skip
#: A fact that a condition demands is marked as one to be filled in, though the schema lets a file leave it out.
DEMANDED = {
    "note_given": ("note",), "until_given": ("until",), "matter_given": ("matter",), "withdrawn_by_applicant": ("by",),
    "exclusion_named": ("ground",), "delegate_known": ("to",), "reason_given": ("reason",), "expert_named": ("expert",),
    "competent_named": ("to",), "consultation_recorded": ("organisations", "record"), "check_given": ("check",),
    "answer_given": ("answer",),
}  # fmt: skip
#: What is written down afterwards: the moment it happened may lie in the past.
LOOKS_BACK = frozenset({
    "hold_session", "investigate", "agree", "sign", "notarize", "perform", "waive", "default", "follow_up",
    "court_request", "court_accept", "court_reject", "court_confirm", "court_dismiss", "terminate", "withdraw",
    "enforce", "court_withdraw", "confirm_payment", "postpone", "set_off",
})  # fmt: skip

#: Where in the agreement something is entered: the address of a form may say it.
PLACES = ("clause", "line", "payment")
#: Steps about one party: the address of a form may say which.
ABOUT_A_PARTY = frozenset({"update_party", "complete_party"})
SHORT_NUMBER = re.compile("[0-9]{1,4}", re.ASCII)
_NOTHING: Mapping[str, str] = {}


def hidden_fields(case: Case, step: Step) -> frozenset[str]:
    """Shared fields that mean nothing for this step, and what only a file has to say."""
    hidden = set()
    asked = ASKS_CONSENT & set(step.needs)
    if not asked or (asked == {"all_consent_to_replace"} and case.state != "performing"):
        hidden.add("consents")
    if not ASKS_REASON & set(step.needs):
        hidden.add("reason")
    if step.name in ("escalate", "take_up"):
        hidden.add("to")  # one office is meant, and the case goes nowhere else
    return frozenset(hidden)


def demanded_fields(step: Step) -> frozenset[str]:
    """The fields without which the step is refused."""
    needs = set(step.needs)
    if "ground" in STEPS[step.name]().fields:
        needs.discard("reason_given")  # a ground is reason enough
    return frozenset(name for need in needs for name in DEMANDED.get(need, ()))


def surroundings(session: Session, case: Case, user: User, step: Step) -> Surroundings:
    """The parties, clauses, offices and courts one can choose from."""
    found = Surroundings(
        parties=[Choice(row.ref, row.name) for row in case.parties],
        clauses=_clauses(case),
        required=demanded_fields(step),
        hidden=hidden_fields(case, step),
    )
    if step.name == "delegate":
        found.offices = _below(session, case, user.organisation)
    if step.name == "pass_on":
        top = case.holder.chain()[-1]
        found.offices = [
            row for row in _below(session, case, top, itself=True) if row.value != case.holder.code
        ]
    if step.name == "invite_expert":
        found.experts = list_to_invite(session, case)
    if step.name in ("refer", "hand_over"):
        found.departments = _names(session, "department")
    if step.name in ("apply_confirmation", "enforce"):
        competent = [court.name for court in courts_of(case)]
        found.courts = list(dict.fromkeys([*competent, *_names(session, "court")]))
    return found


def _names(session: Session, kind: str) -> list[str]:
    query = (
        select(Organisation.name)
        .where(Organisation.kind == kind, Organisation.active)
        .order_by(Organisation.name)
    )
    return list(session.scalars(query))


def _below(session: Session, case: Case, top: Organisation, *, itself: bool = False) -> list[Choice]:
    """The offices under `top`, each with its town, for villages of one name are many; the case's own town first."""
    everywhere = select(Organisation).where(Organisation.kind == "division", Organisation.active)
    rows = session.scalars(everywhere.options(selectinload(Organisation.committees)))
    below = [
        row for row in rows if (itself or row is not top) and top in row.chain() and row.committee is not None
    ]
    near = {_town_of(case.holder).code: 0}
    near.setdefault(_town_of(case.filed_with).code, 1)

    def place(row: Organisation) -> tuple[int, str, int, str]:
        town = _town_of(row)
        return near.get(town.code, 2), town.code, len(row.chain()), row.code

    return [Choice(row.code, _with_its_town(row), _town_of(row).name) for row in sorted(below, key=place)]


def _town_of(row: Organisation) -> Organisation:
    """The office below the top that this one belongs to; the top itself is its own."""
    chain = row.chain()
    return chain[-2] if len(chain) > 1 else chain[0]


def _with_its_town(row: Organisation) -> str:
    above = [one.name for one in reversed(row.chain()[1:-1])]
    return f"{row.name}（{''.join(above)}）" if above else row.name


def _clauses(case: Case) -> list[Choice]:
    if case.agreement is None:
        return []
    found = []
    for row in case.agreement.clauses:
        if obligations.binds_somebody(row):
            rest = show_money(obligations.still_open(row))
            text = row.text if len(row.text) <= 40 else row.text[:40] + "…"
            found.append(Choice(str(row.no), f"{row.no}. {text}" + (f"（{rest}）" if rest else "")))
    return found


def first_values(
    case: Case, user: User, step: Step, at: datetime, asked: Mapping[str, str] = _NOTHING
) -> dict[str, Any]:
    """What the page fills in for the person: who mediates, where, what the clause already says.

    asked: the page's address, which says beside which promise the button stood.
    """
    fields = STEPS[step.name]().fields
    known: dict[str, Any] = {
        "mediators": list(case.mediators or ()) or [user.name],
        "presiding": case.presiding if step.name == "hold_session" else "",
        "recorder": user.name if step.name in ("hold_session", "investigate") else "",
        "place": f"{case.committee.name}调解室" if step.name == "hold_session" else "",
        "visitor": user.name,
        "chair": user.name,
        "manner": "signature" if step.name == "sign" else "",
        "clauses": [{}],
        "held_at": f"{at.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}",
        "experts": [row.name for row in case.invitations if row.answer == "accepted"],
        **_expert(case, step.name),
        **{name: int(asked[name]) for name in PLACES if SHORT_NUMBER.fullmatch(asked.get(name, ""))},
    }
    party = case.party(asked.get("party", "")) if step.name in ABOUT_A_PARTY else None
    if party is not None:
        known |= {"party": party.ref, "kind": party.kind}
    return {name: value for name, value in known.items() if name in fields and value}


def _expert(case: Case, step: str) -> dict[str, Any]:
    session = object_session(case)
    if step == "invite_expert" and session is not None:
        found = next((row for row in list_to_invite(session, case) if not row.note), None)
        return {"expert": found.value} if found else {}
    if step == "expert_replies":
        return {"expert": next((row.name for row in case.invitations if row.answered_at is None), "")}
    return {}
