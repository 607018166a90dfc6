"""The ledger as pages show it: who owes whom what by when, what came of it, and how well promises are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from flask import url_for
from sqlalchemy import case as sql_case
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mediation.access import visible_cases
from mediation.language import word
from mediation.models import Agreement, Case, Clause, LedgerLine, Payment, User
from mediation.services import ledger, obligations, steps
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.views.formats import days_left, show_day, show_money
from mediation.views.history import name_step
from mediation.views.step_pages import page_of

#: What is done about a line, a promise or the case from the ledger, each in this order.
LINE_ACTS = ("perform", "postpone", "waive")
CLAUSE_ACTS = ("set_off", "default")
CASE_ACTS = ("follow_up", "enforce")
Acts = list[tuple[str, str]]
AHEAD = timedelta(days=14)
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class LineSeen:
    """One line."""

    no: int
    creditors: str
    promised: str
    paid: str
    waived: str
    open: str
    due: str
    was_due: str
    words: str
    card: str
    done: bool
    acts: Acts


@dataclass(frozen=True)
class PaymentSeen:
    """What was entered."""

    number: int
    what: str
    amount: str
    day: str
    by: str
    how: str
    void: bool
    confirm: str


@dataclass(frozen=True)
class ClauseSeen:
    """A promise with its lines and its payments."""

    no: int
    text: str
    debtors: str
    state: str
    open: str
    claimed: str
    surplus: str
    lines: list[LineSeen]
    payments: list[PaymentSeen]
    acts: Acts


def show_ledger(case: Case, user: User, at: datetime) -> list[ClauseSeen]:
    """The promises of the agreement in effect, with what this person can enter beside each."""
    today, offered = civil_day(at), _offered(case, user, at)
    clauses = case.agreement.clauses if case.agreement and case.agreement.effective_on else []
    return [_clause(case, row, today, offered) for row in clauses if row.lines]


def list_acts(case: Case, user: User, at: datetime) -> Acts:
    """The buttons of the ledger that concern the whole case."""
    return _acts(case, CASE_ACTS, _offered(case, user, at))


def _offered(case: Case, user: User, at: datetime) -> frozenset[str]:
    return frozenset(o.step.name for o in steps.options(case, by=By.user(user), at=at) if o.offered)


def _acts(case: Case, names: Iterable[str], offered: frozenset[str], **place: int) -> Acts:
    return [(name_step(case, name), page_of(case, name, **place)) for name in names if name in offered]


def _clause(case: Case, row: Clause, today: date, offered: frozenset[str]) -> ClauseSeen:
    claimed, surplus = ledger.claimed(row), obligations.surplus(row)
    return ClauseSeen(
        no=row.no,
        text=row.text,
        debtors=_names(party.name for party in ledger.debtors(row)),
        state=word("obligation", obligations.state_of(row, today)),
        open=show_money(obligations.still_open(row)),
        claimed=show_money(claimed) if claimed else "",
        surplus=show_money(surplus) if surplus else "",
        lines=[
            _line(
                row,
                line,
                today,
                [] if line.done_at else _acts(case, LINE_ACTS, offered, clause=row.no, line=line.no),
            )
            for line in row.lines
        ],
        acts=[] if obligations.is_done(row) else _acts(case, CLAUSE_ACTS, offered, clause=row.no),
        payments=[_payment(case, row.no, number, payment) for number, payment in ledger.payments_of(row)],
    )


def _names(names: Iterable[str]) -> str:
    return "、".join(names)


def _line(clause: Clause, line: LedgerLine, today: date, acts: Acts) -> LineSeen:
    words, card = days_left(line.due, today) if line.due and line.done_at is None else ("", "")
    first = line.postponements[0][0] if line.postponements else None
    return LineSeen(
        no=line.no,
        creditors=_names(party.name for party in ledger.creditors(clause, line)),
        promised=show_money(line.promised) or word("page", "ledger_an_act"),
        paid=show_money(line.paid) if line.paid else "",
        waived=show_money(line.waived) if line.waived else "",
        open=show_money(line.open) if line.open else "",
        due=show_day(line.due) or clause.due_text or "",
        was_due=str(first or ""),
        words=word("page", "ledger_done") if line.done_at else words,
        card="grey" if line.done_at else card,
        done=line.done_at is not None,
        acts=acts,
    )


def _payment(case: Case, clause: int, number: int, row: Payment) -> PaymentSeen:
    void, claimed = row.voided_at is not None, row.kind == "claimed"
    payer = row.payer_name or (row.paid_by.name if row.paid_by else "")
    return PaymentSeen(
        number=number,
        what=word("payment_kind", row.kind),
        amount=show_money(row.amount),
        day=show_day(civil_day(row.at)),
        by=payer,
        how=word("confirmed_how", row.how) if row.how else "",
        void=void,
        confirm=page_of(case, "confirm_payment", clause=clause, payment=number)
        if claimed and not void
        else "",
    )


@dataclass(frozen=True)
class DueSeen:
    """A line that is due or overdue, in the list of an office."""

    number: str
    title: str
    clause: int
    what: str
    due: str
    words: str
    card: str
    url: str


def list_due(session: Session, user: User, at: datetime) -> list[DueSeen]:
    """What is overdue or falls due within two weeks in the cases one may see, the oldest first."""
    today = civil_day(at)
    query = (
        select(LedgerLine, Clause.no, Case)
        .join(Clause, Clause.id == LedgerLine.clause_id)
        .join(Case, Case.id == LedgerLine.case_id)
        .where(
            visible_cases(user, at),
            Case.state == "performing",
            LedgerLine.done_at.is_(None),
            LedgerLine.superseded_at.is_(None),
            LedgerLine.due <= today + AHEAD,
        )
        .order_by(LedgerLine.due, LedgerLine.id)
        .limit(300)
    )
    return [_due(line, no, one, today) for line, no, one in session.execute(query).all()]


def _due(line: LedgerLine, no: int, one: Case, today: date) -> DueSeen:
    words, card = days_left(line.due, today) if line.due else ("", "")
    return DueSeen(
        number=one.public_number,
        title=one.title,
        clause=no,
        what=show_money(line.open) or word("page", "ledger_an_act"),
        due=show_day(line.due),
        words=words,
        card=card,
        url=url_for("ledger.show", number=one.public_number),
    )


@dataclass(frozen=True)
class Rates:
    """How well promises are kept: by money, by line, by case, and on time; per cent, None where nothing was due."""

    amount: int | None
    lines: int | None
    cases: int | None
    on_time: int | None
    due_lines: int


def count_rates(session: Session, user: User, at: datetime) -> Rates:
    """Of everything that has fallen due in the cases one may see; what was let go is taken out of the promise."""
    today = civil_day(at)
    seen = (
        select(LedgerLine)
        .join(Case, Case.id == LedgerLine.case_id)
        .join(Clause, Clause.id == LedgerLine.clause_id)
        .join(Agreement, Agreement.id == Clause.agreement_id)
        .where(
            visible_cases(user, at),
            LedgerLine.superseded_at.is_(None),
            or_(LedgerLine.due < today, LedgerLine.done_at.is_not(None)),
        )
    ).subquery()
    done = seen.c.done_at.is_not(None)
    row = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(sql_case((done, 1), else_=0)), 0),
            func.coalesce(func.sum(seen.c.promised - seen.c.waived), 0),
            func.coalesce(func.sum(seen.c.paid), 0),
            func.count(seen.c.case_id.distinct()),
            func.count(sql_case((~done, seen.c.case_id)).distinct()),
        )
    ).one()
    lines, kept, promised, paid, cases, behind = row
    dated = session.execute(select(seen.c.due, seen.c.done_at).where(done, seen.c.due.is_not(None))).all()
    in_time = sum(civil_day(one.done_at) <= one.due for one in dated)
    return Rates(
        amount=_percent(Decimal(paid), Decimal(promised)),
        lines=_percent(kept, lines),
        cases=_percent(cases - behind, cases),
        on_time=_percent(in_time, len(dated)),
        due_lines=lines,
    )


def _percent(part: Decimal | int, whole: Decimal | int) -> int | None:
    return round(100 * part / whole) if whole else None
