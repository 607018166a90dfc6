"""The check page: every answer with the way back to it, and hints that point without forbidding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from mediation.language import language, spoken, word
from mediation.models import Case
from mediation.services.agreement_draft import count_copies, write_clauses
from mediation.services.obligations import civil_day
from mediation.views.agreement_parties import why_guardian
from mediation.views.whose_step import say_reason
from workflows import Reason
from workflows.readiness import read_law

#: Two words that are easily taken for one another; both in one agreement is worth a look.
MIXED = (("赔偿", "补偿"), ("定金", "订金"))
LARGE = 1_000_000
#: So many are named in one hint.
NAMED = 6


@dataclass(frozen=True)
class Answer:
    """A question of the sections, what was answered, and the address of the very field where it is changed."""

    name: str
    said: str
    url: str


def list_answers(case: Case, draft: dict[str, Any], on: date) -> list[Answer]:
    """What was agreed and how, in the order of the sections."""
    page = spoken("desk")

    def to(endpoint: str, anchor: str) -> str:
        return url_for(endpoint, number=case.public_number, back="check", _anchor=anchor)

    told = draft["summary"] or str(page["not_filled_in"])
    rows = [Answer(word("field", "summary"), told, to("agreement.terms", "summary_text"))]
    for place, said in enumerate(write_clauses(draft, case, on)):
        name = str(page["clause_no"]).format(no=place + 1)
        rows.append(Answer(name, said.text, to("agreement.terms", f"clauses-{place}")))
    if draft["responsibility"]:
        url = to("agreement.terms", "responsibility")
        rows.append(Answer(word("field", "responsibility"), draft["responsibility"], url))
    copies = draft["copies"] or count_copies(case, draft["court_choice"])
    court = word("court_choice", draft["court_choice"]) or str(page["not_answered"])
    for name, text in (
        ("form", word("form", draft["form"])),
        ("court_choice", court),
        ("copies", str(page["copies_of"]).format(copies=copies)),
    ):
        rows.append(Answer(word("field", name), text, to("agreement.other", name)))
    return rows


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
    nameless = [party.name for party in case.parties if party.kind == "person" and not party.id_number]
    if nameless:
        shown = word("page", "comma").join(nameless[:NAMED])
        more = str(page["and_others"]).format(count=len(nameless)) if len(nameless) > NAMED else ""
        found.append(str(page["no_id_hint"]).format(name=shown + more))
    most = read_law().rules["agents_at_most"]
    for party in case.parties:
        if draft["court_choice"] == "yes" and len(party.agents) > most:
            found.append(str(page["agents_hint"]).format(name=party.name, count=len(party.agents), most=most))
        if why := why_guardian(party, today):
            found.append(why + str(page["guardian_where"]))
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
