"""What a mediator may have to do with a party: a hint to look, never a bar (特邀调解规定 art. 15; PML 20)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

import workflows
from mediation.models import Case, Party, User
from mediation.services.searching import plain

#: Surnames of two characters (百家姓); every other one is its first character.
COMPOUND = {
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "夏侯", "司徒",
    "万俟", "轩辕", "呼延", "端木", "百里", "南宫",
}  # fmt: skip
MOST_CASES = 500


@dataclass(frozen=True)
class Relation:
    """One thing to look at: `kind` is surname (same surname, same village), named (their own name is in the case),
    handled (they mediated another case of this party) or together (both were parties of another case)."""

    case_id: int
    kind: str
    party: str
    other: str = ""


def surname_of(name: str) -> str:
    """The family name of a Chinese name; empty where it is written in other letters."""
    whole = plain(name)
    head = whole[:2] if whole[:2] in COMPOUND else whole[:1]
    return "" if head.isascii() else head


def find_relations(session: Session, cases: Iterable[Case], person: User) -> list[Relation]:
    """Everything of these cases that somebody should look at before this person takes them on."""
    rows = list(cases)
    found = [one for case in rows for one in _within(case, person)]
    return [*found, *_earlier(session, rows, person)]


def _people(case: Case) -> Iterator[Party]:
    return (party for party in case.parties if party.kind == "person")


def _within(case: Case, person: User) -> Iterator[Relation]:
    place = person.organisation
    lowest = workflows.load(case.policy).levels[0].code == place.level
    for party in _people(case):
        if plain(party.name) == plain(person.name) or any(
            plain(one.name) == plain(person.name) for one in party.helpers
        ):
            yield Relation(case.id, "named", party.name)
        elif lowest and surname_of(party.name) == surname_of(person.name) != "":
            lives_here = place.name in party.address if party.address else case.filed_with_id == place.id
            if lives_here:
                yield Relation(case.id, "surname", party.name)


def _earlier(session: Session, cases: list[Case], person: User) -> Iterator[Relation]:
    """Other cases of the same people, found by their ID or telephone number and never by a name alone."""
    known: dict[str, list[Party]] = {}
    for case in cases:
        for party in _people(case):
            for mark in (party.id_number_hash, party.phone_hash):
                if mark:
                    known.setdefault(mark, []).append(party)
    if not known:
        return
    marks, inside = list(known), [case.id for case in cases]
    query = (
        select(Party)
        .join(Case, Case.id == Party.case_id)
        .where(
            or_(Party.id_number_hash.in_(marks), Party.phone_hash.in_(marks)),
            Case.id.not_in(inside),
        )
        .order_by(Case.id.desc())
        .limit(MOST_CASES)
    )
    told: set[tuple[int, str, str]] = set()
    for row in session.scalars(query):
        other = row.case
        kind = _kind(other, row, person)
        for party in {*known.get(row.id_number_hash or "", ()), *known.get(row.phone_hash or "", ())}:
            key = (party.case_id, kind, party.name)
            if kind and key not in told:
                told.add(key)
                yield Relation(party.case_id, kind, party.name, other.public_number)


def _kind(other: Case, row: Party, person: User) -> str:
    if any(one is not row and plain(one.name) == plain(person.name) for one in other.parties):
        return "together"
    mediated = person.name in (other.presiding, *(other.mediators or ()))
    return "handled" if mediated and other.holder_id == person.organisation_id else ""
