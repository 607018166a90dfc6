"""I-3, I-5, I-10: a case is in one pair of hands, its rows are its own, its deadlines say where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from mediation.models import (
    Agreement,
    Attendance,
    Case,
    Clause,
    ClauseParty,
    Confirmation,
    Deadline,
    Document,
    Entry,
    Grant,
    MediationSession,
    Party,
    Payment,
    PrintJob,
    Signature,
)
from mediation.verifying.reading import Reader, Violation


def check_heads(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """I-3: counters on the case itself are possible; sessions and papers are numbered without gap."""
    wrong = select(Case.case_no).where(Case.id.in_(ids), or_(Case.version < 1, Case.steps_taken < 1))
    for (case_no,) in reader.rows(wrong):
        yield Violation("I-3", case_no, "版本号或步骤数不对")
    # Limitation is interrupted from the moment of filing (SL20 12); the first entry keeps it.
    moved = (
        select(Case.case_no)
        .join(Entry, (Entry.case_id == Case.id) & (Entry.number == 1))
        .where(Case.id.in_(ids), Entry.at != Case.filed_at)
    )
    for (case_no,) in reader.rows(moved):
        yield Violation("I-3", case_no, "登记时间和第一条记录不一样")
    for model, words in ((MediationSession, "调解记录"), (Document, "文书"), (Confirmation, "司法确认申请")):
        for case_id, rows in reader.by_case([model.number], ids, model.case_id, model.number):
            if [row.number for row in rows] != list(range(1, len(rows) + 1)):
                yield Violation("I-3", reader.name(case_id), f"{words}的序号有缺或有重")


def check_hands(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """Exactly one organisation holds a case, and it is the one the case names; the same for who is to receive it."""
    cases = reader.rows(
        select(Case.id, Case.case_no, Case.holder_id, Case.receiver_id).where(Case.id.in_(ids))
    )
    columns = (Grant.kind, Grant.organisation_id)
    live: dict[int, list[tuple[str, int]]] = {}
    query = select(Grant.case_id, *columns).where(Grant.case_id.in_(ids), Grant.ends_at.is_(None))
    for case_id, kind, organisation in reader.rows(query):
        live.setdefault(case_id, []).append((kind, organisation))
    for case in cases:
        there = live.get(case.id, [])
        holders = [organisation for kind, organisation in there if kind == "holder"]
        if holders != [case.holder_id]:
            yield Violation(
                "I-3",
                case.case_no,
                f"应有一个承办单位（{case.holder_id}），实际有{len(holders)}个：{holders}",
            )
        receivers = [organisation for kind, organisation in there if kind == "receiver"]
        if receivers != ([case.receiver_id] if case.receiver_id is not None else []):
            yield Violation("I-3", case.case_no, "等待接收的单位和授权对不上")
    yield from _check_printers(reader, ids, live)


def _check_printers(
    reader: Reader, ids: Sequence[int], live: dict[int, list[tuple[str, int]]]
) -> Iterator[Violation]:
    """An office may print as long as an order to it runs, and no longer."""
    granted = {
        (case_id, organisation)
        for case_id, rows in live.items()
        for kind, organisation in rows
        if kind == "printer"
    }
    running = select(PrintJob.case_id, PrintJob.printer_id).where(
        PrintJob.case_id.in_(ids), PrintJob.ended_at.is_(None)
    )
    ordered = {(row.case_id, row.printer_id) for row in reader.rows(running)}
    for case_id in sorted({case_id for case_id, _ in granted ^ ordered}):
        yield Violation("I-3", reader.name(case_id), "代打印的单位和授权对不上")


def check_belonging(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """I-10: what hangs on a case speaks of parties, clauses and agreements of that same case."""
    other = aliased(Agreement)
    through_clause = (Clause.agreement_id == Agreement.id, Agreement.case_id.in_(ids))
    queries = {
        "条款里的当事人不是本案的": select(Agreement.case_id).where(
            ClauseParty.clause_id == Clause.id, *through_clause, Party.id == ClauseParty.party_id,
            Party.case_id != Agreement.case_id),
        "履行记录里的当事人不是本案的": select(Agreement.case_id).where(
            Payment.clause_id == Clause.id, *through_clause,
            or_(Party.id == Payment.paid_by_id, Party.id == Payment.confirmed_by_id),
            Party.case_id != Agreement.case_id),
        "签名的当事人不是本案的": select(Agreement.case_id).where(
            Signature.agreement_id == Agreement.id, Agreement.case_id.in_(ids), Party.id == Signature.party_id,
            Party.case_id != Agreement.case_id),
        "到场的当事人不是本案的": select(MediationSession.case_id).where(
            Attendance.session_id == MediationSession.id, MediationSession.case_id.in_(ids),
            Party.id == Attendance.party_id, Party.case_id != MediationSession.case_id),
        "司法确认申请的协议不是本案的": select(Confirmation.case_id).where(
            Confirmation.case_id.in_(ids), other.id == Confirmation.agreement_id,
            other.case_id != Confirmation.case_id),
        "文书所附的协议不是本案的": select(Document.case_id).where(
            Document.case_id.in_(ids), other.id == Document.agreement_id, other.case_id != Document.case_id),
        "期限所指的条款不是本案的": select(Deadline.case_id).where(
            Deadline.case_id.in_(ids), Clause.id == Deadline.clause_id, other.id == Clause.agreement_id,
            other.case_id != Deadline.case_id),
    }  # fmt: skip
    for words, query in queries.items():
        for (case_id,) in reader.rows(query.distinct()):
            yield Violation("I-10", reader.name(case_id), words)


def check_deadlines(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """Every deadline says by which article and how it was counted, and does not end before it starts."""
    query = select(Deadline.case_id, Deadline.title).where(
        Deadline.case_id.in_(ids),
        or_(
            Deadline.source == "",
            Deadline.explanation == "",
            # A reminder of a date that was past when the agreement was signed is no fault.
            (Deadline.last_day < Deadline.starts_on) & (Deadline.kind != "reminder"),
        ),
    )
    for case_id, title in reader.rows(query):
        yield Violation("I-3", reader.name(case_id), f"期限“{title}”没有依据或算法，或者结束早于开始")
