"""I-6, I-12: an agreement in effect is signed by all, sums add up, nothing is paid beyond the promise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import or_, select

from mediation.models import (
    Agreement,
    Case,
    Clause,
    ClauseParty,
    Confirmation,
    Installment,
    Party,
    Payment,
    Signature,
)
from mediation.verifying.reading import Reader, Violation

LIVE_CONFIRMATION = ("ready", "filed", "supplement_asked", "accepted")


def check_states(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """Versions follow each other, only the newest is in force, and a case is performed only under one in effect."""
    states = {row.id: row.state for row in reader.rows(select(Case.id, Case.state).where(Case.id.in_(ids)))}
    columns = (Agreement.version, Agreement.state, Agreement.effective_on)
    for case_id, rows in reader.by_case(columns, ids, Agreement.case_id, Agreement.version):
        name = reader.name(case_id)
        if [row.version for row in rows] != list(range(1, len(rows) + 1)):
            yield Violation("I-6", name, "协议的版本号有缺或有重")
        for row in rows[:-1]:
            if row.state not in ("superseded", "abandoned"):
                yield Violation("I-6", name, f"协议第{row.version}版已被代替，状态却是“{row.state}”")
        for row in rows:
            if row.state == "effective" and row.effective_on is None:
                yield Violation("I-6", name, f"协议第{row.version}版已生效，却没有生效日期")
            if row.state in ("drafted", "signed") and row.effective_on is not None:
                yield Violation("I-6", name, f"协议第{row.version}版没有生效，却有生效日期")
        if states.pop(case_id) == "performing" and rows[-1].state != "effective":
            yield Violation("I-6", name, "案件在履行中，协议却没有生效")
    for case_id, state in states.items():
        if state in ("performing", "agreed"):
            yield Violation("I-6", reader.name(case_id), "案件已到协议阶段，却没有协议")


def check_signatures(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """A written agreement in effect bears every party's signature, a mediator's and the seal, none of them void
    (PML 29); one that was superseded has no live signature."""
    agreements = reader.rows(
        select(Agreement.id, Agreement.case_id, Agreement.state, Agreement.version).where(
            Agreement.case_id.in_(ids),
            or_(
                Agreement.state == "superseded",
                (Agreement.state == "effective") & (Agreement.form == "written"),
            ),
        )
    )
    signed: dict[int, set[tuple[str, int | None]]] = defaultdict(set)
    query = select(Signature.agreement_id, Signature.kind, Signature.party_id).where(
        Signature.agreement_id.in_([row.id for row in agreements]), Signature.voided_at.is_(None)
    )
    for agreement, kind, party in reader.rows(query):
        signed[agreement].add((kind, party))
    wanted = _signers(reader, ids)
    for row in agreements:
        there, name = signed[row.id], reader.name(row.case_id)
        if row.state == "superseded":
            if there:
                yield Violation("I-6", name, f"协议第{row.version}版已作废，签名却没有作废")
            continue
        lacking = [ref for party, ref in wanted[row.id] if ("party", party) not in there]
        lacking += [
            words for kind, words in (("mediator", "调解员"), ("seal", "公章")) if (kind, None) not in there
        ]
        if lacking:
            yield Violation(
                "I-6", name, f"协议第{row.version}版已生效，却缺少签名或公章：{'、'.join(lacking)}"
            )


def _signers(reader: Reader, ids: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """By agreement: every applicant and respondent, and a third party whom a clause binds or favours."""
    parties: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    query = select(Party.case_id, Party.id, Party.ref, Party.role).where(
        Party.case_id.in_(ids), Party.left_at.is_(None)
    )
    for case_id, party, ref, role in reader.rows(query):
        parties[case_id].append((party, ref, role))
    named: dict[int, set[int]] = defaultdict(set)
    clauses = select(Clause.agreement_id, ClauseParty.party_id).where(
        ClauseParty.clause_id == Clause.id, Clause.agreement_id == Agreement.id, Agreement.case_id.in_(ids)
    )
    for agreement, party in reader.rows(clauses):
        named[agreement].add(party)
    return {
        row.id: [
            (party, ref)
            for party, ref, role in parties[row.case_id]
            if role != "third_party" or party in named[row.id]
        ]
        for row in reader.rows(select(Agreement.id, Agreement.case_id).where(Agreement.case_id.in_(ids)))
    }


def check_sums(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """I-12: instalments and shares add up to the clause's amount; what was paid and waived stays within it."""
    clauses = reader.rows(
        select(Clause.id, Clause.no, Clause.amount, Agreement.case_id).where(
            Clause.agreement_id == Agreement.id, Agreement.case_id.in_(ids)
        )
    )
    of = [row.id for row in clauses]
    sums: dict[str, dict[int, Decimal]] = {"各期": {}, "各人份额": {}, "已付和已放弃的": {}}
    queries = {
        "各期": select(Installment.clause_id, Installment.amount).where(Installment.clause_id.in_(of)),
        "各人份额": select(ClauseParty.clause_id, ClauseParty.amount).where(
            ClauseParty.clause_id.in_(of), ClauseParty.side == "share"
        ),
        "已付和已放弃的": select(Payment.clause_id, Payment.amount - Payment.surplus).where(
            Payment.clause_id.in_(of),
            Payment.amount.is_not(None),
            Payment.voided_at.is_(None),
            Payment.kind != "claimed",
        ),
    }
    for words, query in queries.items():
        for clause, amount in reader.rows(query):
            sums[words][clause] = sums[words].get(clause, Decimal(0)) + (amount or Decimal(0))
            if amount is not None and amount < 0:
                yield Violation("I-12", f"条款{clause}", f"{words}里有负数")
    for row in clauses:
        for words in ("各期", "各人份额"):
            if row.id in sums[words] and sums[words][row.id] != row.amount:
                yield Violation(
                    "I-12", reader.name(row.case_id),
                    f"第{row.no}条{words}加起来是{sums[words][row.id]}元，条款写的是{row.amount}元",
                )  # fmt: skip
        paid = sums["已付和已放弃的"].get(row.id, Decimal(0))
        if row.amount is not None and paid > row.amount:
            yield Violation(
                "I-12",
                reader.name(row.case_id),
                f"第{row.no}条已付和已放弃{paid}元，超过约定的{row.amount}元",
            )


def check_confirmations(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """One live application at most, only for an agreement that took effect, with a ruling's day where one was given."""
    columns = (Confirmation.number, Confirmation.state, Confirmation.ruling_on, Agreement.effective_on)
    query = (
        select(Confirmation.case_id, *columns)
        .join(Agreement, Agreement.id == Confirmation.agreement_id)
        .where(Confirmation.case_id.in_(ids))
    )
    live: dict[int, int] = defaultdict(int)
    for row in reader.rows(query):
        name = reader.name(row.case_id)
        live[row.case_id] += row.state in LIVE_CONFIRMATION
        if row.effective_on is None:
            yield Violation("I-6", name, "没有生效的协议申请了司法确认")
        if row.state == "confirmed" and row.ruling_on is None:
            yield Violation("I-6", name, "法院已确认，却没有裁定日期")
    for case_id, number in live.items():
        if number > 1:
            yield Violation("I-6", reader.name(case_id), f"有{number}个没有结果的司法确认申请，只能有一个")
