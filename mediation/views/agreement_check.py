"""The check page: every answer with the way back to it, and hints that point without forbidding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import url_for

from mediation.language import language, spoken, word
from mediation.masking import mask_id_number
from mediation.models import Case, Party
from mediation.services.agreement_draft import count_copies, write_clauses
from mediation.services.obligations import civil_day
from mediation.views.agreement_parties import ADULT
from mediation.views.whose_step import say_reason
from workflows import Reason
from workflows.ages import age_on
from workflows.readiness import read_law

#: Two words that are easily taken for one another; both in one agreement is worth a look.
MIXED = (("赔偿", "补偿"), ("定金", "订金"))
LARGE = 1_000_000
Row = tuple[str, str, str, str]


def list_answers(case: Case, draft: dict[str, Any], on: date) -> list[Row]:
    """(question, answer, address of the change, word of the change), in the order of the sections."""
    page = spoken("desk")
    change = str(page["change"])

    def to(endpoint: str, anchor: str = "") -> str:
        return url_for(endpoint, number=case.public_number, back="check", _anchor=anchor or None)

    rows: list[Row] = []
    for place, party in enumerate(case.parties):
        who = f"{word('party_role', party.role)} {party.name}"
        rows.append((who, _identity(party), to("agreement.parties", f"party-{place}"), change))
    rows.append((word("field", "summary"), draft["summary"], to("agreement.terms", "summary_text"), change))
    if draft["responsibility"]:
        rows.append((word("field", "responsibility"), draft["responsibility"], to("agreement.terms"), change))
    for place, said in enumerate(write_clauses(draft, case, on)):
        name = str(page["clause_no"]).format(no=place + 1)
        rows.append((name, said.text, to("agreement.terms", f"clauses-{place}"), change))
    copies = draft["copies"] or count_copies(case, draft["court_choice"])
    rows += [
        (word("field", "form"), word("form", draft["form"]), to("agreement.other", "form"), change),
        (
            word("field", "court_choice"),
            word("court_choice", draft["court_choice"]) or str(page["not_answered"]),
            to("agreement.other", "court_choice"),
            change,
        ),
        (
            word("field", "copies"),
            str(page["copies_of"]).format(copies=copies),
            to("agreement.other", "copies"),
            change,
        ),
    ]
    return rows


def _identity(party: Party) -> str:
    parts = [
        mask_id_number(party.id_number) if party.id_number else str(spoken("desk")["no_id_yet"]),
        word("gender", party.gender),
        *(
            f"{word('helper', 'agent')} {agent.name}" + _in_brackets(word("authority", agent.authority))
            for agent in party.agents
        ),
        *(
            f"{word('helper', 'guardian')} {guardian.name}" + _in_brackets(guardian.relation or "")
            for guardian in party.guardians
        ),
        party.legal_representative or "",
    ]
    return " · ".join(part for part in parts if part)


def _in_brackets(text: str) -> str:
    return str(spoken("desk")["in_brackets"]).format(what=text) if text else ""


def list_hints(case: Case, draft: dict[str, Any], warnings: Sequence[Reason], at: datetime) -> list[str]:
    """What somebody who knows the law would say looking over the shoulder; none of it stops the press."""
    page, today = spoken("desk"), civil_day(at)
    found = [say_reason(reason) for reason in warnings]
    written = write_clauses(draft, case, today)
    for place, said in enumerate(written):
        found += [
            str(page["vague_hint"]).format(
                no=place + 1, word=one.word, why=one.why[language()], proposal=one.proposal[language()]
            )
            for one in said.vague
        ]
    text = "".join(said.text for said in written)
    found += [
        str(page["mixed_hint"]).format(one=one, other=other)
        for one, other in MIXED
        if one in text and other in text
    ]
    amounts = [float(said.clause["amount"]) for said in written if said.clause.get("amount")]
    if any(amount >= LARGE for amount in amounts):
        found.append(str(page["large_hint"]))
    found += _about_parties(case, draft, today)
    return list(dict.fromkeys(found))


def _about_parties(case: Case, draft: dict[str, Any], today: date) -> list[str]:
    page, found = spoken("desk"), []
    most = read_law().rules["agents_at_most"]
    for party in case.parties:
        if draft["court_choice"] == "yes" and len(party.agents) > most:
            found.append(str(page["agents_hint"]).format(name=party.name, count=len(party.agents), most=most))
        if party.kind == "person" and not party.id_number:
            found.append(str(page["no_id_hint"]).format(name=party.name))
        born = party.birth_date
        if born and born <= today and age_on(born, today) < ADULT and not party.guardians:
            found.append(str(page["minor_hint"]).format(name=party.name, age=age_on(born, today)))
    return found


def say_made(form: str, pages: int, copies: int) -> str:
    """“协议书已生成（共2页，一式3份）”; without the pages where they are not known."""
    key = f"{'oral' if form == 'oral' else 'written'}_made{'' if pages else '_somehow'}"
    return str(spoken("desk")[key]).format(pages=pages, copies=copies)


def needs_consent(case: Case) -> bool:
    """Whether an agreement in effect would give way: only with everybody's consent (PML 33; CPL 206)."""
    return case.agreement is not None and case.agreement.state == "effective"


def place_of(where: str) -> str:
    """Where on the check page a fault leads: the list of what is to be mended, or the consents."""
    return "consents" if re.match("consents", where) else ""
