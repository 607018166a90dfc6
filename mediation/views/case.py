"""The page of one case, cut to what its reader may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for

from mediation.access import Audience
from mediation.language import language, word
from mediation.models import Case, Document, User
from mediation.services import door_visits, papers, steps, supervising
from mediation.services.deadlines import has_lapsed
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.services.steps import workflow_of
from mediation.views.agreement import show_agreement, show_confirmations
from mediation.views.buttons import Button
from mediation.views.court_returns import show_returned
from mediation.views.formats import OVER, show_deadline, show_moment, show_money
from mediation.views.handing import agreed_before
from mediation.views.history import name_step, tell_history
from mediation.views.more_steps import sort_more
from mediation.views.next_steps import usual_next
from mediation.views.overview import say_awaited, show_overview
from mediation.views.party_cards import list_parties
from mediation.views.photos import show_photos
from mediation.views.step_pages import has_page, page_of
from mediation.views.supplements import list_supplements
from mediation.views.titles import title_to
from mediation.views.whistles import tell_questions
from mediation.views.whose_step import say_reason

#: What a court is handed with an application (CPLI 353): never a session's record, nor what led to the agreement.
COURT_PAPERS = frozenset({
    "agreement", "confirmation_application", "confirmation_undertaking", "mediation_certificate", "delivery_address",
    "material_list", "power_of_attorney", "representative_identity",
})  # fmt: skip
COURT_DEADLINES = frozenset({"court_acceptance", "supplement", "court_decision"})


@dataclass(frozen=True)
class PaperSeen:
    """A paper of the case."""

    number: int
    title: str
    issued: str
    void: bool
    url: str


def show_case(case: Case, user: User, at: datetime, audience: Audience) -> dict[str, Any]:
    """Everything the case page is told."""
    whole = audience is Audience.committee
    buttons = list_buttons(case, user, at)
    offered = [button for button in buttons if not button.reasons]
    # Of many things that an office could do to a case none is next; of a court's or a department's few the first is.
    usual = usual_next(case) if whole else [one.name for one in offered]
    first = next((one for one in offered if one.name in usual), None)
    return {
        **show_overview(case, at, first, offered),
        "awaited": say_awaited(case, user),
        "awaited_phone": case.receiver.phone if case.receiver else "",
        "whole": whole,
        "audience": str(audience),
        "number": case.public_number,
        "version": case.version,
        "title": title_to(case, audience),
        "state": name_state(case, case.state),
        "level": name_level(case),
        "more": sort_more(
            case,
            [one for one in offered if one is not first],
            [button for button in buttons if button.reasons],
        ),
        "facts": _facts(case, audience),
        "deadlines": _deadlines(case, at, audience),
        "duties": _duties(case) if whole else [],
        "supervision_url": _supervision_url(case) if whole else "",
        "parties": list_parties(case, audience, {button.name for button in offered}),
        "oral_url": url_for("oral.show", number=case.public_number) if _may_be_oral(case, offered) else "",
        "supplements": list_supplements(case) if audience is Audience.committee else [],
        "story": [(text) for text in (case.facts, case.claims) if text] if whole else [],
        "sessions": _sessions(case) if whole else [],
        "agreement": None if audience is Audience.department else show_agreement(case, at),
        "dossier_url": url_for("dossier.show", number=case.public_number) if whole and case.documents else "",
        "ledger_url": _ledger_url(case) if whole else "",
        "returned": show_returned(case, at) if whole else None,
        "seal_url": _seal_url(case) if whole else "",
        "checks_url": _checks_url(case) if whole else "",
        "confirmations": show_confirmations(case, user, audience),
        "papers": list_papers(case, audience),
        "photos": show_photos(case, audience, may_add=any(button.name == "add_file" for button in offered)),
        "referrals": tell_questions(case, user, audience, at),
        "history": tell_history(case, audience),
    }


def _duties(case: Case) -> list[tuple[str, str, str]]:
    """What is owed, in words; whom it is told at the door, where one press says that it was."""
    told = {id(duty): party.ref for party, duty in door_visits.owed(case)}
    return [(row.title, row.detail, told.get(id(row), "")) for row in case.duties if row.done_at is None]


def _supervision_url(case: Case) -> str:
    """Where one sees what was asked from above; empty where nothing was."""
    return url_for("supervision.show", number=case.public_number) if supervising.was_asked(case) else ""


def _ledger_url(case: Case) -> str:
    """Where one sees who owes what; empty while nothing is promised."""
    if case.agreement is None or case.agreement.effective_on is None:
        return ""
    return url_for("ledger.show", number=case.public_number)


def _seal_url(case: Case) -> str:
    """Where the agreement in effect is sealed; empty where the county has not switched electronic seals on."""
    agreement, on = case.agreement, workflow_of(case).rules.get("electronic_signing")
    if not on or agreement is None or agreement.form != "written" or agreement.effective_on is None:
        return ""
    return url_for("seals.show", number=case.public_number)


def _checks_url(case: Case) -> str:
    """Where one sees what a court would say; empty where there is no written agreement to show it."""
    if case.agreement is None or case.agreement.form != "written":
        return ""
    return url_for("readiness.show", number=case.public_number)


def _may_be_oral(case: Case, offered: list[Button]) -> bool:
    needs_writing = workflow_of(case).rules.get("written_required", ())
    names = {button.name for button in offered}
    return (
        bool({"hold_session", "agree"} & names)
        and case.agreement is None
        and case.dispute_type not in needs_writing
    )


def list_buttons(case: Case, user: User, at: datetime) -> list[Button]:
    """One button for each step that the workflow gives this person here."""
    found = [
        Button(
            option.step.name,
            name_step(case, option.step.name),
            page_of(case, option.step.name),
            [say_reason(reason) for reason in option.missing],
        )
        for option in steps.options(case, by=By.user(user), at=at)
        if has_page(option.step.name)
    ]
    usual = usual_next(case)
    # What usually comes next stands first; the rest keeps the policy's order.
    return sorted(found, key=lambda button: usual.index(button.name) if button.name in usual else len(usual))


def name_state(case: Case, state: str, part: str = "") -> str:
    """A state in words: of the case, or of a part of it."""
    flow = workflow_of(case)
    chart = flow.parts[part] if part else flow.case
    found = chart.states[state]
    return found.zh if language() == "zh" else found.en


def name_level(case: Case) -> str:
    """The level in words."""
    level = workflow_of(case).level(case.level)
    return level.zh if language() == "zh" else level.en


def _facts(case: Case, audience: Audience) -> list[tuple[str, str]]:
    common = [
        ("case_no", case.case_no),
        ("type", word("dispute_type", case.dispute_type)),
        ("holder", case.holder.name),
        ("holder_phone", case.holder.phone),
        ("mediators", "、".join(case.mediators or ())),
    ]
    if audience is Audience.committee:
        common += [
            ("waits_for", case.receiver.name if case.receiver else ""),
            ("source", word("source", case.source)),
            ("filed_at", show_moment(case.filed_at)),
            ("amount", show_money(case.amount)),
            ("people", str(case.people or "")),
            ("agreed_so_far", agreed_before(case)),
        ]
    return [(word("fact", key), value) for key, value in common if value]


def _deadlines(case: Case, at: datetime, audience: Audience) -> list[Any]:
    if audience is Audience.department:
        return []
    rows = [
        row
        for row in case.deadlines
        if row.stopped_at is None and (audience is Audience.committee or row.name in COURT_DEADLINES)
    ]
    limits = workflow_of(case).limits
    today = civil_day(at)
    rows.sort(key=lambda row: (has_lapsed(row, today), row.last_day))
    seen = [show_deadline(row, at, limits) for row in rows]
    if case.state not in OVER:
        return seen
    return [replace(one, words=one.last_day, card="grey") if one.card == "red" else one for one in seen]


def _sessions(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number,
            "at": show_moment(row.held_at),
            "place": row.place,
            "mediators": "、".join(row.mediators),
            "outcome": word("outcome", row.outcome),
            "attended": "、".join(there.party.name for there in row.attendance),
            "record": row.record,
        }
        for row in case.sessions
    ]


def list_papers(case: Case, audience: Audience) -> list[PaperSeen]:
    """The papers this reader may open, newest first."""
    return [
        PaperSeen(
            row.number,
            papers.title_with_which(row),
            show_moment(row.issued_at),
            row.superseded_at is not None,
            url_for("papers.show", number=case.public_number, paper=row.number),
        )
        for row in reversed(case.documents)
        if may_open(row, audience)
    ]


def may_open(row: Document, audience: Audience) -> bool:
    """Whether a paper is for this reader; voided versions are not the court's."""
    if audience is Audience.court:
        return row.type in COURT_PAPERS and row.superseded_at is None
    return audience is Audience.committee
