"""Tracking codes: shown once, kept as hashes, void when replaced."""

from __future__ import annotations

from sqlalchemy import select, text

from mediation.keys import KeyRing
from mediation.models import TrackingCode
from mediation.services import tracking
from tests.services.county import TOWN, ZHANG, Office, person
from tests.services.engines import KEYS


def codes_of(office: Office, ref: str, case_id: int) -> list[TrackingCode]:
    rows = office.session.scalars(select(TrackingCode).order_by(TrackingCode.id)).all()
    return [row for row in rows if row.party.ref == ref and row.party.case_id == case_id]


def test_applicants_get_theirs_at_filing_and_the_others_when_they_take_part(office: Office) -> None:
    filed = office.file_in_full()
    assert [code.ref for code in filed.codes] == ["a1"]
    taken = office.take(filed.case, "accept")
    assert [code.ref for code in taken.codes] == ["r1"]
    assert {code.number for code in (*filed.codes, *taken.codes)} == {filed.case.public_number}
    joined = office.take(filed.case, "add_party", party=person("r2", "李志刚"))
    assert [code.ref for code in joined.codes] == ["r2"]


def test_a_code_opens_and_only_its_hash_is_kept(office: Office) -> None:
    filed = office.file_in_full()
    [fresh] = filed.codes
    assert len(fresh.code) == 8 and fresh.code.isdigit() and len(fresh.token) >= 32
    office.session.flush()
    [row] = codes_of(office, "a1", filed.case.id)
    assert tracking.is_code_of(row, fresh.code, KEYS)
    assert not tracking.is_code_of(row, f"{(int(fresh.code) + 1) % 10**8:08d}", KEYS)
    kept = repr(office.session.execute(text("SELECT * FROM tracking_codes")).all())
    assert fresh.code not in kept and fresh.token not in kept


def test_a_stolen_database_without_the_key_opens_nothing(office: Office) -> None:
    filed = office.file_in_full()
    office.session.flush()
    [row] = codes_of(office, "a1", filed.case.id)
    assert not tracking.is_code_of(row, filed.codes[0].code, KeyRing(b"not the key of this installation"))


def test_a_new_code_voids_the_one_before(office: Office) -> None:
    filed = office.file_in_full()
    office.session.flush()
    party = filed.case.parties[0]
    second = tracking.issue_code(office.session, filed.case, party, office.now, KEYS)
    office.session.flush()
    old, new = codes_of(office, "a1", filed.case.id)
    assert old.void_at == office.now and new.void_at is None
    assert not tracking.is_code_of(old, filed.codes[0].code, KEYS)
    assert tracking.is_code_of(new, second.code, KEYS)


def test_a_second_acceptance_leaves_each_party_one_code_that_opens(office: Office) -> None:
    case = office.run(office.file(TOWN), "accept")
    office.take(case, "delegate", to="430522103201", reason="先在村里谈")
    office.run(case, "accept")
    assert [row.void_at is None for row in codes_of(office, "r1", case.id)] == [False, True]
    assert ZHANG["ref"] == "r1"
