"""The outbox: what is due goes out by the gateway, with pauses between tries; without one somebody reads it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select

from mediation.models import Case, Notice
from mediation.services.desk import Desk
from mediation.services.obligations import civil_day

#: The pause after the first, second … failure; after the last there is no other try.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
#: How long a line that was taken out is left alone: whoever took it may have died.
LEASE = timedelta(minutes=10)
BATCH = 50


@dataclass(frozen=True)
class Letter:
    """What is to be sent, to which telephones."""

    notice_id: int
    phones: tuple[str, ...]
    text: str


def take_due(desk: Desk, *, gateway: bool) -> list[Letter]:
    """The lines whose time has come, taken so that nobody else takes them too.

    Without a gateway, and where a party has no telephone, the line becomes one to read out."""
    query = (
        select(Notice)
        .where(Notice.state == "waiting", or_(Notice.due_at.is_(None), Notice.due_at <= desk.now))
        .order_by(Notice.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    letters = []
    for row in desk.session.scalars(query):
        phones = phones_of(row, desk)
        if not gateway or not phones:
            row.state = "to_call"
            continue
        row.tries += 1
        row.due_at = desk.now + LEASE
        letters.append(Letter(row.id, phones, text_of(row)))
    return letters


def phones_of(row: Notice, desk: Desk) -> tuple[str, ...]:
    """The party's telephone, and those of the companions who may have its messages."""
    party = row.party
    if party is None:
        return ()
    today = civil_day(desk.now)
    own = party.phone or next((helper.phone for helper in party.helpers if helper.phone), None)
    others = [c.phone for c in party.companions if c.phone and "messages" in c.may and c.is_live(today)]
    # A code is the party's own: it goes to nobody else.
    return tuple(dict.fromkeys(phone for phone in (own, *([] if row.code else others)) if phone))


def text_of(row: Notice) -> str:
    """The text with its code in it, while there is one."""
    return row.text.replace("{K}", row.code) if row.code else row.text.replace("{K}", "见回执")


def was_sent(desk: Desk, notice_id: int) -> None:
    """It went out: the code in it is forgotten."""
    row = desk.session.get(Notice, notice_id)
    if row is not None and row.state == "waiting":
        row.state, row.delivered_at, row.code, row.problem = "sent", desk.now, None, ""


def was_not_sent(desk: Desk, notice_id: int, problem: str) -> None:
    """It did not: another try after a pause, and after the last one a dead letter that people see."""
    row = desk.session.get(Notice, notice_id)
    if row is None or row.state != "waiting":
        return
    row.problem = problem[:200]
    if row.tries > len(PAUSES):
        row.state = "dead"
    else:
        row.due_at = desk.now + PAUSES[row.tries - 1]


def read_out(desk: Desk, row: Notice, by: str) -> None:
    """Somebody told the party on the telephone, or at the door."""
    row.state, row.delivered_at, row.told_by, row.code = "told", desk.now, by, None


def to_be_called(desk: Desk, organisation_id: int, *, gateway: bool) -> list[Notice]:
    """What an office still has to read out: where there is no gateway, and where the gateway failed for good."""
    wanted = query_calls(desk.now, organisation_id, gateway=gateway)
    return list(desk.session.scalars(select(Notice).where(Notice.id.in_(wanted)).order_by(Notice.id)))


def query_calls(at: datetime, organisation_id: int, *, gateway: bool) -> Select[int]:
    """The numbers of these notices, as a query."""
    return (
        select(Notice.id)
        .join(Case, Case.id == Notice.case_id)
        .where(
            Notice.state.in_(["to_call", "dead"] if gateway else ["to_call", "dead", "waiting"]),
            Notice.party_id.is_not(None),
            Case.holder_id == organisation_id,
            or_(Notice.due_at.is_(None), Notice.due_at <= at),
        )
    )
